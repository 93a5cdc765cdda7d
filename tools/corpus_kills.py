"""Kills of what reads and loads a corpus, at moments that a seed decides, and whether all is whole afterwards.

A worker, the whole build, the loader, a worker of a Dask cluster, its scheduler. A build goes on without a worker; after any
other kill the command is given again. Then the shards must have the bytes, and the store the quads, of a run that
nobody disturbed.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from policygraph.graph.export import export
from policygraph.graph.stores.oxigraph import OxigraphStore

END = 600.0  # seconds anything may take to end
KINDS = ("worker", "build", "loader", "Dask worker", "scheduler")
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@dataclass(frozen=True)
class Cluster:
    """A scheduler with two workers, which it starts again when they end."""

    address: str
    process: subprocess.Popen[str]

    def workers(self) -> list[psutil.Process]:
        return children(self.process.pid, "spawn_main")


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A Dask cluster of processes on loopback; its words are in the folder."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    with (folder / "cluster.out").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=folder,
        )
    assert process.stdout and process.stdin
    with process.stdin, process.stdout:
        try:
            yield Cluster(process.stdout.readline().strip(), process)
        finally:
            left = psutil.Process(process.pid).children(recursive=True) if alive(process) else []
            process.kill()
            for each in left:
                kill(each)
            process.wait(END)


def alive(process: subprocess.Popen[str]) -> bool:
    return process.poll() is None


def kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def children(pid: int, word: str) -> list[psutil.Process]:
    """The processes below one whose command has a word."""
    found = []
    with suppress(psutil.NoSuchProcess):
        for each in psutil.Process(pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if any(word in part for part in each.cmdline()):
                    found.append(each)
    return found


def start(*arguments: object) -> subprocess.Popen[str]:
    """A command of policygraph in a process group of its own."""
    words = [sys.executable, "-m", "policygraph", *map(str, arguments)]
    return subprocess.Popen(
        words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a command says until it ends; the processes of its group end too."""
    _, said = process.communicate(timeout=END)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return said


def run(*arguments: object) -> None:
    """A command to its end. Raises RuntimeError where it fails."""
    process = start(*arguments)
    said = finish(process)
    if process.returncode:
        raise RuntimeError(said)


def work_until(process: subprocess.Popen[str], moment: float) -> None:
    """Let a process work so many seconds, or until it ends."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment)


def wait_for(process: subprocess.Popen[str], there: Callable[[], bool]) -> None:
    """Let a process work until something is so, or until it ends."""
    while not there() and alive(process):
        work_until(process, 0.005)


def kill_group(process: subprocess.Popen[str]) -> None:
    """Kill a command with all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    finish(process)


def bytes_of(folder: Path) -> str:
    """A digest of every file of a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def quads_of(store: Path) -> str:
    """A digest of the sorted quads of a store."""
    with OxigraphStore(store, read_only=True) as reader:
        return hashlib.sha256(export(reader, "nq")).hexdigest()


class Kills:
    """Kills of one corpus; what came of it is compared with an undisturbed run."""

    def __init__(self, sources: Path, folder: Path, seed: int, size: int = 2) -> None:
        self._folder, self._chance = folder, random.Random(seed)
        self._shards, self._store = folder / "shards", folder / "store"
        self._build = ("build", "--shards", self._shards, "--shard-size", size, sources)
        self._load = ("load", "--store", self._store, self._shards)
        began = time.perf_counter()
        run(*self._build, "--workers", 2)
        self._reading = time.perf_counter() - began
        run(*self._load)
        self._loading = time.perf_counter() - began - self._reading
        self._bytes, self._quads = bytes_of(self._shards), quads_of(self._store)

    def kill(self, kind: str) -> bool:
        """Kill once, give the command again where it ended; whether nothing was lost and nothing doubled."""
        if kind == "loader":
            shutil.rmtree(self._store)
            process = start(*self._load)
            work_until(process, self._chance.uniform(0, self._loading))
            kill_group(process)
            run(*self._load)
            return quads_of(self._store) == self._quads
        shutil.rmtree(self._shards)
        if kind in ("worker", "build"):
            self._local(kind)
        else:
            with cluster(self._folder) as dask:
                self._on(dask, kind)
        if kind in ("build", "scheduler"):
            run(*self._build)
        return bytes_of(self._shards) == self._bytes  # of a worker's: without another run

    def _local(self, kind: str) -> None:
        process = start(*self._build, "--workers", 2)
        work_until(process, self._chance.uniform(0, self._reading))
        workers = children(process.pid, "spawn_main")
        if kind == "build":
            kill_group(process)
        elif workers:
            kill(self._chance.choice(workers))
        finish(process)

    def _on(self, dask: Cluster, kind: str) -> None:
        process = start(*self._build, "--scheduler", dask.address)
        work_until(process, self._chance.uniform(0, self._reading))
        workers = dask.workers()
        if kind == "scheduler":
            dask.process.kill()
        for each in workers if kind == "scheduler" else workers[:1]:
            kill(each)
        finish(process)
