"""All reports beside this checkout, each read once: none is lost from, broken, or read worse than said."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import accuracy
import pytest

from policygraph import Graph, read
from policygraph.graph.statements import Document
from policygraph.graph.validation import validate
from policygraph.graph.writer import nquads
from policygraph.queries.panels import growth_targets

from .test_accuracy import misses
from .test_check import verdict_of

STATISTICS = Path(__file__).parents[1] / "docs" / "statistics.md"
PRODUCT = STATISTICS.parent / "gdp-2025.csv"
LEVELS = ("rounded", "consistent", "preliminary")  # verdicts on a level; others state growth alone
DEVELOPMENT_BARS = {
    "figures": 0.98,
    "statement": 0.92,
    "mentions_strict": 0.88,
    "mentions_named": 0.88,
    "measure": 0.85,
    "measure_acted": 0.80,
}


@pytest.fixture(scope="module")
def predictions(
    shared_documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory
) -> accuracy.Predictions:
    return accuracy.Predictions(tmp_path_factory.mktemp("all"), shared_documents)


@pytest.fixture(scope="module")
def columns(shared: Path, predictions: accuracy.Predictions) -> dict[str, accuracy.Scores]:
    return accuracy.columns(shared, predictions)


@pytest.fixture(scope="module")
def whole(shared: Path) -> set[str]:
    """The sources of the whole provincial reports of 2025."""
    return {path.name for path in (shared / "reports" / "provincial-2025").glob("*.txt")}


@pytest.fixture(scope="module")
def provincial(shared: Path, whole: set[str], shared_documents: tuple[Document, ...]) -> Graph:
    """The whole provincial reports of 2025 and the official table of their gross products."""
    graph = Graph.open()
    for document in shared_documents:
        if document.source in whole:
            graph.add(document)
    graph.add(read(shared / "statistics" / "province-year.csv"))
    return graph


def test_the_reports_there_are_satisfy_the_shapes(
    shared_documents: tuple[Document, ...], tmp_path: Path
) -> None:
    file = tmp_path / "all.nq"
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(map(nquads, shared_documents[::4]))
    problems = validate(file).problems
    assert [problem for problem in problems if problem.severity == "Violation"] == []


def test_every_number_of_every_report_is_a_figure_or_excluded(
    provincial: Graph, whole: set[str], shared_documents: tuple[Document, ...]
) -> None:
    others = [document for document in shared_documents if document.source not in whole]
    verdicts = (*provincial.check(), *map(verdict_of, others))
    assert len(verdicts) == len(shared_documents) + 1  # the official table is among them
    for verdict in verdicts:
        assert verdict.holds, (verdict.document, verdict.wrong[:3], verdict.unaccounted[:3])


def test_other_reports_are_read_as_well_as_promised(columns: dict[str, accuracy.Scores]) -> None:
    (every,) = (name for name in columns if name.startswith(accuracy.EVERY.format("")))
    assert misses(columns[every], DEVELOPMENT_BARS, 0.92) == {}


def test_the_page_says_how_well_every_report_is_read(
    shared: Path, columns: dict[str, accuracy.Scores], predictions: accuracy.Predictions
) -> None:
    page = accuracy.PAGE.read_text("utf-8")
    genres = accuracy.by_genre(shared, predictions)
    assert accuracy.part(page, accuracy.BY_GENRE) == genres
    assert accuracy.part(page) == accuracy.tables(columns)


def test_the_guide_has_what_reports_of_2025_state_of_their_product(provincial: Graph) -> None:
    with PRODUCT.open(encoding="utf-8") as lines:
        levels = [
            row
            for row in csv.DictReader(lines)
            if row["basis"] == "text" and row["verdict"] in LEVELS
        ]
    columns = ("area", "period", "official", "verdict")
    found = [
        tuple(str(row[column]) for column in columns) for row in provincial.query("stated-official")
    ]
    told = [(row["area"], row["year"], row["official"], row["verdict"]) for row in levels]
    assert sorted(told) == sorted(found)


def test_the_guide_has_the_targets_that_reports_of_2025_set(provincial: Graph) -> None:
    guide = STATISTICS.read_text("utf-8").partition("| code | area | target")[2]
    told = re.findall(r"^\| (\d{6}) \| (\S+) \| ([\d.]+)(?: and ([\d.]+) \(a range\))? \| (.+) \|$", guide, re.MULTILINE)  # fmt: skip
    wanted = [
        (code, area, float(target), tone)
        for code, area, first, second, tone in told
        for target in filter(None, (first, second))
    ]
    found = [
        (row["code"], row["area"], float(row["target"]), row["tone"])
        for row in growth_targets(provincial.store)
    ]
    assert found == wanted
