"""How well the reader reads, scored against gold tables, and the page that says so."""

from __future__ import annotations

from pathlib import Path

import accuracy
import pytest

from policygraph.graph.statements import Document

BARS = {
    "figures": 0.99,
    "statement": 0.95,
    "mentions_strict": 0.92,
    "mentions_named": 0.92,
    "measure": 0.90,
    "measure_acted": 0.85,
}


def misses(result: accuracy.Scores, bars: dict[str, float], related: float) -> dict[str, float]:
    """The scores below their bars."""
    reached = {name: (result[name]["f1"], bar) for name, bar in bars.items()}
    reached["of"] = result["figure_attributes"]["of"], related
    reached["qualifier"] = result["figure_attributes"]["qualifier"], related
    reached["status"] = result["measure_attributes"]["status"], 0.95
    return {name: score for name, (score, bar) in reached.items() if score < bar}


@pytest.fixture(scope="module")
def bundled(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> accuracy.Scores:
    predictions = accuracy.Predictions(tmp_path_factory.mktemp("bundled"), [hubei])
    return accuracy.measure([accuracy.bundled_case()], predictions)


def test_the_bundled_report_is_read_as_well_as_promised(bundled: accuracy.Scores) -> None:
    assert misses(bundled, BARS, 0.95) == {}


def test_the_page_says_how_well_the_bundled_report_is_read(bundled: accuracy.Scores) -> None:
    page = accuracy.part(accuracy.PAGE.read_text("utf-8"))
    assert accuracy.first_column(page) == accuracy.first_column(
        accuracy.tables({"bundled report": bundled})
    )


def test_the_contract_here_is_the_one_beside_this_checkout(shared: Path) -> None:
    """Where gold of other reports is at hand, it is measured by the same contract."""
    report = accuracy.bundled_case()[1]
    for here, there in (
        (accuracy.CONTRACT / "TABLES.md", shared / "contract" / "TABLES.md"),
        (accuracy.CONTRACT / "score.py", shared / "contract" / "score.py"),
        *(
            (table, shared / "contract" / "gold" / report.name / table.name)
            for table in report.iterdir()
        ),
    ):
        assert here.read_bytes() == there.read_bytes(), here.name
