"""A real service on a free port of loopback, started and ended by its process id."""

from __future__ import annotations

import http.client
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests import processes

READY = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Service:
    address: str
    process: processes.Process | subprocess.Popen[str]

    @property
    def place(self) -> tuple[str, int]:
        address = urlsplit(self.address)
        assert address.hostname
        assert address.port
        return address.hostname, address.port

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, sent as it is written here: nothing is encoded or added but its length."""
        connection = http.client.HTTPConnection(*self.place, timeout=60)
        try:
            own = {name.lower() for name in headers or ()}
            connection.putrequest(method, path, skip_host="host" in own, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(
                response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
            )
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **parameters: str) -> Answer:
        asked = f"{path}?{urlencode(parameters)}" if parameters else path
        return self.ask("GET", asked, headers={"Accept": accept} if accept else {})

    def query(self, sparql: str, accept: str = "") -> Answer:
        return self.get("/sparql", accept, query=sparql)

    def update(self, sparql: str, token: str = "") -> Answer:
        headers = {"Content-Type": "application/sparql-update"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.ask("POST", "/sparql", sparql.encode(), headers)

    def end(self, by: int = signal.SIGTERM) -> int:
        """End it by a signal; returns its exit status."""
        self.process.send_signal(by)
        return self.process.wait(READY)


@contextmanager
def service(store: Path | str, *options: str) -> Iterator[Service]:
    """A service over a store; it has ended when the block has."""
    serving = ("serve", "--store", str(store), "--port", "0", *options)
    process = processes.start(*serving, stdout=subprocess.PIPE)
    assert process.stdout
    with process.stdout:
        address = process.stdout.readline().strip()
        assert address, f"the service did not start: {process.wait(READY)}"
        try:
            yield Service(address, process)
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(READY)
