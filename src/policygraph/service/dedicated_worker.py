"""A worker process kept for one kind of request, and replaced when it has ended."""

from __future__ import annotations

import asyncio
from typing import Any

from policygraph.errors import ServiceError
from policygraph.service.worker import TOO_MUCH_MEMORY
from policygraph.service.worker_pool import BrokenWorker, Process


class DedicatedWorker:
    """One worker process, started again with the same arguments when it has ended; one request at a time."""

    def __init__(self, *arguments: str, memory: int = 0) -> None:
        self._arguments, self._memory = arguments, memory
        self._process: Process | None = None
        self._busy = asyncio.Lock()
        self._killed = False

    async def start(self) -> Process:
        """The running process, started where there is none. Raises StoreError where it cannot start.

        Raises ServiceError once it was killed for good.
        """
        if self._killed:
            raise ServiceError(503, "the service is ending")
        if not self._process or not self._process.alive:
            self._process = await Process.start(*self._arguments, memory=self._memory)
        return self._process

    async def request(self, request: dict[str, Any], seconds: float = 0.0) -> dict[str, Any]:
        """The answer to one request within ``seconds``, 0 for no limit.

        Raises the ServiceError the process reports, TimeoutError, and EOFError when it has ended.
        """
        async with self._busy:
            process = await self.start()
            try:
                async with asyncio.timeout(seconds or None):
                    return await process.request(request)
            except BrokenWorker:
                await process.kill()
                raise
            except ServiceError:
                raise
            except EOFError as error:
                if await process.out_of_memory():
                    raise ServiceError(503, TOO_MUCH_MEMORY, {"Retry-After": "60"}) from error
                raise
            except BaseException:
                # Its late answer would be taken for the answer to the next request.
                await process.kill()
                raise

    async def kill(self) -> None:
        """Kill the process, now and for good: a running request gets EOFError, a later one ServiceError."""
        self._killed = True
        if self._process:
            await self._process.kill()

    async def close(self) -> None:
        """Let the process end by itself."""
        async with self._busy:
            if self._process:
                await self._process.close()
