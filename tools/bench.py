"""What the project promises of its speed, measured side by side in one run (make bench).

Each line: what was measured, median milliseconds of several runs, and the bar it is held to.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 5


def median(run: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True)


def main() -> None:
    import jieba
    import jieba.posseg

    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string
    from policygraph.loaders.sources import BUNDLED, read_text

    jieba.setLogLevel(60)
    text = read_text(BUNDLED)
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        build = median(command("-m", "policygraph", "build", "--store", store))
        query = median(command("-m", "policygraph", "query", "money", "--store", store))
    rows = [
        (
            "policygraph build",
            build,
            "jieba.initialize()",
            median(command("-c", "import jieba; jieba.initialize()")),
        ),
        (
            "policygraph --help",
            median(command("-m", "policygraph", "--help")),
            "import rdflib + 100",
            0.0,
        ),
        ("policygraph query money", query, "import rdflib + 100", 0.0),
    ]
    rdflib = median(command("-c", "import rdflib")) + 100
    read_string(text)
    list(jieba.posseg.cut(text))
    tagging = median(lambda: list(jieba.posseg.cut(text)))
    rows.append(("read, warm", median(lambda: read_string(text)), "jieba.posseg, warm", tagging))
    document = read_string(text)
    rows.append(
        (
            "read and write quads, warm",
            median(lambda: nquads(read_string(text))),
            "jieba.posseg, warm",
            tagging,
        )
    )
    for name, took, bar, limit in rows:
        limit = limit or rdflib
        verdict = "faster" if took < limit else "slower"
        print(f"{name:28} {took:8.1f} ms   {bar:22} {limit:8.1f} ms   {verdict}")
    print(f"{len(text)} characters, {len(document.figures)} figures")


if __name__ == "__main__":
    main()
