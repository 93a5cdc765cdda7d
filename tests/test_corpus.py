"""The corpus of the measurements: the same files by the same seed, each a work of its own."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import corpus
import pytest

from policygraph import Graph
from policygraph.cli import main


def test_the_same_seed_gives_the_same_reports_of_which_none_replaces_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = corpus.given(tmp_path / "none")
    passages = [text[:420] for text in texts]
    corpus.build(tmp_path / "reports", 45, passages)  # more than there are years
    written = [path.read_text("utf-8") for path in sorted((tmp_path / "reports").iterdir())]
    assert written == list(islice(corpus.reports(passages), 45))
    assert len(set(written)) == 45
    main(["build", "--store", str(tmp_path / "store"), str(tmp_path / "reports")])
    assert "another version" not in capsys.readouterr().err
    with Graph.open(tmp_path / "store", read_only=True) as graph:
        areas = {row["area"] for row in graph.query("documents")}
        assert (len(graph.query("documents")), len(areas)) == (45, 2)
