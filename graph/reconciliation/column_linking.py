"""The names of one column of a table, each with its area; what the column shows helps the ambiguous ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policygraph.graph.reconciliation.area_matching import UNCERTAIN, match_area
from policygraph.graph.reconciliation.candidates import Candidate
from policygraph.ontology.register import Register

_FEWEST = 5  # certain names before a column shows anything
_MOST_OF_THEM = 0.8


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be linked: its text, the year it was used in and what the area it lies in is called."""

    text: str
    year: int | None = None
    above: str = ""


def link_names(
    names: Sequence[Name], register: Register, *, level: str = ""
) -> list[tuple[Candidate, ...]]:
    """The candidates of each name, best first; ``match`` is set on the first where it is certain.

    Where four in five of the certain names have one level, or lie in one province or prefecture, an
    ambiguous name means the one candidate that fits, with the reason ``column``.
    """
    found = [
        match_area(name.text, register, year=name.year, above=name.above, level=level)
        for name in names
    ]
    certain = [candidates[0] for candidates in found if candidates and candidates[0].match]
    usual_level = _usual(candidate.area.level for candidate in certain)
    usual_place = _usual(candidate.area.code[:4] for candidate in certain) or _usual(
        candidate.area.code[:2] for candidate in certain
    )
    return [_narrowed(candidates, usual_level, usual_place) for candidates in found]


def _usual(values: Iterable[str]) -> str:
    """What at least four in five of the values are, empty where none is or they are too few."""
    counts = Counter(values)
    if not counts or counts.total() < _FEWEST:
        return ""
    value, times = counts.most_common(1)[0]
    return value if times >= _MOST_OF_THEM * counts.total() else ""


def _narrowed(candidates: tuple[Candidate, ...], level: str, place: str) -> tuple[Candidate, ...]:
    """The candidates with the one marked that fits the column, where only one does."""
    if not candidates or candidates[0].match or not (level or place):
        return candidates
    fitting = [
        candidate
        for candidate in candidates
        if not UNCERTAIN.intersection(candidate.reasons)
        and candidate.score == candidates[0].score
        and candidate.area.last_year is None
        and candidate.area.level in (level or candidate.area.level)
        and candidate.area.code.startswith(place)
    ]
    if len(fitting) != 1:
        return candidates
    chosen = replace(fitting[0], match=True, reasons=(*fitting[0].reasons, "column"))
    return (chosen, *(c for c in candidates if c.area != chosen.area))
