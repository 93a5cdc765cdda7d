"""A disk without room: it is told, nothing that was reported as done is lost, and all goes on when there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from .service_process import Service, service

if sys.platform != "linux":
    pytest.skip("only Linux can be told to have no room", allow_module_level=True)
Room = Callable[[Service, bool], None]
KINDS = ("a small disk", "a limit of the size of files")
QUERY = "SELECT ?s (COUNT(?o) AS ?n) { GRAPH <a:g> { ?s <a:p> ?o } } GROUP BY ?s ORDER BY ?s"


@contextmanager
def small_disk(folder: Path) -> Iterator[Room]:
    """A disk of 8 MiB, filled up by a file beside the store."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted as root, where containers allow it")
    other = folder / "other"

    def leave(_: Service, some: bool) -> None:
        other.unlink(missing_ok=True)
        if not some:
            with other.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1 << 12))

    try:
        yield leave
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def limited_files(folder: Path) -> Iterator[Room]:
    """A folder in which the service and its workers may write no byte more."""
    folder.mkdir()

    def leave(served: Service, some: bool) -> None:
        main = psutil.Process(served.process.pid)
        for process in (main, *main.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                _, most = process.rlimit(psutil.RLIMIT_FSIZE)
                process.rlimit(psutil.RLIMIT_FSIZE, (most if some else 1, most))

    yield leave


def insertion(name: str) -> str:
    triples = " ".join(f'<a:{name}> <a:p> "{number}{"x" * 3000}" .' for number in range(10))
    return f"INSERT DATA {{ GRAPH <a:g> {{ {triples} }} }}"


def found(served: Service) -> list[str]:
    answer = served.query(QUERY, "text/csv")
    assert answer.status == 200, answer.text
    return answer.text.split()[1:]


@pytest.mark.parametrize("disk", [small_disk, limited_files], ids=KINDS)
def test_a_full_disk_is_told_and_all_goes_on_when_there_is_room(
    tmp_path: Path, disk: Callable[[Path], Iterator[Room]]
) -> None:
    with disk(tmp_path / "disk") as leave:  # type: ignore[attr-defined]
        store = tmp_path / "disk" / "store"
        with service(store, "--allow-update", "--workers", "1") as served:
            assert served.update(insertion("before")).status == 204
            assert found(served) == ["a:before,10"]
            turtle = {"Content-Type": "text/turtle"}
            for write in (
                partial(served.update, insertion("full")),
                partial(served.ask, "PUT", "/store?graph=a:h", b"<a:a> <a:b> 1 .", turtle),
            ):
                leave(
                    served, False
                )  # each time: the engine may have given back some room meanwhile
                answer = write()
                assert answer.status == 503
                assert "there is no room left on its disk" in answer.text
                assert int(answer.headers["retry-after"]) > 0
                assert found(served) == ["a:before,10"]
            leave(served, True)
            assert served.update(insertion("later")).status == 204
            assert found(served) == ["a:before,10", "a:later,10"]
        with service(store, "--workers", "1") as again:
            assert found(again) == ["a:before,10", "a:later,10"]
