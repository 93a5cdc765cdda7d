"""The store behind the service: its one writer, and the snapshot that queries are answered from."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import math
import shutil
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from policygraph.errors import ServiceError, StoreError
from policygraph.graph.formats import GRAPHS, ROWS, Format
from policygraph.graph.sparql.data import Term
from policygraph.graph.stores import store_class
from policygraph.graph.timing import timed
from policygraph.queries.catalogue import bundled
from policygraph.service import request_analysis
from policygraph.service.dedicated_worker import DedicatedWorker
from policygraph.service.metrics import Metrics
from policygraph.service.service_description import Description
from policygraph.service.settings import Settings
from policygraph.service.snapshots import RemoteStore, Snapshot, SnapshotDir
from policygraph.service.store_statistics import Counts
from policygraph.service.worker_pool import Pool, Process, Run

log = logging.getLogger(__name__)
_WATCH = 0.5  # seconds between two looks at the store
_TRIES = 5
_SOON = {"Retry-After": "1"}
_WHOLE = "it is done as a whole or not at all; check before sending it again"
_REST = 4.0  # how many times as long as counting took nothing is counted again


class StoreService:
    """One store: a snapshot of it for the workers, and a writer where writing is allowed.

    The workers query a store without snapshots, such as a server, as it is; the service's own graph
    is not in it.
    """

    def __init__(self, store: Path | str, settings: Settings, metrics: Metrics) -> None:
        self._kind, self._location = store_class(store), str(store)
        self._settings, self._metrics = settings, metrics
        self._pool = Pool(settings.limits, metrics)
        self._writer: DedicatedWorker | None = None
        self._copier: DedicatedWorker | None = None
        self._snapshots: SnapshotDir | None = None
        self._snapshot: Snapshot | RemoteStore | None = None
        self._described: Snapshot | None = None  # the same with the service's own graph beside it
        self._tasks: list[asyncio.Task[None]] = []
        self._refreshing = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._description = Description(settings, bundled())
        self._writes = 0  # updates that have ended
        self._done = 0  # those that were reported as done
        self._shown = (0, 0)  # how many of both the current snapshot has
        self._failed = -math.inf  # when a snapshot could last not be made
        self._changed = asyncio.Event()
        self._counted = asyncio.Event()
        self.counts: Counts | None = None

    def listens_at(self, address: str) -> None:
        """Say in the service's own graph where its endpoint is."""
        self._description = self._description.at(f"{address}sparql")
        self._forget_description()

    @property
    def location(self) -> str:
        """The folder of the store, or the address of the server."""
        return self._location

    async def start(self) -> None:
        """Open the store, once. Raises StoreError where there is none and creating one is not allowed."""
        if self._snapshot:
            return
        if not (self._settings.allow_update or self._kind.exists(self._location)):
            raise StoreError(
                f"{self._location}: there is no store here; make one with: policygraph build, "
                "or let the service make it with --allow-update"
            )
        settings = self._settings
        if settings.allow_update:
            self._writer = DedicatedWorker(
                self._location,
                settings.update_url,
                settings.graph_store_url,
                memory=settings.limits.memory,
            )
            await self._writer.start()
        if self._kind.snapshots:
            self._copier = DedicatedWorker()
            self._snapshots = SnapshotDir(Path(self._location))
        await asyncio.gather(self._pool.start(), self.refresh())
        self._tasks.append(asyncio.create_task(self._count()))
        only_writer = self._writer is not None and self._kind.single_writer
        if self._kind.snapshots and not only_writer:
            self._tasks.append(asyncio.create_task(self._watch()))

    async def _watch(self) -> None:
        """Make a new snapshot when another process has written to the store."""
        while True:
            await asyncio.sleep(_WATCH)
            with contextlib.suppress(OSError, ServiceError, StoreError):
                if self._kind.state(self._location)[0] != self.snapshot.state:
                    await self.refresh()

    async def _count(self) -> None:
        """Update the counts in the description, some time after each change of the store."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            began = time.monotonic()
            try:
                await self._count_now()
            except (ServiceError, StoreError, EOFError, OSError):
                self._changed.set()  # another process was writing, or the disk is full: try again
            await asyncio.sleep(max(_WATCH, _REST * (time.monotonic() - began)))

    async def _count_now(self) -> None:
        counter = await Process.start()
        try:
            with timed(log, "counted %s", self._location):
                counts = await counter.request({"do": "count", "source": self._location})
        finally:
            await counter.kill()
        self.counts = Counts.of_json(counts)
        async with self._refreshing:
            self._forget_description()
        self._counted.set()

    async def described(self) -> Counts:
        """The counts of the data, once they are known. Raises ServiceError where that takes too long."""
        try:
            async with asyncio.timeout(self._settings.limits.seconds or None):
                await self._counted.wait()
        except TimeoutError as error:
            busy = {"Retry-After": "30"}
            raise ServiceError(503, "the data are still being counted; try again", busy) from error
        assert self.counts
        return self.counts

    @property
    def snapshot(self) -> Snapshot | RemoteStore:
        """The snapshot that queries are answered from now."""
        assert self._snapshot
        return self._snapshot

    @property
    def tag(self) -> str:
        """A short text that changes with what queries are answered from."""
        return hashlib.sha256(self.snapshot.state.encode()).hexdigest()[:16]

    @property
    def _stale(self) -> bool:
        """Whether an update has ended since the current snapshot was begun."""
        return self._shown[0] < self._writes

    @asynccontextmanager
    async def _reading(self, *, described: bool = False) -> AsyncIterator[str]:
        """The newest snapshot, kept while it is read; made anew where an update came after the last.

        Described: with the service's own graph, where the kind of store lets it stand beside the data.
        """
        if self._stale:
            # Shielded: a client that disconnects does not cancel it for the clients after it.
            await asyncio.shield(self._catch_up())
        described = described and self._kind.snapshots
        while described and self._described is None:  # it may be forgotten before it is read
            await asyncio.shield(self._describe())
        snapshot = (self._described if described else None) or self.snapshot
        with snapshot.reading() as path:
            yield str(path)

    async def _catch_up(self) -> None:
        """Make a new snapshot, unless there is no room for one and the last one lacks no update that was done."""
        try:
            if time.monotonic() - self._failed < _WATCH:
                raise ServiceError(503, "the store could not be read; try again", _SOON)
            try:
                await self.refresh(only_stale=True)
            except (ServiceError, StoreError):
                self._failed = time.monotonic()
                raise
        except (ServiceError, StoreError):
            if self._shown[1] < self._done:
                raise

    async def _describe(self) -> None:
        """Make a copy of the snapshot that has the service's own graph, where there is none yet."""
        async with self._refreshing:
            if self._described is not None:
                return
            assert self._snapshots and self._copier
            target, snapshot = self._snapshots.place(), self.snapshot
            with snapshot.reading() as path:
                request = {"do": "describe", "source": str(path), "target": str(target)}
                request |= {
                    "graph": self._description.graph,
                    "nquads": self._description.nquads(self.counts),
                }
                try:
                    await _ask(self._copier, request)
                except (ServiceError, StoreError):
                    shutil.rmtree(target, ignore_errors=True)
                    raise
            self._described = Snapshot(target, snapshot.state, snapshot.modified)

    def _forget_description(self) -> None:
        """Remove the copy that has the service's own graph, once nobody reads it."""
        if self._described is not None:
            self._described.retire()
            self._described = None

    def is_described_in(self, sparql: str, graphs: Sequence[str] = ()) -> bool:
        """Whether a query, or the graphs chosen for it, name the service's own graph."""
        own = self._description.graph
        return own in graphs or request_analysis.names_iri(sparql, own)

    async def refresh(self, *, only_stale: bool = False) -> None:
        """Make a snapshot of the store as it is now and answer from it."""
        async with self._refreshing:
            if only_stale and not self._stale:
                return
            begun = (self._writes, self._done)
            with timed(log, "snapshot of %s", self._location):
                newest = await self._take_snapshot()
            if self._snapshot:
                self._snapshot.retire()
            self._forget_description()
            # Only now: until it is here, a query must wait for it and not read the one before.
            self._snapshot, self._shown = newest, begun
            self._changed.set()

    async def _take_snapshot(self) -> Snapshot | RemoteStore:
        """A new snapshot; a writer may remove a file between two links, so it is tried again."""
        if not self._kind.snapshots:
            return RemoteStore(self._location, *self._kind.state(self._location))
        for left in reversed(range(_TRIES)):
            state, modified = self._kind.state(self._location)
            try:
                return Snapshot(await self._copy(), state, modified)
            except ServiceError:
                if not left:
                    raise
        raise AssertionError

    async def _copy(self) -> Path:
        assert self._snapshots and self._copier
        target = self._snapshots.place()
        request = {"do": "snapshot", "source": self._location, "target": str(target)}
        try:
            await _ask(self._writer or self._copier, request)
        except (ServiceError, StoreError):
            shutil.rmtree(target, ignore_errors=True)
            raise
        return target

    @asynccontextmanager
    async def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        rows: Format | None = ROWS[0],
        graph: Format | None = GRAPHS[0],
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        most: int = 0,
        sent_to: str = "",
        described: bool = False,
    ) -> AsyncIterator[Run]:
        """A running query whose answer has begun, of ``most`` rows at most. Raises ServiceError.

        ``sent_to``: a client wrote it, and sent it to this address. What it takes no format for
        is refused. ``described``: it asks the service's own graph too, without naming it.
        """
        limits = self._settings.limits
        graphs = [*(default_graphs or ()), *(named_graphs or ())]
        described = described or self.is_described_in(sparql, graphs)
        request: dict[str, Any] = {
            "do": "query",
            "sparql": sparql,
            "bindings": {name: str(term) for name, term in (bindings or {}).items()},
            "rows": rows.extension if rows else None,
            "graph": graph.extension if graph else None,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "described": self._description.graph if described and self._kind.snapshots else "",
            "rows_most": min(filter(None, (most, limits.rows)), default=0),
            "bytes_most": limits.bytes,
        }
        if sent_to:
            request["client"] = self._client(sent_to)
        async with (
            self._reading(described=described) as path,
            await self._pool.run({**request, "store": path}) as run,
        ):
            yield run

    def _client(self, sent_to: str) -> dict[str, Any]:
        """How a client asks, for the worker that reads its request."""
        remote = not self._kind.snapshots
        return {"base": sent_to, "services": self._settings.services, "remote": remote}

    async def select(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        most: int = 0,
        named_graphs: Sequence[str] | None = None,
    ) -> list[dict[str, Any]]:
        """The first rows of a SELECT: column → term, None where unbound. Raises ServiceError."""
        async with self.query(sparql, bindings, most=most, named_graphs=named_graphs) as run:
            data = b"".join([chunk async for chunk in run.chunks()])
        answer = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        assert isinstance(answer, ox.QuerySolutions)
        columns = [variable.value for variable in answer.variables]
        return [dict(zip(columns, row, strict=True)) for row in answer]

    @asynccontextmanager
    async def dump(self, graph: str, form: Format) -> AsyncIterator[Run]:
        """All triples of one graph, the default graph where it has no name. Raises ServiceError."""
        limits = self._settings.limits
        request: dict[str, Any] = {"do": "dump", "form": form.extension, "graph": graph}
        request |= {"rows_most": limits.rows, "bytes_most": limits.bytes}
        async with (
            self._reading(described=graph == self._description.graph) as path,
            await self._pool.run({**request, "store": path}) as run,
        ):
            yield run

    async def update(
        self,
        sparql: str,
        sent_to: str,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> None:
        """Run one update of a client; once it is done every query sees it. Raises ServiceError."""
        job: dict[str, Any] = {"do": "update", "sparql": sparql, "client": self._client(sent_to)}
        job |= {"default_graphs": default_graphs, "named_graphs": named_graphs}
        job["ours"] = self._description.graph if self._kind.snapshots else ""
        await self.write(job)

    async def write(self, job: dict[str, Any]) -> dict[str, Any]:
        """Send the writer one request; returns its answer. Raises ServiceError."""
        # Shielded: once begun it is finished, even when its client has disconnected.
        return await asyncio.shield(self._write(job))

    async def _write(self, job: dict[str, Any]) -> dict[str, Any]:
        async with self._writing:
            return await self._counted_write(job)

    async def _counted_write(self, job: dict[str, Any]) -> dict[str, Any]:
        outcome = "failed"
        self._metrics.writing.inc()
        try:
            with timed(log, "wrote to %s: %s", self._location, job["do"]):
                result = await self._request_writer(job)
            outcome = "done"
            self._done += 1
            self._failed = -math.inf  # there is room again
            return result
        finally:
            # A failed update may have been written all the same.
            self._writes += 1
            self._changed.set()
            self._metrics.writing.dec()
            self._metrics.updates.labels(outcome).inc()

    async def _request_writer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send the writer one request; a writer that takes too long is killed."""
        assert self._writer
        seconds = self._settings.limits.seconds
        try:
            return await self._writer.request({**request, "seconds": seconds}, seconds)
        except TimeoutError as error:
            self._metrics.killed.inc()
            message = f"the update took longer than {seconds:g} seconds and was ended: {_WHOLE}"
            raise ServiceError(503, message) from error
        except EOFError as error:
            raise ServiceError(503, f"the process that writes was ended: {_WHOLE}") from error

    async def abort(self) -> None:
        """End all workers at once: queries fail, an update is done as a whole or not at all."""
        workers = filter(None, (self._writer, self._copier))
        await asyncio.gather(self._pool.close(), *(worker.kill() for worker in workers))

    async def close(self) -> None:
        """Wait for a running update, end all workers, remove the snapshots."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        async with self._writing, self._refreshing:
            await self._pool.close()
            for worker in filter(None, (self._writer, self._copier)):
                await worker.close()
        if self._snapshots:
            self._snapshots.clear()


async def _ask(worker: DedicatedWorker, request: dict[str, Any]) -> None:
    """Let a worker copy a store. Raises ServiceError."""
    try:
        await worker.request(request)
    except EOFError as error:
        raise ServiceError(503, "the store could not be read; try again", _SOON) from error
