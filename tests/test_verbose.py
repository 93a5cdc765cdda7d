"""What -v tells on stderr, and that nothing is told without it."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "policygraph", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("verbose") / "store")
    assert run("build", "--store", path).returncode == 0
    return path


def test_v_tells_each_step_of_a_build_with_its_duration(tmp_path: Path) -> None:
    built = run("-v", "build", "--store", str(tmp_path / "store"))
    steps = [line for line in built.stderr.splitlines() if line.startswith("policygraph.")]
    assert all(re.search(r" \(\d+ ms\)$", step) for step in steps)
    for words in ("opened", f"read {BUNDLED}", "quads", "build done"):
        assert any(words in step for step in steps), words


@pytest.mark.parametrize("before", [True, False])
def test_v_goes_before_or_after_the_command_and_leaves_stdout_alone(
    store: str, before: bool
) -> None:
    command = ["query", "money", "--store", store]
    told = run(*(["-v", *command] if before else [*command, "-v"]))
    silent = run(*command)
    assert told.stdout == silent.stdout != ""
    assert "queried money" in told.stderr
    assert silent.stderr == ""


def test_a_wrong_query_is_one_line_with_and_without_v(store: str) -> None:
    wrong = ["query", "SELECT ?s { ?s", "--store", store]
    assert run(*wrong).stderr.count("\n") == 1
    assert "Traceback" not in run("-v", *wrong).stderr


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
