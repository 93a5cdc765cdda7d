"""What -v tells on stderr, and that nothing is told without it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED

from .processes import run_text


def test_v_tells_each_step_of_a_build_with_its_duration(tmp_path: Path) -> None:
    built = run_text("-v", "build", "--store", str(tmp_path / "store"))
    steps = [line for line in built.stderr.splitlines() if line.startswith("policygraph.")]
    assert all(re.search(r" \(\d+ ms\)$", step) for step in steps)
    for words in ("opened", f"read {BUNDLED}", "quads", "build done"):
        assert any(words in step for step in steps), words


@pytest.mark.parametrize("before", [True, False])
def test_v_goes_before_or_after_the_command_and_leaves_stdout_alone(
    hubei_store: Path, before: bool
) -> None:
    command = ["query", "money", "--store", hubei_store]
    told = run_text(*(["-v", *command] if before else [*command, "-v"]))
    silent = run_text(*command)
    assert told.stdout == silent.stdout != ""
    assert "queried money" in told.stderr
    assert silent.stderr == ""


def test_a_wrong_query_is_one_line_with_and_without_v(hubei_store: Path) -> None:
    wrong = ["query", "SELECT ?s { ?s", "--store", hubei_store]
    assert run_text(*wrong).stderr.count("\n") == 1
    assert "Traceback" not in run_text("-v", *wrong).stderr


def test_a_program_that_sets_up_no_logging_is_told_nothing(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with Graph.open() as graph:
        graph.add(read(BUNDLED))
        list(graph.query("money"))
        assert capfd.readouterr() == ("", "")
        with caplog.at_level(logging.INFO, "policygraph"):
            list(graph.query("money"))
        assert [record.name for record in caplog.records] == ["policygraph.queries.catalogue"]
