"""Read mutated reports and say whether anything breaks: tools/fuzz_reports.py [COUNT] [SEED] [FOLDER].

Each case is a stretch of a report (the bundled one, or those of a folder) with characters deleted, doubled,
swapped or replaced. It must be read without an exception, with every quote standing where it is said to
stand, and give quads that parse.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text

HEADER = "湖北省2022年工作总结\n\n"
INSERTED = (
    "0123456789.,%％、，。；：（）()《》“”\n 　万亿第一两分别其中增长\U0001f600\u200b\ud800\x00"
)
LONGEST = 400


def mutate(chance: random.Random, text: str) -> str:
    """A stretch of the text with up to eight changes."""
    start = chance.randrange(len(text))
    characters = list(text[start : start + chance.randrange(20, LONGEST)])
    for _ in range(chance.randrange(1, 9)):
        if not characters:
            break
        at = chance.randrange(len(characters))
        kind = chance.randrange(6)
        if kind == 0:
            del characters[at : at + chance.randrange(1, 6)]
        elif kind == 1:
            characters[at:at] = characters[at : at + chance.randrange(1, 12)]
        elif kind == 2:
            other = chance.randrange(len(characters))
            characters[at], characters[other] = characters[other], characters[at]
        elif kind == 3:
            characters[at] = chance.choice(INSERTED)
        elif kind == 4:
            characters.insert(at, chance.choice(INSERTED) * chance.randrange(1, 4))
        else:
            characters[at:at] = text[start + at : start + at + 5]
    return "".join(characters)


def fault(text: str) -> str:
    """What is wrong with the reading of a text; empty when nothing is."""
    document = read_string(text)
    for statement in (
        *document.figures,
        *document.mentions,
        *document.measures,
        *document.findings,
        *document.exclusions,
    ):
        span = statement.span
        if (
            not 0 <= span.start <= span.end <= len(text)
            or text[span.start : span.end] != span.quote
        ):
            return f"{statement} does not stand there"
    lines = nquads(document)
    parsed = sum(1 for _ in ox.parse(lines.encode(), ox.RdfFormat.N_QUADS))
    return "" if parsed == lines.count("\n") else "lines that are no quads"


def run(count: int, seed: int, texts: Sequence[str]) -> list[tuple[str, str]]:
    """The faults of so many cases, each with its text."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        text = HEADER + mutate(chance, chance.choice(texts))
        said = fault(text)
        if said:
            found.append((text, said))
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    files = sorted(Path(sys.argv[3]).rglob("*.txt")) if len(sys.argv) > 3 else [BUNDLED]
    began = time.perf_counter()
    found = run(count, seed, [read_text(path) for path in files])
    for text, said in found[:10]:
        print(f"{said}\n  {text!r}")
    print(
        f"{count} mutated reports, {len(found)} faults, {time.perf_counter() - began:.0f} seconds"
    )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
