"""What the reader gets right, held against gold, and the page that says so."""

from __future__ import annotations

from pathlib import Path

import accuracy
import pytest

BARS = {
    "figures": 0.99,
    "statement": 0.95,
    "mentions_strict": 0.92,
    "mentions_named": 0.92,
    "measure": 0.90,
    "measure_acted": 0.85,
}
DEVELOPMENT_BARS = {
    "figures": 0.98,
    "statement": 0.92,
    "mentions_strict": 0.88,
    "mentions_named": 0.88,
    "measure": 0.85,
    "measure_acted": 0.80,
}


@pytest.mark.parametrize(
    ("bundled", "bars", "related"),
    [(True, BARS, 0.95), (False, DEVELOPMENT_BARS, 0.92)],
    ids=["the bundled report", "fourteen others"],
)
def test_bars(shared: Path, bundled: bool, bars: dict[str, float], related: float) -> None:
    names = sorted(path.name for path in (shared / "contract" / "gold").iterdir())
    result = accuracy.measure(shared, [n for n in names if (n == accuracy.BUNDLED) == bundled])
    assert {name: result[name]["f1"] for name in bars if result[name]["f1"] < bars[name]} == {}
    assert result["figure_attributes"]["of"] >= related
    assert result["figure_attributes"]["qualifier"] >= related
    assert result["measure_attributes"]["status"] >= 0.95


def test_the_page_says_what_is_measured(shared: Path) -> None:
    page = accuracy.PAGE.read_text("utf-8")
    assert accuracy.measured(page) == accuracy.tables(shared)
