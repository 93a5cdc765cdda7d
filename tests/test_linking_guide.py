"""docs/linking.py runs without a network and prints what docs/linking.md shows."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def test_the_script_prints_what_the_guide_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(DOCS / "linking.py"))["main"](tmp_path)
    guide = (DOCS / "linking.md").read_text("utf-8")
    shown = guide.partition("```text\n")[2].partition("```")[0]
    assert capsys.readouterr().out == shown
