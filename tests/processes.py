"""Commands and services as processes that need not load the program: they are forked from one that has.

A process of its own, with its own streams, signals and exit status; only the start of Python is left out,
which test_cli.py, test_kills.py and test_repository.py have as a user has it.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

END = 120  # seconds a command may take
_MOST = 1 << 20  # bytes of a request
Stream = int | IO[Any]


class Process:
    """A process that was forked for us; as subprocess.Popen, as far as the tests need it."""

    def __init__(self, pid: int, status: socket.socket, stdout: IO[str] | None) -> None:
        self.pid, self.stdout = pid, stdout
        self.returncode: int | None = None
        self._status = status

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, the number of a signal below zero. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            with self._status:
                self.returncode = int(self._status.recv(16))
        return self.returncode

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def start(
    *arguments: str | Path,
    stdin: Stream | None = None,
    stdout: Stream | None = None,
    stderr: Stream | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Process:
    """A command of policygraph, with our streams but for those that are given; its stdout may be a PIPE."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    reader = None
    with its, contextlib.ExitStack() as stack:
        if stdout == subprocess.PIPE:
            read, write = os.pipe()
            reader, stdout = os.fdopen(read, encoding="utf-8"), write
            stack.callback(os.close, write)
        given = (0 if stdin is None else stdin, stdout or 1, stderr or 2)
        streams = [one if isinstance(one, int) else one.fileno() for one in given]
        request = {
            "arguments": [str(one) for one in arguments],
            "env": {**os.environ, **(env or {})},
            "cwd": str(cwd or Path.cwd()),
        }
        socket.send_fds(_template(), [json.dumps(request).encode()], [its.fileno(), *streams])
    return Process(int(mine.recv(16)), mine, reader)


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """The status and the output of a command."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin)
        given.seek(0)
        process = start(*arguments, stdin=given, stdout=out, stderr=err, env=env, cwd=cwd)
        try:
            status = process.wait(END)
        finally:
            process.kill()
        for stream in (out, err):
            stream.seek(0)
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def run_text(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The same with the output as text."""
    done = run(*arguments, **options)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@cache
def _template() -> socket.socket:
    """The process that has the program loaded; it ends when this one does, or closes the socket."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        command = [sys.executable, __file__, str(its.fileno())]
        process = subprocess.Popen(command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL)
    atexit.register(process.wait)
    atexit.register(mine.close)
    return mine


def _load() -> None:
    """Load what commands load, and the words of the reader; no store, which would start threads."""
    from policygraph import read
    from policygraph.cli import options, view_commands  # noqa: F401
    from policygraph.queries.catalogue import bundled
    from policygraph.service import app, server  # noqa: F401

    bundled()
    read(Path(__file__).parent / "data" / "sample.txt")
    gc.freeze()


def _serve(control: socket.socket) -> None:
    """Fork a process for every request, until there is nobody to make one."""
    _load()
    while True:
        message, descriptors, *_ = socket.recv_fds(control, _MOST, 4)
        if not message:
            break
        if not os.fork():
            control.detach()
            _keep(json.loads(message), *descriptors)
        for one in descriptors:
            os.close(one)
        with contextlib.suppress(ChildProcessError):  # those that have ended before
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def _keep(request: dict[str, Any], status: int, *streams: int) -> NoReturn:
    """Fork the command, tell its number, wait for its end and tell how it ended."""
    command = os.fork()
    if not command:
        _become(request, streams)
    for one in streams:
        os.close(one)
    os.write(status, str(command).encode())
    _, ended = os.waitpid(command, 0)
    with contextlib.suppress(OSError):  # nobody waits for it any more
        os.write(status, str(os.waitstatus_to_exitcode(ended)).encode())
    os._exit(0)


def _become(request: dict[str, Any], streams: tuple[int, ...]) -> NoReturn:
    """Be the command, as ``python -m policygraph`` is."""
    from policygraph.cli import run as run_command

    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, one in enumerate(streams):
        os.dup2(one, number)
    os.closerange(3, 256)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate("rww")
    )
    sys.stderr.reconfigure(line_buffering=True)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = ["policygraph", *request["arguments"]]
    run_command()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
