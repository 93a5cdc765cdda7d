"""The text of a cell as names of areas, from the widest to the one meant: 湖北省恩施州巴东县."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.ontology.register import Area, Register

_SEPARATORS = re.compile(r"[\s/\\,;|>·•・、，；．.\-—–_→]+")
_BRACKETS = re.compile(r"[((〔\[【]([^()〔〕\[\]【】]*)[))〕\]】]")
_CODE = re.compile(r"(?:\d{2}|\d{4}|\d{6})(?:\.0+)?|\d{9}|\d{12}")
_WHOLE_CODE = 12  # digits of a village's code; those of a township end in 000
_LONGEST_TOWNSHIP = 20
_HAN = re.compile("[\u4e00-\u9fff]")
_NOT_LATIN = re.compile(r"[^a-z]+")
_ENGLISH_TAIL = re.compile(
    r"(?:(?:special)?administrativeregion|autonomous(?:region|prefecture|county|banner)"
    r"|province|prefecture|municipality|city|county|district|league|banner|shi|xian|qu|sheng)$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: the name meant, the names above it (widest first), what is left over."""

    name: str
    above: tuple[str, ...] = ()
    rest: str = ""


def code_of(text: str) -> str:
    """The six digits of an area code written with 2, 4, 6, 9 or 12 digits; else empty.

    Spreadsheets add a decimal (420000.0); codes of towns and villages (9, 12 digits) begin with the county's.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not _CODE.fullmatch(text):
        return ""
    return text.partition(".")[0][:6].ljust(6, "0")


def township_of(text: str, register: Register) -> Area | None:
    """The township whose code a text is, in nine digits or in twelve that end in 000; None where it is none."""
    text = unicodedata.normalize("NFKC", text).strip()
    return register.township(text.removesuffix("000") if len(text) == _WHOLE_CODE else text)


def township_readings(text: str, register: Register) -> tuple[Reading, ...]:
    """A text that ends in the full name of a township, alone or after areas: 红安县七里坪镇; the longest name."""
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
    text = unicodedata.normalize("NFKC", text)
    inner = [part for part in _BRACKETS.findall(text) if part.strip()]
    outer = _BRACKETS.sub(" ", text)
    return [part for piece in (*inner, outer) for part in _SEPARATORS.split(piece) if part]


@cache
def _longest(register: Register) -> int:
    return max(map(len, register.forms()))


def readings_of(text: str, register: Register) -> tuple[Reading, ...]:
    """The ways to read a text as a chain of forms the register knows, fewest names first.

    Blanks between characters do not count (武 汉 市). Where the whole cannot be read, the longest form
    in it is, with the rest.
    """
    pieces = pieces_of(text)
    chains = _chains("".join(pieces[-1:]), register) if pieces else []
    joined = _chains("".join(pieces), register) if len(pieces) > 1 else []
    above = tuple(piece for piece in pieces[:-1] if piece in register.forms())
    found = [Reading(chain[-1], (*above, *chain[:-1])) for chain in chains]
    found += [Reading(chain[-1], chain[:-1]) for chain in joined]
    return tuple(dict.fromkeys(sorted(found, key=lambda r: len(r.above)))) or _partly(
        "".join(pieces), register
    )


def _chains(text: str, register: Register) -> list[tuple[str, ...]]:
    """All ways to cut a text into at most four forms, fewest first."""
    forms, longest = register.forms(), _longest(register)
    ways: dict[int, list[tuple[str, ...]]] = {len(text): [()]}
    for start in range(len(text) - 1, -1, -1):
        for end in range(start + 2, min(len(text), start + longest) + 1):
            if text[start:end] in forms:
                longer = [(text[start:end], *way) for way in ways.get(end, ()) if len(way) < 4]
                ways.setdefault(start, []).extend(longer)
    return sorted((way for way in ways.get(0, ()) if way), key=len)[:8]


def _partly(text: str, register: Register) -> tuple[Reading, ...]:
    """The longest form in a text that is more than a chain of forms; none for a long text."""
    forms = register.forms()
    if len(text) > 40:
        return ()
    for length in range(min(len(text), _longest(register)), 1, -1):
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if part in forms:
                return (Reading(part, (), text[:start] + text[start + length :]),)
    return ()


def latin_key(name: str) -> str:
    """A name in Latin letters as compared: no accents, blanks, apostrophes or case (Lüliang, Xi'an)."""
    plain = unicodedata.normalize("NFKD", name.replace("ü", "u").replace("Ü", "u"))
    return _NOT_LATIN.sub("", plain.lower())


def latin_keys(name: str) -> tuple[str, ...]:
    """The whole key and the key without the kind of area at its end: wuhancity, wuhan."""
    whole = latin_key(name) if not _HAN.search(name) else ""
    bare = _ENGLISH_TAIL.sub("", whole)
    return (whole, bare) if bare and bare != whole else (whole,)


@cache
def latin_index(register: Register) -> dict[str, tuple[Area, ...]]:
    """Key in Latin letters → the areas it can mean."""
    found: dict[str, dict[Area, None]] = {}
    peoples = _peoples(register)
    for area in register.areas:
        keys = latin_keys(area.english) if area.english else ()
        for key in (*keys, *_without_people(area.english, peoples)):
            found.setdefault(key, {})[area] = None
    return {key: tuple(areas) for key, areas in found.items()}


@cache
def _peoples(register: Register) -> frozenset[str]:
    """The words that name a people in English names: what stands before Autonomous after something else."""
    words = (area.english.partition(" Autonomous ") for area in register.areas)
    return frozenset(before.split()[-1] for before, mark, _ in words if mark and " " in before)


def _without_people(english: str, peoples: frozenset[str]) -> tuple[str, ...]:
    """The key of an autonomous area without its peoples: enshi, xinjiang."""
    before, mark, _ = english.partition(" Autonomous ")
    words = before.split()
    while mark and len(words) > 1 and (words[-1] in peoples or words[-1] == "and"):
        words.pop()
    return (latin_key("".join(words)),) if mark and words != before.split() else ()


@cache
def other_names() -> dict[str, str]:
    """Names that are none of the register's forms → the code: 鄂, 内蒙, 全国, tibet."""
    with Path(__file__).with_name("other_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {latin_key(row["name"]) or row["name"]: row["code"] for row in rows}


def code_by_other_name(text: str) -> str:
    """The code of the area a text is another name of; empty where it is none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return other_names().get(plain if _HAN.search(plain) else latin_key(text), "")
