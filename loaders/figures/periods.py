"""When a figure holds: the time said in its clause or at the head of its sentence."""

from __future__ import annotations

import re
from calendar import monthrange

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.words.cues import cue, opening

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})年(?!以来|间)")
_YEARS = re.compile(r"((?:19|20)\d{2})年?\s*[-—–~～至到]+\s*((?:19|20)\d{2})年")
_SINCE = re.compile(r"((?:19|20)\d{2})年以来")
_BY_MONTH = re.compile(r"截[至止](?:到)?(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_MONTHS = re.compile(
    r"(?<!\d)(?:((?:19|20)\d{2})年)?(\d{1,2})月?\s*[-—–~～至到]+\s*(\d{1,2})月(?!\d*日)"
)
_PLAN_END = re.compile(r"“?十([一二三四五六])五”?末")
_PLAN_YEARS = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_PLAN = re.compile(r"“十([一二三四五六])五”(?:时期|期间|以来)")
_AGO = re.compile(r"(\d{1,2})年前$")
_HALF = (("上半年", 1, 6), ("下半年", 7, 12), ("一季度", 1, 3), ("前三季度", 1, 9))
# 较2020年 and 由2015年的 say with what is compared, not when.
_BASE = re.compile(r"(?:较|比|从|自|由|以|同|与)[^，,、]{0,3}$")
_FROM = re.compile(r"(?:从|由|较|(?<![同环占对])比(?![例重率值]))[^，,、至到]{0,24}$")


def read_time(text: str, year: str) -> str:
    """The ISO 8601 period that a stretch of words says, empty where it says none."""
    months = _MONTHS.search(text)
    by_month = _BY_MONTH.search(text)
    if by_month:
        held = by_month[1] or year
        if held and 1 <= int(by_month[2]) <= 12:
            day = f"-{int(by_month[3]):02d}" if by_month[3] else ""
            return f"{held}-{int(by_month[2]):02d}{day}"
    if months:
        held = months[1] or year
        first, last = int(months[2]), int(months[3])
        if held and 1 <= first < last <= 12:
            return _stretch(int(held), first, last)
    for word, first, last in _HALF:
        if word in text and year:
            return _stretch(int(year), first, last)
    years = _YEARS.search(text)
    if years:
        return f"{years[1]}/{years[2]}"
    plan = _PLAN.search(text)
    if plan:
        return f"{_PLAN_YEARS[plan[1]] - 4}/{_PLAN_YEARS[plan[1]]}"
    end = _PLAN_END.search(text)
    if end and not _BASE.search(text[: end.start()]):
        return str(_PLAN_YEARS[end[1]])
    since = _SINCE.search(text)
    if since and year and since[1] < year:
        return f"{since[1]}/{year}"
    for match in _YEAR.finditer(text):
        # 恢复到2019年的87.4% says of what it is a share.
        if text[match.end() :] == "的":
            continue
        if not _BASE.search(text[: match.start()]):
            return match[1]
    return ""


def _stretch(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02d}-01/{year}-{last:02d}-{monthrange(year, last)[1]:02d}"


def read_period(number_context: NumberContext, kind: FigureKind, held: str, passage: str) -> str:
    """The period of a figure; ``held`` is what its sentence said before, ``passage`` its chapter's."""
    year = passage[-4:]
    base = _base_year(number_context, passage)
    if base:
        return base
    ago = _AGO.search(number_context.whole)
    if ago and year.isdigit():
        return str(int(year) - int(ago[1]))
    said = read_time(number_context.whole, year) or held
    if said:
        return said
    # A level told of five years is that at their end; what was done took all of them.
    if "/" in passage and is_level(number_context, kind):
        return passage.rpartition("/")[2]
    return passage


def _base_year(number_context: NumberContext, passage: str) -> str:
    """从1832户增加到3382户: the first is the level at the base."""
    if not _FROM.search(number_context.gap) or not re.match(
        r"[^，,。；;、]{0,6}(?:提高|增加|增长|上升|提升|下降|降低|减少|扩大|缩小|缩短|降|增|升|压减)",
        number_context.right,
    ):
        return ""
    said = re.search(r"((?:19|20)\d{2})年", number_context.gap)
    end = _PLAN_END.search(number_context.gap)
    if said:
        return said[1]
    if end:
        return str(_PLAN_YEARS[end[1]])
    first = passage[:4]
    return str(int(first) - 1) if first.isdigit() else ""


def is_level(number_context: NumberContext, kind: FigureKind) -> bool:
    """Whether a number tells a state (达到, 总数, a rate) rather than what was done meanwhile."""
    if kind not in ("amount", "rate", "count") or cue("cumulative", "new").search(
        number_context.whole
    ):
        return False
    if "年均" in number_context.gap:
        return False
    if opening("verb").match(number_context.left) and not opening("guard", "link").match(
        number_context.left
    ):
        return False
    if kind == "count":
        return bool(
            re.search(
                r"(?:达到?|增加到|增至|到|至|突破|超过?|总数|共有|拥有|现有|保有)$",
                number_context.gap,
            )
        )
    return True
