"""Readers beside a writer, with real processes: whole documents, old or new; what stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from policygraph.errors import StoreError
from policygraph.graph.stores import locked_dir, reader_snapshot
from policygraph.graph.stores.oxigraph import OxigraphStore

from .processes import run_text

# Documents 0-4 in turn, each in a new edition of 400 quads; every edition says its number throughout.
WRITER = """
import sys
from pathlib import Path
from policygraph.graph.stores.oxigraph import OxigraphStore
store = OxigraphStore(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    graph = f'urn:g{n % 5}'
    rows = (f'<urn:s{i}> <urn:p{n % 3}> "{n}" <{graph}> .\\n' for i in range(400))
    store.add(graph, ''.join(rows))
    print(n, flush=True)
"""
# Opens the store again and again; prints the editions seen, a line an opening.
READER = """
import sys
from pathlib import Path
from policygraph.graph.stores.oxigraph import OxigraphStore
QUERY = 'SELECT ?g ?n (COUNT(*) AS ?c) WHERE { GRAPH ?g { ?s ?p ?n } } GROUP BY ?g ?n'
print('ready', flush=True)
for _ in range(int(sys.argv[2])):
    with OxigraphStore(Path(sys.argv[1]), read_only=True) as store:
        rows = store.select(QUERY)
        again = store.select(QUERY)
    assert sorted(map(str, rows)) == sorted(map(str, again))
    print(' '.join(f"{r['g']}={r['n']}={r['c']}" for r in rows), flush=True)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)


def test_readers_beside_a_build_see_whole_documents_that_only_get_newer(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = start(WRITER, path, 100_000)
    assert writer.stdout
    for _ in range(5):
        writer.stdout.readline()
    readers = [start(READER, path, 25) for _ in range(3)]
    try:
        outputs = [reader.communicate(timeout=300) for reader in readers]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    for reader, (said, complaint) in zip(readers, outputs, strict=True):
        assert reader.returncode == 0, complaint
        seen: dict[str, int] = {}
        for line in said.splitlines()[1:]:
            editions = [entry.split("=") for entry in line.split()]
            # Each of the five documents once, in one edition, whole.
            assert sorted(graph for graph, _, _ in editions) == [f"urn:g{n}" for n in range(5)]
            assert {count for _, _, count in editions} == {"400"}
            numbers = {graph: int(number) for graph, number, _ in editions}
            # The writer wrote them one after the other: no more than five editions lie apart.
            assert max(numbers.values()) - min(numbers.values()) < 5
            assert all(number >= seen.get(graph, 0) for graph, number in numbers.items())
            seen = numbers
    assert len(set(outputs[0][0].splitlines())) > 2


def test_a_view_stays_as_it_was_while_the_store_is_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        for n in range(3):
            store.add(f"urn:g{n}", f'<urn:s> <urn:p> "{n}" <urn:g{n}> .\n')
        with OxigraphStore(path, read_only=True) as reader:
            for n in range(3):
                store.drop(f"urn:g{n}")
            store.oxigraph.optimize()
            assert reader.count() == 3
            assert len(reader.select("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")) == 3
        assert store.count() == 0


def test_nothing_is_left_of_readers_not_even_of_killed_ones(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    with OxigraphStore(path, read_only=True):
        assert len(list((path / reader_snapshot.FOLDER).iterdir())) == 1
    assert list((path / reader_snapshot.FOLDER).iterdir()) == []
    code = (
        "import sys, time; from pathlib import Path\n"
        "from policygraph.graph.stores.oxigraph import OxigraphStore\n"
        "store = OxigraphStore(Path(sys.argv[1]), read_only=True)\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert reader.stdout
    assert reader.stdin
    reader.stdout.readline()
    with OxigraphStore(path, read_only=True):
        assert (
            len(list((path / reader_snapshot.FOLDER).iterdir())) == 2
        )  # a living one is left alone
    os.kill(reader.pid, signal.SIGKILL)
    reader.wait()
    reader.stdout.close()
    reader.stdin.close()
    with OxigraphStore(path, read_only=True):
        assert len(list((path / reader_snapshot.FOLDER).iterdir())) == 1
    # The folder of a store that readers were at is still a store.
    with OxigraphStore(path) as store:
        assert store.count() == 1


def test_a_second_writer_gets_one_line(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path):
        second = start(WRITER.replace("store = ", "import policygraph.cli\nstore = "), path, 1)
        _, complaint = second.communicate()
        assert "another process is writing to this store" in complaint
        build = run_text("build", "--store", path)
    assert build.returncode == 2
    assert build.stderr == (
        f"policygraph: {path}: another process is writing to this store; wait for it and try again\n"
    )


def test_where_no_files_can_be_linked_the_store_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    (path / reader_snapshot.FOLDER).write_text("in the way of the folder")
    with OxigraphStore(path, read_only=True) as reader:
        assert reader.count() == 1
        with pytest.raises(StoreError, match="reading only"):
            reader.drop("urn:g")


def test_a_store_that_is_written_to_without_a_pause_is_not_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    monkeypatch.setattr(reader_snapshot, "_PAUSES", ())  # no attempt finds it at rest
    with pytest.raises(StoreError, match="without a pause; try again"):
        OxigraphStore(path, read_only=True)


def test_a_folder_between_being_created_and_being_locked_is_left_alone(tmp_path: Path) -> None:
    created, old, left = (tmp_path / name for name in ("created", "old", "left"))
    for folder, said in ((created, b""), (old, b""), (left, b"locked\n")):
        folder.mkdir()
        (folder / locked_dir.LOCK).write_bytes(said)
    os.utime(old / locked_dir.LOCK, (0, 0))
    with_process = locked_dir.LockedDir(tmp_path)
    locked_dir.sweep(list(tmp_path.iterdir()))
    assert set(tmp_path.iterdir()) == {created, with_process.path}
    with_process.close()
    assert list(tmp_path.iterdir()) == [created]
