"""Five hundred hard names of areas: none is matched wrongly, and what docs/linking.md says of them is so.

``expected`` of tests/data/hard-names.csv is the code and first year of the area meant, empty where the name is none or
may mean several. Half were written down by hand; half were drawn from the register by what makes them hard: renamed,
merged, split, borne by several, shortened, in English, misspelt, followed by something else.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from policygraph.graph.reconciliation.area_matching import match_area
from policygraph.ontology.register import Register

LIST = Path(__file__).parent / "data" / "hard-names.csv"
ROWS = list(csv.DictReader(LIST.read_text("utf-8").splitlines()))
GUIDE = Path(__file__).parents[1] / "docs" / "linking.md"
REGISTER = Register.load()


LOOKUPS = LIST.with_name("hard-lookups.csv")


def matched(row: dict[str, str]) -> str:
    year = int(row["year"]) if row["year"] else None
    found = match_area(row["text"], REGISTER, year=year, above=row["within"])
    return found[0].area.key if found and found[0].match else ""


def joined(first: bool) -> Callable[[dict[str, str]], str]:
    """A plain join with the names of today: the only area of a name, or the first of several."""
    today = defaultdict(list)
    for area in REGISTER.areas:
        if area.last_year is None:
            today[area.name].append(area.key)

    def join(row: dict[str, str]) -> str:
        found = today.get(row["text"], [])
        return found[0] if found and (first or len(found) == 1) else ""

    return join


def verdict(row: dict[str, str], match: Callable[[dict[str, str]], str]) -> str:
    got = match(row)
    return "right" if got == row["expected"] else "wrong" if got else "open"


def test_no_hard_name_is_matched_wrongly() -> None:
    assert len(ROWS) == 500
    assert [row["text"] for row in ROWS if verdict(row, matched) == "wrong"] == []


def test_hard_lookups_are_right_or_left_open_as_the_list_says() -> None:
    rows = csv.DictReader(LOOKUPS.read_text("utf-8").splitlines())
    assert [(row["text"], verdict(row, matched)) for row in rows if verdict(row, matched) != "right"] == []  # fmt: skip


def test_the_guide_tells_how_the_hard_names_are_matched() -> None:
    text = GUIDE.read_text("utf-8")
    ways = {
        "`policygraph link`": matched,
        "join, names borne once": joined(first=False),
        "join, the first of a name": joined(first=True),
    }
    for name, way in ways.items():
        counts = Counter(verdict(row, way) for row in ROWS)
        assert f"| {name} | {counts['right']} | {counts['open']} | {counts['wrong']} |" in text
