"""When a figure holds: the time said in its clause or at the head of its sentence."""

from __future__ import annotations

import re

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.figures.quantities import of_earlier
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening
from policygraph.loaders.words.time import (
    DASH,
    EACH_TIME,
    QUARTER_WORD,
    QUARTERS_LISTED,
    TIMES_APART,
    YEARS_AGO,
    YEARS_LISTED,
    last_year,
    read_span,
    read_time,
    with_digits,
    year_in,
    years_back,
)

_YEARS = compiled(r"\d{4}/\d{4}")
_THIS_YEAR = WordPattern(r"\s*{year-itself}")
_BACK = 30  # characters before a clause in which what was left of a year before is told
_LINK = WordPattern(r"{level|level-state}(?:约|近)?$")
_WHOLE_YEAR = WordPattern(r"\s*{estimated}?{whole-year}(?!{task-noun})")
# 完成年度任务3.35万人的101.8%: the task is that of the year.
_TASK_OF_YEAR = WordPattern(r"{whole-year|task-year}{task-noun}{1,2}{task-count}?$")
_FROM = compiled(r"(?:从|由|较|(?<![同环占对])比(?![例重率值]))[^，,、至到]{0,24}$")
# 由上年的14.2∶44.6∶|41.2调整为…: the parts of a ratio on either side of one of them.
_PARTS_BEFORE = compiled(r"(?:\d[\d.]*\s*[:：∶]\s*)+$")
_PARTS_AFTER = compiled(r"^(?:\s*[:：∶]\s*\d[\d.]*)+")
_TURNED = WordPattern(r"[^，,。；;、]{0,6}{turn-from-base}")


def read_period(
    number_context: NumberContext,
    kind: FigureKind,
    said_before: str,
    passage: str,
    year: int | None = None,
    now: int | None = None,
    *,
    reviewed: int | None = None,
    base_before: str = "",
) -> str:
    """The period of a figure; ``said_before`` is what its sentence said before, ``passage`` its passage's.

    ``year`` is that of its paragraph, from which 去年 is counted unless the report speaks in ``now``; ``reviewed`` the last
    year it reviews.
    ``base_before`` is when the sentence's first level held before it went to another.
    """
    year = year or last_year(passage)
    base = _base_year(number_context, passage, year, now)
    if base:
        return base if not base_before or says_base(number_context, year, now) else base_before
    ago = YEARS_AGO.search(number_context.whole)
    if ago and year:
        return str(year - int(ago[1]))
    words = number_context.whole
    if kind == "rate":
        words = of_earlier().sub("", words)  # 恢复至2019年同期的|1.1倍 holds now
    said = read_time(words, year, now=now, reviewed=reviewed)
    if not said and year:
        whole = _WHOLE_YEAR.match(number_context.whole) or _TASK_OF_YEAR.search(number_context.gap)
        said = str(year) if whole else read_span(number_context.whole, year)
    said = said or said_before or passage
    # A level told of five years is that at their end; what was done took all of them.
    if _YEARS.fullmatch(said) and is_level(number_context, kind):
        return said.rpartition("/")[2]
    return said


def read_times_apart(left: str, year: int | None, now: int | None) -> tuple[list[str], str]:
    """一季度、上半年、前三季度|分别增长: the times of a list, and the words before a number without them."""
    said = TIMES_APART.search(left)
    if said is None:
        return [], left
    told: list[str] = []
    times = YEARS_LISTED.sub(r"\g<0>年", said["times"])
    times = QUARTERS_LISTED.sub(rf"\g<0>{QUARTER_WORD}", times)
    for words in EACH_TIME.findall(times):
        told.append(read_time(words, int(told[-1][:4]) if told and told[-1] else year, now=now))
    return told if all(told) else [], left[: said.start()] + left[said.end("times") :]


def says_report_year(number_context: NumberContext) -> bool:
    """2021年度结余3亿元，|当年收入5亿元: the year of the report, after what was left over of another."""
    start = number_context.clause.start
    before = number_context.text[max(0, start - _BACK) : start]
    return (
        _THIS_YEAR.match(number_context.whole) is not None
        and cue("carried-over").search(before) is not None
    )


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
    back = years_back(gap)
    if back and year:
        return str(year - back)
    return year_in(gap, year, now) or _first_year_told(number_context, passage)


def _first_year_told(number_context: NumberContext, passage: str) -> str:
    """1997年到2002年，总值从|7.9万亿元|增加到…: the first level is that of the first year; else of the year before the passage."""
    first = passage.partition("/")[0]
    begin = max(0, number_context.clause.start - _BACK)
    before = with_digits(number_context.text[begin : number_context.number.start])
    told = "/" in passage and re.search(rf"{re.escape(first)}年?{DASH}", before)
    return first if told else year_before(passage)


def year_before(period: str) -> str:
    """The year before a period begins, empty where it names none."""
    first = period[:4]
    return str(int(first) - 1) if first.isdigit() else ""


def says_base(number_context: NumberContext, year: int | None, now: int | None) -> bool:
    """Whether the words before a number name the year of a base: 由2014年的|13652户."""
    return bool(base_year(number_context, year, now))


def over_years(number_context: NumberContext, period: str, since: str) -> str:
    """比1982年增长52.3%，平均每年增长|8.8%: a yearly average is of the years after the base, ``since``."""
    yearly = cue("yearly", "each-year").search(number_context.gap) is not None
    alone = period.isdigit() and since.isdigit()
    if not yearly or not alone or int(since) + 1 >= int(period):
        return period
    return f"{int(since) + 1}/{period}"


def base_year(number_context: NumberContext, year: int | None, now: int | None) -> str:
    """The year that the words before a number compare with: 比|1982年|增长; empty where they name none."""
    gap = number_context.gap
    return year_in(gap, year, now) if _FROM.search(gap) else ""


def is_level(number_context: NumberContext, kind: FigureKind) -> bool:
    """Whether a number tells a state (达到, 总数, a rate) rather than what was done meanwhile."""
    if kind == "rank":
        return True
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
