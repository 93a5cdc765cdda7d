"""A worker process that stands by for one kind of work, and is replaced when it is gone."""

from __future__ import annotations

import asyncio
from typing import Any

from policygraph.errors import ServiceError
from policygraph.service.worker_pool import Process


class DedicatedWorker:
    """One worker process at a time, started with the same arguments, asked by one at a time."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._process: Process | None = None
        self._asking = asyncio.Lock()

    async def start(self) -> Process:
        """Have a process that runs. Raises StoreError where it cannot be."""
        if not self._process or not self._process.alive:
            self._process = await Process.start(*self._arguments)
        return self._process

    async def ask(self, request: dict[str, Any], seconds: float = 0.0) -> dict[str, Any]:
        """Have one thing done within so many seconds, 0 for any.

        Raises ServiceError as the process says, TimeoutError, and EOFError when it is gone.
        """
        async with self._asking:
            process = await self.start()
            try:
                async with asyncio.timeout(seconds or None):
                    return await process.ask(request)
            except ServiceError:
                raise
            except BaseException:
                # What it has yet to say would be taken for the answer to the next one who asks.
                await process.kill()
                raise

    async def close(self) -> None:
        """Let the process end by itself."""
        async with self._asking:
            if self._process:
                await self._process.close()
