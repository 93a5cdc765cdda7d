"""Which area of the register a name of another table means, in its year and below its parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from policygraph.graph.reconciliation.area_names import (
    Reading,
    code_by_other_name,
    code_of,
    latin_index,
    latin_keys,
    readings_of,
    township_of,
    township_readings,
)
from policygraph.graph.reconciliation.candidates import Candidate
from policygraph.ontology.register import LEVELS, Area, Register

# A succession of these kinds leaves the area what it was, where it is one to one.
_SAME = frozenset({"renamed", "recoded", "moved", "regraded"})
_SCORES = {"name": 100, "code": 100, "english": 90, "short": 90, "spelling": 60, "part": 40}
_LOWER = {"renamed": 5, "former": 45, "merged": 30, "split": 40, "disagrees": 50, "undated": 10}
UNCERTAIN = frozenset(
    {
        "former",
        "merged",
        "split",
        "disagrees",
        "unread",
        "spelling",
        "part",
        "holds",
        "alike",
        "many",
        "undated",
    }
)
_ENDED = frozenset({"former", "merged", "split"})
MOST = 12  # candidates of one name


def match_area(
    text: str,
    register: Register,
    *,
    year: int | None = None,
    above: str = "",
    level: str = "",
) -> tuple[Candidate, ...]:
    """The areas a text may mean, best first; ``match`` on the first only where nothing else can be.

    ``year`` is the table's: names of other years lead to the area that bears another name then.
    ``above`` names the area it lies in, ``level`` is province, prefecture, county or township.
    """
    return _match(text, register, year, above, level)


@lru_cache(maxsize=20_000)
def _match(
    text: str, register: Register, year: int | None, above: str, level: str
) -> tuple[Candidate, ...]:
    found: dict[Area, Candidate] = {}
    unread = ("unread",) if above.strip() and not _names(above, register) else ()
    for area, reasons in _named(text, above, register):
        for candidate in _in_year(area, (*reasons, *unread), year, register):
            if level and candidate.area.level != level:
                continue
            known = found.get(candidate.area)
            if known is None or candidate.score > known.score:
                found[candidate.area] = candidate
    ordered = sorted(
        found.values(), key=lambda c: (-c.score, _rank(c.area), c.area.code, c.area.first_year)
    )
    return _decided(ordered, year, register)[:MOST]


def _named(text: str, above: str, register: Register) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The areas whose code, name, shorter form or English name the text is, with the reasons."""
    town = township_of(text, register)
    code = code_of(text) if town is None else town.code
    if code:
        for area in register.bearers(code):
            yield area, ("code",)
        return
    other = code_by_other_name(text)
    for area in register.bearers(other) if other else ():
        yield from _below(area, ("short",), _names(above, register), register)
    if other:
        return
    readings = readings_of(text, register)
    whole = [reading for reading in readings if not reading.rest]
    if whole:
        yield from _of_readings(whole, above, register)
        return
    towns = list(_townships(text, above, register))
    yield from towns
    if towns:
        return
    latin = _by_english(text, register)
    for area in latin:
        yield from _below(area, ("english",), _names(above, register), register)
    if not latin:
        near = [(area, ("spelling",)) for area in _one_character_off(text, register)]
        parts = [] if near else _of_readings(readings, above, register)
        yield from near
        yield from parts


def _townships(text: str, above: str, register: Register) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The townships of a full name that lie where the text says.

    The table is of one year: outside a named county, another may have borne the name.
    """
    for reading in township_readings(text, register):
        names = (*_names(above, register), *reading.above)
        parents = {area.code for name in names for area in register.forms()[name]}
        for area in register.townships_named(reading.name):
            how = ("name",) if area.parent in parents else ("name", "undated")
            found = _below(area, how, names, register)
            yield from (each for each in found if "disagrees" not in each[1])


def _by_english(text: str, register: Register) -> tuple[Area, ...]:
    """The areas of an English name: Wuhan, Wuhan City; where ü is written, only names that have it."""
    index = latin_index(register)
    found = next((index[key] for key in latin_keys(text) if key in index), ())
    return tuple(area for area in found if "ü" not in text.lower() or "ü" in area.english.lower())


def _of_readings(
    readings: Iterable[Reading], above: str, register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The areas of the readings; those that lie where the text says, or else all, marked so."""
    found: list[tuple[Area, tuple[str, ...]]] = []
    for reading in readings:
        names = (*_names(above, register), *reading.above)
        for area in register.forms()[reading.name]:
            how = "part" if reading.rest else "name" if area.name == reading.name else "short"
            found.extend(_below(area, (how,), names, register))
    agreeing = [(area, reasons) for area, reasons in found if "disagrees" not in reasons]
    yield from agreeing or found


def _names(above: str, register: Register) -> tuple[str, ...]:
    """The names in the text that says what lies above."""
    if not above:
        return ()
    code = code_of(above) or code_by_other_name(above)
    area = register.by_code(code) if code else None
    if area is not None:
        return (area.name,)
    readings = readings_of(above, register)
    if readings and not readings[0].rest:
        return (*readings[0].above, readings[0].name)
    return tuple(area.name for area in _by_english(above, register)[:1])


