"""Make ontology/register/traditional.csv: the traditional characters of those in the names of areas (development only).

pip install opencc-python-reimplemented
python tools/build_traditional.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import opencc

from policygraph.ontology.register import FOLDER, Register
from policygraph.ontology.register.townships import codes_by_name

TABLE = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"


def rows() -> Iterator[tuple[str, str]]:
    """Traditional and simplified; none that a name of today is written with (乾县), or that is both (徵)."""
    areas = set("".join(Register.load().forms()))
    written = areas.union("".join(codes_by_name()))
    for line in TABLE.read_text("utf-8").splitlines():
        traditional, _, others = line.partition("\t")
        simplified = others.split(" ")
        if simplified[0] in areas and traditional not in (*simplified, *written):
            yield traditional, simplified[0]


def main() -> None:
    """Write the table."""
    with (FOLDER / "traditional.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("traditional", "simplified"))
        writer.writerows(sorted(rows()))


if __name__ == "__main__":
    main()
