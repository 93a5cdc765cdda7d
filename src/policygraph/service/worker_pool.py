"""A pool of worker processes: idle and busy workers, the queue, the time limit."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

from policygraph.errors import FullError, ServiceError, SlowQueryError, StoreError
from policygraph.service import ipc
from policygraph.service.metrics import Metrics
from policygraph.service.settings import Limits
from policygraph.service.worker import TOO_MUCH_MEMORY

log = logging.getLogger(__name__)
_BUSY = {"Retry-After": "2"}
_PAUSE = 2.0  # seconds a client waits for a place in the queue before it is refused
_START = 60.0  # seconds a worker may take to start on a busy machine


class Process:
    """One worker process, which answers one request at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._reading = asyncio.Lock()

    @classmethod
    async def start(cls, *arguments: str, memory: int = 0) -> Process:
        """Start a worker and wait until it is ready. Raises StoreError where it cannot start.

        ``memory`` is what it may take in bytes, 0 for any amount.
        """
        assert sys.executable
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "policygraph.service.worker", str(memory), *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START):
                letter, payload = await worker.receive()
            if letter == ipc.ERROR:
                fields = json.loads(payload)
                kind = FullError if fields["status"] == 503 else StoreError
                raise kind(fields["message"])
        except BaseException:
            await worker.kill()
            raise
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process is running."""
        return self._process.returncode is None

    async def out_of_memory(self) -> bool:
        """Whether the process, which has closed its output, was ended by its engine for want of memory."""
        return await self._process.wait() == -signal.SIGABRT

    async def send(self, request: dict[str, Any]) -> None:
        """Send it a request."""
        assert self._process.stdin
        self._process.stdin.write(ipc.message(b"R", **request))
        with contextlib.suppress(ConnectionError):
            await self._process.stdin.drain()

    async def receive(self) -> tuple[bytes, bytes]:
        """Its next frame. Raises EOFError when it has ended."""
        assert self._process.stdout
        async with self._reading:
            letter, size = ipc.unpack(await self._process.stdout.readexactly(ipc.SIZE))
            return letter, await self._process.stdout.readexactly(size)

    async def request(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request that is answered by one message. Raises ServiceError, or EOFError at its end."""
        await self.send(request)
        letter, payload = await self.receive()
        if letter == ipc.ERROR:
            raise _error(payload)
        fields: dict[str, Any] = json.loads(payload)
        return fields

    async def close(self) -> None:
        """Close its input, after which it ends by itself, and wait for its end."""
        if self._process.stdin:
            self._process.stdin.close()
        await self._process.wait()

    async def kill(self) -> None:
        """Kill it and wait for its end; whoever waits for its answer gets EOFError."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        # A pipe nobody reads from would keep the process from being seen to have ended.
        assert self._process.stdout
        async with self._reading:
            while await self._process.stdout.read(1 << 16):
                pass
        await self._process.wait()


class BrokenWorker(ServiceError):
    """An error after which the process that reports it is of no more use."""


def _error(payload: bytes) -> ServiceError:
    fields = json.loads(payload)
    kind = BrokenWorker if fields.get("broken") else ServiceError
    later = {"Retry-After": "60"} if fields["status"] == 503 else {}
    return kind(fields["status"], fields["message"], later)


class Pool:
    """A fixed number of workers and a bounded queue before them."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self._limits, self._metrics = limits, metrics
        self._idle: list[Process] = []
        self._places = asyncio.Semaphore(limits.workers)
        self._queue_places = asyncio.Semaphore(limits.queue)
        self._queued = 0
        self._all: set[Process] = set()
        self._closing = False

    async def start(self) -> None:
        """Start all workers and wait until they are ready."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._limits.workers):
                group.create_task(self._hire())

    async def _hire(self) -> None:
        process = await Process.start(memory=self._limits.memory)
        self._all.add(process)
        self._idle.append(process)

    async def run(self, request: dict[str, Any]) -> Run:
        """Run a query; returns once its answer begins. Raises ServiceError."""
        await self._queue()
        run = Run(self, self._metrics, self._limits.seconds)
        try:
            run.process = await self._free()
            await run.begin({**request, "seconds": self._limits.seconds})
        except BaseException:
            await run.close()
            raise
        return run

    async def _queue(self) -> None:
        """Wait for a free worker. Raises ServiceError where too many wait or it takes too long."""
        if not self._places.locked():
            await self._places.acquire()
            return
        await self._enter_queue()
        self._queued += 1
        self._metrics.queued.inc()
        try:
            async with asyncio.timeout(self._limits.seconds or None):
                await self._places.acquire()
        except TimeoutError as error:
            raise ServiceError(503, "no worker became free in time; try again", _BUSY) from error
        finally:
            self._queued -= 1
            self._metrics.queued.dec()
            self._queue_places.release()

    async def _enter_queue(self) -> None:
        """Take a place in the queue, in the order of coming. Raises ServiceError where none becomes free soon.

        Whoever is refused is refused after a pause: clients that ask again at once would else keep the
        service busy with refusals, and nobody would be answered.
        """
        try:
            async with asyncio.timeout(_PAUSE):
                await self._queue_places.acquire()
        except TimeoutError as error:
            raise ServiceError(
                503, f"too many queries are waiting ({self._queued}); try again soon", _BUSY
            ) from error

    async def _free(self) -> Process:
        if self._closing:
            raise ServiceError(503, "the service is ending")
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                return process
            self._all.discard(process)
        process = await Process.start(memory=self._limits.memory)
        self._all.add(process)
        return process

    async def release(self, process: Process | None, *, done: bool) -> None:
        """Take a worker back; one that has not finished is killed, which frees its processor."""
        try:
            if process is None:
                return
            if done and process.alive and not self._closing:
                self._idle.append(process)
                return
            self._all.discard(process)
            if not done:
                self._metrics.killed.inc()
            await process.kill()
        finally:
            self._places.release()

    async def close(self) -> None:
        """End all workers; whoever waits for an answer or for a worker is told so."""
        self._closing = True
        await asyncio.gather(*(process.kill() for process in self._all))
        self._all.clear()


class Run:
    """One running query, whose answer has begun; its bytes are read as the worker writes them."""

    def __init__(self, pool: Pool, metrics: Metrics, seconds: float) -> None:
        self._pool, self._metrics = pool, metrics
        self._left = seconds or None
        self._limit = f"{seconds:g} seconds"
        self._began = time.perf_counter()
        self.process: Process | None = None
        self.form = ""
        self.cut = ""
        self.done = False
        self._closed = False
        metrics.running.inc()

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the query and wait for the head of its answer. Raises ServiceError."""
        assert self.process
        await self.process.send(request)
        letter, payload = await self._receive()
        assert letter == ipc.HEAD
        self.form = json.loads(payload)["form"]

    async def _receive(self) -> tuple[bytes, bytes]:
        """The next frame; only the worker's time counts against the limit, not that of a slow client."""
        assert self.process
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._left):
                letter, payload = await self.process.receive()
        except TimeoutError as error:
            raise SlowQueryError(
                503,
                f"the query took longer than {self._limit} and was ended; "
                "ask for less, or use a service with a higher limit",
                {"Retry-After": "60"},
            ) from error
        except EOFError as error:
            if await self.process.out_of_memory():
                raise ServiceError(503, TOO_MUCH_MEMORY, {"Retry-After": "60"}) from error
            raise ServiceError(
                503, "the process that ran the query ended before its answer was complete"
            ) from error
        if self._left is not None:
            self._left = max(self._left - (time.perf_counter() - began), 0.001)
        if letter == ipc.ERROR:
            self.done = True
            raise _error(payload)
        return letter, payload

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes of the answer. Raises ServiceError when it stops before its end."""
        while True:
            letter, payload = await self._receive()
            if letter == ipc.END:
                self.done, self.cut = True, json.loads(payload).get("cut", "")
                return
            yield payload

    async def __aenter__(self) -> Run:
        """The run itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Return the worker to the pool, or kill it where it has not finished."""
        await self.close()

    async def close(self) -> None:
        """Return the worker to the pool, or kill it where it has not finished."""
        if self._closed:
            return
        self._closed = True
        self._metrics.running.dec()
        seconds = time.perf_counter() - self._began
        self._metrics.seconds.observe(seconds)
        outcome = "answered" if self.done else "ended before its end"
        log.info("query %s (%.0f ms)", outcome, 1000 * seconds)
        # Shielded: a request that is cancelled twice must still free the processor.
        await asyncio.shield(self._pool.release(self.process, done=self.done))
