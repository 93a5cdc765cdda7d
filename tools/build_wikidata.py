"""Make ontology/register/wikidata.csv out of a query of Wikidata: only what the register confirms.

Run: python tools/build_wikidata.py FILE, a CSV file with the columns code, name, item, lat and lon, as the query
of ``wdt:P442`` in ontology/register/SOURCE.md gives them. A row stays where the code is borne today by an area of
that very name and no other row has the item; the point stays where it is not among those known to be wrong.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from policygraph.ontology.register import FOLDER, Register

# Points that lie outside the area or are rounded to its province.
DOUBTFUL = frozenset({"340124", "450126", "620923", "370883", "341504"})


def main(path: Path) -> None:
    """Write the file, and say what was left out."""
    register = Register.load()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"].ljust(6, "0"), row) for row in csv.DictReader(file)]
    times = Counter(row["item"] for _, row in rows)
    kept = []
    for code, row in rows:
        area = register.by_code(code)
        if area is None or area.last_year is not None or area.name != row["name"]:
            print(
                f"left out: {code} {row['name']} is not in the register of today", file=sys.stderr
            )
        elif times[row["item"]] > 1:
            print(f"left out: {row['item']} is given for several codes", file=sys.stderr)
        else:
            placed = area.level != "province" and code not in DOUBTFUL
            kept.append((code, row["item"], *((row["lat"], row["lon"]) if placed else ("", ""))))
    with (FOLDER / "wikidata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "item", "latitude", "longitude"))
        writer.writerows(sorted(kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
