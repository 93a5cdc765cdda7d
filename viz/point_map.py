"""Areas as points on a map, as SVG: no borders are drawn, a net of degrees tells where one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, floor, radians, sqrt

from policygraph.viz.markup import Markup, tag

WIDTH = 860.0  # of the picture, in its own units
LARGEST, SMALLEST = 30.0, 3.5  # radii of points
_MARGIN = 46.0
_NAMED = 40  # points with their name beside them, at most
_LETTER, _LARGE_LETTER = 13.0, 30.0  # the height of a name; where the picture is drawn small
_NET = (1, 2, 5, 10)  # degrees between two lines of the net


@dataclass(frozen=True, slots=True)
class Spot:
    """An area as a point: where it lies in degrees, how much is said of it, what its point says and leads to."""

    name: str
    latitude: float
    longitude: float
    amount: float
    words: str
    address: str


def point_map(spots: Sequence[Spot], title: str) -> Markup | None:
    """The map of some points, the largest below the others; None where there are none."""
    if not spots:
        return None
    plane = _Plane.around(spots)
    most = max(abs(spot.amount) for spot in spots) or 1
    drawn = sorted(spots, key=lambda spot: (-abs(spot.amount), spot.name))
    circles = (_circle(spot, plane, _radius(spot.amount, most)) for spot in drawn)
    return tag(
        "svg",
        tag("title", title),
        tag("path", d=plane.net(), class_="net"),
        circles,
        tag("g", _names(drawn, plane, most, _LETTER), class_="names"),
        tag("g", _names(drawn, plane, most, _LARGE_LETTER), class_="names large"),
        viewBox=f"0 0 {WIDTH:.0f} {plane.height:.0f}",
        class_="map",
        role="group",
        aria_label=title,
    )


def _radius(amount: float, most: float) -> float:
    """A radius by which the surface of a point tells the amount."""
    return max(SMALLEST, LARGEST * sqrt(abs(amount) / most))


def _circle(spot: Spot, plane: _Plane, radius: float) -> Markup:
    x, y = plane.at(spot)
    point = tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r=f"{radius:.1f}",
        class_="below" if spot.amount < 0 else None,
    )
    return tag("a", tag("title", spot.words), point, href=spot.address)


def _names(drawn: Sequence[Spot], plane: _Plane, most: float, letter: float) -> list[Markup]:
    """The names of the largest points, each beside its point where no other name stands yet."""
    taken: list[tuple[float, float, float]] = []  # left end, right end, line of a name
    names = []
    for spot in drawn:
        (x, y), radius = plane.at(spot), _radius(spot.amount, most)
        long = letter * sum(1 if ord(each) > 0x2E7F else 0.6 for each in spot.name)
        left, line = x + radius + 3, y + letter / 3
        if left + long > WIDTH:
            left = x - radius - 3 - long
        right = left + long
        free = all(
            right < start or left > end or abs(line - other) > letter for start, end, other in taken
        )
        if free and left > 0:
            taken.append((left, right, line))
            names.append(tag("text", spot.name, x=f"{left:.1f}", y=f"{line:.1f}"))
        if len(names) == _NAMED:
            break
    return names


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees on the picture: a degree of longitude is as long as in the middle of the map."""

    west: float
    north: float
    south: float
    east: float
    scale: float  # units a degree of latitude
    narrow: float  # of a degree of longitude against one of latitude

    @classmethod
    def around(cls, spots: Sequence[Spot]) -> _Plane:
        """The plane that holds all points, at least two degrees high and wide."""
        latitudes = [spot.latitude for spot in spots]
        longitudes = [spot.longitude for spot in spots]
        middle = (min(latitudes) + max(latitudes)) / 2
        narrow = cos(radians(middle))
        high = max(max(latitudes) - min(latitudes), 2.0)
        wide = max(max(longitudes) - min(longitudes), 2.0)
        scale = min((WIDTH - 2 * _MARGIN) / (wide * narrow), (WIDTH - 2 * _MARGIN) / high)
        east_west = (min(longitudes) + max(longitudes)) / 2
        half = WIDTH / 2 / (scale * narrow)
        return cls(
            west=east_west - half,
            north=middle + high / 2 + _MARGIN / scale,
            south=middle - high / 2 - _MARGIN / scale,
            east=east_west + half,
            scale=scale,
            narrow=narrow,
        )

    @property
    def height(self) -> float:
        """The height of the picture."""
        return (self.north - self.south) * self.scale

    def at(self, spot: Spot) -> tuple[float, float]:
        """Where a point stands on the picture."""
        return self._across(spot.longitude), self._down(spot.latitude)

    def net(self) -> str:
        """The lines of whole degrees, as a path."""
        step = next((s for s in _NET if (self.north - self.south) / s <= 8), _NET[-1])
        meridians = _steps(self.west, self.east, step)
        parallels = _steps(self.south, self.north, step)
        lines = [f"M{self._across(lon):.1f} 0V{self.height:.1f}" for lon in meridians]
        return "".join([*lines, *(f"M0 {self._down(lat):.1f}H{WIDTH:.1f}" for lat in parallels)])

    def _across(self, longitude: float) -> float:
        return (longitude - self.west) * self.scale * self.narrow

    def _down(self, latitude: float) -> float:
        return (self.north - latitude) * self.scale


def _steps(low: float, high: float, step: int) -> list[int]:
    """The multiples of a step between two numbers."""
    first = floor(low / step) * step
    return [degree for degree in range(first, int(high) + step, step) if low < degree < high]
