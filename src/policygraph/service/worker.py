"""A worker process: opens a store and answers the requests of the service one at a time.

It ends when the service has ended: while it waits, at the end of its input; while it computes, when
its processor time is used up, even where the engine does not return to Python.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.errors import FormatError, FullError, PolicygraphError, QueryError, ServiceError
from policygraph.graph.formats import BY_EXTENSION, GRAPHS, ROWS
from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.tokens import dataset_clauses
from policygraph.graph.stores import Store, open_store
from policygraph.service import ipc, named_graphs, result_writer, store_statistics
from policygraph.service.client_operations import (
    Client,
    Prepared,
    prepare_query,
    prepare_update,
)

if TYPE_CHECKING:
    from policygraph.service.fetch_relay import Relay

TOO_MUCH_MEMORY = (
    "the request needed more memory than it may have and was ended; "
    "ask for less, or use a service with a higher limit"
)
_UNASKED = {False: ROWS[0].extension, True: GRAPHS[0].extension}
GRACE = 2.0  # seconds of processor time past the deadline before the worker ends itself


class Worker:
    """One open store, and the requests the service can make of it: a method for each."""

    def __init__(self, out: IO[bytes], *location: str) -> None:
        self._out = out
        self._location = location[0] if location else ""
        # Only a worker that was started with a location writes to that store.
        self._writes = bool(location)
        self._store = _open(*location, read_only=False) if location else None
        self._prepared: Prepared | None = None  # the client's request that is carried out now
        self._relay: Relay | None = None  # made when something is first fetched

    def do(self, request: dict[str, Any]) -> None:
        """Carry out one request and send the answer; every error is sent to the service."""
        _set_alarm(request.get("seconds", 0.0))
        self._prepared = None
        try:
            getattr(self, f"_{request.pop('do')}")(request)
        except MemoryError:
            self._send(ipc.ERROR, status=503, message=TOO_MUCH_MEMORY)
        except (PolicygraphError, OSError, SyntaxError, ValueError, RuntimeError) as error:
            self._send_error(error)
        finally:
            _set_alarm(0.0)
            self._out.flush()

    def _send_error(self, error: Exception) -> None:
        """Tell the client what is wrong, with lines as it wrote them and without what others sent."""
        if self._relay and self._relay.failure and not isinstance(error, ServiceError):
            self._send(ipc.ERROR, status=502, message=self._relay.failure)
            return
        if self._prepared and isinstance(error, PolicygraphError):
            error = self._prepared.moved(error)
        message = str(error)
        if isinstance(error, ServiceError):
            self._send(ipc.ERROR, status=error.status, message=message)
        elif isinstance(error, FormatError):
            self._send(ipc.ERROR, status=406, message=message)
        elif isinstance(error, QueryError):
            self._send(ipc.ERROR, status=400, message=message)
        else:
            full = isinstance(error, FullError)
            # An engine that could not write takes no more writes until its store is opened anew.
            broken = self._writes and isinstance(error.__cause__, OSError | RuntimeError)
            message = message if full else f"{type(error).__name__}: {message}"
            self._send(ipc.ERROR, status=503 if full else 500, message=message, broken=broken)

    def _query(self, request: dict[str, Any]) -> None:
        """Answer a query in the format its kind of answer was negotiated to."""
        store = self._at(request["store"])
        sparql, rows, graph = request["sparql"], request["rows"], request["graph"]
        default, named = _dataset(store, request)
        if "client" in request:
            client = Client(**request["client"])
            self._prepared = prepare_query(sparql, client, rows, graph)
            sparql = self._for_engine(client, update=False)
        answer = store.query(
            sparql,
            {name: read_term(text) for name, text in request.get("bindings", {}).items()},
            default_graphs=default,
            named_graphs=named,
        )
        makes_graph = isinstance(answer, ox.QueryTriples)
        form = BY_EXTENSION[(graph if makes_graph else rows) or _UNASKED[makes_graph]]
        self._send(ipc.HEAD, form=form.extension)
        sink = result_writer.Sink(lambda chunk: self._write(ipc.pack(ipc.DATA, chunk)))
        cut = result_writer.write(answer, form, sink, request["rows_most"], request["bytes_most"])
        self._send(ipc.END, cut=cut)

    def _dump(self, request: dict[str, Any]) -> None:
        """All triples of one graph."""
        store = self._at(request["store"])
        if request["graph"] and not named_graphs.exists(store, request["graph"]):
            raise ServiceError(404, f"there is no graph <{request['graph']}>")
        form = BY_EXTENSION[request["form"]]
        self._send(ipc.HEAD, form=form.extension)
        triples = store.triples(request["graph"])
        sink = result_writer.Sink(lambda chunk: self._write(ipc.pack(ipc.DATA, chunk)))
        cut = result_writer.write_graph(
            triples, form, sink, request["rows_most"], request["bytes_most"]
        )
        self._send(ipc.END, cut=cut)

    def _put(self, request: dict[str, Any]) -> None:
        """Replace one graph."""
        self._send(ipc.END, new=named_graphs.put(self._at(""), request["graph"], _parse(request)))

    def _post(self, request: dict[str, Any]) -> None:
        """Add to one graph."""
        self._send(ipc.END, new=named_graphs.post(self._at(""), request["graph"], _parse(request)))

    def _delete(self, request: dict[str, Any]) -> None:
        """Remove one graph."""
        if not named_graphs.delete(self._at(""), request["graph"]):
            raise ServiceError(404, f"there is no graph <{request['graph']}>")
        self._send(ipc.END)

    def _update(self, request: dict[str, Any]) -> None:
        """Run one update."""
        client = Client(**request["client"])
        self._prepared = prepare_update(
            request["sparql"], client, request["default_graphs"], request["named_graphs"]
        )
        text = self._for_engine(client, update=True)
        named_graphs.update(self._at(""), text, request["ours"])
        self._send(ipc.END)

    def _for_engine(self, client: Client, *, update: bool) -> str:
        """The prepared request; what it fetches it fetches through the relay."""
        assert self._prepared
        text = self._prepared.text
        if not self._prepared.fetches or client.remote:
            return text
        if self._relay is None:
            # Imported when it is first needed: TLS takes longer to load than most queries to answer.
            from policygraph.service.fetch_relay import Relay

            self._relay = Relay()
        return self._relay.through(text, update=update)

    def _snapshot(self, request: dict[str, Any]) -> None:
        """Copy a store to a new folder."""
        store = self._store or _open(request["source"])
        with contextlib.nullcontext() if self._writes else store:
            store.snapshot(Path(request["target"]))
        self._send(ipc.END)

    def _describe(self, request: dict[str, Any]) -> None:
        """Copy a snapshot to a new folder and add the service's own graph to the copy."""
        with _open(request["source"]) as store:
            store.snapshot(Path(request["target"]))
        with _open(request["target"], read_only=False) as copy:
            copy.add(request["graph"], request["nquads"])
        self._send(ipc.END)

    def _count(self, request: dict[str, Any]) -> None:
        """Count what a store holds, at low priority."""
        if hasattr(os, "nice"):
            os.nice(10)
        with _open(request["source"]) as store:
            counts = store_statistics.count(store)
        self._send(ipc.END, **counts.as_json())

    def _at(self, location: str) -> Store:
        """The store at a location; another one that is open is closed first."""
        if self._store is None or (not self._writes and location != self._location):
            if self._store is not None:
                self._store.close()
            self._store, self._location = _open(location), location
        return self._store

    def _send(self, letter: bytes, **fields: Any) -> None:
        self._write(ipc.message(letter, **fields))

    def _write(self, frame: bytes) -> None:
        """Write a frame; do() flushes small ones together at the end."""
        self._out.write(frame)


