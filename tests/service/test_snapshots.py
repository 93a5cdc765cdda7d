"""What the service takes for a change of the store it serves."""

from __future__ import annotations

from pathlib import Path

from policygraph.graph.stores.oxigraph import OxigraphStore


def state(path: Path) -> tuple[str, float]:
    return OxigraphStore.state(str(path))


def test_a_reader_is_no_change_and_a_write_is_one(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    before = state(path)
    with OxigraphStore(path, read_only=True):
        assert state(path) == before
    assert state(path) == before
    with OxigraphStore(path) as store:
        store.add("urn:h", "<urn:s> <urn:p> <urn:o> <urn:h> .\n")
    assert state(path) != before
