"""The register of administrative areas (GB/T 2260 codes, 1980–2024; townships of one year) and its written forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from policygraph.ontology.register.forms import TAIL, stem_of, written_forms
from policygraph.ontology.register.history import Succession, came_from, came_to, english_names
from policygraph.ontology.register.townships import COUNTY_DIGITS, codes_by_name, names_by_code
from policygraph.ontology.register.wikidata import Item, items

__all__ = [
    "COUNTRY", "FIRST_TABLE", "LAST_YEAR", "LEVELS", "Area", "Item", "Register", "Succession", "stem_of",
]  # fmt: skip

FOLDER = Path(__file__).parent
COUNTRY = "000000"
FIRST_TABLE, LAST_YEAR = 1980, 2024  # the first and the last year of the tables
LEVELS = ("country", "province", "prefecture", "county", "township")
_TOWNSHIP_CODE = re.compile(r"[0-9]{9}")


@dataclass(frozen=True, slots=True)
class Area:
    """One code under one name and parent, from its first to its last year (None: still).

    A township has a code of nine digits, and no years: its first is that of the first table.
    """

    code: str
    name: str
    level: str
    parent: str | None
    first_year: int
    last_year: int | None

    @property
    def key(self) -> str:
        """Code and first year, which no other has: 420600-2010."""
        return f"{self.code}-{self.first_year}"

    @property
    def english(self) -> str:
        """The English name: Hong'an County, Enshi Tujia and Miao Autonomous Prefecture."""
        return english_names().get(self.name, "")

    @property
    def wikidata(self) -> Item | None:
        """The item of Wikidata that is about it, which only an area that still is has."""
        return items().get(self.code) if self.last_year is None else None

    @property
    def short_forms(self) -> tuple[str, ...]:
        """The shorter forms of the name: 恩施, 恩施州."""
        return tuple(form for form in written_forms(self.name) if form != self.name)

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
        by_code: dict[str, list[Area]] = {}
        for area in self.areas:
            by_code.setdefault(area.code, []).append(area)
        return by_code

    def township(self, code: str) -> Area | None:
        """The town, township or subdistrict with the code of nine digits; None where the table has none."""
        if not _TOWNSHIP_CODE.fullmatch(code):
            return None
        return _township(self, code)

    def townships_named(self, name: str, within: Area | None = None) -> tuple[Area, ...]:
        """The townships of a full name; only those that lie in an area, where one is given."""
        if within is not None and within.level == "county":
            codes = [code for code, known in names_by_code(within.code).items() if known == name]
        else:
            codes = list(codes_by_name().get(name, ()))
        found = (self.township(code) for code in codes)
        return tuple(
            area
            for area in found
            if area is not None and (within is None or self.inside(area, within))
        )

    def townships_beginning_with(self, text: str) -> Iterator[Area]:
        """The townships whose names begin with a text, by their codes."""
        codes = (
            c for name, known in codes_by_name().items() if name.startswith(text) for c in known
        )
        found = (self.township(code) for code in sorted(codes))
        return (area for area in found if area is not None)

    @cached_property
    def _forms(self) -> dict[str, tuple[Area, ...]]:
        by_form: dict[str, list[Area]] = {}
        for area in self.areas:
            for form in written_forms(area.name):
                by_form.setdefault(form, []).append(area)
        return {form: tuple(areas) for form, areas in by_form.items()}

    @cached_property
    def _full(self) -> frozenset[str]:
        safe = {area.name for area in self.areas if len(area.name) > 2}
        safe |= {stem_of(a.name) for a in self.areas if a.level == "province"} | {"中国", "全国"}
        safe |= {form for form in self._forms if len(form) > 2 and TAIL.search(form)}
        return frozenset(safe)

    def by_code(self, code: str, year: int | None = None) -> Area | None:
        """The area with the code, in the year or else the nearest to it; latest when None."""
        areas = self._codes.get(code)
        if not areas:
            return self.township(code)
        if year is None:
            return areas[-1]
        return min(areas, key=lambda area: _distance(area, year))

    def bearers(self, code: str) -> tuple[Area, ...]:
        """All areas that ever had the code, earliest first."""
        town = self.township(code)
        return (town,) if town is not None else tuple(self._codes.get(code, ()))

    def ancestors(self, area: Area, year: int | None = None) -> tuple[Area, ...]:
        """The areas above, nearest first, up to 中国."""
        found: list[Area] = []
        year = area.last_year if year is None else year
        above = self.by_code(area.parent, year) if area.parent else None
        while above is not None:
            found.append(above)
            above = self.by_code(above.parent, year) if above.parent else None
        return tuple(found)

    def local_id(self, area: Area) -> str:
        """What an area's IRI ends in: its code, with its first year where the code passed to another.

        420600 is 襄阳市, which bears it now; 420600-1980 is 襄樊市, which bore it before.
        """
        if area.level == "township":
            return area.code
        latest = max(self._codes[area.code], key=lambda bearer: bearer.first_year)
        return area.code if area == latest else area.key

    def by_local_id(self, local_id: str) -> Area | None:
        """The area whose IRI ends so, as ``local_id`` gives it; None where there is none."""
        bearers = self.bearers(local_id.partition("-")[0])
        return next((area for area in bearers if self.local_id(area) == local_id), None)

    def by_key(self, key: str) -> Area | None:
        """The area of a code and first year: 420600-2010; None where there is none."""
        return self._keys.get(key)

    @cached_property
    def _keys(self) -> dict[str, Area]:
        return {area.key: area for area in self.areas}

    def inside(self, area: Area, above: Area) -> bool:
        """Whether an area is another or lies in it, by their codes."""
        if above.code in (COUNTRY, area.code):
            return True
        digits = {"province": 2, "prefecture": 4, "township": 9}.get(above.level, COUNTY_DIGITS)
        return area.code[:digits] == above.code[:digits]

    def predecessors(self, area: Area) -> tuple[tuple[Area, Succession], ...]:
        """What an area came from, and how."""
        return tuple((self._keys[row.before], row) for row in came_from(area.key))

    def successors(self, area: Area) -> tuple[tuple[Area, Succession], ...]:
        """What came of an area, and how."""
        return tuple((self._keys[row.after], row) for row in came_to(area.key))

    def forms(self) -> Mapping[str, tuple[Area, ...]]:
        """Written form → the areas it can mean (长阳县, 长阳, 长阳土家族自治县)."""
        return self._forms

    def begins_with_area(self, text: str) -> bool:
        """Whether the first two, three or four characters are a written form of an area: 合肥|高新区."""
        return any(text[:length] in self._forms for length in (2, 3, 4))

    def is_full(self, text: str) -> bool:
        """Whether a form is safe to recognise in prose: 红安县 and 湖北 are, 红安 is not."""
        return text in self._full

    def candidates(self, text: str, year: int | None = None) -> tuple[Area, ...]:
        """The areas a form can mean, those valid in the year if there are any."""
        candidates = self._forms.get(text, ())
        return tuple(area for area in candidates if area.valid(year)) or candidates

    def resolve(self, text: str, *, within: Area | None, year: int | None) -> Area | None:
        """The one area a form means in its setting, or None while it stays ambiguous.

        Areas inside ``within`` come first, then those of its province, then the highest level.
        """
        candidates = self.candidates(text, year)
        if not candidates:
            return None
        if within is not None and within.code != COUNTRY:
            near = [a for a in candidates if self.inside(a, within)] or [
                a for a in candidates if a.code[:2] == within.code[:2]
            ]
            candidates = tuple(near) or candidates
        named = [a for a in candidates if a.name == text]
        top = min((LEVELS.index(a.level) for a in candidates), default=0)
        highest = [a for a in candidates if LEVELS.index(a.level) == top]
        # 井陉 is 井陉县 rather than 井陉矿区.
        plain = [a for a in highest if a.name[:-1] == text]
        for choice in (list(candidates), named, highest, plain):
            if choice and len({(a.code[:2], a.name) for a in choice}) == 1:
                nearest = _nearest(choice, year if year is not None else LAST_YEAR)
                if nearest is not None:
                    return nearest
        return None


def _distance(area: Area, year: int) -> int:
    if year < area.first_year:
        return area.first_year - year
    return max(0, year - area.last_year) if area.last_year is not None else 0


def _nearest(areas: list[Area], year: int) -> Area | None:
    """The area valid nearest to the year; None when namesakes stood side by side (桥西区)."""
    best = min(_distance(area, year) for area in areas)
    nearest = sorted(
        (area for area in areas if _distance(area, year) == best), key=lambda a: a.first_year
    )
    for before, after in pairwise(nearest):
        if before.last_year is None or after.first_year <= before.last_year:
            return None
    return nearest[-1]


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


@cache
def _township(register: Register, code: str) -> Area | None:
    """A township of the table, in the county of its code or, in zones without a code of their own, the city."""
    name = names_by_code(code[:COUNTY_DIGITS]).get(code)
    if name is None:
        return None
    parents = (code[:6], f"{code[:4]}00", f"{code[:2]}0000")
    parent = next(above for above in parents if register.by_code(above) is not None)
    return Area(code, name, "township", parent, FIRST_TABLE, None)
