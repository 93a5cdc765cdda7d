"""The two figures of a sentence that what a question asks for is worked out of: how much for each, which part of a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policygraph.queries.question_requests import EACH, PART, Request, units_of_each
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
) -> Pair | None:
    """What the closest figures are to be worked into, None where none is asked for or no two belong together.

    省直单位平均每家出了多少钱: 8.71亿元 ÷ 350家.
    """
    figures = [one for one in found if one.kind == "figure" and _is_of(one, _LEVELS)]
    if EACH in request.sought:
        sorts = (*request.values, _OF_WHAT) if request.values <= {_OF_WHAT} else request.values
        divided = next((one for one in figures if _is_of(one, sorts)), None)
        beside = _beside(divided, figures, sentence_of)
        units = units_of_each(question)
        counts = [one for one in beside if _is_of(one, ("count",))]
        counts.sort(key=lambda one: not _is_of(one, units))
        return Pair("ratio", (divided, counts[0])) if divided and counts else None
    if PART in request.sought and figures:
        part = figures[0]
        alike = [
            one
            for one in _beside(part, figures, sentence_of)
            if one.measured.split()[1:3] == part.measured.split()[1:3]
        ]
        pair = sorted((part, *alike[:1]), key=lambda one: Decimal(one.value or 0))
        return Pair("share", (pair[0], pair[1])) if alike else None
    return None


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
