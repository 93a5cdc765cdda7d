"""When a figure holds: the time said in its clause or at the head of its sentence."""

from __future__ import annotations

import re

from policygraph.graph.statements import FigureKind
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.words.cues import WordPattern, closing, cue, opening
from policygraph.loaders.words.time import YEARS_AGO, read_time, year_in

_FROM = re.compile(r"(?:从|由|较|(?<![同环占对])比(?![例重率值]))[^，,、至到]{0,24}$")
_TURNED = WordPattern(r"[^，,。；;、]{0,6}{turn-from-base}")


def read_period(
    number_context: NumberContext, kind: FigureKind, said_before: str, passage: str
) -> str:
    """The period of a figure; ``said_before`` is what its sentence said before, ``passage`` its chapter's."""
    year = passage[-4:]
    base = _base_year(number_context, passage)
    if base:
        return base
    ago = YEARS_AGO.search(number_context.whole)
    if ago and year.isdigit():
        return str(int(year) - int(ago[1]))
    said = read_time(number_context.whole, year) or said_before
    if said:
        return said
    # A level told of five years is that at their end; what was done took all of them.
    if "/" in passage and is_level(number_context, kind):
        return passage.rpartition("/")[2]
    return passage


def _base_year(number_context: NumberContext, passage: str) -> str:
    """从1832户增加到3382户: the first is the level at the base."""
    if not _FROM.search(number_context.gap) or not _TURNED.match(number_context.right):
        return ""
    said = year_in(number_context.gap)
    if said:
        return said
    first = passage[:4]
    return str(int(first) - 1) if first.isdigit() else ""


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
    if kind == "count":
        return closing("level").search(number_context.gap) is not None
    return True
