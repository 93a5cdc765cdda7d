"""What a cell says: a number with or without its unit, nothing, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from policygraph.loaders.numbers import scan_numbers
from policygraph.loaders.words.characters import IN_CELLS, POWERS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.units import points, unit_dimensions

_FOLD = (
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0B, 0xFF0E)}
    | {ord(minus): "-" for minus in "－−–—﹣△▼▽↓"}
    | dict.fromkeys(map(ord, "▲↑"), "+")
)
_NUMBER = compiled(
    r"(?P<sign>[+-])?\s?(?P<digits>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,10})?)\s?(?P<ratio>[%‰])?"
)
_WITH_UNIT = compiled(r"[+-]?\s?\d[\d,，.]*\s?[^\d\s]{1,8}")
_BLANK = compiled(r"[-—–－…·.*/\\\s无]*")
_YEAR = compiled(r"(?:19|20)\d{2}年?(?:底|末|度)?")
_MULTIPLIERS = tuple((scale, 10 ** POWERS[scale]) for scale in IN_CELLS)
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and what a number in it is to be multiplied with: 万元 is 10000 元."""

    multiplier: Decimal
    name: str

    @property
    def dimension(self) -> str:
        """The dimension the register of units gives it, ``amount`` for one that is not listed."""
        return unit_dimensions().get(self.name, "amount" if self.name else "")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number that is all of a cell; ``unit`` is None where the cell does not say it."""

    value: Decimal
    unit: Unit | None


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing: —, …, 无."""
    return _BLANK.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def read_number(text: str) -> CellNumber | None:
    """The number of a cell that holds nothing else; None for words and for several numbers."""
    if len(text) > _LONGEST:
        return None
    folded = text.translate(_FOLD).strip()
    match = _NUMBER.fullmatch(folded)
    if match:
        value = Decimal(re.sub("[,，]", "", match["digits"]))
        value = -value if match["sign"] == "-" else value
        return CellNumber(value, Unit(Decimal(1), match["ratio"]) if match["ratio"] else None)
    if not _WITH_UNIT.fullmatch(folded) or _YEAR.fullmatch(folded):
        return None
    found, skipped = scan_numbers(folded)
    if len(found) != 1 or skipped or found[0].form != "plain" or not found[0].unit:
        return None
    number = found[0]
    if folded[: number.start].strip(" +-") or folded[number.end :].strip():
        return None
    negative = folded.startswith("-") and number.value > 0
    value = -number.value if negative else number.value
    return CellNumber(value, Unit(Decimal(1), number.unit))


def is_number(text: str) -> bool:
    """Whether a cell holds one number and nothing else; a year with 年 is words."""
    return read_number(text) is not None


def is_year(text: str) -> bool:
    """Whether a cell is a year, with or without 年."""
    return _YEAR.fullmatch(text.translate(_FOLD).strip()) is not None


def read_unit(text: str, *, known: bool = True) -> Unit | None:
    """万元 → 10000 元, 元/人, %; only one that is listed where ``known``."""
    words = text.strip().translate(_FOLD)
    words = points()[0] if words in points() else words
    units = unit_dimensions()
    if not words or len(words) > 10 or re.search(r"\d", words):
        return None
    if words in units:
        return Unit(Decimal(1), words)
    for word, size in _MULTIPLIERS:
        rest = words.removeprefix(word)
        if rest != words and (rest in units or (rest and not known)):
            return Unit(Decimal(size), rest)
    head, _, per = words.partition("/")
    if per and (read_unit(head) is not None or not known):
        inner = read_unit(head) or Unit(Decimal(1), head)
        return Unit(inner.multiplier, f"{inner.name}/{per}")
    return None if known else Unit(Decimal(1), words)
