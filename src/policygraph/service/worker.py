"""A worker process: opens a store, does what the service asks one thing at a time, and says it.

It ends when the service is gone: when it waits, at the end of its input; when it computes, by the
processor time it was given, even where the engine lets nothing in Python run.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from policygraph.errors import PolicygraphError, QueryError, ServiceError
from policygraph.graph.formats import BY_EXTENSION
from policygraph.graph.sparql.data import Term
from policygraph.graph.stores import Store, open_store
from policygraph.service import ipc, named_graphs, result_writer, store_statistics

GRACE = 2.0  # seconds of processor time past the deadline before the worker ends itself


class Worker:
    """One open store, and the requests the service can make of it: a method for each."""

    def __init__(self, out: IO[bytes], *place: str) -> None:
        self._out = out
        self._where = place[0] if place else ""
        # Only a worker that was given a place at its start writes there.
        self._writes = bool(place)
        self._store = _open(*place, read_only=False) if place else None

    def do(self, request: dict[str, Any]) -> None:
        """Do one thing and say how it went; whatever goes wrong is said to the service."""
        _set_alarm(request.get("seconds", 0.0))
        try:
            getattr(self, f"_{request.pop('do')}")(request)
        except ServiceError as error:
            self._say(ipc.ERROR, status=error.status, said=str(error))
        except QueryError as error:
            self._say(ipc.ERROR, status=400, said=str(error))
        except (PolicygraphError, OSError, MemoryError, SyntaxError, ValueError) as error:
            self._say(ipc.ERROR, status=500, said=f"{type(error).__name__}: {error}")
        finally:
            _set_alarm(0.0)
            self._out.flush()

    def _query(self, request: dict[str, Any]) -> None:
        """Answer a query in the format its kind of answer was negotiated to."""
        answer = self._at(request["store"]).query(
            request["sparql"],
            {name: read_term(text) for name, text in request.get("bindings", {}).items()},
            default_graphs=request.get("default_graphs"),
            named_graphs=request.get("named_graphs"),
        )
        made = "graph" if isinstance(answer, ox.QueryTriples) else "rows"
        form = BY_EXTENSION[request[made]]
        self._say(ipc.HEAD, form=form.extension)
        sink = result_writer.Sink(lambda chunk: self._write(ipc.pack(ipc.DATA, chunk)))
        cut = result_writer.write(answer, form, sink, request["rows_most"], request["bytes_most"])
        self._say(ipc.END, cut=cut)

    def _dump(self, request: dict[str, Any]) -> None:
        """All triples of one graph."""
        store = self._at(request["store"])
        if request["graph"] and not named_graphs.exists(store, request["graph"]):
            raise ServiceError(404, f"there is no graph <{request['graph']}>")
        form = BY_EXTENSION[request["form"]]
        self._say(ipc.HEAD, form=form.extension)
        triples = store.triples(request["graph"])
        sink = result_writer.Sink(lambda chunk: self._write(ipc.pack(ipc.DATA, chunk)))
        cut = result_writer.write_graph(
            triples, form, sink, request["rows_most"], request["bytes_most"]
        )
        self._say(ipc.END, cut=cut)

    def _put(self, request: dict[str, Any]) -> None:
        """Replace one graph."""
        self._say(ipc.END, new=named_graphs.put(self._at(""), request["graph"], _parse(request)))

    def _post(self, request: dict[str, Any]) -> None:
        """Add to one graph."""
        self._say(ipc.END, new=named_graphs.post(self._at(""), request["graph"], _parse(request)))

    def _delete(self, request: dict[str, Any]) -> None:
        """Remove one graph."""
        if not named_graphs.delete(self._at(""), request["graph"]):
            raise ServiceError(404, f"there is no graph <{request['graph']}>")
        self._say(ipc.END)

    def _update(self, request: dict[str, Any]) -> None:
        """Run one update."""
        self._at("").update(request["sparql"])
        self._say(ipc.END)

    def _snapshot(self, request: dict[str, Any]) -> None:
        """Make a snapshot of a store and put the service's own graph into it."""
        store = self._store or _open(request["source"])
        with contextlib.nullcontext() if self._writes else store:
            store.snapshot(Path(request["target"]))
        with _open(request["target"], read_only=False) as copy:
            copy.add(request["graph"], request["nquads"])
        self._say(ipc.END)

    def _count(self, request: dict[str, Any]) -> None:
        """Count what a store holds, without getting in the way of others."""
        if hasattr(os, "nice"):
            os.nice(10)
        with _open(request["source"]) as store:
            counts = store_statistics.count(store)
        self._say(ipc.END, **counts.as_json())

    def _at(self, where: str) -> Store:
        """The store at a place, opened anew where another one is open."""
        if self._store is None or (not self._writes and where != self._where):
            if self._store is not None:
                self._store.close()
            self._store, self._where = _open(where), where
        return self._store

    def _say(self, letter: bytes, **fields: Any) -> None:
        self._write(ipc.message(letter, **fields))

    def _write(self, frame: bytes) -> None:
        """Hand on what is said: a large frame at once, small ones together at the end."""
        self._out.write(frame)


def _open(where: str, update: str = "", graphs: str = "", *, read_only: bool = True) -> Store:
    """A folder or a server as a store. Raises StoreError."""
    return open_store(
        where, read_only=read_only, update_url=update or None, graph_store_url=graphs or None
    )


def _parse(request: dict[str, Any]) -> list[ox.Triple]:
    """The triples a client sent; raises ServiceError where they are no RDF."""
    form = BY_EXTENSION[request["form"]]
    data = request["data"].encode()
    try:
        return [quad.triple for quad in ox.parse(data, form.graph, base_iri=request["base"])]
    except (SyntaxError, ValueError) as error:
        raise ServiceError(400, f"the body is not {form.media}: {error}") from error


def read_term(text: str) -> Term:
    """One RDF term from its N-Triples form."""
    line = f"<urn:x:s> <urn:x:p> {text} .".encode("utf-8", "surrogatepass")
    term = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
    if not isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal):
        raise QueryError("a triple cannot be a parameter")
    return term


def _set_alarm(seconds: float) -> None:
    """Let the kernel end this process after so much processor time; 0 takes the alarm back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds + GRACE if seconds else 0.0)


def main(arguments: list[str]) -> None:
    """Serve requests from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        _serve(out, arguments)
    except BrokenPipeError:
        os._exit(1)  # there is nobody left to tell


def _serve(out: IO[bytes], arguments: list[str]) -> None:
    try:
        worker = Worker(out, *arguments)
    except PolicygraphError as error:
        out.write(ipc.message(ipc.ERROR, status=500, said=str(error)))
        out.flush()
        return
    worker._say(ipc.END)
    out.flush()
    while request := ipc.receive(sys.stdin.buffer):
        worker.do(request)


if __name__ == "__main__":
    main(sys.argv[1:])
