"""The register of administrative areas (GB/T 2260 codes, 1980–2024) and its written forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
COUNTRY = "000000"
LAST_YEAR = 2024
_LEVELS = ("country", "province", "prefecture", "county")
_TAIL = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|县|区|州|盟|旗)$"
)


@dataclass(frozen=True, slots=True)
class Area:
    """One code under one name and parent, from its first to its last year (None: still)."""

    code: str
    name: str
    level: str
    parent: str | None
    first_year: int
    last_year: int | None

    def valid(self, year: int | None) -> bool:
        """Whether the area bears this name in the year; True when no year is asked."""
        return year is None or (
            self.first_year <= year and (self.last_year is None or year <= self.last_year)
        )


class Register:
    """All areas, findable by code and by the forms reports write them in."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self.areas = areas

    @classmethod
    def load(cls) -> Register:
        """The bundled register; read once."""
        return _bundled()

    @cached_property
    def _codes(self) -> dict[str, list[Area]]:
        held: dict[str, list[Area]] = {}
        for area in self.areas:
            held.setdefault(area.code, []).append(area)
        return held

    @cached_property
    def _forms(self) -> dict[str, tuple[Area, ...]]:
        held: dict[str, list[Area]] = {}
        for area in self.areas:
            for form in _written_forms(area):
                held.setdefault(form, []).append(area)
        return {form: tuple(areas) for form, areas in held.items()}

    @cached_property
    def _full(self) -> frozenset[str]:
        safe = {area.name for area in self.areas if len(area.name) > 2}
        safe |= {_stem(a) for a in self.areas if a.level == "province"} | {"中国", "全国"}
        safe |= {form for form in self._forms if len(form) > 2 and _TAIL.search(form)}
        return frozenset(safe)

    def by_code(self, code: str, year: int | None = None) -> Area | None:
        """The area with the code, in the year or else the nearest to it; latest when None."""
        held = self._codes.get(code)
        if not held:
            return None
        if year is None:
            return held[-1]
        return min(held, key=lambda area: _distance(area, year))

    def ancestors(self, area: Area, year: int | None = None) -> tuple[Area, ...]:
        """The areas above, nearest first, up to 中国."""
        found: list[Area] = []
        year = area.last_year if year is None else year
        above = self.by_code(area.parent, year) if area.parent else None
        while above is not None:
            found.append(above)
            above = self.by_code(above.parent, year) if above.parent else None
        return tuple(found)

    def forms(self) -> Mapping[str, tuple[Area, ...]]:
        """Written form → the areas it can mean (长阳县, 长阳, 长阳土家族自治县)."""
        return self._forms

    def is_full(self, text: str) -> bool:
        """Whether a form is safe to recognise in prose: 红安县 and 湖北 are, 红安 is not."""
        return text in self._full

    def candidates(self, text: str, year: int | None = None) -> tuple[Area, ...]:
        """The areas a form can mean, those valid in the year if there are any."""
        held = self._forms.get(text, ())
        return tuple(area for area in held if area.valid(year)) or held

    def resolve(self, text: str, *, within: Area | None, year: int | None) -> Area | None:
        """The one area a form means in its setting, or None while it stays ambiguous.

        Areas inside ``within`` come first, then those of its province, then the highest level.
        """
        held = self.candidates(text, year)
        if not held:
            return None
        if within is not None and within.code != COUNTRY:
            near = [a for a in held if _inside(a, within)] or [
                a for a in held if a.code[:2] == within.code[:2]
            ]
            held = tuple(near) or held
        named = [a for a in held if a.name == text]
        top = min((_LEVELS.index(a.level) for a in held), default=0)
        for choice in (list(held), named, [a for a in held if _LEVELS.index(a.level) == top]):
            if choice and len({(a.code[:2], a.name) for a in choice}) == 1:
                nearest = _nearest(choice, year if year is not None else LAST_YEAR)
                if nearest is not None:
                    return nearest
        return None


def _inside(area: Area, within: Area) -> bool:
    if area.code == within.code:
        return True
    digits = {"province": 2, "prefecture": 4, "county": 6}.get(within.level, 0)
    return area.code[:digits] == within.code[:digits]


def _distance(area: Area, year: int) -> int:
    if year < area.first_year:
        return area.first_year - year
    return max(0, year - area.last_year) if area.last_year is not None else 0


def _nearest(areas: list[Area], year: int) -> Area | None:
    """The area valid nearest to the year; None when namesakes stood side by side (桥西区)."""
    best = min(_distance(area, year) for area in areas)
    held = sorted(
        (area for area in areas if _distance(area, year) == best), key=lambda a: a.first_year
    )
    for before, after in pairwise(held):
        if before.last_year is None or after.first_year <= before.last_year:
            return None
    return held[-1]


@cache
def _ethnic() -> re.Pattern[str]:
    names = (FOLDER / "ethnic_groups.txt").read_text("utf-8").split()
    return re.compile("(?:" + "|".join(names) + ")+$")


@cache
def stem_of(name: str) -> str:
    """红安县 → 红安, 恩施土家族苗族自治州 → 恩施; a name of one character keeps its tail (郧县)."""
    stem = _TAIL.sub("", name)
    bare = _ethnic().sub("", stem)
    return bare if len(bare) > 1 else stem if len(stem) > 1 else name


def _stem(area: Area) -> str:
    return stem_of(area.name)


def _written_forms(area: Area) -> Iterator[str]:
    """恩施土家族苗族自治州, 恩施州, 恩施 | 长阳土家族自治县, 长阳县, 长阳 | 湖北省, 湖北."""
    yield area.name
    stem = _stem(area)
    if stem != area.name:
        yield stem
    for tail, short in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")):
        if area.name.endswith(tail) and stem + short != area.name:
            yield stem + short


@cache
def _bundled() -> Register:
    lines = (FOLDER / "areas.csv").read_text("utf-8").splitlines()[1:]
    areas = []
    for line in lines:
        code, name, level, parent, first, last = line.split(",")
        areas.append(
            Area(code, name, level, parent or None, int(first), int(last) if last else None)
        )
    return Register(tuple(areas))
