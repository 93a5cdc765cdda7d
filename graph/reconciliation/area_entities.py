"""The areas of the register as entities: found by identifier or the beginning of a name, described, with values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from policygraph.graph.reconciliation.area_names import latin_key
from policygraph.ontology.register import COUNTRY, FIRST_TABLE, Area, Register
from policygraph.ontology.register import LEVELS as _ENGLISH

_AREAS = "id/area/"
_CHINESE = ("国家", "省级", "地级", "县级", "乡级")
# How a level may be written → how the register writes it.
LEVELS = dict(zip(_ENGLISH + _CHINESE, _ENGLISH * 2, strict=True))
_LEVEL_LABELS = dict(
    zip(_ENGLISH, map(" ".join, zip(_CHINESE, _ENGLISH, strict=True)), strict=True)
)


def identifier(area: Area, register: Register) -> str:
    """What an area is called below the base of the graph: id/area/420600."""
    return f"{_AREAS}{register.local_id(area)}"


def area_of(local: str, register: Register) -> Area | None:
    """The area of such an identifier, None where there is none."""
    name = local.removeprefix(_AREAS)
    if name == local:
        return None
    return register.by_local_id(name) or register.by_key(name)


def describe(area: Area, register: Register) -> str:
    """English name, what it lies in, code and years: what tells namesakes apart."""
    above = [each.name for each in register.ancestors(area) if each.code != COUNTRY]
    last = "" if area.last_year is None else str(area.last_year)
    first = "" if area.first_year == FIRST_TABLE else str(area.first_year)
    years = f"{first}–{last}" if first or last else ""
    parts = (area.english, "".join(reversed(above)), area.code, _LEVEL_LABELS[area.level], years)
    return " · ".join(filter(None, parts))


def values(area: Area, name: str, register: Register) -> list[str | int | Area]:
    """The values of one property of an area, none where it has none."""
    ancestors = register.ancestors(area)
    plain: dict[str, list[str | int | Area | None]] = {
        "chineseName": [area.name],
        "englishName": [area.english],
        "otherName": [*area.short_forms],
        "code": [area.code],
        "level": [area.level],
        "parent": [next(iter(ancestors), None)],
        "province": [each for each in (area, *ancestors) if each.level == "province"],
        "validFrom": [area.first_year if area.first_year > FIRST_TABLE else None],
        "validUntil": [area.last_year],
        "wikidata": [area.wikidata.name if area.wikidata else None],
        "centre": [_point(area)],
    }
    if name in ("predecessor", "successor"):
        rows = register.predecessors(area) if name == "predecessor" else register.successors(area)
        return [other for other, _ in rows]
    return [value for value in plain.get(name, ()) if value not in (None, "")]


def _point(area: Area) -> str:
    """Latitude and longitude, empty where no point is known."""
    item = area.wikidata
    return f"{item.latitude},{item.longitude}" if item is not None and item.latitude else ""


def beginning_with(text: str, register: Register) -> Iterator[Area]:
    """The areas a person who types this may mean: by code, name or English name, today's first."""
    text = text.strip()
    key = latin_key(text) if text.isascii() or "ü" in text else ""
    if not text:
        return
    begun = [area for area in register.areas if _begins(area, text, key)]
    inside = [area for area in register.areas if text in area.name and area not in begun]
    for areas in (begun, inside):
        yield from sorted(areas, key=_order)
    yield from register.townships_beginning_with(text)


def _begins(area: Area, text: str, key: str) -> bool:
    if area.name.startswith(text) or (text.isdigit() and area.code.startswith(text)):
        return True
    if any(form.startswith(text) for form in area.short_forms):
        return True
    return bool(key) and _latin(area.name, area.english).startswith(key)


@cache
def _latin(name: str, english: str) -> str:
    return latin_key(english)


def _order(area: Area) -> tuple[bool, int, str, int]:
    return area.last_year is not None, _ENGLISH.index(area.level), area.code, area.first_year
