"""Measure the reader against gold tables: tools/accuracy.py GOLD_FOLDER [--write].

GOLD_FOLDER holds contract/score.py, contract/gold/* and reports/*.txt. Prints the tables of
docs/accuracy.md; --write puts them there.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from policygraph import Graph, read
from policygraph.queries.catalogue import answer
from policygraph.queries.results import write

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
BUNDLED = "hubei-2022"
# Never looked at while rules were written; only scored.
CLOSED = ("anhui-2026", "jiangxi-bulletin-2022", "liaoning-2025-plan", "yunnan-2025")
MEASURES = (
    ("figures", "figures found with their value"),
    ("statement", "statement: value, unit, kind, indicator, scope, period all right"),
    ("mentions_strict", "mentions: span and type"),
    ("mentions_named", "mentions: type and full name"),
    ("measure", "measures: clause, verb and object"),
    ("measure_acted", "measures: and the actors"),
)


def scorer(gold: Path) -> ModuleType:
    """The scoring script beside the gold tables."""
    spec = importlib.util.spec_from_file_location("score", gold / "contract" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(report: Path, folder: Path) -> Path:
    """The three tables of a report as the named queries give them."""
    folder.mkdir(parents=True)
    with Graph.open() as graph:
        graph.add(read(report))
        for name in ("figures", "mentions", "measures"):
            (folder / f"{name}.csv").write_bytes(write(answer(graph.store, name), "csv"))
    return folder


def measure(gold: Path, names: list[str]) -> dict[str, dict[str, float]]:
    """The scores of some reports, pooled."""
    with tempfile.TemporaryDirectory() as held:
        pairs = [
            (
                gold / "contract" / "gold" / name,
                predict(gold / "reports" / f"{name}.txt", Path(held) / name),
            )
            for name in names
        ]
        result, _ = scorer(gold).score(pairs)
    return dict(result)


def tables(gold: Path) -> str:
    """The Markdown tables of scores, by column: the bundled report, the others, the closed ones."""
    names = sorted(path.name for path in (gold / "contract" / "gold").iterdir())
    columns = [
        measure(gold, [BUNDLED]),
        measure(gold, [name for name in names if name != BUNDLED]),
        measure(gold, list(CLOSED)),
    ]
    lines = [
        "| F1 | bundled report | 14 other reports | of these, 4 kept closed |",
        "| --- | --- | --- | --- |",
    ]
    for key, label in MEASURES:
        lines.append(f"| {label} | " + " | ".join(f"{c[key]['f1']:.3f}" for c in columns) + " |")
    lines += [
        "",
        "| share right of those found | bundled report | 14 other reports | 4 kept closed |",
        "| --- | --- | --- | --- |",
    ]
    for group, label in (("figure_attributes", "figure"), ("measure_attributes", "measure")):
        for attribute in columns[0][group]:
            held = [c[group][attribute] for c in columns]
            shown = " | ".join("–" if value is None else f"{value:.3f}" for value in held)
            lines.append(f"| {label}: `{attribute}` | {shown} |")
    return "\n".join(lines)


def measured(page: str) -> str:
    """What a page says between its marks."""
    return page.partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    found = tables(Path(sys.argv[1]))
    print(found)
    if "--write" in sys.argv:
        page = PAGE.read_text("utf-8")
        head, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n{found}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
