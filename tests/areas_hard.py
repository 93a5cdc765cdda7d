"""The hard cases of tests/data/areas-hard.csv and what the software makes of each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from policygraph.loaders.reader import read_string
from policygraph.ontology.register import Register

TABLE = Path(__file__).parent / "data" / "areas-hard.csv"
OPEN, NO_PLACE = "open", "no place"


@dataclass(frozen=True)
class Case:
    """A form alone, or in a sentence that marks it with [ ]; the area and year of the report."""

    text: str
    form: str
    area: str
    year: int
    expected: str
    reason: str


def cases() -> list[Case]:
    """All of them, in order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Case(**{**row, "year": int(row["year"])}) for row in rows]


def answer(case: Case) -> str:
    """The code, ``open`` or ``no place``; in a sentence the mention must span the form exactly."""
    return _read(case) if case.text else _resolved(case)


def _resolved(case: Case) -> str:
    register = Register.load()
    home = register.resolve(case.area, within=None, year=case.year) if case.area else None
    assert (home is not None) == bool(case.area), case.area
    found = register.resolve(case.form, within=home, year=case.year)
    if found is not None:
        return found.code
    return OPEN if register.candidates(case.form, case.year) else NO_PLACE


def _read(case: Case) -> str:
    start = case.text.index("[")
    end = start + len(case.form)
    text = case.text.replace("[", "").replace("]", "")
    assert text[start:end] == case.form
    document = read_string(text, area=case.area, period=str(case.year))
    coded = [
        mention
        for mention in document.mentions
        if mention.entity.code and mention.span.start < end and mention.span.end > start
    ]
    if coded:
        span = coded[0].span
        exact = (span.start, span.end) == (start, end)
        return coded[0].entity.code if exact else f"{coded[0].entity.code} as {span.quote}"
    open_ones = [f for f in document.findings if f.code == "namesake-open"]
    return OPEN if any(f.span.start < end and f.span.end > start for f in open_ones) else NO_PLACE
