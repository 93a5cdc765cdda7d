"""Stores that were damaged, written by another engine, or closed: one clear error each, and no hanging."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.errors import PolicygraphError, QueryError, StoreError
from policygraph.graph.statements import Document

from .processes import run_text

SMALL = 2000  # bytes of a table that holds no data worth breaking


@pytest.fixture(scope="module")
def whole(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "store"
    with Graph.open(path) as graph:
        graph.add(hubei)
    return path


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> Path:
    copied = shutil.copytree(whole, tmp_path / "store", ignore=shutil.ignore_patterns("readers"))
    return Path(copied)


def damage(store: Path, first: float, last: float) -> None:
    """Change bytes in a part of every table, given by where it begins and ends in it."""
    for table in store.glob("*.sst"):
        data = bytearray(table.read_bytes())
        if len(data) > SMALL:
            for place in range(int(first * len(data)), int(last * len(data)), 50):
                data[place] ^= 0x55
            table.write_bytes(data)


@pytest.mark.parametrize("part", [(0.0, 0.5), (0.6, 1.0)])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_damaged_store_says_so_when_it_is_opened(
    store: Path, part: tuple[float, float], read_only: bool
) -> None:
    damage(store, *part)
    with pytest.raises(StoreError, match="the store is damaged") as caught:
        Graph.open(store, read_only=read_only).close()
    assert str(caught.value).startswith(f"{store}: ")
    assert "\n" not in str(caught.value)


def test_damage_found_later_is_one_line_too(store: Path) -> None:
    damage(store, 0.3, 0.6)
    with Graph.open(store, read_only=True) as graph:
        for read in (graph.store.count, lambda: list(graph.store.quads()), graph.check):
            with pytest.raises(StoreError, match="the store is damaged"):
                read()
    for query in ("SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        done = run_text("query", query, "--store", store)
        assert done.returncode == 2
        assert done.stderr.startswith("policygraph: the store is damaged")
        assert done.stderr.count("\n") == 1


COUNTED = """
import sys
from policygraph.cli import damage_watch, main
damage_watch.PATIENCE = 0.2
sys.exit(main(["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", sys.argv[1]]))
"""


def test_a_query_that_the_engine_never_ends_over_a_damaged_store_is_told(store: Path) -> None:
    damage(store, 0.4, 0.6)
    command = [sys.executable, "-c", COUNTED, str(store)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith(f"policygraph: {store}: the store is damaged")
    assert done.stderr.count("\n") == 1


ANSWERED = """
import sys
from policygraph.cli import damage_watch, main, query_commands
from policygraph.graph.stores.oxigraph import OxigraphStore

damage_watch.PATIENCE = 0.0
write, seen, closed = query_commands.write_out, threading.Event(), threading.Event()

def look_through(store):
    seen.set()
    closed.wait(30)
    store.oxigraph

def write_out(*given):
    closed.set()
    time.sleep(0.5)
    write(*given)

def close(store, own=OxigraphStore.close):
    seen.wait(30)
    own(store)

OxigraphStore.look_through, OxigraphStore.close = look_through, close
query_commands.write_out = write_out
sys.exit(main(["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", sys.argv[1]]))
"""


def test_a_query_answered_while_its_store_is_looked_through_is_written(store: Path) -> None:
    program = f"import threading, time\n{ANSWERED}"
    command = [sys.executable, "-c", program, str(store)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("n")


def test_a_store_whose_manifest_is_not_named_is_damaged(store: Path) -> None:
    for said in (b"MANIFEST-\0\0\0\n", b"\xff\xfe", b""):
        (store / "CURRENT").write_bytes(said)
        for read_only in (True, False):
            with pytest.raises(StoreError, match=r"damaged|cannot be opened"):
                Graph.open(store, read_only=read_only).close()


def test_a_store_of_another_engine_is_told_from_a_damaged_one(store: Path) -> None:
    table = next(store.glob("*.sst"))
    data = bytearray(table.read_bytes())
    data[-12:-8] = (9).to_bytes(4, "little")  # the version of its format, in its footer
    table.write_bytes(data)
    with pytest.raises(
        StoreError, match="another version of the store's engine wrote it"
    ) as caught:
        Graph.open(store)
    assert "damaged" not in str(caught.value)


USES: dict[str, Callable[[Graph, Document], object]] = {
    "query": lambda graph, _: graph.query("documents"),
    "add": lambda graph, report: graph.add(report),
    "drop": lambda graph, _: graph.drop("a:b"),
    "info": lambda graph, _: graph.info(),
    "check": lambda graph, _: graph.check(),
    "rdflib": lambda graph, _: graph.rdflib(),
    "quads": lambda graph, _: list(graph.store.quads()),
    "triples": lambda graph, _: list(graph.store.triples("a:b")),
    "ntriples": lambda graph, _: list(graph.store.ntriples()),
    "update": lambda graph, _: graph.store.update("CLEAR ALL"),
    "count": lambda graph, _: graph.store.count(),
    "engine": lambda graph, _: graph.store.oxigraph,
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("on_disk", [True, False])
def test_a_closed_graph_says_so(use: str, on_disk: bool, hubei: Document, tmp_path: Path) -> None:
    graph = Graph.open(tmp_path / "store" if on_disk else None)
    graph.close()
    graph.close()
    with pytest.raises(StoreError, match="is closed; open it again"):
        USES[use](graph, hubei)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A server that answers each path with what it says: /200/text/csv."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            _, status, media = self.path.split("/", 2)
            self.send_response(int(status))
            self.send_header("Content-Type", media)
            self.send_header("Location", "/200/text/csv")
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"SECRET")

        do_GET = do_POST

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/200/text/csv", "CSV, not|text/csv, not"),
        ("/200/text/html", "answers with text/html, not"),
        ("/500/text/plain", "answers 500 Internal Server Error"),
        ("/307/text/plain", "answers 307|redirects to"),
    ],
)
def test_what_service_and_load_could_not_fetch_is_told_in_plain_words(
    elsewhere: str, path: str, said: str, tmp_path: Path
) -> None:
    address = f"<{elsewhere}{path}>"
    with Graph.open(tmp_path / "store") as graph:
        with pytest.raises(QueryError, match=said) as caught:
            graph.store.update(f"LOAD {address}")
        assert isinstance(caught.value, PolicygraphError)
        assert "SECRET" not in str(caught.value)
    query = f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}"
    done = run_text("query", query, "--store", tmp_path / "store")
    assert done.returncode == 2
    assert any(word in done.stderr for word in said.split("|"))
    assert done.stderr.count("\n") == 1
    assert "SECRET" not in done.stderr
