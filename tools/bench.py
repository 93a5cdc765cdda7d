"""What the project promises of its speed and weight, measured side by side in one run (make bench FOLDER=…).

tools/bench.py [FOLDER]: reads the reports of a folder (31 made-up ones of synthetic.py, without it). First, median
milliseconds of several runs in turn and the bar each is held to; then what building takes beside reading, and what
the graph weighs and counts; then characters a second on all reports, on one core, beside jieba's part-of-speech
tagger on the same text; then growth with length, and memory over a thousand documents.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import synthetic

if TYPE_CHECKING:
    from policygraph import Graph

REPEATS, COLD = 5, 9  # runs of each, of whole processes
WORKERS = 1.7  # times as fast two are to be
MADE = 31  # reports made up where no folder is given
CLASSES = (
    "Report",
    "Figure",
    "Mention",
    "Measure",
    "Period",
    "Area",
    "Indicator",
    "Programme",
    "Person",
)
TIMES = (10, 20, 40)  # how often the bundled report is repeated


def median(run: Callable[[], object], repeats: int = REPEATS) -> float:
    return medians([run], repeats)[0]


def medians(runs: Sequence[Callable[[], object]], repeats: int = REPEATS) -> list[float]:
    """Median milliseconds of each, run in turn: what else the machine does slows all of them."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(repeats):
        for run, took in zip(runs, times, strict=True):
            began = time.perf_counter()
            run()
            took.append((time.perf_counter() - began) * 1000)
    return [statistics.median(each) for each in times]


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True)


Row = tuple[str, float, str, float]


def main() -> None:
    from policygraph.loaders.reader import read_string
    from policygraph.loaders.sources import BUNDLED, read_text

    text = read_text(BUNDLED)
    for name, took, bar, limit in [*cold_starts(), *warm(text)]:
        ratio = f"{took / limit:.2f} times, {'within' if took <= limit else 'above'} 1"
        print(f"{name:28} {took:8.1f} ms   {bar:22} {limit:8.1f} ms   {ratio}", flush=True)
    print(f"{len(text)} characters, {len(read_string(text).figures)} figures\n")
    with reports(sys.argv[1:]) as paths:
        building(paths)
        weight(paths)
        throughput([read_text(path) for path in paths])
    memory(text)
    growth(text)


@contextmanager
def reports(folders: Sequence[str]) -> Iterator[list[Path]]:
    """The reports that are measured: those of a folder, else made-up ones; says which."""
    from policygraph.loaders.sources import find_sources

    if folders:
        paths = find_sources(folders)
        print(f"{len(paths)} reports of {', '.join(folders)}")
        yield paths
        return
    with tempfile.TemporaryDirectory() as made:
        print(f"{MADE} made-up reports (tools/synthetic.py)")
        works: dict[str, Path] = {}  # two of one province and year are versions of one work
        for text in synthetic.texts():
            header = "".join(line for line in text.splitlines()[:10] if "/" not in line)
            path = works.setdefault(header, Path(made) / f"{len(works):03}.txt")
            if not path.exists():
                path.write_text(text, "utf-8")
            if len(works) == MADE:
                break
        yield list(works.values())


def cold_starts() -> list[Row]:
    """Whole processes, in ms: what takes how long, and the bar it is held to.

    Each build is into a new store; jieba's first run keeps its dictionary, as it does for anyone.
    """
    with tempfile.TemporaryDirectory() as folder:
        numbers = count()

        def build() -> None:
            store = str(Path(folder) / str(next(numbers)))
            command("-m", "policygraph", "build", "--store", store)()

        first = str(Path(folder) / "0")
        runs = [
            build,
            command("-c", "import jieba; jieba.initialize()"),
            command("-c", "import rdflib"),
            command("-m", "policygraph", "--help"),
            command("-m", "policygraph", "query", "money", "--store", first),
        ]
        built, dictionary, rdflib, usage, query = medians(runs, COLD)
    return [
        ("policygraph build", built, "jieba.initialize()", dictionary),
        ("policygraph --help", usage, "import rdflib + 100", rdflib + 100),
        ("policygraph query money", query, "import rdflib + 100", rdflib + 100),
    ]


def warm(text: str) -> list[Row]:
    """The same work a second time in one process, in ms, beside tagging the text."""
    import jieba
    import jieba.posseg

    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string

    jieba.setLogLevel(60)
    read_string(text)
    list(jieba.posseg.cut(text))
    tagging = median(lambda: list(jieba.posseg.cut(text)))
    reading = median(lambda: read_string(text))
    writing = median(lambda: nquads(read_string(text)))
    return [
        ("read, warm", reading, "jieba.posseg, warm", tagging),
        ("read and write quads, warm", writing, "jieba.posseg, warm", tagging),
    ]


