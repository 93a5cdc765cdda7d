"""How reports write the name of an area: 恩施土家族苗族自治州, 恩施州, 恩施."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
TAIL = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|特区|省|市|县|州|盟|旗"
    r"|(?<=神农架)林区|(?<=..)(?:新区|矿区|行政区)|区)$"
)
_SHORTENED = (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"))


@cache
def _peoples() -> re.Pattern[str]:
    names = (FOLDER / "ethnic_groups.txt").read_text("utf-8").split()
    return re.compile("(?:" + "|".join(names) + ")+$")


@cache
def stem_of(name: str) -> str:
    """红安县 → 红安, 恩施土家族苗族自治州 → 恩施; a name of one character keeps its tail (郧县)."""
    stem = TAIL.sub("", name)
    bare = _peoples().sub("", stem)
    # 东乡族自治县: the people is the name.
    bare = bare or stem.removesuffix("族")
    return bare if len(bare) > 1 else stem if len(stem) > 1 else name


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Full name → the abbreviations in use that no rule makes: 阜新蒙古族自治县 → 阜蒙县."""
    found: dict[str, tuple[str, ...]] = {}
    with (FOLDER / "abbreviations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["name"]] = (*found.get(row["name"], ()), row["abbreviation"])
    return found


def written_forms(name: str) -> Iterator[str]:
    """恩施土家族苗族自治州, 恩施州, 恩施 | 长阳土家族自治县, 长阳县, 长阳 | 湖北省, 湖北."""
    yield name
    stem = stem_of(name)
    if stem != name:
        yield stem
    for tail, short in _SHORTENED:
        if name.endswith(tail) and stem + short != name:
            yield stem + short
    yield from _abbreviations().get(name, ())
