"""A folder of made-up reports of the real shape: PYTHONPATH=. .venv/bin/python tools/corpus.py FOLDER REPORTS [TEXTS].

Each is a given text as another province might have written it in another year: provinces and prefectures change
names, numbers and years change, the sentences of a paragraph change places. The texts are those of the folder
TEXTS (../shared/reports) whose header names a province (省; no municipality, no autonomous region), but those kept closed, and the
bundled one; without the others, the bundled one alone. No two reports of a text are of the same province and year as long as
there are fewer than some eight hundred of it, so that none replaces another. The same seed gives the same files; more reports begin
with the same.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path

from accuracy import CLOSED
from synthetic import NUMBER, PROVINCES, SEED, SENTENCE, YEAR, other_number

from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.loaders.structure import outline
from policygraph.ontology.register import Register

SHARED = Path(__file__).parents[2] / "shared" / "reports"
YEARS = range(-25, 16)  # by how many years a report is earlier or later
_PROVINCE = re.compile("|".join(PROVINCES))
_NUMBERED = re.compile(r"\d{4,}(?!\d|年)|(?<=〕)\d+(?=号)")  # in a header: what numbers a report


def given(folder: Path = SHARED) -> list[str]:
    """The texts that reports are made of."""
    texts = [read_text(BUNDLED)]
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in (*CLOSED, BUNDLED.stem):
            text = read_text(path)
            texts += [text] if _PROVINCE.search(_head(text)) else []
    return texts


def reports(sources: Sequence[str], seed: int = SEED) -> Iterator[str]:
    """Reports without end."""
    for number in count():
        turn, place = divmod(number, len(sources))
        yield vary(sources[place], number, turn, random.Random(f"{seed} {number}"))


def vary(text: str, number: int, turn: int, chance: random.Random) -> str:
    """The text in its turn as another province might have written it in another year."""
    later, by = YEARS[turn % len(YEARS)], turn // len(YEARS)
    head, body = _head(text), text[len(_head(text)) :]
    head = _NUMBERED.sub(lambda match: other_number(chance, match[0]), head)
    body = "\n".join(_in_other_order(chance, line) for line in body.split("\n"))
    body = NUMBER.sub(lambda match: other_number(chance, match[0]), body)
    places = _prefectures()
    others = dict(zip(places, chance.sample(places, len(places)), strict=True))
    body = re.sub("|".join(places), lambda match: others[match[0]], body)
    moved = {name: PROVINCES[(at + by) % len(PROVINCES)] for at, name in enumerate(PROVINCES)}
    whole = _PROVINCE.sub(lambda match: moved[match[0]], head + body)
    return f"{YEAR.sub(lambda match: str(int(match[0]) + later), whole)}\n报告之{number}。\n"


@cache
def _head(text: str) -> str:
    """What stands above the first paragraph: whose report it is, of when."""
    return text[: outline(text).body_start]


def _in_other_order(chance: random.Random, line: str) -> str:
    """A paragraph whose sentences but the first stand in another order."""
    sentences = SENTENCE.findall(line)
    rest = line[sum(map(len, sentences)) :]
    after = sentences[1:]
    chance.shuffle(after)
    return "".join(sentences[:1] + after) + rest


@cache
def _prefectures() -> list[str]:
    """Prefectures of today by names of one length, so that they can stand for one another."""
    areas = [area for area in Register.load().areas if area.last_year is None]
    names = {area.name for area in areas if area.level == "prefecture" and len(area.name) == 3}
    return sorted(name for name in names if name.endswith("市"))


def build(folder: Path, size: int, texts: Sequence[str], seed: int = SEED) -> None:
    """Fill a folder with so many reports; those that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in zip(range(size), reports(texts, seed), strict=False):
        path = folder / f"{number:06}.txt"
        if not path.exists():
            path.write_text(text, "utf-8")


def main() -> None:
    folder, size = Path(sys.argv[1]), int(sys.argv[2])
    texts = given(Path(sys.argv[3])) if len(sys.argv) > 3 else given()
    build(folder, size, texts)
    print(f"{size} reports in {folder}, made of {len(texts)} texts")


if __name__ == "__main__":
    main()
