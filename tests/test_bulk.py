"""Exports that stream, shards for bulk loaders, and the loaders themselves."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.errors import StoreError
from policygraph.graph.bulk import LOADERS, write_parts
from policygraph.graph.export import export
from policygraph.graph.external_sort import AT_ONCE, in_order
from policygraph.graph.stores.http_client import Credentials
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.sparql_server import ServerStore

from .servers import Server


def test_lines_are_in_order_however_many() -> None:
    lines = [f"{n * 7919 % 1000:04}\n" for n in range(1000)]
    for at_once in (1, 7, 999, 1000, 1001):
        assert list(in_order(lines, at_once)) == sorted(lines)
    assert list(in_order([], 3)) == []


def test_shards_hold_the_sorted_quads_and_are_the_same_each_time(
    graph: Graph, tmp_path: Path
) -> None:
    whole = export(graph.store, "nq")
    plain = write_parts(graph.store, tmp_path / "plain", size=7000)
    parts = -(-graph.store.count() // 7000)
    assert [path.name for path in plain] == [f"part-{n:05}.nq" for n in range(1, parts + 1)]
    assert parts > 1
    assert b"".join(path.read_bytes() for path in plain) == whole
    packed = write_parts(graph.store, tmp_path / "packed", size=7000, compress=True)
    assert b"".join(gzip.decompress(path.read_bytes()) for path in packed) == whole
    again = write_parts(graph.store, tmp_path / "again", size=7000, compress=True)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in packed]
    for loader in LOADERS.iterdir():
        subprocess.run(["sh", "-n", str(tmp_path / "plain" / loader.name)], check=True)
    with pytest.raises(StoreError, match="holds files already"):
        write_parts(graph.store, tmp_path / "plain")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        write_parts(graph.store, tmp_path / "file")


def test_an_empty_store_has_no_shards(tmp_path: Path) -> None:
    with OxigraphStore() as store:
        assert write_parts(store, tmp_path / "none") == []


@pytest.mark.parametrize("compress", [False, True])
def test_oxigraph_holds_every_quad_of_the_shards_it_loaded(
    graph: Graph, tmp_path: Path, compress: bool
) -> None:
    write_parts(graph.store, tmp_path / "bulk", size=7000, compress=compress)
    (tmp_path / "bulk" / "part-00001.nq.77.part").write_bytes(b"half of what a killed build wrote")
    environment = {"PATH": f"{sysconfig.get_path('scripts')}:/usr/bin:/bin"}
    command = ["sh", str(tmp_path / "bulk" / "oxigraph.sh"), str(tmp_path / "db")]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    with OxigraphStore(tmp_path / "db", read_only=True) as store:
        assert export(store, "nq") == export(graph.store, "nq")


@pytest.mark.parametrize("compress", [False, True])
def test_virtuoso_holds_every_quad_of_the_shards_it_loaded(
    graph: Graph, virtuoso_server: Server, compress: bool
) -> None:
    folder = virtuoso_server.folder / f"it's-bulk_{compress}"
    write_parts(graph.store, folder, size=7000, compress=compress)
    isql, where, *_ = virtuoso_server.isql
    environment = os.environ | {
        "POLICYGRAPH_USER": virtuoso_server.user,
        "POLICYGRAPH_PASSWORD": virtuoso_server.password,
    }
    command = ["sh", str(folder / "virtuoso.sh"), where, isql]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    credentials = Credentials(virtuoso_server.user, virtuoso_server.password)
    store = ServerStore(virtuoso_server.query, credentials=credentials)
    for document in graph.store.graphs():
        assert document in store.graphs()
    assert store.count() == graph.store.count()
    for document in graph.store.documents():
        store.drop(document)
    assert store.count() == 0
    (folder / "part-00099.nq").write_text("<a> <b")
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"failed: {folder}/part-00099.nq: " in done.stderr
    assert "not every part is loaded whole" in done.stderr


MEASURE = """
import re, sys
from collections import deque
from functools import partial
from pathlib import Path
from policygraph.graph.export import write_file, write
from policygraph.graph.external_sort import in_order
from policygraph.graph.stores.oxigraph import OxigraphStore
def peak():
    return int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])
target = Path(sys.argv[2])
in_order.__defaults__ = (int(sys.argv[3]),)
with OxigraphStore(Path(sys.argv[1]), read_only=True) as store:
    deque(store.quads(), 0)
    before = peak()
    write_file(target, partial(write, store, target.suffix))
print(peak() - before)
"""


PART = AT_ONCE // 5  # lines sorted in memory there


def test_memory_does_not_grow_with_what_is_exported(tmp_path: Path) -> None:
    """Beside what the engine caches, an export takes far less than the text it writes."""
    path, text, size = tmp_path / "store", tmp_path / "all.nq", 4 * PART
    with text.open("w") as out:
        out.writelines(f'<urn:s{n}> <urn:p> "{n:01000}" <urn:g> .\n' for n in range(size))
    with OxigraphStore(path) as store:
        store.oxigraph.bulk_load(path=text)
    command = [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "all.ttl"), str(PART)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < text.stat().st_size // 1024 // 2


DOCS = Path(__file__).parent.parent / "docs" / "stores.md"


def test_the_page_names_every_loader_and_only_options_that_are() -> None:
    from policygraph.cli.options import parser

    text = DOCS.read_text("utf-8")
    assert set(re.findall(r"sh shards/(\w+\.sh)", text)) == {
        path.name for path in LOADERS.iterdir()
    }
    commands = [
        line.split("#")[0].split()[1:]
        for line in text.replace("\\\n", " ").splitlines()
        if line.startswith("policygraph ")
    ]
    assert len(commands) >= 3
    for command in commands:
        parser().parse_args(command)
