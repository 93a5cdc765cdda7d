"""When a figure holds: the time said in its clause or at the head of its sentence."""

from __future__ import annotations

import re

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening
from policygraph.loaders.words.time import YEARS_AGO, last_year, read_span, read_time, year_in

_YEARS = re.compile(r"\d{4}/\d{4}")
_LINK = WordPattern(r"{level|level-state}(?:约|近)?$")
_WHOLE_YEAR = WordPattern(r"\s*{estimated}?{whole-year}(?!{task-noun})")
# 完成年度任务3.35万人的101.8%: the task is that of the year.
_TASK_OF_YEAR = WordPattern(r"{whole-year|task-year}{task-noun}{1,2}{task-count}?$")
_FROM = re.compile(r"(?:从|由|较|(?<![同环占对])比(?![例重率值]))[^，,、至到]{0,24}$")
# 由上年的14.2∶44.6∶|41.2调整为…: the parts of a ratio on either side of one of them.
_PARTS_BEFORE = re.compile(r"(?:\d[\d.]*\s*[:：∶]\s*)+$")
_PARTS_AFTER = re.compile(r"^(?:\s*[:：∶]\s*\d[\d.]*)+")
_TURNED = WordPattern(r"[^，,。；;、]{0,6}{turn-from-base}")


def read_period(
    number_context: NumberContext,
    kind: FigureKind,
    said_before: str,
    passage: str,
    year: int | None = None,
    now: int | None = None,
    *,
    base_before: str = "",
) -> str:
    """The period of a figure; ``said_before`` is what its sentence said before, ``passage`` its passage's.

    ``year`` is that of its paragraph, from which 去年 is counted unless the report speaks in ``now``.
    ``base_before`` is when the sentence's first level held before it went to another.
    """
    year = year or last_year(passage)
    base = _base_year(number_context, passage, year, now)
    if base:
        return base if not base_before or says_base(number_context, year, now) else base_before
    ago = YEARS_AGO.search(number_context.whole)
    if ago and year:
        return str(year - int(ago[1]))
    said = read_time(number_context.whole, year, now=now)
    if not said and year:
        whole = _WHOLE_YEAR.match(number_context.whole) or _TASK_OF_YEAR.search(number_context.gap)
        said = str(year) if whole else read_span(number_context.whole, year)
    said = said or said_before or passage
    # A level told of five years is that at their end; what was done took all of them.
    if _YEARS.fullmatch(said) and is_level(number_context, kind):
        return said.rpartition("/")[2]
    return said


def _base_year(
    number_context: NumberContext, passage: str, year: int | None, now: int | None
) -> str:
    """从1832户增加到3382户: the first is the level at the base."""
    gap, right = number_context.gap, number_context.right
    if number_context.number.form == "ratio":
        gap = _PARTS_BEFORE.sub("", number_context.whole)
        right = _PARTS_AFTER.sub("", right)
    if not _FROM.search(gap) or not _TURNED.match(right) or closing("up", "down").search(gap):
        return ""  # 分别比上年下降|8.2%和增长1.5%: no level
    said = year_in(gap, year, now)
    if said:
        return said
    return year_before(passage)


def year_before(period: str) -> str:
    """The year before a period begins, empty where it names none."""
    first = period[:4]
    return str(int(first) - 1) if first.isdigit() else ""


def says_base(number_context: NumberContext, year: int | None, now: int | None) -> bool:
    """Whether the words before a number name the year of a base: 由2014年的|13652户."""
    gap = number_context.gap
    return _FROM.search(gap) is not None and bool(year_in(gap, year, now))


def is_level(number_context: NumberContext, kind: FigureKind) -> bool:
    """Whether a number tells a state (达到, 总数, a rate) rather than what was done meanwhile."""
    if kind not in ("amount", "rate", "count") or cue("cumulative", "new").search(
        number_context.whole
    ):
        return False
    if cue("yearly").search(number_context.gap):
        return False
    if opening("counting-verb").match(number_context.left) and not opening("guard", "link").match(
        number_context.left
    ):
        return False
    if kind == "rate":
        return True
    if opening("completing").match(number_context.left):
        return False  # 完成|投资4.8万亿元
    if _LINK.search(number_context.gap):
        # 五年财政投入达到3406亿元 sums up what was spent.
        return kind == "count" or cue("spent").search(number_context.gap) is None
    if closing("spent").search(number_context.gap):
        return False  # “十四五”时期投资|3.5亿元
    return kind == "amount" and closing("noun-head").search(number_context.gap) is not None
