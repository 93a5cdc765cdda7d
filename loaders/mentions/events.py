"""Events by their place: after 第三届 or 首届, and after a verb that holds them (举办国际摄影大展)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches, unquoted
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import (
    COMPLEMENTS,
    JOINTS,
    NEVER_IN_INSTITUTION,
    ORDINALS,
    TORN_EVENT,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import acting
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_NAME = r"[\u4e00-\u9fff0-9A-Za-z+·.－—-]"
_STRETCH = compiled(rf"(?:{_NAME}|[“”]|[（(][^（）()，。；\n]{{1,8}}[)）]){{2,32}}")
_ORDINAL = compiled(rf"(?:第[0-9{ORDINALS}百]{{1,4}}|首)届")
_DATED = compiled(r"(?:19|20)\d{2}年?度?$")
_TAIL = WordPattern(rf"(?<![{TORN_EVENT}]){{event-tail}}")
_LAST = WordPattern(r"(?:{event-tail}|{ordinal-event-tail})")
_MORE = WordPattern(r"(?:{event-tail|counted-event})(?!{torn-after-event})")
_PLAIN = WordPattern(r"(?:{any-event}|{any-programme})*")
_PARTICLE = WordPattern(rf"[{NEVER_IN_INSTITUTION}了]|{{name-break}}")
# 花卉节|长宁分会场
_BRANCH = WordPattern(r"[\u4e00-\u9fff]{0,4}{event-branch}")
_LEAD = WordPattern(r"(?!{in-name}){never-in-name}")
_JOINED = WordPattern(rf"{{event-tail}}[{JOINTS}]")
_COUNTED = compiled(r"\d")
# 第十四届全国人民代表大会, 第十届政协: congresses are read by their own forms.
_CONGRESS = WordPattern(r"{congress-word}")
# 镇第十五届人民代表大会第二次会议, 镇党代会 in the report of a town
_TOWN_CONGRESS = WordPattern(
    rf"[镇乡](?:第?[{ORDINALS}0-9]{{1,3}}[届次])?{{town-congress}}(?:第?[{ORDINALS}0-9]{{1,3}}次{{congress-session}})?"
)
_SHORTEST = 2
_LONGEST_AREA = 12


@word_cache
def _holding() -> re.Pattern[str]:
    verbs = alternation((*acting("holds"), *words("holding-event")))
    return compiled(f"(?:{verbs})[{COMPLEMENTS}]?")


def find_events(context: MentionContext) -> Iterator[Mention]:
    """重庆市第七届中小学生艺术展演 | 举办平遥国际摄影大展、国际围棋赛."""
    for m in matches(_ORDINAL, context):
        for event in _ordinal(context, m):
            yield event
            if context.text[event.span.end : event.span.end + 1] in tuple("、" + JOINTS):
                yield from _held(context, event.span.end + 1)
    if context.context.locality:
        for m in matches(_TOWN_CONGRESS, context):
            yield _event(context, m.start(), m.end())
    for m in matches(_holding(), context):
        yield from _held(context, m.end())


def _ordinal(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    text = context.text
    stretch = _STRETCH.match(text, m.end())
    if stretch is None or _CONGRESS.search(stretch[0]):
        return
    for tail in _LAST.finditer(text, m.end() + 1, stretch.end()):
        end = tail.end()
        stem = text[m.end() : end]
        if _PARTICLE.search(stem):
            return
        if may_end_name(text, end) and len(stem) > _SHORTEST:
            yield _event(context, _with_area(context, m.start()), end)
            return


def _with_area(context: MentionContext, start: int) -> int:
    """自治区|第十二届运动会, 2024年|第三届…: the area and the year before the ordinal belong to it."""
    text, forms = context.text, Register.load().forms()
    pointed = words("pointed")
    for length in range(_LONGEST_AREA, 1, -1):
        form = text[start - length : start]
        if start - length >= context.start and (form in forms or form in pointed):
            start -= length
            break
    else:
        start -= _own_level(context, start)
    dated = _DATED.search(text, max(context.start, start - 6), start)
    return dated.start() if dated else start


def _own_level(context: MentionContext, at: int) -> int:
    """How long the level before the ordinal is that points at the report's area: 省|第十五届运动会."""
    for level in LEVELS:
        start = at - len(level)
        if context.text.endswith(level, context.start, at) and context.area_of(level) is not None:
            return len(level) if may_begin_name(context.text, start) else 0
    return 0


def _held(context: MentionContext, at: int) -> Iterator[Mention]:
    """Each event of the list that begins here."""
    text = context.text
    lead = _LEAD.match(text, at)
    at = lead.end() if lead else at  # 深入|抓好|中央生态环境保护督察
    while True:
        stretch = _STRETCH.match(text, at)
        end = _named_end(context, at, stretch.end()) if stretch else None
        if end is None:
            return
        yield _event(context, at, end)
        if text[end : end + 1] not in tuple("、" + JOINTS):
            return
        at = end + 1


def _named_end(context: MentionContext, at: int, limit: int) -> int | None:
    """Where the name that begins here ends, if it is one."""
    text = context.text
    if _COUNTED.match(text, at) and not re.match(r"(?:19|20)\d{2}", text[at : at + 4]):
        return None
    for tail in _TAIL.finditer(text, at + _SHORTEST, limit):
        end, stem = tail.end(), text[at : tail.start()]
        if text[end : end + 1] == "”" and "“" in stem and "”" not in stem:
            end += 1
        end = past_branch(text, end)
        if not (may_end_name(text, end) or _MORE.match(text, end)):
            continue
        if _PARTICLE.search(stem) or stem.count("“") != text.count("”", at, end):
            return None
        if _JOINED.search(stem):
            return None  # 峰会|和|世界林木业大会
        plain = _PLAIN.fullmatch(stem) or len(stem) < _SHORTEST
        counted = _COUNTED.match(text, end) and "“" not in stem
        return None if plain or counted else end
    return None


def past_branch(text: str, end: int) -> int:
    """Past what part of an event is meant: 奥运会|资格系列赛, 花卉节|长宁分会场."""
    branch = _BRANCH.match(text, end)
    return branch.end() if branch else end


def past_tails(text: str, end: int) -> int:
    """Past further last words: 丰收节|活动, 练兵比武|竞赛."""
    while (more := _MORE.match(text, end)) is not None:
        end = more.end()
    again = next((w for w in words("event-again") if text.startswith(w, end)), "")
    return end + len(again)  # 中央环保督察|“回头看”


def _event(context: MentionContext, start: int, end: int) -> Mention:
    text = context.text
    if text[end : end + 1] == "”" and text[start - 1 : start] == "“":
        start, end = start - 1, end + 1
    end = past_tails(text, end)
    name = unquoted(text[start:end])
    level = next((level for level in LEVELS if name.startswith(level)), "")
    pointed = next((word for word in words("pointed") if name.startswith(word)), level)
    area = context.area_of(level or pointed[-1:])
    if pointed and area is not None:
        name = area.name + name[len(pointed) :]
    return context.mention(start, end, "Event", name, rule_name("event-placed"))
