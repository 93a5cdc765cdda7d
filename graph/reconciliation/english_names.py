"""English names of areas, alone or in chains: Wuhan City; Wuhan, Hubei; Hubei Yichang; Qianjiang District of Chongqing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from policygraph.graph.reconciliation.area_names import (
    code_by_other_name,
    has_han,
    latin_key,
    rows_of,
)
from policygraph.ontology.register import Area, Register

_AUTONOMOUS_KIND = "Autonomous"
_BETWEEN = re.compile(r"\s*[,;(（)）]\s*")
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)
_BESIDE = re.compile(r"[\s/|>·–—-]+")
_MOST_WORDS, _MOST_NAMES, _MOST_CUTS = 12, 4, 16


@dataclass(frozen=True, slots=True)
class EnglishReading:
    """One way to read a text: the name meant and those above it, each as the areas it can mean.

    ``beside``: the names stand side by side, so that the areas must lie in each other to be a chain at all;
    ``unread``: something named above is no area; ``part``: the kind written after the name is another.
    """

    name: str
    named: tuple[Area, ...]
    above: tuple[tuple[Area, ...], ...] = ()
    beside: bool = False
    unread: bool = False
    part: bool = False


@lru_cache(maxsize=20_000)
def english_readings(text: str, register: Register) -> tuple[EnglishReading, ...]:
    """The ways to read an English text, none where its name is no area's."""
    if has_han(text) or not latin_key(text):
        return ()
    return tuple(_readings(text, register))


def _readings(text: str, register: Register) -> Iterator[EnglishReading]:
    name, *above = _parts(text, register)
    places = [_places(part, register) for part in above]
    around = tuple(areas for found in places for areas in found)
    unread = not all(places)
    named = areas_named(name, register)
    if named:
        yield EnglishReading(name, named, around, unread=unread)
        return
    found = False
    for cut in _cuts(name, register):
        for meant, others in ((cut[-1], cut[:-1]), (cut[0], cut[1:])):
            more = tuple(areas_named(other, register) for other in others)
            areas = areas_named(meant, register)
            yield EnglishReading(meant, areas, (*more, *around), beside=True, unread=unread)
            found = True
    other = () if found else index(register).get(keys_of(name)[-1], ())
    if other:
        yield EnglishReading(name, other, around, unread=unread, part=True)


def _parts(text: str, register: Register) -> list[str]:
    """The parts that commas, brackets and "of" tell apart, what is meant first: City of Wuhan is Wuhan City."""
    between = [part for part in _BETWEEN.split(text) if part]
    return [part for each in between for part in _of(each, register)] or [text]


def _of(text: str, register: Register) -> list[str]:
    """The parts of a text that "of" tells apart: Hongshan District of Wuhan; City of Wuhan is Wuhan City."""
    first, *others = _OF.split(text.strip())
    if others and latin_key(first) in _kinds() and not areas_named(first, register):
        return [f"{others[0]} {first}", *others[1:]]
    return [first, *others]


def _places(text: str, register: Register) -> tuple[tuple[Area, ...], ...]:
    """The areas of what is named above, of each name where it is a chain: Wuhan Hubei."""
    areas = areas_named(text, register)
    if areas:
        return (areas,)
    cut = next(iter(_cuts(text, register)), ())
    return tuple(areas_named(name, register) for name in cut)


def places_named(text: str, register: Register) -> tuple[tuple[Area, ...], ...]:
    """The areas of each name in a text that says what lies above; nothing where a part is none."""
    if has_han(text):
        return ()
    places = [_places(part, register) for part in _parts(text, register)]
    return tuple(areas for found in places for areas in found) if all(places) else ()


def _cuts(text: str, register: Register) -> Sequence[tuple[str, ...]]:
    """The ways to cut words that stand side by side into two to four names of areas, fewest first."""
    words = [word for word in _BESIDE.split(text) if word]
    if not 1 < len(words) <= _MOST_WORDS:
        return ()
    ways: dict[int, list[tuple[str, ...]]] = {len(words): [()]}
    for start in range(len(words) - 1, -1, -1):
        for end in range(start + 1, len(words) + 1):
            name = " ".join(words[start:end])
            if end in ways and areas_named(name, register):
                longer = [(name, *way) for way in ways[end] if len(way) < _MOST_NAMES]
                ways.setdefault(start, []).extend(longer)
    return sorted((way for way in ways.get(0, ()) if len(way) > 1), key=len)[:_MOST_CUTS]


@lru_cache(maxsize=20_000)
def areas_named(text: str, register: Register) -> tuple[Area, ...]:
    """The areas of an English name: Wuhan, Wuhan City, Tibet, but no Wuhan County; where ü is written, only names with it."""
    other = code_by_other_name(text)
    if other:
        return register.bearers(other)
    whole, *bare = keys_of(text)
    found = index(register).get(whole, ())
    if not found and bare:
        kind = _kinds()[whole.removeprefix(bare[0])]
        other = code_by_other_name(bare[0])  # Tibet Autonomous Region
        areas = register.bearers(other) if other else index(register).get(bare[0], ())
        found = tuple(area for area in areas if kind.fits(area))
    return tuple(area for area in found if "ü" not in text.lower() or "ü" in area.english.lower())


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an English word for a kind of area may stand after: County after those of county level."""

    levels: tuple[str, ...]
    endings: tuple[str, ...]

    def fits(self, area: Area) -> bool:
        """Whether the word may be said of the area."""
        return area.level in self.levels and area.name.endswith(self.endings)


@cache
def _kinds() -> dict[str, _Kind]:
    """Words for kinds of areas as compared, the longest first."""
    rows = sorted(rows_of("english_kinds.csv"), key=lambda row: -len(row["word"]))
    return {
        row["word"]: _Kind(tuple(row["levels"].split()), tuple(row["endings"].split()) or ("",))
        for row in rows
    }


@lru_cache(maxsize=50_000)
def keys_of(name: str) -> tuple[str, ...]:
    """The whole key and the key without the kind of area at its end: wuhancity, wuhan."""
    whole = "" if has_han(name) else latin_key(name)
    kind = next((word for word in _kinds() if whole.endswith(word) and whole != word), "")
    return (whole, whole.removesuffix(kind)) if kind else (whole,)


@cache
def index(register: Register) -> dict[str, tuple[Area, ...]]:
    """Key in Latin letters → the areas it can mean."""
    found: dict[str, dict[Area, None]] = {}
    peoples = _peoples(register)
    for area in register.areas:
        keys = keys_of(area.english) if area.english else ()
        for key in (*keys, *_without_people(area.english, peoples)):
            found.setdefault(key, {})[area] = None
    return {key: tuple(areas) for key, areas in found.items()}


@cache
def _peoples(register: Register) -> frozenset[str]:
    """The words that name a people in English names: what stands before Autonomous after something else."""
    words = (area.english.partition(" Autonomous ") for area in register.areas)
    return frozenset(before.split()[-1] for before, mark, _ in words if mark and " " in before)


def _without_people(english: str, peoples: frozenset[str]) -> tuple[str, ...]:
    """The keys of an autonomous area without its peoples: enshi, enshiprefecture; xinjiang."""
    before, mark, kind = english.partition(" Autonomous ")
    words = before.split()
    while mark and len(words) > 1 and (words[-1] in peoples or words[-1] == "and"):
        words.pop()
    if not mark or words == before.split():
        return ()
    return tuple(
        latin_key("".join((*words, *tail))) for tail in ((), (kind,), (_AUTONOMOUS_KIND, kind))
    )
