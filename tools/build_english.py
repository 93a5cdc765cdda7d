"""Make ontology/register/english.csv: the English name of every area (development only).

    pip install pypinyin
    python tools/build_english.py

An established name (tools/english/names.csv, with its source) comes first, then a reading checked by
hand (readings.csv, with its reason), then pinyin; groups.csv names the peoples of autonomous areas.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

from policygraph.ontology.register import Register

HERE = Path(__file__).resolve().parent / "english"
OUT = HERE.parents[1] / "ontology" / "register" / "english.csv"
# The last word of a name → how English calls the kind; cities bear their bare name.
KINDS = (
    ("特别行政区", "Special Administrative Region"),
    ("自治区", "Autonomous Region"),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"),
    ("工农区", "Gongnong District"),
    ("地区", "Prefecture"),
    ("架林区", "Forestry District"),
    ("特区", "Special District"),
    ("矿区", "Mining District"),
    ("新区", "New Area"),
    ("省", "Province"),
    ("市", ""),
    ("县", "County"),
    ("区", "District"),
    ("盟", "League"),
    ("旗", "Banner"),
)
_VOWEL = re.compile(r"[aeo]")


@cache
def table(name: str) -> dict[str, str]:
    """Chinese → English of one of the tables beside this tool."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file)}


def romanised(stem: str) -> str:
    """红安 → Hong'an: one word, an apostrophe before a syllable that begins with a vowel."""
    known = table("names.csv").get(stem) or table("readings.csv").get(stem)
    if known:
        return known
    syllables = lazy_pinyin(stem, v_to_u=True)
    joined = "".join("'" * bool(at and _VOWEL.match(s)) + s for at, s in enumerate(syllables))
    return joined[:1].upper() + joined[1:]


def peoples(name: str) -> tuple[str, str]:
    """恩施土家族苗族 → 恩施, Tujia and Miao."""
    groups = table("groups.csv")
    found: list[str] = []
    while True:
        last = next((g for g in groups if name.endswith(g) and len(name) > len(g)), "")
        if not last:
            break
        found.insert(0, groups[last])
        name = name.removesuffix(last)
    said = " and ".join([", ".join(found[:-1]), found[-1]]) if found[1:] else "".join(found)
    return name, said


def english(name: str) -> str:
    """The English name of an area by its Chinese one."""
    if name in table("names.csv") and name[-1] in "省市县区州盟旗国镇":
        return table("names.csv")[name]
    # 立新区 is no new area: two characters and more stand before 新区, 矿区.
    ending, kind = next(
        (k for k in KINDS if name.endswith(k[0]) and (k[0][0] not in "新矿" or len(name) > 3)),
        ("", ""),
    )
    stem = name.removesuffix(ending.removeprefix("架"))
    said = ""
    if ending.startswith("自治"):
        stem, said = peoples(stem)
    return " ".join(part for part in (romanised(stem), said, kind) if part)


def main() -> None:
    """Write one row a name, in the order of the register."""
    names = dict.fromkeys(area.name for area in Register.load().areas)
    rows = [f"{name},{english(name)}" for name in names]
    quoted = [row if row.count(",") == 1 else row.replace(",", ',"', 1) + '"' for row in rows]
    OUT.write_text("\n".join(["chinese,english", *quoted]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
