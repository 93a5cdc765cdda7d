"""docs/linking.md: its script prints what it shows, and its commands run as they stand, without a network."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = DOCS / "linking.md"


def test_the_script_prints_what_the_guide_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(DOCS / "linking.py"))["main"](tmp_path)
    guide = GUIDE.read_text("utf-8")
    shown = guide.partition("```text\n")[2].partition("```")[0]
    assert capsys.readouterr().out == shown


def test_the_commands_of_the_guide_run_in_their_order(tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    nowhere = {f"{name}_proxy": "http://127.0.0.1:9" for name in ("http", "https", "all")}
    ran = subprocess.run(
        ["bash", "-euc", "".join(blocks)],
        cwd=tmp_path,
        env={
            **os.environ,
            **nowhere,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    linked = (tmp_path / "linked.csv").read_text("utf-8-sig")  # that of the last, of bodies
    assert "湖北省乡村振兴局,Organization,100,yes" in linked
    assert "skos:" in (tmp_path / "mappings.tsv").read_text("utf-8")
    assert "wdt:P442" in (tmp_path / "missing.rq").read_text("utf-8")
