"""Worker processes: who is free, who waits, who takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
import time
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

from policygraph.errors import ServiceError, StoreError
from policygraph.service import ipc
from policygraph.service.metrics import Metrics
from policygraph.service.settings import Limits

log = logging.getLogger(__name__)
_START = 60.0  # seconds a worker may take to start on a busy machine


class Process:
    """One worker process, asked one thing at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, *arguments: str) -> Process:
        """Start a worker and wait until it is ready. Raises StoreError where it cannot be."""
        assert sys.executable
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "policygraph.service.worker", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START):
                letter, payload = await worker.receive()
            if letter == ipc.ERROR:
                raise StoreError(json.loads(payload)["said"])
        except BaseException:
            await worker.kill()
            raise
        return worker

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.returncode is None

    async def send(self, request: dict[str, Any]) -> None:
        """Ask it for one thing."""
        assert self._process.stdin
        self._process.stdin.write(ipc.message(b"R", **request))
        with contextlib.suppress(ConnectionError):
            await self._process.stdin.drain()

    async def receive(self) -> tuple[bytes, bytes]:
        """Its next frame. Raises EOFError when it is gone."""
        assert self._process.stdout
        letter, size = ipc.unpack(await self._process.stdout.readexactly(ipc.SIZE))
        return letter, await self._process.stdout.readexactly(size)

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask for what is said in one message. Raises ServiceError, or EOFError when it is gone."""
        await self.send(request)
        letter, payload = await self.receive()
        if letter == ipc.ERROR:
            raise _error(payload)
        said: dict[str, Any] = json.loads(payload)
        return said

    async def close(self) -> None:
        """Let it end by itself."""
        if self._process.stdin:
            self._process.stdin.close()
        await self._process.wait()

    async def kill(self) -> None:
        """End it now."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        # A pipe nobody reads from would keep the process from being seen to have ended.
        assert self._process.stdout
        while await self._process.stdout.read(1 << 16):
            pass
        await self._process.wait()


def _error(payload: bytes) -> ServiceError:
    fields = json.loads(payload)
    return ServiceError(fields["status"], fields["said"])


class Pool:
    """A fixed number of workers and a bounded queue before them."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self._limits, self._metrics = limits, metrics
        self._idle: list[Process] = []
        self._places = asyncio.Semaphore(limits.workers)
        self._queued = 0
        self._all: set[Process] = set()
        self._closing = False

    async def start(self) -> None:
        """Have every worker ready."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._limits.workers):
                group.create_task(self._hire())

    async def _hire(self) -> None:
        process = await Process.start()
        self._all.add(process)
        self._idle.append(process)

    async def run(self, request: dict[str, Any]) -> Run:
        """Have a query run; returns once its answer begins. Raises ServiceError."""
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
        """Wait for a place, unless too many wait already or it takes too long."""
        busy = {"Retry-After": "1"}
        if self._places.locked() and self._queued >= self._limits.queue:
            raise ServiceError(503, f"{self._queued} queries wait already; try again soon", busy)
        self._queued += 1
        self._metrics.queued.inc()
        try:
            async with asyncio.timeout(self._limits.seconds or None):
                await self._places.acquire()
        except TimeoutError as error:
            raise ServiceError(
                503, "no query was done while this one waited; try again", busy
            ) from error
        finally:
            self._queued -= 1
            self._metrics.queued.dec()

    async def _free(self) -> Process:
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                return process
            self._all.discard(process)
        process = await Process.start()
        self._all.add(process)
        return process

    async def release(self, process: Process | None, *, done: bool) -> None:
        """Take a worker back; one that is not done is ended, which frees its processor."""
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
        """End all workers."""
        self._closing = True
        await asyncio.gather(*(process.kill() for process in self._all))
        self._all.clear()


class Run:
    """One running query: its head is known, its bytes come as they are found."""

    def __init__(self, pool: Pool, metrics: Metrics, seconds: float) -> None:
        self._pool, self._metrics = pool, metrics
        self._left = seconds or None
        self._said = f"{seconds:g} seconds"
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
        """The next frame; only the time the worker takes counts, not that of a slow reader."""
        assert self.process
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._left):
                letter, payload = await self.process.receive()
        except TimeoutError as error:
            raise ServiceError(
                503,
                f"the query took longer than {self._said} and was ended; "
                "ask for less, or run it where the limit is yours",
                {"Retry-After": "60"},
            ) from error
        except EOFError as error:
            raise ServiceError(503, "the query used up its worker and was ended") from error
        if self._left is not None:
            self._left = max(self._left - (time.perf_counter() - began), 0.001)
        if letter == ipc.ERROR:
            self.done = True
            raise _error(payload)
        return letter, payload

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes of the answer. Raises ServiceError when it ends before its end."""
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
        """Give the worker back, or end it where it has not ended by itself."""
        await self.close()

    async def close(self) -> None:
        """Give the worker back, or end it where it has not ended by itself."""
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
