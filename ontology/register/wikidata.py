"""The items of Wikidata that are about the same areas as the register, and the points they give."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ENTITY = "http://www.wikidata.org/entity/"
_FILE = Path(__file__).with_name("wikidata.csv")


@dataclass(frozen=True, slots=True)
class Item:
    """An item (Q11746) and the latitude and longitude of its point, both empty where there is none to rely on."""

    name: str
    latitude: str
    longitude: str

    @property
    def iri(self) -> str:
        """The IRI of the item."""
        return ENTITY + self.name


@cache
def items() -> dict[str, Item]:
    """Code → the item of the area that bears it now."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {r["code"]: Item(r["item"], r["latitude"], r["longitude"]) for r in rows}
