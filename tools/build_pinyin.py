"""Make ontology/pinyin.tsv: syllables without tones, each with the characters of GB 2312 read so (development only).

pip install pypinyin
python tools/build_pinyin.py
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pypinyin import pinyin_dict

OUT = Path(__file__).resolve().parents[1] / "ontology" / "pinyin.tsv"
READINGS = 2  # of one character, the most usual first
HEAD = "# Readings by pypinyin 0.55 (MIT): syllable, characters whose first reading it is, whose second.\n"


def plain(syllable: str) -> str:
    """A syllable without its tone; ü is v, as it is typed."""
    parts = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    marked = parts.replace("v\u0304", "v")
    if "u\u0308" in unicodedata.normalize("NFD", syllable):
        marked = marked.replace("u\u0308", "v")
    return "".join(char for char in marked if not unicodedata.combining(char))


def main() -> None:
    """Write the table."""
    by_syllable: dict[str, list[list[str]]] = {}
    for code, said in sorted(pinyin_dict.pinyin_dict.items()):
        char = chr(code)
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        readings = list(dict.fromkeys(map(plain, said.split(","))))[:READINGS]
        for place, syllable in enumerate(readings):
            by_syllable.setdefault(syllable, [[] for _ in range(READINGS)])[place].append(char)
    lines = ("\t".join((name, *map("".join, chars))) for name, chars in sorted(by_syllable.items()))
    OUT.write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
