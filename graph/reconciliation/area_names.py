"""The text of a cell as names of areas, from the widest to the one meant: 湖北省恩施州巴东县."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.ontology.register import FOLDER, Area, Register, stem_of

_SEPARATORS = re.compile(r"[\s/\\,;|>·•・、，；．.\-—–_→]+")
_BRACKETS = re.compile(r"[((〔\[【]([^()〔〕\[\]【】]*)[))〕\]】]")
_CODE = re.compile(r"(?:\d{2}|\d{4}|\d{6})(?:\.0+)?|\d{9}|\d{12}")
_SPACED_CODE = re.compile(r"\d{2,}(?:\s+\d{2,})+")
_AREA_DIGITS, _TOWNSHIP_DIGITS = 6, 9
_LONGEST_TOWNSHIP = 20
_HAN = re.compile("[\u4e00-\u9fff]")
_AUTONOMOUS = "自治"
_NOT_LATIN = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: the name meant, the names above it (widest first), what is left over."""

    name: str
    above: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """The code of an area or a township; ``beyond``: the text goes on to a place below it that no table has."""

    code: str
    beyond: bool = False


def code_of(text: str, register: Register) -> Code | None:
    """What a code of 2, 4, 6, 9 or 12 digits is the code of; None where the text is none.

    Spreadsheets add a decimal (420000.0) and blanks (42 01 02). Codes of towns and villages (9, 12 digits) begin
    with the county's, those of areas and towns end in noughts.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _SPACED_CODE.fullmatch(text):
        text = "".join(text.split())
        if len(text) < _AREA_DIGITS:
            return None
    if not _CODE.fullmatch(text):
        return None
    digits = text.partition(".")[0]
    area, town, rest = digits[:_AREA_DIGITS], digits[:_TOWNSHIP_DIGITS], digits[_TOWNSHIP_DIGITS:]
    if not digits[_AREA_DIGITS:].strip("0"):
        return Code(area.ljust(_AREA_DIGITS, "0"))
    if register.township(town) is None:
        return Code(area, beyond=True)
    return Code(town, beyond=bool(rest.strip("0")))


def township_readings(text: str, register: Register) -> tuple[Reading, ...]:
    """A text that ends in the full name of a township, alone or after areas: 红安县七里坪镇; the longest name."""
    if not has_han(text):
        return ()
    whole = "".join(pieces_of(text))
    for start in range(max(0, len(whole) - _LONGEST_TOWNSHIP), len(whole) - 1):
        if not register.townships_named(whole[start:]):
            continue
        if not start:
            return (Reading(whole),)
        chains = _chains(whole[:start], register)
        if chains:
            return tuple(Reading(whole[start:], chain) for chain in chains)
    return ()


def pieces_of(text: str) -> list[str]:
    """The parts of a text that separators or brackets tell apart; what stands in brackets comes first."""
    text = plain(text)
    inner = [part for part in _BRACKETS.findall(text) if part.strip()]
    outer = _BRACKETS.sub(" ", text)
    return [part for piece in (*inner, outer) for part in _SEPARATORS.split(piece) if part]


@cache
def forms_of(register: Register) -> Mapping[str, tuple[Area, ...]]:
    """The forms of the register, and those only tables have: 恩施自治州, 大理白族州."""
    found = dict(register.forms())
    more: dict[str, dict[Area, None]] = {}
    for area in register.areas:
        kind = area.name[-3:]
        if kind.startswith(_AUTONOMOUS) and area.level != "province":
            for form in (stem_of(area.name) + kind, area.name.removesuffix(kind) + kind[-1]):
                more.setdefault(form, {})[area] = None
    return {**{form: tuple(areas) for form, areas in more.items()}, **found}


@cache
def _longest(register: Register) -> int:
    return max(map(len, forms_of(register)))


def rows_of(name: str, folder: Path = Path(__file__).parent) -> list[dict[str, str]]:
    """The rows of a table of words beside this module."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _levels() -> tuple[str, ...]:
    """What tables write between or beside areas and is none: 市辖区, （计划单列市）; the longest first."""
    return tuple(
        sorted((row["name"] for row in rows_of("levels_between.csv")), key=len, reverse=True)
    )


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters → those of the names in the register."""
    return {
        ord(row["traditional"]): row["simplified"] for row in rows_of("traditional.csv", FOLDER)
    }


def plain(text: str) -> str:
    """A text as names are compared: half-width, in simplified characters."""
    return unicodedata.normalize("NFKC", text).translate(_simplified())


def without_level(text: str) -> str:
    """A text that says what lies above, without the level it ends in: 北京市市辖区 → 北京市."""
    text = plain(text).strip()
    return next((text.removesuffix(word) for word in _levels() if text.endswith(word)), text)


def readings_of(text: str, register: Register) -> tuple[Reading, ...]:
    """The ways to read a text as a chain of forms the register knows, fewest names first.

    Blanks between characters do not count (武 汉 市). Where the whole cannot be read, the longest form
    in it is, with the rest.
    """
    if not has_han(text):
        return ()
    pieces = pieces_of(text)
    chains = _chains("".join(pieces[-1:]), register) if pieces else []
    joined = _chains("".join(pieces), register) if len(pieces) > 1 else []
    above, rest = _pieces_above(pieces[:-1], register)
    found = [Reading(chain[-1], (*above, *chain[:-1]), rest) for chain in chains]
    found += [Reading(chain[-1], chain[:-1]) for chain in joined]
    return tuple(dict.fromkeys(sorted(found, key=lambda r: len(r.above)))) or _partly(
        "".join(pieces), register
    )


def _pieces_above(pieces: list[str], register: Register) -> tuple[tuple[str, ...], str]:
    """The names in the pieces before the last, and what of them is none: （湖北省恩施州）, （不含新洲区）."""
    names: list[str] = []
    rest = ""
    for piece in pieces:
        chains = _chains(piece, register)
        names += chains[0] if chains else ()
        rest += "" if chains or piece in _levels() else piece
    return tuple(names), rest


def _chains(text: str, register: Register) -> list[tuple[str, ...]]:
    """All ways to cut a text into at most four forms, fewest first; levels between them do not count."""
    forms, longest = forms_of(register), _longest(register)
    ways: dict[int, list[tuple[str, ...]]] = {len(text): [()]}
    for start in range(len(text) - 1, -1, -1):
        for end in range(start + 2, min(len(text), start + longest) + 1):
            if text[start:end] in forms:
                longer = [(text[start:end], *way) for way in ways.get(end, ()) if len(way) < 4]
                ways.setdefault(start, []).extend(longer)
        for word in _levels():
            if text.startswith(word, start):
                ways.setdefault(start, []).extend(filter(None, ways.get(start + len(word), ())))
    return sorted((way for way in dict.fromkeys(ways.get(0, ())) if way), key=len)[:8]


def _partly(text: str, register: Register) -> tuple[Reading, ...]:
    """The longest form in a text that is more than a chain of forms; none for a long text."""
    forms = forms_of(register)
    if len(text) > 40:
        return ()
    for length in range(min(len(text), _longest(register)), 1, -1):
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if part in forms:
                return (Reading(part, (), text[:start] + text[start + length :]),)
    return ()


def has_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def latin_key(name: str) -> str:
    """A name in Latin letters as compared: no accents, blanks, apostrophes or case (Lüliang, Xi'an)."""
    plain = unicodedata.normalize("NFKD", name.replace("ü", "u").replace("Ü", "u"))
    return _NOT_LATIN.sub("", plain.lower())


@cache
def other_names() -> dict[str, str]:
    """Names that are none of the register's forms → the code: 鄂, 内蒙, 全国, tibet."""
    return {
        latin_key(row["name"]) or row["name"]: row["code"] for row in rows_of("other_names.csv")
    }


def code_by_other_name(text: str) -> str:
    """The code of the area a text is another name of; empty where it is none."""
    whole = "".join(plain(text).split())
    return other_names().get(whole if _HAN.search(whole) else latin_key(text), "")
