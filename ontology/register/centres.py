"""Where areas lie: a point of the register's items, else the middle of those of the areas inside."""

from __future__ import annotations

from functools import cache
from statistics import fmean

from policygraph.ontology.register.wikidata import items

Point = tuple[float, float]  # latitude and longitude in degrees
_INSIDE = (
    (2, "0000", 4, "00"),
    (4, "00", 6, ""),
)  # a code's own digits and tail, and those below it


def centre(code: str) -> Point | None:
    """The point of the area of a code, None where none is known; of a province the middle of its cities."""
    return _points().get(code) or _middle(code)


@cache
def _points() -> dict[str, Point]:
    """Code → the point of its item."""
    return {
        code: (float(item.latitude), float(item.longitude))
        for code, item in items().items()
        if item.latitude and item.longitude
    }


@cache
def _middle(code: str) -> Point | None:
    """The middle of the points of the areas right inside, else of those inside them."""
    for own, tail, below, below_tail in _INSIDE:
        if not code.endswith(tail) or code.endswith("0000") != (own == 2):
            continue
        for digits, end in ((below, below_tail), (6, "")):
            inside = [
                point
                for other, point in _points().items()
                if other.startswith(code[:own]) and other[digits:] == end and other != code
            ]
            if inside:
                return fmean(lat for lat, _ in inside), fmean(lon for _, lon in inside)
    return None
