"""The service as a process: listens at an address until SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, cast

import uvicorn

from policygraph.errors import ServiceError, reason
from policygraph.ontology.iris import DEFAULT_BASE, Minter
from policygraph.ontology.labels import counted
from policygraph.service.dereference import find_base
from policygraph.service.http_protocol import HttpProtocol
from policygraph.service.outbound_addresses import AllowList
from policygraph.service.settings import LOOPBACK, Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from policygraph.service.store_service import StoreService

log = logging.getLogger(__name__)
_ENDING = (signal.SIGTERM, signal.SIGINT)
_GRACE = 60  # seconds running requests may take after the first signal to end
_FAREWELL = 1.0  # seconds a request may take to tell its client that its process was ended
_LONGEST = 1 << 17  # bytes of a request line and headers: longer ones are refused with a message


def read_token(path: Path) -> str:
    """The token in a file. Raises ServiceError where it is empty or other users may read it."""
    try:
        token = path.read_text("utf-8").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError(500, f"{path}: the token cannot be read: {reason(error)}") from error
    if not token or not token.isascii():
        raise ServiceError(500, f"{path}: the file has no token; write one line of ASCII into it")
    if os.name == "posix" and mode & 0o077:
        raise ServiceError(500, f"{path}: other users may read the token; chmod 600 {path}")
    return token


def check(host: str, settings: Settings) -> None:
    """Raise ServiceError where everyone could write: updates without a token, not on loopback.

    And for an address of --allow-service that could never be fetched.
    """
    AllowList.of(settings.services)
    if settings.allow_update and not settings.token and host not in LOOPBACK:
        raise ServiceError(
            500, f"--allow-update on {host} lets everyone write; give --token-file, or 127.0.0.1"
        )


def choose_base(store: Path | str, given: str) -> str:
    """The base of the IRIs: as given, else as in the store. Raises ServiceError where they differ."""
    stored = find_base(store)
    if given and stored and given != stored:
        raise ServiceError(
            500, f"--base {given}: the IRIs in {store} start with {stored}; serve it with that base"
        )
    return Minter(given or stored or DEFAULT_BASE).base


def serve(app: Starlette, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; running updates end first. Raises ServiceError."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of clients that hang up
    listener = _bind(host, port)
    with listener:
        config = uvicorn.Config(
            app,
            http=cast("type[HttpProtocol]", partial(HttpProtocol, app.state.settings.limits)),
            log_level="error",  # a warning for each malformed request would be for others to write
            access_log=False,
            server_header=False,
            proxy_headers=False,  # ReverseProxyMiddleware reads them
            lifespan="on",
            h11_max_incomplete_event_size=_LONGEST,
            timeout_graceful_shutdown=_GRACE,
        )
        shown = f"[{host}]" if ":" in host else host
        _Server(app, config, f"http://{shown}:{listener.getsockname()[1]}/").run([listener])


def _bind(host: str, port: int) -> socket.socket:
    """A socket bound to an address; uvicorn sets TCP_NODELAY only where the protocol is given."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        remedy = "; give --port 0 for a free one" if taken else ""
        raise ServiceError(
            500, f"{host}:{port} cannot be served: {reason(error)}{remedy}"
        ) from error
    return listener


class _Server(uvicorn.Server):
    """A server that prints its address once it listens there, and ends without error on a signal."""

    def __init__(self, app: Starlette, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._store_service: StoreService = app.state.store_service
        self._address = address
        self._loop: asyncio.AbstractEventLoop | None = None
        self._aborting: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; raises StoreError where the store cannot be served."""
        self._loop = asyncio.get_running_loop()
        try:
            await self._store_service.start()
        except BaseException:
            await self._store_service.close()
            raise
        self._store_service.listens_at(self._address)
        await super().startup(sockets)
        log.info("listening at %s", self._address)
        print(self._address, flush=True)
        print("policygraph: serving; end with Ctrl-C", file=sys.stderr)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End; after a second Ctrl-C without waiting for answers, but the application ends in order."""
        await super().shutdown(sockets)
        log.info("no longer listening at %s", self._address)
        if self._aborting:
            await self._aborting
            if self.server_state.tasks:
                await asyncio.wait(self.server_state.tasks, timeout=_FAREWELL)
            await self.lifespan.shutdown()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal lets running requests end and says so, a Ctrl-C after it ends them."""
        super().handle_exit(sig, frame)
        running = len(self.server_state.tasks)
        if self.force_exit and self._loop:
            self._loop.call_soon_threadsafe(self._abort)
        elif running:
            print(
                f"policygraph: waiting for {counted(running, 'running request')}, at most {_GRACE} "
                "seconds; Ctrl-C ends at once",
                file=sys.stderr,
            )

    def _abort(self) -> None:
        if self._aborting is None:
            self._aborting = asyncio.create_task(self._end_requests())

    async def _end_requests(self) -> None:
        """End the processes behind all requests, and the connections that stay open all the same."""
        await self._store_service.abort()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_FAREWELL)
        for connection in list(self.server_state.connections):
            if connection.transport:
                connection.transport.abort()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT shut the server down."""
        before = {by: signal.signal(by, self.handle_exit) for by in _ENDING}
        try:
            yield
        finally:
            for by, handler in before.items():
                signal.signal(by, handler)