def _dataset(
    store: Store, request: dict[str, Any]
) -> tuple[Sequence[str] | None, Sequence[str] | None]:
    """The default and named graphs of a query; None where it is the store that chooses.

    The service's own graph, where the store has it, is never in a default graph unasked.
    """
    default, named = request.get("default_graphs"), request.get("named_graphs")
    described = request.get("described")
    chosen = default is not None or named is not None or dataset_clauses(request["sparql"])
    if not described or chosen:
        return default, named
    graphs = store.graphs()
    return [graph for graph in graphs if graph != described], graphs


def _open(location: str, update: str = "", graphs: str = "", *, read_only: bool = True) -> Store:
    """A folder or a server as a store. Raises StoreError."""
    return open_store(
        location, read_only=read_only, update_url=update or None, graph_store_url=graphs or None
    )


def _parse(request: dict[str, Any]) -> list[ox.Triple]:
    """The triples a client sent; raises ServiceError where they are not RDF."""
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
    """Let the kernel end this process after ``seconds`` of processor time; 0 cancels that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds + GRACE if seconds else 0.0)


def _limit_memory(size: int) -> None:
    """Let this process take ``size`` bytes of data more than it has now; 0 is no limit.

    The engine ends the process where it gets no memory; the service tells that by the signal.
    """
    if not size or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text()
        line_of_data = next(line for line in status.splitlines() if line.startswith("VmData:"))
        now = int(line_of_data.split()[1]) << 10
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (now + size, most))


def main(arguments: list[str]) -> None:
    """Serve requests from standard input until it ends; the first argument is the memory limit in bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        _serve(out, arguments)
    except BrokenPipeError:
        os._exit(1)  # nobody reads the answer any more


def _serve(out: IO[bytes], arguments: list[str]) -> None:
    try:
        worker = Worker(out, *arguments[1:])
        _limit_memory(int(arguments[0]))
    except PolicygraphError as error:
        status = 503 if isinstance(error, FullError) else 500
        out.write(ipc.message(ipc.ERROR, status=status, message=str(error)))
        out.flush()
        return
    worker._send(ipc.END)
    out.flush()
    while request := ipc.receive(sys.stdin.buffer):
        worker.do(request)


if __name__ == "__main__":
    main(sys.argv[1:])
