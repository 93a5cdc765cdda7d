"""Make ontology/register/wikidata.csv out of a query of Wikidata: only what the register confirms.

Run: python tools/build_wikidata.py FILE, a CSV file with the columns code, name, item, lat and lon, as the query
of ``wdt:P442`` in ontology/register/SOURCE.md gives them. A row stays where the code is borne today by an area of
that very name and no other row has the item; the point stays where it is not among those known to be wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

from policygraph.graph.reconciliation.wikidata import confirmed, read_result
from policygraph.ontology.register import FOLDER, Register

# Points that lie outside the area or are rounded to its province.
DOUBTFUL = frozenset({"340124", "450126", "620923", "370883", "341504"})


def main(path: Path) -> None:
    """Write the file, and say what was left out."""
    made = confirmed(read_result(path), Register.load(), {}, DOUBTFUL)
    for line in made.left_out:
        print(f"left out: {line}", file=sys.stderr)
    (FOLDER / "wikidata.csv").write_bytes(made.table())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
