"""What the register's areas became and what they are called in English; read when first asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def came_from(key: str) -> tuple[Succession, ...]:
    """What an area came from, by year."""
    return tuple(map(_parse, _lines()[0].get(key, ())))


def came_to(key: str) -> tuple[Succession, ...]:
    """What came of an area, by year."""
    return tuple(map(_parse, _lines()[1].get(key, ())))


def successions() -> Iterator[Succession]:
    """All of them."""
    return (_parse(line) for rows in _lines()[1].values() for line in rows)


@cache
def _lines() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lines of the table by the area after and by the area before; few are ever parsed."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for line in (FOLDER / "successions.csv").read_text("utf-8").splitlines()[1:]:
        old, new, _ = line.split(",", 2)
        before.setdefault(old, []).append(line)
        after.setdefault(new, []).append(line)
    return after, before


def _parse(line: str) -> Succession:
    before, after, year, kind, _ = line.split(",")
    return Succession(before, after, int(year), kind)


@cache
def english_names() -> Mapping[str, str]:
    """Full Chinese name → English name."""
    lines = (FOLDER / "english.csv").read_text("utf-8").splitlines()[1:]
    rows = (line.partition(",") for line in lines)
    return {chinese: english.strip('"') for chinese, _, english in rows}
