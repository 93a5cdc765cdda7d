"""Commands and services as processes that need not load the program: they are forked from one that has.

A process of its own, with its own streams, signals and exit status; only the start of Python is left out,
which test_cli.py, test_build.py and test_repository.py have as a user has it.
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
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

END = 120  # seconds a command may take
_NUMBER = struct.Struct("!i")  # of a process, of how it ended, of bytes
_asking = threading.Lock()
Stream = int | IO[Any]
Argument = str | bytes | Path


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
                self.returncode = _received(self._status)
        return self.returncode

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def start(
    *arguments: Argument,
    stdin: Stream | None = None,
    stdout: Stream | None = None,
    stderr: Stream | None = None,
    closed: Iterable[int] = (),
) -> Process:
    """A command of policygraph, with our streams but for those that are given; its stdout may be a PIPE.

    The descriptors that are ``closed`` are so from its beginning.
    """
    mine, its = socket.socketpair()
    reader = None
    with its, contextlib.ExitStack() as stack:
        if stdout == subprocess.PIPE:
            read, write = os.pipe()
            reader, stdout = os.fdopen(read, encoding="utf-8"), write
            stack.callback(os.close, write)
        given = (0 if stdin is None else stdin, stdout or 1, stderr or 2)
        streams = [one if isinstance(one, int) else one.fileno() for one in given]
        request = {
            "arguments": [os.fsdecode(one) for one in arguments],
            "environment": dict(os.environ),
            "folder": str(Path.cwd()),
            "closed": list(closed),
        }
        message = json.dumps(request).encode()
        with _asking:
            size = [_NUMBER.pack(len(message))]
            socket.send_fds(_template(), size, [its.fileno(), *streams])
            _template().sendall(message)
    return Process(_received(mine), mine, reader)


def _received(status: socket.socket) -> int:
    """A number the process that has the program loaded tells. Raises EOFError where that has ended."""
    told = status.recv(_NUMBER.size, socket.MSG_WAITALL)
    if not told:
        raise EOFError("the process that has the program loaded has ended")
    return int(_NUMBER.unpack(told)[0])


def run(
    *arguments: Argument, stdin: bytes = b"", closed: Iterable[int] = (), full: Iterable[int] = ()
) -> subprocess.CompletedProcess[bytes]:
    """The status and the output of a command; some of its descriptors are closed, or of a disk that is full."""
    with contextlib.ExitStack() as stack:
        given, out, err = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        given.write(stdin)
        given.seek(0)
        streams: dict[int, Stream] = {1: out, 2: err}
        for number in full:
            streams[number] = stack.enter_context(Path("/dev/full").open("w"))
        process = start(
            *arguments, stdin=given, stdout=streams[1], stderr=streams[2], closed=closed
        )
        try:
            status = process.wait(END)
        finally:
            process.kill()
        for stream in (out, err):
            stream.seek(0)
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def run_text(*arguments: Argument, **options: Any) -> subprocess.CompletedProcess[str]:
    """The same with the output as text."""
    done = run(*arguments, **options)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@cache
def _template() -> socket.socket:
    """The process that has the program loaded; it ends when this one does, or closes the socket."""
    mine, its = socket.socketpair()
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
    """Fork a process for every request, and tell how it ended, until there is nobody to make one."""
    _load()
    woken, waker = socket.socketpair()
    for each in (woken, waker):
        each.setblocking(False)
    signal.set_wakeup_fd(waker.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, int] = {}  # the number of a process → where its end is told
    while True:
        ready, _, _ = select.select([control, woken], [], [])
        if woken in ready:
            woken.recv(1 << 12)
            _tell_ends(running)
        if control in ready:
            size, descriptors, *_ = socket.recv_fds(control, _NUMBER.size, 4)
            if not size:
                break
            message = control.recv(_NUMBER.unpack(size)[0], socket.MSG_WAITALL)
            status, *streams = descriptors
            number = os.fork()
            if not number:
                for each in (control, woken, waker):
                    each.detach()
                _become(json.loads(message), streams)
            os.write(status, _NUMBER.pack(number))
            running[number] = status
            for one in streams:
                os.close(one)
    for number in running:
        os.kill(number, signal.SIGTERM)


def _tell_ends(running: dict[int, int]) -> None:
    """Tell of every process that has ended how it did."""
    while running:
        number, ended = os.waitpid(-1, os.WNOHANG)
        if not number:
            return
        status = running.pop(number)
        with contextlib.suppress(OSError):  # nobody waits for it any more
            os.write(status, _NUMBER.pack(os.waitstatus_to_exitcode(ended)))
        os.close(status)


def _become(request: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the command, as ``python -m policygraph`` is."""
    from policygraph.cli import run as run_command

    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, one in enumerate(streams):
        os.dup2(one, number)
    os.closerange(3, 256)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if number in request["closed"]:
            os.close(number)
            setattr(sys, name, None)
        else:
            buffering = 1 if name == "stderr" else -1
            stream = open(number, mode, buffering, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.argv = ["policygraph", *request["arguments"]]
    try:
        run_command()
    except SystemExit as ended:
        _leave(ended.code)


def _leave(status: object) -> NoReturn:
    """End as Python does, but free nothing: pages that are written to are copied first."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
