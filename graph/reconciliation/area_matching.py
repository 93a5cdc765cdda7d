"""Which area of the register a name of another table means, in its year and below its parent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from policygraph.graph.reconciliation.area_names import (
    Code,
    Reading,
    code_by_other_name,
    code_of,
    forms_of,
    pieces_of,
    plain,
    readings_of,
    township_readings,
    without_level,
)
from policygraph.graph.reconciliation.candidates import Candidate
from policygraph.graph.reconciliation.english_names import (
    EnglishReading,
    english_readings,
    keys_of,
    places_named,
)
from policygraph.ontology.register import LEVELS, Area, Register
from policygraph.ontology.register.townships import YEAR

# A succession of these kinds leaves the area what it was, where it is one to one.
_SAME = frozenset({"renamed", "recoded", "moved", "regraded"})
_SCORES = {
    "name": 100,
    "code": 100,
    "english": 90,
    "short": 90,
    "spelling": 60,
    "unlisted": 50,
    "part": 40,
}
_LOWER = {
    "renamed": 5,
    "former": 45,
    "merged": 30,
    "split": 40,
    "disagrees": 50,
    "undated": 10,
    "listed": 10,
}
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
        "unlisted",
        "listed",
    }
)
_MAY_BE_MEANT = frozenset({"listed", "alike"})  # of an English chain: no match, but a rival
_ENDED = frozenset({"former", "merged", "split"})
MOST = 12  # candidates of one name
_AT_CODE = re.compile(r"(?<=\d{6})(?=[^\W\d])|(?<=[^\W\d])(?=\d{6})")
_LEVELS_BETWEEN = ("0100", "0200", "9000")  # ends of the codes of 市辖区, 县, 省直辖县级行政区划
_WRITTEN_OUT = 6  # digits of a code that stands beside a name: shorter ones may be years
_SHORTEST = 2  # characters of the name of a county: 理县
_YEARS_AROUND = 3  # the table of townships is of: so long it is taken for what was
# What a text names above an area: each time the areas it can mean.
_Above = tuple[tuple[Area, ...], ...]


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
    unread = ("unread",) if above.strip() and not _above(above, register) else ()
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
    around = _above(above, register)
    code = code_of(text, register)
    if code is not None:
        for area in register.bearers(code.code):
            yield from _below(area, ("unlisted" if code.beyond else "code",), around, register)
        return
    code, text = _beside_code(text, register)
    found = _by_name(text, around, register)
    if code is None:
        yield from found
        return
    codes = {area.code for area in register.bearers(code.code)}
    for area, reasons in found:
        same = not code.beyond and any(each.code in codes for each in _line(area, register))
        yield area, (*reasons, *(() if same else ("disagrees",)))


def _beside_code(text: str, register: Register) -> tuple[Code | None, str]:
    """A code that stands beside a name, and the name: 420100 武汉市, 420100武汉市."""
    pieces = pieces_of(_AT_CODE.sub(" ", text))
    codes = [piece for piece in pieces if len(piece) >= _WRITTEN_OUT and code_of(piece, register)]
    if len(codes) != 1 or len(pieces) == 1:
        return None, text
    return code_of(codes[0], register), " ".join(piece for piece in pieces if piece not in codes)


def _by_name(
    text: str, around: _Above, register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The areas whose name, shorter form or English name the text is, else those it is like."""
    other = code_by_other_name(text)
    for area in register.bearers(other) if other else ():
        yield from _below(area, ("short",), around, register)
    if other:
        return
    readings = readings_of(text, register)
    whole = [reading for reading in readings if not reading.rest]
    if whole:
        yield from _of_readings(whole, around, register)
        return
    found = list(_townships(text, around, register)) or list(_latin(text, around, register))
    if not found:
        found = [(area, ("spelling",)) for area in _one_character_off(plain(text), register)]
    yield from found or _of_readings(readings, around, register)


