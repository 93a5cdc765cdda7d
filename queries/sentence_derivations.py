"""What follows from a figure and the others of its sentence: how much it is for each, and how far it rose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from policygraph.errors import QueryError
from policygraph.ontology.vocabulary import word_cache
from policygraph.ontology.word_classes import class_members
from policygraph.queries.answers import MONEY
from policygraph.queries.arithmetic import PERCENT, Derivation, StatedFigure, derive
from policygraph.queries.stated_figures import figure_of
from policygraph.queries.stated_passages import Ask, Passage, filled, node, text_of

_NEAR = 200  # characters before and after a figure in which its sentence is looked for
_MEANS = ("average-head", "per", "mean-of")  # classes of words
_LEVELS = ("amount", "count", "share")


def figures_near(ask: Ask, document: str, start: int) -> list[str]:
    """The figures around a place of a report."""
    places = {"low": str(max(start - _NEAR, 0)), "high": str(start + _NEAR)}
    found = ask(filled("figures-near", document=str(node(document)), **places), {})
    return [text_of(row, "statement") for row in found]


def of_sentence(passage: Passage, others: Iterable[Passage]) -> list[Derivation]:
    """What follows from a figure and each of these that stands in its sentence, as far as they belong together."""
    made = []
    for other in others:
        if (
            other.iri != passage.iri
            and other.report.iri == passage.report.iri
            and _beside(passage, other)
        ):
            for operation, pair in _meant(passage, other):
                with suppress(QueryError):
                    made.append(derive(operation, pair))
    return made


def _beside(one: Passage, other: Passage) -> bool:
    """Whether both stand in the same sentence."""
    return one.sentence == other.sentence and one.start - one.place == other.start - other.place


def _meant(one: Passage, other: Passage) -> Iterator[tuple[str, Sequence[StatedFigure]]]:
    """The operations that two figures of a sentence are meant for, each with the two in their order."""
    pair = figure_of(one), figure_of(other)
    for (sum_, count), (said, of) in ((pair, (one, other)), (pair[::-1], (other, one))):
        together = said.value("pg:inMeasure") and said.value("pg:inMeasure") == of.value(
            "pg:inMeasure"
        )
        if _is_for_each(sum_, count) and (together or sum_.scope.startswith(count.quote)):
            yield "ratio", (sum_, count)
    if _is_rise(*pair):
        yield from (
            (operation, pair)
            for operation in ("difference", "growth")
            if operation == "difference" or pair[0].unit != PERCENT
        )


def _is_for_each(money: StatedFigure, count: StatedFigure) -> bool:
    """Whether money can be divided by a number of things: not what is per head already."""
    kinds = money.unit == MONEY and (money.kind, count.kind) == ("amount", "count")
    return kinds and count.value > 0 and not any(word in money.indicator for word in _means())


@word_cache
def _means() -> tuple[str, ...]:
    """The words of what is for each already: 人均, 单价."""
    return tuple(word for name in _MEANS for word in class_members()[name])


def _is_rise(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether both are levels of one thing in two years: 从3826.5亿元增长到4398.6亿元."""
    same = (one.indicator, one.group, one.unit, one.kind) == (
        other.indicator,
        other.group,
        other.unit,
        other.kind,
    )
    years = {figure.period for figure in (one, other)}
    dated = all(len(year) == 4 and year.isdigit() for year in years)
    return same and bool(one.indicator) and one.kind in _LEVELS and len(years) == 2 and dated
