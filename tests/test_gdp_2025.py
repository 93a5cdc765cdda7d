"""GDP in the reports of 2025 beside the official table: the program's verdicts are those found by hand."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def gdp() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "gdp_2025.py"))


@pytest.fixture(scope="module")
def rows(gdp: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = gdp["load"]()
    return found


def test_all_31_provinces_are_told_of(rows: list[dict[str, str]]) -> None:
    assert len({row["area"] for row in rows}) == 31
    sourced = [row for row in rows if row["basis"] in ("copy", "press", "news")]
    assert all(row["source"].startswith("http") and row["words"] for row in sourced)
    assert not any(row["words"] for row in rows if row["basis"] == "none")


def test_the_verdicts_are_those_found_by_hand(
    gdp: dict[str, Any], rows: list[dict[str, str]]
) -> None:
    found = gdp["compare"](rows)
    levels = {
        (row["area"], row["year"]): row["verdict"]
        for row in rows
        if row["verdict"] in ("rounded", "consistent", "preliminary")
    }
    assert {key: said["verdict"] for key, said in found.items()} == levels
    others = [row for row in rows if (row["area"], row["year"]) not in levels]
    assert [gdp["unlike"](row) for row in others] == [row["verdict"] for row in others]


def test_the_page_shows_what_the_script_prints(
    gdp: dict[str, Any], rows: list[dict[str, str]]
) -> None:
    page = (DOCS / "gdp-2025.md").read_text("utf-8").splitlines()
    shown = [line for line in page if line.startswith("| ")]
    printed = gdp["table"](rows)
    assert shown[: len(printed)] == printed
