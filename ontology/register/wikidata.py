"""The items of Wikidata that are about the same areas as the register, and the points they give."""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

from policygraph.errors import SourceError

VARIABLE = "POLICYGRAPH_WIKIDATA"
COLUMNS = ("code", "item", "latitude", "longitude")
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
    """Code → the item of the area that bears it now; those of a file of one's own after the bundled.

    Raises SourceError where the file named by POLICYGRAPH_WIKIDATA is none that `policygraph link wikidata` writes.
    """
    own = own_file()
    return _read(_FILE) | (_read(own) if own else {})


def own_file() -> Path | None:
    """The file with items of one's own, where the environment names one."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def _read(path: Path) -> dict[str, Item]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *lines = filter(None, csv.reader(file))
        told = itemgetter(*map(head.index, COLUMNS))
        rows = list(map(told, lines))
        if not all(re.fullmatch("Q[1-9][0-9]*", item or "") for _, item, *_ in rows):
            raise ValueError("item")
    except (OSError, ValueError, IndexError, csv.Error) as error:
        needed = ", ".join(COLUMNS)
        raise SourceError(f"{path} ({VARIABLE}): is not a table with {needed}") from error
    return {code: Item(item, latitude, longitude) for code, item, latitude, longitude in rows}