def building(paths: list[Path]) -> None:
    """Seconds for reading all reports, and for building them into a new store and an old one.

    The old store holds as many other reports, which name the same things.
    """
    from policygraph.loaders.reader import read

    read(paths[0])
    began = time.perf_counter()
    for path in paths:
        read(path)
    reading = time.perf_counter() - began
    print(f"{'reading ' + str(len(paths)) + ' reports':28} {reading:8.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        build(old, [*named_otherwise(paths, Path(folder))])
        for name, store in (("new", Path(folder) / "new"), ("old", old)):
            took = build(store, paths)
            verdict = "within" if took < 2.5 * reading else "above"
            ratio = f"{took / reading:.2f} times reading"
            print(f"{f'building into a {name} store':28} {took:8.1f} s   {ratio}, {verdict} 2.5")
        again = build(old, paths)
        print(f"{'building once more':28} {again:8.1f} s")
        many = [*paths, *named_otherwise(paths, Path(folder))]
        one, two = (build(Path(folder) / f"by {n}", many, "--workers", n) for n in "12")
        verdict = "above" if one / two >= WORKERS else "below"
        ratio = f"{one / two:.2f} times as fast as one, {verdict} {WORKERS}"
        print(f"{'two workers':28} {two:8.1f} s   {ratio}")
    print()


def weight(paths: list[Path]) -> None:
    """Quads a statement, bytes a report, and whether a count without GRAPH is the count with it."""
    from policygraph import Graph

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build(store, paths)
        size = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
        with Graph.open(store, read_only=True) as graph:
            quads, documents = graph.store.count(), len(graph.store.documents())
            statements = _counted(graph, "?x pg:producedBy ?rule", "x")
            plain = [_counted(graph, f"?x a pg:{name}") for name in CLASSES]
            named = [_counted(graph, f"GRAPH ?g {{ ?x a pg:{name} }}") for name in CLASSES]
    same = sum(one == other for one, other in zip(plain, named, strict=True))
    print(f"{'quads':28} {quads:8}     {quads / statements:.1f} a statement, of {statements}")
    print(
        f"{'store':28} {size / 1e6:8.1f} MB  {size / 1e6 / documents:.2f} MB a report, of {documents}"
    )
    print(f"{'counts without GRAPH':28} {same:8}     of {len(CLASSES)} classes as with it\n")


def _counted(graph: Graph, pattern: str, of: str = "x") -> int:
    (row,) = graph.select(f"SELECT (COUNT(?{of}) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)


def build(store: Path, paths: list[Path], *options: str) -> float:
    """Seconds a build takes, with the process that runs it."""
    began = time.perf_counter()
    command("-m", "policygraph", "build", "--store", str(store), *options, *map(str, paths))()
    return time.perf_counter() - began


def named_otherwise(paths: list[Path], folder: Path) -> Iterator[Path]:
    """The same reports of twenty years before, which makes them other works."""
    from policygraph.loaders.sources import read_text

    for number, path in enumerate(paths):
        other = folder / f"{number}.txt"
        text = re.sub(r"20(?=[0-4]\d年)", "19", read_text(path))
        other.write_text(re.sub(r"(索\s*引\s*号\s*[:：]?\s*\S+)", r"\1/19", text), "utf-8")
        yield other


def throughput(texts: list[str]) -> None:
    """Characters a second from text to statements and to quads, beside the tagger."""
    import jieba.posseg

    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string

    characters = sum(map(len, texts))
    runs: dict[str, Callable[[], object]] = {
        "text to statements": lambda: [read_string(text) for text in texts],
        "text to quads": lambda: [nquads(read_string(text)) for text in texts],
        "jieba.posseg": lambda: [list(jieba.posseg.cut(text)) for text in texts],
    }
    for name, run in runs.items():
        print(
            f"{name:28} {characters / median(run, 3) * 1000:8.0f} characters a second ({characters} in {len(texts)} reports)"
        )
    print()


def seconds(text: str) -> float:
    """One reading and writing of a text."""
    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string

    began = time.perf_counter()
    nquads(read_string(text))
    return time.perf_counter() - began


def growth(text: str) -> None:
    """Seconds for texts of one, two and four times the length: linear when they double."""
    shapes = {"paragraphs": text, "one sentence": text.replace("。", "，").replace("\n", "")}
    for name, repeated in shapes.items():
        took = [seconds(repeated * n) for n in TIMES]
        print(
            f"{name:28} "
            + "  ".join(
                f"{len(repeated) * n / 1e6:.2f} M: {s:.2f} s"
                for n, s in zip(TIMES, took, strict=True)
            )
        )
    print()


def memory(text: str) -> None:
    """The process's peak after ten, a hundred and a thousand different documents."""
    import resource

    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string

    for number in range(1, 1001):
        nquads(read_string(f"{text}\n报告之{number}。"))
        if number in (10, 100, 1000):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"after {number:4} documents {peak:8.0f} MB")
    print()


if __name__ == "__main__":
    main()
