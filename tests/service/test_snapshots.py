"""What the service takes for a change of the store it serves."""

from __future__ import annotations

from pathlib import Path

from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.service.snapshots import look


def test_a_reader_is_no_change_and_a_write_is_one(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    before = look(path)
    with OxigraphStore(path, read_only=True):
        assert look(path) == before
    assert look(path) == before
    with OxigraphStore(path) as store:
        store.add("urn:h", "<urn:s> <urn:p> <urn:o> <urn:h> .\n")
    assert look(path) != before
