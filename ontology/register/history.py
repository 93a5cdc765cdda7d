"""What the register's areas became and what they are called in English; read when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Succession:
    """One area became another in a year; both by code and first year (``420600-2010``).

    The kind is renamed, recoded, moved, regraded, merged or split.
    """

    before: str
    after: str
    year: int
    kind: str


Chains = Mapping[str, tuple[Succession, ...]]


@cache
def successions() -> tuple[Succession, ...]:
    """All of them, by year."""
    lines = (FOLDER / "successions.csv").read_text("utf-8").splitlines()[1:]
    rows = (line.split(",") for line in lines)
    return tuple(Succession(row[0], row[1], int(row[2]), row[3]) for row in rows)


@cache
def chains() -> tuple[Chains, Chains]:
    """Area → what it came from, and area → what came of it."""
    before: dict[str, tuple[Succession, ...]] = {}
    after: dict[str, tuple[Succession, ...]] = {}
    for row in successions():
        before[row.after] = (*before.get(row.after, ()), row)
        after[row.before] = (*after.get(row.before, ()), row)
    return before, after


@cache
def english_names() -> Mapping[str, str]:
    """Full Chinese name → English name."""
    lines = (FOLDER / "english.csv").read_text("utf-8").splitlines()[1:]
    rows = (line.partition(",") for line in lines)
    return {chinese: english.strip('"') for chinese, _, english in rows}
