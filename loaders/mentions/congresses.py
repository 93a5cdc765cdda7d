"""Congresses and plenary sessions: their short names in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.bodies import whose
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches

_N = "[一二三四五六七八九十]{1,3}"
_LEVEL = "|".join(LEVELS)
# Only a few characters can begin one; looking at them first spares the rest of the text.
_SHORT = re.compile(
    rf"(?=[党中全省市县区州旗盟自一二三四五六七八九十])(?:"
    rf"党的(?P<congress>{_N})大(?![\u4e00-\u9fff]?精神|[力量])"
    rf"|(?:党的|中共)?(?P<term>{_N})届(?P<plenum>{_N})中全会(?!精神)"
    rf"|(?P<area>{_LEVEL})第?(?P<nth>{_N})次党代会"
    rf"|(?P<party>{_LEVEL})(?:委|党委)(?P<pterm>{_N})届(?P<pplenum>{_N})次全(?:体)?会(?:议)?"
    rf"|(?P<npc>全国|{_LEVEL})第?(?P<nterm>{_N})届人(?:大|民代表大会)(?:第)?(?P<session>{_N})次会议)"
)


def find_congresses(context: MentionContext) -> Iterator[Mention]:
    """党的二十大 | 党的二十届三中全会 | 省第十二次党代会 | 省委十二届三次全会 | 省十四届人大三次会议."""
    for m in matches(_SHORT, context):
        start, name = _full(context, m)
        yield context.mention(start, m.end(), "Event", name, "event/congress")


def _full(context: MentionContext, m: re.Match[str]) -> tuple[int, str]:
    start = m.start()
    if m["congress"]:
        return start, f"中国共产党第{m['congress']}次全国代表大会"
    if m["term"]:
        return start, f"中国共产党第{m['term']}届中央委员会第{m['plenum']}次全体会议"
    if m["npc"] == "全国":
        return start, f"第{m['nterm']}届全国人民代表大会第{m['session']}次会议"
    level = m["area"] or m["party"] or m["npc"]
    start, holder = whose(context, start, level)
    area = holder.name if holder else level
    if m["nth"]:
        return start, f"中国共产党{area}第{m['nth']}次代表大会"
    if m["pterm"]:
        return start, f"中国共产党{area}第{m['pterm']}届委员会第{m['pplenum']}次全体会议"
    return start, f"{area}第{m['nterm']}届人民代表大会第{m['session']}次会议"
