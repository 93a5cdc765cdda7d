"""When a figure holds: the time said in its clause or at the head of its sentence."""

from __future__ import annotations

import re

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.time_expressions import (
    last_year,
    read_plan_end,
    read_span,
    read_time,
    with_years,
)
from policygraph.loaders.words.cues import closing, cue, opening

_YEARS = re.compile(r"\d{4}/\d{4}")
_LINK = re.compile(
    r"(?:达到?|增加到|增至|到|至|突破|超过?|总数|共有|拥有|现有|保有|为|稳定在|保持在)(?:约|近)?$"
)
_FLOW = re.compile(r"投入|投资|支出|资金")
_WHOLE_YEAR = re.compile(r"^\s*全年(?!任务|目标|计划)")
# 完成年度任务3.35万人的101.8%: the task is that of the year.
_TARGET = re.compile(r"(?:年度|全年)(?:目标|计划)?(?:任务|目标|计划)(?:数|量|指标)?$")
_AGO = re.compile(r"(\d{1,2})年前$")
_FROM = re.compile(r"(?:从|由|较|(?<![同环占对])比(?![例重率值]))[^，,、至到]{0,24}$")


def read_period(
    number_context: NumberContext,
    kind: FigureKind,
    held: str,
    passage: str,
    year: int | None = None,
    now: int | None = None,
) -> str:
    """The period of a figure; ``held`` is what its sentence said before, ``passage`` its passage's.

    ``year`` is that of its paragraph, from which 去年 is counted unless the report speaks in ``now``.
    """
    year = year or last_year(passage)
    base = _base_year(number_context, passage, year, now)
    if base:
        return base
    ago = _AGO.search(number_context.whole)
    if ago and year:
        return str(year - int(ago[1]))
    said = read_time(number_context.whole, year, now=now)
    if not said and year:
        whole = _WHOLE_YEAR.search(number_context.whole) or _TARGET.search(number_context.gap)
        said = str(year) if whole else read_span(number_context.whole, year)
    said = said or held or passage
    # A level told of five years is that at their end; what was done took all of them.
    if _YEARS.fullmatch(said) and is_level(number_context, kind):
        return said.rpartition("/")[2]
    return said


def _base_year(
    number_context: NumberContext, passage: str, year: int | None, now: int | None
) -> str:
    """从1832户增加到3382户: the first is the level at the base."""
    if not _FROM.search(number_context.gap) or not re.match(
        r"[^，,。；;、]{0,6}(?:提高|增加|增长|上升|提升|下降|降低|减少|扩大|缩小|缩短|降|增|升|压减)",
        number_context.right,
    ):
        return ""
    said = re.search(r"((?:19|20)\d{2})年", with_years(number_context.gap, year, now))
    if said:
        return said[1]
    first = passage[:4]
    return read_plan_end(number_context.gap) or (str(int(first) - 1) if first.isdigit() else "")


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
    if kind == "rate":
        return True
    if _LINK.search(number_context.gap):
        # 五年财政投入达到3406亿元 sums up what was spent.
        return kind == "count" or _FLOW.search(number_context.gap) is None
    return kind == "amount" and closing("noun-head").search(number_context.gap) is not None
