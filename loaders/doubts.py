"""Doubtful readings: marks that are not closed, units that were dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Figure, Finding, Span

_MARKS = re.compile("[《》（）()“”\n]")
_PAIRS = {"》": "《", "）": "（", ")": "(", "”": "“"}
_OPENING = frozenset(_PAIRS.values())


def find_doubts(text: str, figures: Sequence[Figure]) -> list[Finding]:
    """The findings of a report in reading order."""
    found = [*_unbalanced(text), *_unitless(figures)]
    return sorted(found, key=lambda finding: (finding.span.start, finding.code))


def _unbalanced(text: str) -> Iterator[Finding]:
    """二)坚决落实 lacks its opening bracket, 《…管理办法, its closing 》."""
    waiting: list[re.Match[str]] = []
    for match in [*_MARKS.finditer(text), None]:
        if match is None or match[0] == "\n":
            yield from (_finding(mark, "is not closed") for mark in waiting)
            waiting = []
        elif match[0] in _OPENING:
            waiting.append(match)
        else:
            opener = _PAIRS[match[0]]
            place = next(
                (n for n in reversed(range(len(waiting))) if waiting[n][0] == opener), None
            )
            if place is None:
                yield _finding(match, "is not opened")
            else:
                yield from (_finding(mark, "is not closed") for mark in waiting[place + 1 :])
                del waiting[place:]


def _finding(mark: re.Match[str], what: str) -> Finding:
    span = Span(mark.start(), mark.end(), mark[0])
    return Finding(span, "unbalanced-mark", f"{mark[0]} {what} in its paragraph")


def _unitless(figures: Sequence[Figure]) -> Iterator[Finding]:
    """改造农村危房8612 says no unit."""
    for figure in figures:
        if "unit-missing" in figure.qualifier:
            said = f"read as {figure.unit}" if figure.unit else "left empty"
            yield Finding(figure.span, "unit-missing", f"the unit was dropped; {said}")