def _below(
    area: Area, reasons: tuple[str, ...], names: tuple[str, ...], register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The area with one reason more: it lies in the areas named above it, or in others."""
    if not names:
        yield area, reasons
        return
    inside = all(
        any(register.inside(area, above) and area != above for above in register.forms()[name])
        for name in names
    )
    yield area, (*reasons, "parent" if inside else "disagrees")


def _in_year(
    area: Area, reasons: tuple[str, ...], year: int | None, register: Register
) -> Iterator[Candidate]:
    """The area as it was in the year: itself, what it was called then, or what it went into."""
    score = _SCORES[reasons[0]] - sum(_LOWER.get(reason, 0) for reason in reasons)
    if year is None:
        yield Candidate(area, score, reasons)
        return
    if area.valid(year):
        yield Candidate(area, score, reasons)
        return
    same = _same_in(area, year, register)
    if same is not None:
        known = same.name == area.name
        more = () if known else ("renamed",)
        yield Candidate(same, score - (0 if known else _LOWER["renamed"]), (*reasons, *more))
        return
    parts = _parts_in(area, year, register)
    for other, kind in parts:
        yield Candidate(other, score - _LOWER[kind], (*reasons, kind))
    yield Candidate(area, score - _LOWER["former"], (*reasons, "former"))


def _steps(area: Area, later: bool, register: Register) -> list[tuple[Area, str]]:
    rows = register.successors(area) if later else register.predecessors(area)
    return [(other, succession.kind) for other, succession in rows]


def _same_in(area: Area, year: int, register: Register) -> Area | None:
    """The same area in the year, where every step on the way is one to one."""
    later = year >= area.first_year
    seen = {area}
    while not area.valid(year):
        steps = _steps(area, later, register)
        if len(steps) != 1 or steps[0][1] not in _SAME or steps[0][0] in seen:
            return None
        back = _steps(steps[0][0], not later, register)
        if any(kind not in _SAME for _, kind in back):
            return None
        area = steps[0][0]
        seen.add(area)
    return area


def _parts_in(area: Area, year: int, register: Register) -> list[tuple[Area, str]]:
    """What the area went into (or came from) by the year, with merged or split as the kind."""
    later = year >= area.first_year
    found: dict[Area, str] = {}
    open_ends, seen = [(area, "")], {area}
    while open_ends:
        here, kind = open_ends.pop()
        for other, step in _steps(here, later, register):
            if other in seen:
                continue
            seen.add(other)
            reached = "split" if "split" in (step, kind) else "merged"
            if other.valid(year):
                found[other] = reached
            else:
                open_ends.append((other, reached))
    return sorted(found.items(), key=lambda item: item[0].key)


def _decided(
    ordered: list[Candidate], year: int | None, register: Register
) -> tuple[Candidate, ...]:
    """The candidates, the first marked as the match where no other area can be meant."""
    if not ordered:
        return ()
    if year is None:
        ordered = _latest_first(ordered, register)
    best = ordered[0]
    if UNCERTAIN.intersection(best.reasons):
        return tuple(ordered)
    rivals = [c for c in ordered[1:] if _rivals(best, c, year, register)]
    if rivals:
        return tuple(ordered)
    return (Candidate(best.area, best.score, best.reasons, match=True), *ordered[1:])


def _latest_first(ordered: list[Candidate], register: Register) -> list[Candidate]:
    """Without a year: an area that still is comes before one that ended, at the same score."""
    return sorted(
        ordered,
        key=lambda c: (
            -c.score,
            c.area.last_year is not None,
            _rank(c.area),
            -c.area.first_year,
            c.area.code,
        ),
    )


def _rank(area: Area) -> int:
    """The country first, then provinces: of namesakes the larger one is shown first."""
    return LEVELS.index(area.level)


def _rivals(best: Candidate, other: Candidate, year: int | None, register: Register) -> bool:
    """Whether the other could be meant as well as the best."""
    if "renamed" in best.reasons and _ENDED.intersection(other.reasons):
        # Nobody bears the name in the year, and it was borne elsewhere too: 南郊区 of 天津 and of 大同.
        return other.reasons[0] == best.reasons[0]
    if UNCERTAIN.intersection(other.reasons):
        return False
    if best.reasons[0] in ("name", "code") and other.reasons[0] not in ("name", "code"):
        return False
    if "renamed" in other.reasons and "renamed" not in best.reasons:
        return (
            False  # the name is borne in the year itself: 廊坊市, once the city that is 安次区 now
        )
    if year is None and other.area.last_year is not None:
        # One area under several codes is one; of a shorter form today's bearer is meant.
        today = best.area.last_year is None
        return not (
            (today and best.reasons[0] in ("short", "english"))
            or _same_line(best.area, other.area, register)
        )
    return True


def _same_line(one: Area, other: Area, register: Register) -> bool:
    """Whether two entries of the register are one area at two times."""
    if one.name == other.name and one.code[:2] == other.code[:2] and not one.name.endswith("区"):
        return True
    return other in _line(one, register)


@cache
def _line(area: Area, register: Register) -> frozenset[Area]:
    """The area at all times, as far as steps are one to one."""
    line = {area}
    for later in (True, False):
        here = area
        while True:
            steps = [s for s in _steps(here, later, register) if s[1] in _SAME]
            if len(steps) != 1 or steps[0][0] in line:
                break
            here = steps[0][0]
            line.add(here)
    return frozenset(line)


@cache
def _masked(register: Register) -> dict[str, tuple[Area, ...]]:
    """Full name with one character masked → the areas of that name."""
    found: dict[str, dict[Area, None]] = {}
    for area in register.areas:
        if len(area.name) > 2:
            for place in range(len(area.name)):
                key = f"{area.name[:place]}?{area.name[place + 1 :]}"
                found.setdefault(key, {})[area] = None
    return {key: tuple(areas) for key, areas in found.items()}


def _one_character_off(text: str, register: Register) -> Iterator[Area]:
    """The areas whose full name differs from the text in one character."""
    masked = _masked(register)
    for place in range(len(text)):
        yield from masked.get(f"{text[:place]}?{text[place + 1 :]}", ())
