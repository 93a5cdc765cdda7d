"""Killed at any moment, what reads a corpus into shards and loads them loses nothing and doubles nothing.

tools/bench_corpus.py --kills 30 kills each part at many moments; here each is killed once.
"""

from __future__ import annotations

import random
import socket
import subprocess
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import corpus_kills
import pytest
from corpus_kills import (
    Cluster,
    bytes_of,
    children,
    finish,
    kill,
    kill_group,
    quads_of,
    start,
    wait_for,
)

from policygraph.cli import dask_cluster, main
from policygraph.cli.shard_building import Batch, write_batch
from policygraph.cli.source_reading import ReadSettings
from policygraph.errors import ClusterError

from .conftest import absent

REPORTS, SIZE = 12, 2
CHANCE = random.Random(4)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, their shards and the store loaded from them, made undisturbed."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "reports").mkdir()
    for number in range(REPORTS):
        (folder / "reports" / f"{number:02}.txt").write_text(
            f"湖北省2022年工作总结\n\n2022年，全省投入财政衔接资金{number + 3}.5亿元，"
            f"省乡村振兴局帮扶37个脱贫县，新建高标准农田{number + 20}万亩。\n",
            "utf-8",
        )
    main(building(folder, "shards"))
    main(["load", "--store", str(folder / "store"), str(folder / "shards")])
    return folder


def building(folder: Path, shards: str) -> list[str]:
    size = ["--shard-size", str(SIZE)]
    return ["build", "--shards", str(folder / shards), *size, str(folder / "reports")]


def read_some(build: subprocess.Popen[str], folder: Path, most: int) -> None:
    """Wait until there are some shards, how many is left to chance."""
    wanted = CHANCE.randrange(1, most)
    wait_for(build, lambda: len(list(folder.glob("part-*.json"))) >= wanted)


def test_killed_workers_and_builds_leave_what_an_undisturbed_build_leaves(corpus: Path) -> None:
    build = start(*building(corpus, "killed"), "--workers", 2)
    read_some(build, corpus / "killed", 3)
    kill(CHANCE.choice(children(build.pid, "spawn_main")))
    read_some(build, corpus / "killed", 6)
    kill_group(build)
    main(building(corpus, "killed"))
    assert bytes_of(corpus / "killed") == bytes_of(corpus / "shards")


def test_a_killed_loader_leaves_what_an_undisturbed_one_leaves(corpus: Path) -> None:
    store = corpus / "loaded"
    loader = start("load", "--store", store, corpus / "shards")
    wait_for(loader, lambda: (store / "CURRENT").exists())
    kill_group(loader)
    main(["load", "--store", str(store), str(corpus / "shards")])
    assert quads_of(store) == quads_of(corpus / "store")


@pytest.fixture(scope="module")
def dask() -> None:
    if find_spec("distributed") is None:
        absent("Dask (pip install 'policygraph[dask]')")


@pytest.fixture(scope="module")
def cluster(dask: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with corpus_kills.cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found


def test_two_dask_workers_write_the_bytes_of_one_process_though_one_is_killed(
    corpus: Path, cluster: Cluster
) -> None:
    build = start(*building(corpus, "clustered"), "--scheduler", cluster.address)
    read_some(build, corpus / "clustered", 3)
    kill(CHANCE.choice(cluster.workers()))
    said = finish(build)
    assert (build.returncode, f"{REPORTS} documents" in said) == (0, True), said
    assert bytes_of(corpus / "clustered") == bytes_of(corpus / "shards")


def test_a_lost_scheduler_is_one_line_and_the_build_goes_on_where_it_was(
    corpus: Path, cluster: Cluster
) -> None:
    *words, reports = building(corpus, "lost")
    build = start(*words, f"file://{reports}", "--scheduler", cluster.address)
    read_some(build, corpus / "lost", 3)
    workers = cluster.workers()
    cluster.process.kill()
    for worker in workers:
        kill(worker)
    said = finish(build).splitlines()
    assert build.returncode == 2 and len(said) == 1, said
    assert "the scheduler was lost; give the command again" in said[0]
    main(building(corpus, "lost"))
    assert bytes_of(corpus / "lost") == bytes_of(corpus / "shards")


def test_no_scheduler_is_one_line(corpus: Path, dask: None) -> None:
    with pytest.raises(ClusterError, match="no scheduler of Dask answers"):
        main([*building(corpus, "none"), "--scheduler", "nowhere"])


def test_what_answers_and_is_no_scheduler_is_one_line(
    corpus: Path, dask: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match="no scheduler of Dask answers"):
            main([*building(corpus, "none"), "--scheduler", address])


def test_a_cluster_without_workers_is_told_and_one_that_comes_does_the_work(
    corpus: Path, dask: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(dask_cluster, "SECONDS", 1)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty:
        later = threading.Timer(2, empty.scale, [1])
        later.start()
        assert main([*building(corpus, "later"), "--scheduler", empty.scheduler_address]) == 0
        later.join()
        assert capsys.readouterr().err.count("has no worker yet; waiting for one") == 1
        lost = ReadSettings(mapping=corpus / "none.json")
        with dask_cluster.DaskCluster(empty.scheduler_address) as cluster:
            jobs = cluster.do(write_batch, [Batch(1, corpus / "none", "", ())], lost)
            with pytest.raises(ClusterError, match="a worker cannot do its job: FileNotFoundError"):
                list(jobs)
    assert bytes_of(corpus / "later") == bytes_of(corpus / "shards")