def _townships(
    text: str, around: _Above, register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The townships of a full name that lie where the text says.

    The table is of one year: outside a named county, another may have borne the name.
    """
    for reading in township_readings(text, register):
        places = (*around, *_forms(reading.above, register))
        parents = {area.code for areas in places for area in areas}
        for area in register.townships_named(reading.name):
            how = ("name",) if area.parent in parents else ("name", "undated")
            found = _below(area, how, places, register)
            yield from (each for each in found if "disagrees" not in each[1])


def _latin(text: str, around: _Above, register: Register) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The areas of an English name, alone or beside those above it: Hong'an County, Hubei; Hubei Yichang."""
    for reading in english_readings(text, register):
        for area in reading.named:
            reasons = ("part" if reading.part else "english", *_doubts(area, reading, register))
            found = _below(area, reasons, (*around, *filter(None, reading.above)), register)
            yield from (each for each in found if not reading.beside or "disagrees" not in each[1])


def _doubts(area: Area, reading: EnglishReading, register: Register) -> tuple[str, ...]:
    """Why an English chain may mean something else: Hainan Qinghai may be two provinces, Shanghai, Shanghai one city."""
    said = keys_of(reading.name)[-1]
    above = [each for areas in reading.above for each in areas if register.inside(area, each)]
    larger = {each.level for each in reading.named if each.last_year is None}
    listed = reading.beside and any(
        each.level in larger and LEVELS.index(each.level) < _rank(area) for each in above
    )
    repeated = area.level == "county" and any(said in keys_of(each.english) for each in above)
    # Li Sichuan may be more than 理县, Li County Sichuan may not.
    short = reading.beside and len(area.name) == _SHORTEST and len(keys_of(reading.name)) == 1
    told = {"listed": listed, "alike": repeated or short, "unread": reading.unread}
    return tuple(reason for reason, holds in told.items() if holds)


def _of_readings(
    readings: Iterable[Reading], around: _Above, register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The areas of the readings; those that lie where the text says, or else all, marked so."""
    found: list[tuple[Area, tuple[str, ...]]] = []
    for reading in readings:
        places = (*around, *_forms(reading.above, register))
        for area in forms_of(register)[reading.name]:
            how = "part" if reading.rest else "name" if area.name == reading.name else "short"
            found.extend(_below(area, (how,), places, register))
    agreeing = [(area, reasons) for area, reasons in found if "disagrees" not in reasons]
    yield from agreeing or found


def _forms(names: Iterable[str], register: Register) -> _Above:
    return tuple(forms_of(register)[name] for name in names)


def _above(text: str, register: Register) -> _Above:
    """What a text names above an area; nothing where a part of it cannot be read."""
    text = without_level(text)
    if not text:
        return ()
    code = code_of(text, register)
    if code is not None:
        return () if code.beyond else _with_code(code.code, register)
    other = code_by_other_name(text)
    if other:
        return _with_code(other, register)
    readings = readings_of(text, register)
    if readings and not readings[0].rest:
        return _forms((*readings[0].above, readings[0].name), register)
    return places_named(text, register)


def _with_code(code: str, register: Register) -> _Above:
    """The area with the code at all times, no namesake elsewhere; of a level that is none the province."""
    area = register.by_code(code)
    if area is None and code.endswith(_LEVELS_BETWEEN):
        code = f"{code[:2]}0000"
        area = register.by_code(code)
    return () if area is None else ((*register.bearers(code), *_line(area, register)),)


def _below(
    area: Area, reasons: tuple[str, ...], around: _Above, register: Register
) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """The area with one reason more: it lies in the areas named above it, or in others."""
    if not around:
        yield area, reasons
        return
    # An area found by its code has lain elsewhere under others.
    selves = _line(area, register) if reasons[0] == "code" else (area,)
    inside = all(
        any(register.inside(self, above) and self != above for self in selves for above in areas)
        for areas in around
    )
    yield area, (*reasons, "parent" if inside else "disagrees")


def _in_year(
    area: Area, reasons: tuple[str, ...], year: int | None, register: Register
) -> Iterator[Candidate]:
    """The area as it was in the year: itself, what it was called then, or what it went into."""
    if year is not None and area.level == "township" and abs(year - YEAR) > _YEARS_AROUND:
        reasons = (*reasons, *(() if "undated" in reasons else ("undated",)))
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
        ordered = _heir_first(_latest_first(ordered, register), register)
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


def _heir_first(ordered: list[Candidate], register: Register) -> list[Candidate]:
    """Without a year: 长阳县 is a shorter form of what it became, 长阳土家族自治县."""
    best = ordered[0].area
    heirs = [c for c in ordered if c.area.last_year is None and c.reasons[0] == "short"]
    if best.last_year is None or len(heirs) != 1 or heirs[0].area not in _line(best, register):
        return ordered
    return [*heirs, *(c for c in ordered if c not in heirs)]


def _rank(area: Area) -> int:
    """The country first, then provinces: of namesakes the larger one is shown first."""
    return LEVELS.index(area.level)


def _rivals(best: Candidate, other: Candidate, year: int | None, register: Register) -> bool:
    """Whether the other could be meant as well as the best."""
    if "renamed" in best.reasons and _ENDED.intersection(other.reasons):
        # Nobody bears the name in the year, and it was borne elsewhere too: 南郊区 of 天津 and of 大同.
        return other.reasons[0] == best.reasons[0]
    if UNCERTAIN.intersection(other.reasons) - _MAY_BE_MEANT:
        return False
    if best.reasons[0] in ("name", "code") and other.reasons[0] not in ("name", "code"):
        # 东乡县 of 抚州 is no more, and 东乡族自治县 is called so today.
        ended = year is None and best.area.last_year is not None
        return ended and other.area.last_year is None and other.reasons[0] == "short"
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
    alike = one.name == other.name and one.code[:2] == other.code[:2]
    # 思茅市 was a county, then a prefecture that held it: only what still is stands for both.
    if (
        alike
        and not one.name.endswith("区")
        and (one.last_year is None or one.level == other.level)
    ):
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
