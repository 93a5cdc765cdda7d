"""Programmes, platforms, events and titled documents: what a report calls by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_context import MentionContext, lexicon, matches, words
from policygraph.loaders.mentions.phrases import list_start, phrase_start
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import word_cache

_TITLE = re.compile(r"《([^《》\n]{1,80})》|《([^《》\n，,。；;]{2,60})(?=[，,。；;\n])")
_SHORT_TITLE = re.compile(
    r"(?:编制|编印|出台|印发|制定|编写)[^，。；\n“”]{0,16}(“[^“”，。\n]{1,8}(?:通|册|清单|指引|卡)”)"
    r"|(?<=方案|政策|意见|措施|办法)(“[^“”，。\n]{0,8}\d{1,3}条”)"
    r"|(“[^“”，。\n]{0,12}(?:\d{1,3}|[一二三四五六七八九十]{1,3})条”)(?=[的等]?(?:增量)?(?:政策|措施|意见|举措|、“|，|。|；|和“))"
)
_MARKS = re.compile("[“”‘’]")
_POINTED = re.compile(r"^(?:全|我)(省|市|县|区|州)")
_PARTY = re.compile(r"^(自治区|省|市|县|区|州)(?:委|党委)(?=[^员])")
_KINDS = (
    ("Event", "event-heads"),
    ("Programme", "programme-heads"),
    ("Platform", "platform-heads"),
)
_QUOTED = re.compile(r"“([^“”\n]{2,20})”(?=、“[^“”\n]{2,20}”行动)")


def find_documents(context: MentionContext) -> Iterator[Mention]:
    """《湖北省乡村建设行动推进方案》, also where the closing mark is missing | “一本通” | “稳增长30条”."""
    for m in matches(_TITLE, context):
        yield context.mention(m.start(), m.end(), "Document", m[1] or m[2], "document/title-marks")
    for m in matches(_SHORT_TITLE, context):
        alternative = m.lastindex or 1
        (start, end), name = m.span(alternative), m[alternative].strip("“”")
        yield context.mention(start, end, "Document", name, "document/short-title")


def find_known(context: MentionContext) -> Iterator[Mention]:
    """“千万工程” | “万企兴万村”: national programmes the vocabulary knows."""
    table = lexicon("programmes")
    for m in matches(_known(), context):
        concept = table[m[0]]
        full = concept.value("full")
        yield context.mention(m.start(), m.end(), "Programme", full, f"programme/{concept.key}")
    for m in matches(_QUOTED, context):
        yield context.mention(
            m.start(), m.end(), "Programme", f"{m[1]}行动", "programme/shared-head"
        )


@word_cache
def _known() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("programmes")))


@word_cache
def _heads(name: str) -> re.Pattern[str]:
    return re.compile(alternation(words(name, "head")))


@word_cache
def _barred(name: str) -> dict[str, tuple[str, ...]]:
    """Head → what may not follow it (工程师 is no 工程)."""
    return {
        label: concept.properties.get("notBefore", ()) for label, concept in lexicon(name).items()
    }


@word_cache
def _generic(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words(name, 'generic'))})+")


@word_cache
def _stray() -> re.Pattern[str]:
    return re.compile(alternation(words("programme-heads", "barred")))


@word_cache
def _alone() -> re.Pattern[str]:
    return re.compile(alternation(words("event-heads", "alone")))


@word_cache
def _cue() -> re.Pattern[str]:
    return re.compile(alternation(words("platform-heads", "cue")))


def find_headed(context: MentionContext) -> Iterator[Mention]:
    """强县工程 | “头雁”培训行动 | 全国乡村建设工作会议 | 低收入人口动态监测平台."""
    for m in matches(_alone(), context):
        if not context.text.startswith("精神", m.end()):
            yield context.mention(m.start(), m.end(), "Event", m[0].strip("“”"), "event/alone")
    for kind, name in _KINDS:
        barred = _barred(name)
        for m in matches(_heads(name), context):
            if context.text.startswith(barred[m[0]], m.end()):
                continue
            mention = _headed(context, kind, name, m)
            if mention is not None:
                yield mention


def _headed(context: MentionContext, kind: str, name: str, head: re.Match[str]) -> Mention | None:
    text, end = context.text, head.end()
    if kind == "Event" and text.startswith("精神", end):
        return None
    if head[0] == "活动" and text[end : end + 1].isdigit():
        return None  # 举办群众赛事活动3.8万场 counts what was held
    start = phrase_start(context, head.start(), context.start, wide=kind != "Programme")
    if kind == "Programme" and head[0] in ("制度", "机制"):
        start = list_start(context, start, head.start())
    stem = _MARKS.sub("", text[start : head.start()])
    quoted = "”" in text[start : head.start()]
    if text[end : end + 1] == "”" and text[start - 1 : start] == "“":
        start, end, quoted = start - 1, end + 1, True
    if not _telling(kind, name, head[0], stem, quoted=quoted):
        return None
    full = _MARKS.sub("", text[start:end])
    pointed = _POINTED.match(full)
    party = _PARTY.match(full)
    if pointed and (area := context.area_of(pointed[1])):
        full = area.name + full[2:]
    elif party and (area := context.area_of(party[1])):
        full = f"中共{area.name}委{full[party.end() :]}"
    return context.mention(start, end, kind, full, f"{kind.lower()}/{head[0]}")


def _telling(kind: str, name: str, head: str, stem: str, *, quoted: bool) -> bool:
    """Whether the words before the head make it a name and not a common noun."""
    if kind == "Platform":
        named = head.lower() == "app" or bool(_cue().search(stem + head))
        return quoted or (len(stem) >= 4 and named)
    least = 4 if head in ("机制", "制度", "活动", "工作机制", "考核", "全会") else 2
    if quoted:
        return len(stem) >= 1
    if head == "大会" and (len(stem) < 4 or stem.endswith(("向", "代表"))):
        return False
    if _stray().search(stem + head) or stem.endswith("体制"):
        return False
    return len(stem) >= least and not _generic(name).fullmatch(stem)
