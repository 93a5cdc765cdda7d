"""A store of made-up reports of the real shape: tools/synthetic.py FOLDER [QUADS] [SEED].

The first report is the bundled one. Each other one is its text as another province might have written it in
another year: the province, the years and the numbers are changed and some sentences left out, by chance that
a seed decides. The texts are read by the reader itself, so that offsets, quotes, values and links are as true
as those of a real report, and every named query finds rows. A store that is there already is kept.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from policygraph.graph.stores import open_store
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.ontology.iris import Minter
from policygraph.ontology.terms import THINGS

SIZE, SEED = 1_000_000, 1
HOME = "湖北"
PROVINCES = (
    *(
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
    ),
    *("湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海"),
)
YEARS = range(-9, 3)  # by how many years a report is earlier or later
LEFT_OUT = 0.08  # of the sentences
YEAR = re.compile(r"(?<!\d)20[12]\d(?=年)")
NUMBER = re.compile(r"(?<![\d.〔(])[1-9]\d*(?:\.\d+)?(?=[%亿万个户名人家处场次公亩])")
_INDEX = re.compile(r"(索\s*引\s*号\s*[:：]?\s*)(\S+)")
SENTENCE = re.compile(r"[^。\n]*。")
_OF_THINGS = f"<{THINGS}> ."  # the end of a line that other reports may have too
_HEADER = 12  # lines at the top that say whose report it is, of when


def texts(seed: int = SEED) -> Iterator[str]:
    """Reports without end, the bundled one first; the same seed gives the same ones."""
    chance, source = random.Random(seed), read_text(BUNDLED)
    yield source
    number = 1
    while True:
        number += 1
        # A number of its own: it is another work, no version of the bundled one.
        text = _INDEX.sub(rf"\g<1>\g<2>/{number}", vary(chance, source))
        yield f"{text}\n报告之{number}。\n"


def vary(chance: random.Random, text: str) -> str:
    """The text as another province might have written it in another year."""
    province, later = chance.choice(PROVINCES), chance.choice(YEARS)
    lines = text.split("\n")
    body = "\n".join(lines[_HEADER:])
    body = SENTENCE.sub(lambda match: "" if chance.random() < LEFT_OUT else match[0], body)
    body = NUMBER.sub(lambda match: other_number(chance, match[0]), body)
    whole = "\n".join([*lines[:_HEADER], body]).replace(HOME, province)
    return YEAR.sub(lambda match: str(int(match[0]) + later), whole)


def other_number(chance: random.Random, written: str) -> str:
    """Another number with as many digits before and after the point."""
    return "".join(
        digit if digit == "." else str(chance.randrange(1 if place == 0 else 0, 10))
        for place, digit in enumerate(written)
    )


def build(folder: Path, size: int = SIZE, seed: int = SEED) -> int:
    """Fill a store with reports until it holds so many quads; returns how many it holds."""
    with open_store(folder) as store:
        reports = texts(seed)
        for _ in store.documents():  # what an earlier, ended run has written
            next(reports)
        count = store.count()  # once: the engine counts one by one
        while count < size:
            document = read_string(next(reports))
            lines = nquads(document)
            store.add(Minter().document(document.version), lines)
            count += sum(not line.endswith(_OF_THINGS) for line in lines.splitlines())
        return store.count()


def main() -> None:
    folder = Path(sys.argv[1])
    size = int(sys.argv[2]) if len(sys.argv) > 2 else SIZE
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else SEED
    print(f"{build(folder, size, seed)} quads in {folder}")


if __name__ == "__main__":
    main()
