"""Measure the reader against gold tables: tools/accuracy.py [FOLDER] [--write].

The bundled report is measured against tests/contract/gold. FOLDER adds other reports: it holds
contract/gold/NAME/*.csv and reports/NAME.txt. Prints the tables of docs/accuracy.md; --write puts
them there, which needs FOLDER.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from policygraph import Graph, read
from policygraph.graph.statements import Document
from policygraph.loaders.sources import BUNDLED
from policygraph.queries.catalogue import answer
from policygraph.queries.results import write

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
CONTRACT = ROOT / "tests" / "contract"
MEASURED, BY_GENRE = "measured", "by genre"  # the marks of the two parts of the page
# Never looked at while rules were written; only scored.
CLOSED = (
    *("anhui-2026", "jiangxi-bulletin-2022", "liaoning-2025-plan", "yunnan-2025"),
    *("beijing-2025", "liaoning-2026", "yichun-bulletin-2022", "s03-shuili-2020"),
    *("s05-xian-zfgzbg-2018", "s06-zhen-2023"),
)
# Reports by who reports; all others are provincial.
GENRES = {
    "national": ("national-",),
    "city and county": ("wanzai-bulletin", "yichun-bulletin", "s02-", "s05-"),
    "department and town": ("s01-", "s03-", "s04-", "s06-"),
}
PROVINCIAL = "provincial"
EVERY = "all {}"  # the heading of the column of all reports
MEASURES = (
    ("figures", "figures found with their value"),
    ("statement", "statement: value, unit, kind, indicator, scope, period all right"),
    ("mentions_strict", "mentions: span and type"),
    ("mentions_named", "mentions: type and full name"),
    ("measure", "measures: clause, verb and object"),
    ("measure_acted", "measures: and the actors"),
)
ATTRIBUTES = (("figure_attributes", "figure"), ("measure_attributes", "measure"))
Scores = Mapping[str, Mapping[str, float]]
# A report and the folder of its gold tables.
Case = tuple[Path, Path]


def bundled_case() -> Case:
    """The bundled report, which every clone can measure."""
    return BUNDLED, CONTRACT / "gold" / BUNDLED.stem


def other_cases(folder: Path) -> dict[str, Case]:
    """The reports with gold in a folder beside the project, by name, without the bundled one."""
    return {
        gold.name: (folder / "reports" / f"{gold.name}.txt", gold)
        for gold in sorted((folder / "contract" / "gold").iterdir())
        if gold.name != BUNDLED.stem
    }


def scorer() -> ModuleType:
    """The scoring script of the contract."""
    spec = importlib.util.spec_from_file_location("score", CONTRACT / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Predictions:
    """The three tables of reports as the named queries give them, in a folder; each report is read once."""

    def __init__(self, folder: Path, documents: Iterable[Document] = ()) -> None:
        """Documents: reports that have been read already."""
        self.folder = folder
        self.documents = {document.source: document for document in documents}

    def of(self, report: Path) -> Path:
        """The folder of a report's tables."""
        folder = self.folder / report.stem
        if not folder.is_dir():
            folder.mkdir(parents=True)
            with Graph.open() as graph:
                graph.add(self.documents.get(report.name) or read(report))
                for name in ("figures", "mentions", "measures"):
                    table = write(answer(graph.store, name), "csv")
                    (folder / f"{name}.csv").write_bytes(table)
        return folder


def measure(cases: Iterable[Case], predictions: Predictions) -> Scores:
    """The scores of some reports, pooled."""
    result, _ = scorer().score([(gold, predictions.of(report)) for report, gold in cases])
    return dict(result)


def tables(columns: Mapping[str, Scores]) -> str:
    """The Markdown tables of scores, one column per group of reports."""
    lines = _head("F1", columns)
    for key, label in MEASURES:
        lines.append(_row(label, [scores[key]["f1"] for scores in columns.values()]))
    lines += ["", *_head("share right of those found", columns)]
    for group, label in ATTRIBUTES:
        for attribute in next(iter(columns.values()))[group]:
            shares = [scores[group][attribute] for scores in columns.values()]
            lines.append(_row(f"{label}: `{attribute}`", shares))
    return "\n".join(lines)


def _head(title: str, columns: Iterable[str]) -> list[str]:
    names = [title, *columns]
    return ["| " + " | ".join(names) + " |", "| " + " | ".join("---" for _ in names) + " |"]


def _row(label: str, values: Iterable[float | None]) -> str:
    return f"| {label} | " + " | ".join("–" if v is None else f"{v:.3f}" for v in values) + " |"


def columns(folder: Path | None, predictions: Predictions) -> dict[str, Scores]:
    """The scores by the heading of their column: of the bundled report, and of others where given."""
    groups = {"bundled report": [bundled_case()]}
    if folder is not None:
        others = other_cases(folder)
        every = groups["bundled report"] + list(others.values())
        groups[EVERY.format(len(every))] = every
        groups[f"{len(CLOSED)} kept closed"] = [others[name] for name in CLOSED]
    return {title: measure(cases, predictions) for title, cases in groups.items() if cases}


def by_genre(folder: Path, predictions: Predictions) -> str:
    """The Markdown table of scores by who reports, with how many reports there are of each."""
    genres: dict[str, list[Case]] = {name: [] for name in (PROVINCIAL, *GENRES)}
    for name, case in ((BUNDLED.stem, bundled_case()), *other_cases(folder).items()):
        genres[genre_of(name)].append(case)
    scores = {
        f"{name} ({len(cases)})": measure(cases, predictions) for name, cases in genres.items()
    }
    lines = _head("F1", scores)
    lines += [_row(label, [each[key]["f1"] for each in scores.values()]) for key, label in MEASURES]
    return "\n".join(lines)


def genre_of(name: str) -> str:
    """Who reports, by the name of a report."""
    return next((g for g, starts in GENRES.items() if name.startswith(starts)), PROVINCIAL)


def part(page: str, mark: str = MEASURED) -> str:
    """What a page says between the two marks of a name."""
    return page.partition(f"<!-- {mark} -->")[2].partition(f"<!-- /{mark} -->")[0].strip()


def with_part(page: str, mark: str, text: str) -> str:
    """The page with another text between the marks."""
    head, begin, rest = page.partition(f"<!-- {mark} -->")
    return f"{head}{begin}\n{text}\n<!-- /{mark} -->{rest.partition(f'<!-- /{mark} -->')[2]}"


def first_column(table: str) -> list[str]:
    """The lines of tables without all columns but the label and the bundled report."""
    return ["|".join(line.split("|")[:3]) for line in table.splitlines()]


def main() -> None:
    """Print the tables, or put them on the page."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    if "--write" in sys.argv and not folders:
        sys.exit("--write needs the folder of the other reports: the page tells of them too")
    with tempfile.TemporaryDirectory() as name:
        predictions = Predictions(Path(name))
        found = tables(columns(folders[0] if folders else None, predictions))
        genres = by_genre(folders[0], predictions) if folders else ""
    print(found, genres, sep="\n\n")
    if "--write" in sys.argv:
        page = with_part(PAGE.read_text("utf-8"), MEASURED, found)
        PAGE.write_text(with_part(page, BY_GENRE, genres), "utf-8")


if __name__ == "__main__":
    main()
