"""Real SPARQL servers on loopback, started and stopped by the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "dba", "secret-1"
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {allowed}
SQLPrefetchBytes = 16000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
DefaultGraph =
{limits}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers, who may write, and its administration where it has one."""

    query: str
    update: str
    graphs: str
    user: str = ""
    password: str = ""
    isql: tuple[str, ...] = ()
    folder: Path = Path()


def free_ports(count: int) -> list[int]:
    """Ports of loopback nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """The Oxigraph server of PyPI's oxigraph, on an empty folder."""
    found = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not found.exists():
        from .conftest import absent

        absent("the Oxigraph server (pip install oxigraph)")
    (port,) = free_ports(1)
    where = f"http://127.0.0.1:{port}"
    command = [str(found), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    command.append("--union-default-graph")
    with running(command, folder, f"{where}/query?query=ASK%7B%7D"):
        yield Server(f"{where}/query", f"{where}/update", f"{where}/store")


@contextmanager
def virtuoso(
    folder: Path, *, rows: int = 0, buffers: int = 20_000, allowed: tuple[Path, ...] = ()
) -> Iterator[Server]:
    """Debian's Virtuoso 7 on an empty database; ``rows`` is its limit of rows, 0 for none.

    It keeps so many pages of 8 kB in memory, and loads files of its folder and of those allowed.
    """
    found, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql")
    if not found or not isql:
        from .conftest import absent

        absent("Virtuoso (apt-get install virtuoso-opensource)")
    assert found
    assert isql
    port, http = free_ports(2)
    folder.mkdir(parents=True, exist_ok=True)
    limits = f"ResultSetMaxRows = {rows}" if rows else ""
    ini = folder / "virtuoso.ini"
    folders = ", ".join(map(str, (folder, *allowed)))
    values = {"buffers": buffers, "dirty": buffers * 3 // 4, "allowed": folders}
    ini.write_text(_INI.format(folder=folder, port=port, http=http, limits=limits, **values))
    where = f"http://127.0.0.1:{http}"
    command = [found, "+foreground", "+configfile", str(ini)]
    admin = (isql, f"127.0.0.1:{port}", USER)
    with running(command, folder, f"{where}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"):
        told = f"user_set_password('dba', '{PASSWORD}'); grant SPARQL_UPDATE to \"SPARQL\";"
        subprocess.run([*admin, "dba", f"exec={told}"], check=True, capture_output=True)
        yield Server(
            f"{where}/sparql-auth",
            f"{where}/sparql-auth",
            f"{where}/sparql-graph-crud-auth",
            USER,
            PASSWORD,
            (*admin, PASSWORD),
            folder,
        )


@contextmanager
def running(command: list[str], folder: Path, asks: str) -> Iterator[None]:
    """A server from its first answer to its end; its own words are in the folder's .out file."""
    said = folder.with_suffix(".out")
    with said.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            while not _answers(asks):
                if process.poll() is not None:
                    raise AssertionError(f"{command[0]} ended: {said.read_text('utf-8')[-800:]}")
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False
    return True


if __name__ == "__main__":  # a server by hand: python -m tests.servers virtuoso FOLDER
    kinds = {"virtuoso": virtuoso, "oxigraph": oxigraph}
    with kinds[sys.argv[1]](Path(sys.argv[2])) as server:
        print(server, flush=True)
        sys.stdin.read()
