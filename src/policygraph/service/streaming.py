"""Sending answers: small ones whole, large ones in chunks; a cut answer never looks complete."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from policygraph.errors import ServiceError
from policygraph.graph.formats import BY_EXTENSION
from policygraph.service.settings import Settings
from policygraph.service.worker_pool import Run

Result = TypeVar("Result")
GONE = 499  # never sent: the client has disconnected
EARLY = 1 << 20  # bytes buffered, so that most answers are complete before the first is sent
CUT = "X-Policygraph-Cut"
ROW_LIMIT, BYTE_LIMIT = "X-Policygraph-Row-Limit", "X-Policygraph-Byte-Limit"


class Flow(Response):
    """A response whose body comes from a running query, which is ended when the client disconnects."""

    def __init__(
        self,
        early: list[bytes],
        rest: AsyncIterator[bytes] | None,
        run: Run,
        stack: AsyncExitStack,
        stall: float,
    ) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._early, self._rest, self._run, self._stack = early, rest, run, stack
        self._stall = stall or None
        self.sent = 0

    @property
    def whole(self) -> bytes | None:
        """The body, where it is all here; None where more is to come or it was cut."""
        return b"".join(self._early) if self._rest is None and not self._run.cut else None

    def replace(self, body: bytes) -> None:
        """Send another body than that of the query, which has ended."""
        self._early = [body]
        self.headers["content-length"] = str(len(body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; where the answer is cut, the connection is closed before the last chunk."""
        async with self._stack:
            pump = asyncio.create_task(self._pump(scope, send))
            gone = asyncio.create_task(_disconnected(receive))
            await asyncio.wait((pump, gone), return_when=asyncio.FIRST_COMPLETED)
            for task in (pump, gone):
                task.cancel()
            await asyncio.gather(pump, gone, return_exceptions=True)
            error = None if pump.cancelled() else pump.exception()
            if error and not isinstance(error, (ServiceError, TimeoutError, OSError)):
                raise error

    async def _pump(self, scope: Scope, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        if scope["method"] != "HEAD":
            for chunk in self._early:
                await self._send(send, chunk)
            if self._rest is not None:
                async for chunk in self._rest:
                    await self._send(send, chunk)
                if self._run.cut:
                    return  # without the last chunk: every client sees that the answer is incomplete
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send, chunk: bytes) -> None:
        """Send one chunk to a client that still reads. Raises TimeoutError."""
        message = {"type": "http.response.body", "body": chunk, "more_body": True}
        async with asyncio.timeout(self._stall):
            await send(message)
        self.sent += len(chunk)


async def _disconnected(receive: Receive) -> None:
    """Return when the client has disconnected."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_run(
    run: AbstractAsyncContextManager[Run], request: Request, settings: Settings
) -> Flow:
    """A response for a query. Raises ServiceError where it fails before its answer begins."""
    async with AsyncExitStack() as stack:
        running, early, rest = await unless_gone(_begin(run, stack), request)
        flow = Flow(early, rest, running, stack.pop_all(), settings.limits.stall)
    _set_headers(flow, running, early, rest, settings)
    return flow


async def _begin(
    run: AbstractAsyncContextManager[Run], stack: AsyncExitStack
) -> tuple[Run, list[bytes], AsyncIterator[bytes] | None]:
    """The run, its first bytes, and an iterator over the rest, None where there is no rest."""
    running = await stack.enter_async_context(run)
    chunks = aiter(running.chunks())
    early: list[bytes] = []
    size = 0
    while size < EARLY:
        chunk = await anext(chunks, None)
        if chunk is None:
            return running, early, None
        early.append(chunk)
        size += len(chunk)
    return running, early, chunks


async def unless_gone(work: Coroutine[Any, Any, Result], request: Request) -> Result:
    """The result of the work, which is cancelled when the client disconnects. Raises ServiceError."""
    task = asyncio.create_task(work)
    gone = asyncio.create_task(_disconnected(request.receive))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ServiceError(GONE, "the client disconnected")
        return task.result()
    finally:
        task.cancel()
        gone.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


def _set_headers(
    flow: Flow, run: Run, early: list[bytes], rest: AsyncIterator[bytes] | None, settings: Settings
) -> None:
    limits = settings.limits
    flow.headers["content-type"] = BY_EXTENSION[run.form].content_type
    if rest is None:
        flow.headers["content-length"] = str(sum(map(len, early)))
        if run.cut:
            flow.headers[CUT] = run.cut
    if limits.rows:
        flow.headers[ROW_LIMIT] = str(limits.rows)
    if limits.bytes:
        flow.headers[BYTE_LIMIT] = str(limits.bytes)
