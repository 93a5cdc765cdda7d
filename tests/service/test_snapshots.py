"""What the service takes for a change of the store it serves."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.graph.stores.locked_dir import LOCK
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.service.snapshots import SnapshotDir


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


@pytest.mark.parametrize("name", ["store", "[2022]", "a*", "a?", "[!a]"])
def test_what_a_killed_service_left_is_removed_and_nothing_else(tmp_path: Path, name: str) -> None:
    left, others = tmp_path / f".{name}.serving-left", tmp_path / ".b.serving-left"
    for folder in (left, others):
        (folder / "1").mkdir(parents=True)
        (folder / LOCK).write_bytes(b"locked\n")
    running = SnapshotDir(tmp_path / name)
    SnapshotDir(tmp_path / name).clear()
    assert not left.exists()
    assert others.exists()
    assert running.place().parent.exists()
    running.clear()
