"""Debian's OpenRefine, started without a window and driven over its own HTTP API."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from .servers import free_ports, running

HOME = Path("/usr/share/openrefine")
# A small heap and the quick compiler: one table takes two seconds of a processor instead of ten.
_JAVA = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
_PAUSE = threading.Event()  # nobody sets it: between two looks at what OpenRefine still has to do
_ENGINE = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """One running OpenRefine; every command is a request of its web page."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._token = json.loads(self._ask("get-csrf-token"))["token"]

    def project(self, name: str, table: bytes) -> str:
        """A new project of a CSV in UTF-8; returns its number."""
        boundary = uuid.uuid4().hex
        parts = {"project-name": name.encode(), "project-file": table}
        files = {"project-file": f'; filename="{name}.csv"'}
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"{files.get(key, "")}\r\n\r\n'.encode()
            + value
            + b"\r\n"
            for key, value in parts.items()
        )
        options = {"encoding": "UTF-8", "separator": ",", "headerLines": 1, "storeBlankRows": True}
        asked = {"format": "text/line-based/*sv", "options": json.dumps(options)}
        request = urllib.request.Request(
            self._address("create-project-from-upload", asked, token=True),
            body + f"--{boundary}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={boundary}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return parse_qs(urlsplit(answer.url).query)["project"][0]

    def run(self, project: str, command: str, **parameters: Any) -> None:
        """An operation on all rows of a project, until it has ended."""
        said = {k: v if isinstance(v, str) else json.dumps(v) for k, v in parameters.items()}
        answer = json.loads(self._ask(command, project=project, engine=_ENGINE, **said))
        assert answer["code"] in ("ok", "pending"), answer
        while (left := json.loads(self._ask("get-processes", project=project)))["processes"]:
            _PAUSE.wait(0.1)
        assert not left.get("exceptions"), left

    def add_service(self, manifest: Mapping[str, Any]) -> None:
        """Make a service known, as the dialogue "Add standard service" does."""
        known = [
            {**manifest, "url": manifest["url"], "ui": {"handler": "ReconStandardServicePanel"}}
        ]
        self._ask("set-preference", name="reconciliation.standardServices", value=json.dumps(known))

    def exported(self, project: str) -> str:
        """The project as CSV."""
        return self._ask("export-rows", project=project, engine=_ENGINE, format="csv")

    def _ask(self, command: str, **parameters: str) -> str:
        reads = command.startswith("get-")
        body = urlencode(parameters).encode()
        address = self._address(command, parameters if reads else {}, token=not reads)
        request = urllib.request.Request(address, None if reads else body)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())

    def _address(self, command: str, parameters: Mapping[str, str], *, token: bool = False) -> str:
        asked = {**parameters, **({"csrf_token": self._token} if token else {})}
        return f"{self.address}/command/core/{command}?{urlencode(asked)}"


@contextmanager
def openrefine(folder: Path) -> Iterator[OpenRefine]:
    """OpenRefine on a free port of loopback with its projects in a folder."""
    java = shutil.which("java")
    if not java or not (HOME / "server").is_dir():
        from .conftest import absent

        absent("OpenRefine with Java (apt-get install openrefine)")
    assert java
    (port,) = free_ports(1)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "headless": "true",
        "port": port,
        "interface": "127.0.0.1",
        "data_dir": folder / "data",
        "webapp": HOME / "webapp",
    }
    command = [java, *_JAVA, *(f"-Drefine.{key}={value}" for key, value in settings.items())]
    command += ["-cp", f"{HOME}/server/*", "com.google.refine.Refine"]
    address = f"http://127.0.0.1:{port}"
    with running(command, folder, f"{address}/command/core/get-version"):
        yield OpenRefine(address)
