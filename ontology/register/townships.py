"""Towns, townships and subdistricts by their codes of nine digits: the table of one year, without history."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("townships.csv")
YEAR = 2023  # the year of the table
# The part of a code that says in which area a township lies.
COUNTY_DIGITS = 6


@cache
def _lines() -> str:
    return "\n" + _TABLE.read_text("utf-8")


@cache
def names_by_code(county: str) -> dict[str, str]:
    """Code → name of the townships whose codes begin with the six digits of a county, in their order."""
    table, found = _lines(), {}
    at = table.find(f"\n{county}")
    while at >= 0 and table.startswith(county, at + 1):
        end = table.find("\n", at + 1)
        code, _, name = table[at + 1 : end].partition(",")
        found[code] = name
        at = end
    return found


@cache
def codes_by_name() -> dict[str, tuple[str, ...]]:
    """Name → the codes of all townships that bear it, in their order."""
    found: dict[str, list[str]] = {}
    for line in _lines().splitlines()[2:]:
        code, _, name = line.partition(",")
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
