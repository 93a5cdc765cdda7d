"""What the project promises of its speed, measured side by side in one run (make bench).

tools/bench.py [FOLDER]: reads the reports of a folder (the bundled one, repeated, without it). First, median
milliseconds of several runs and the bar each is held to; then characters a second on all reports, on one core,
beside jieba's part-of-speech tagger on the same text; then growth with length, and memory over a thousand
documents.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

REPEATS = 5
TIMES = (10, 20, 40)  # how often the bundled report is repeated


def median(run: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True)


Row = tuple[str, float, str, float]


def main() -> None:
    from policygraph.loaders.reader import read_string
    from policygraph.loaders.sources import BUNDLED, read_text

    text = read_text(BUNDLED)
    for name, took, bar, limit in [*cold_starts(), *warm(text)]:
        verdict = "faster" if took < limit else "slower"
        print(f"{name:28} {took:8.1f} ms   {bar:22} {limit:8.1f} ms   {verdict}")
    print(f"{len(text)} characters, {len(read_string(text).figures)} figures\n")
    if sys.argv[1:]:
        building(sorted(Path(sys.argv[1]).rglob("*.txt")))
    texts = (
        [read_text(path) for path in sorted(Path(sys.argv[1]).rglob("*.txt"))]
        if sys.argv[1:]
        else [text] * 20
    )
    throughput(texts)
    memory(text)
    growth(text)


def cold_starts() -> list[Row]:
    """Whole processes, in ms: what takes how long, and the bar it is held to."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        build = median(command("-m", "policygraph", "build", "--store", store))
        query = median(command("-m", "policygraph", "query", "money", "--store", store))
    dictionary = median(command("-c", "import jieba; jieba.initialize()"))
    rdflib = median(command("-c", "import rdflib")) + 100
    usage = median(command("-m", "policygraph", "--help"))
    return [
        ("policygraph build", build, "jieba.initialize()", dictionary),
        ("policygraph --help", usage, "import rdflib + 100", rdflib),
        ("policygraph query money", query, "import rdflib + 100", rdflib),
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
        print(f"{'two workers':28} {two:8.1f} s   {one / two:.2f} times as fast as one")
    print()


def build(store: Path, paths: list[Path], *options: str) -> float:
    """Seconds a build takes, with the process that runs it."""
    began = time.perf_counter()
    command("-m", "policygraph", "build", "--store", str(store), *options, *map(str, paths))()
    return time.perf_counter() - began


def named_otherwise(paths: list[Path], folder: Path) -> Iterator[Path]:
    """The same reports with another last line, which makes them other documents."""
    for number, path in enumerate(paths):
        other = folder / f"{number}.txt"
        other.write_bytes(path.read_bytes() + f"\n报告之{number}。\n".encode())
        yield other


def throughput(texts: list[str]) -> None:
    """Characters a second from text to statements and to quads, beside the tagger."""
    import jieba.posseg

    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string

    count = sum(map(len, texts))
    runs: dict[str, Callable[[], object]] = {
        "text to statements": lambda: [read_string(text) for text in texts],
        "text to quads": lambda: [nquads(read_string(text)) for text in texts],
        "jieba.posseg": lambda: [list(jieba.posseg.cut(text)) for text in texts],
    }
    for name, run in runs.items():
        print(
            f"{name:28} {count / median(run, 3) * 1000:8.0f} characters a second ({count} in {len(texts)} reports)"
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
