"""Made-up reports are real ones to the reader, differ from each other, and come again by the same seed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import synthetic

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED


def test_the_same_seed_gives_the_same_reports() -> None:
    first, again = (list(islice(synthetic.texts(7), 4)) for _ in range(2))
    assert first == again
    assert len(set(first)) == 4
    assert first[1:] != list(islice(synthetic.texts(8), 4))[1:]


def test_a_store_is_filled_whole_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    synthetic.build(tmp_path / "store", 10_000)
    count = synthetic.build(tmp_path / "store", 16_000)
    with Graph.open(tmp_path / "store", read_only=True) as graph:
        documents = graph.query("documents")
        assert len(documents) == 3
        assert count >= 16_000 and all(verdict.holds for verdict in graph.check())
        assert len(graph.query("money", document=graph.minter.document(read(BUNDLED).version)))
