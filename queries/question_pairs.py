"""The two figures of a sentence that what a question asks for is worked out of: how much for each, which part of a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.queries.question_requests import (
    DIFFERENCE,
    EACH,
    PART,
    TIMES,
    Request,
    units_of_each,
)
from policygraph.queries.search_entries import Entry

_LEVELS = ("count", "amount")
_OF_WHAT = "money"  # what is asked for where 平均每家 alone is said
Sentence = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """An operation of arithmetic and the two figures it is for, in their order."""

    operation: str
    figures: tuple[Entry, Entry]


def pair_of(
    question: str,
    request: Request,
    found: Sequence[Entry],
    sentence_of: Callable[[Entry], Sentence],
    years: Sequence[str] = (),
) -> Pair | None:
    """What the closest figures are to be worked into, None where none is asked for or no two belong together.

    省直单位平均每家出了多少钱: 8.71亿元 ÷ 350家.
    """
    stated = [one for one in found if one.kind == "figure"]
    figures = [one for one in stated if _is_of(one, _LEVELS)]
    if figures and (before := _before(figures[0], stated, years)):
        return before
    if EACH in request.sought:
        return _for_each(question, request, figures, sentence_of)
    if PART in request.sought and figures:
        return _ordered("share", figures[0], _beside(figures[0], figures, sentence_of))
    for wanted, operation in ((TIMES, "ratio"), (DIFFERENCE, "difference")):
        if wanted in request.sought and figures:
            first, *others = [one for one in stated if _is_of(one, request.values)] or figures
            others.sort(key=lambda one: one.named != first.named)
            pair = _ordered(operation, first, [one for one in others if one.name != first.name])
            return replace(pair, figures=pair.figures[::-1]) if pair else None
    return None


def _before(level: Entry, stated: Iterable[Entry], years: Sequence[str]) -> Pair | None:
    """A level and its change where the question is of the year before: 12072元 and 11.7% of 2022, for 2021."""
    name, _, period = level.name.rpartition(" · ")
    asked = period.isdigit() and str(int(period) - 1) in years and period not in years
    changes = (
        one
        for one in stated
        if one.name.endswith(level.name)
        and _is_of(one, ("change",))
        and not _is_of(one, ("points",))
    )
    change = next(changes, None) if asked and name else None
    return Pair("earlier", (level, change)) if change else None


def _for_each(
    question: str,
    request: Request,
    figures: Sequence[Entry],
    sentence_of: Callable[[Entry], Sentence],
) -> Pair | None:
    """Money, or what is asked for, over a number of the same sentence, rather one of the unit that is asked about."""
    sorts = (*request.values, _OF_WHAT) if request.values <= {_OF_WHAT} else request.values
    wholes = sorted(figures, key=lambda one: "part" in one.qualifier.split())
    divided = next((one for one in wholes if _is_of(one, sorts)), None)
    units = units_of_each(question)
    counts = [one for one in _beside(divided, figures, sentence_of) if _is_of(one, ("count",))]
    counts.sort(key=lambda one: not _is_of(one, units))
    return Pair("ratio", (divided, counts[0])) if divided and counts else None


def _ordered(operation: str, one: Entry, others: Iterable[Entry]) -> Pair | None:
    """A figure and the first other of its kind and unit, the smaller first; a whole may be planned, of which a part is not."""
    told = 3 if operation == "share" else None
    other = next((each for each in others if _sort_of(each)[:told] == _sort_of(one)[:told]), None)
    if other is None:
        return None
    smaller, larger = sorted((one, other), key=lambda each: Decimal(each.value or 0))
    return Pair(operation, (smaller, larger))


def _sort_of(figure: Entry) -> list[str]:
    """The kind, unit and dimension of a figure, and whether it is planned."""
    return figure.measured.split()


def _is_of(figure: Entry, sorts: Sequence[str] | frozenset[str]) -> bool:
    """Whether a figure is of a kind, unit or dimension."""
    return any(f" {sort} " in figure.measured for sort in sorts)


def _beside(
    one: Entry | None, figures: Sequence[Entry], sentence_of: Callable[[Entry], Sentence]
) -> list[Entry]:
    """The others of the sentence that a figure stands in."""
    if one is None:
        return []
    sentence = sentence_of(one)
    return [other for other in figures if other.iri != one.iri and sentence_of(other) == sentence]
