"""Shards: what is read without a store, resumed and loaded, is what reading into a store makes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from policygraph import Graph
from policygraph.cli import main, shard_building
from policygraph.cli.reading_processes import Ended
from policygraph.cli.shard_building import Batch, write_batches
from policygraph.cli.source_reading import ReadSettings, SourceReading, attempt_at_hand
from policygraph.errors import SourceError, StoreError, UsageError
from policygraph.graph.export import export
from policygraph.graph.shards import (
    documents,
    read_shards,
    remove_superseded,
    whole_digest,
    writing,
)

from .conftest import absent


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Five small reports, one of which another replaces, one that cannot be read, and a table."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            f"湖北省{2018 + number}年工作总结\n\n{2018 + number}年，全省投入财政衔接资金{number + 3}.5亿元，"
            f"黄冈市新建学校{number + 5}所。\u2028省乡村振兴局帮扶37个脱贫县。\n",
            "utf-8",
        )
    first = (folder / "0.txt").read_text("utf-8")
    (folder / "4.txt").write_text(f"{first}黄冈市新修公路5公里。\n", "utf-8")
    (folder / "2a.txt").write_bytes(b"")
    return folder


def shards_of(folder: Path, *arguments: object) -> int:
    return main(["build", "--shards", str(folder), "--shard-size", "2", *map(str, arguments)])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def graph_of(store: Path) -> bytes:
    with Graph.open(store, read_only=True) as graph:
        return export(graph.store, "nq")


def test_two_processes_write_the_bytes_of_one_and_loaded_they_are_the_graph_of_a_build(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert shards_of(one, reports) == shards_of(two, "--workers", 2, reports) == 1
    said = capsys.readouterr().err
    assert said.count("2a.txt: is empty") == 2
    assert len(set(re.findall(r"3 shards, digest \w{16}", said))) == 1
    assert contents(one) == contents(two)
    assert whole_digest(read_shards(one)) == whole_digest(read_shards(two))
    built, loaded = tmp_path / "built", tmp_path / "loaded"
    main(["build", "--store", str(built), str(reports)])
    for _ in range(2):
        assert main(["load", "--store", str(loaded), str(one)]) == 0
        assert graph_of(loaded) == graph_of(built)
    assert "3 reports of 5 unchanged in the store, not loaded again" in capsys.readouterr().err


def test_loaded_by_a_server_and_then_by_load_shards_are_the_graph_of_a_build(
    tmp_path: Path, reports: Path
) -> None:
    """The loaders of servers load older versions of a report too; load removes them."""
    folder, store, built = tmp_path / "shards", tmp_path / "store", tmp_path / "built"
    shards_of(folder, reports)
    environment = {"PATH": f"{sysconfig.get_path('scripts')}:/usr/bin:/bin"}
    command = ["sh", str(folder / "oxigraph.sh"), str(store)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    main(["build", "--store", str(built), str(reports)])
    assert len(graph_of(store)) > len(graph_of(built))
    main(["load", "--store", str(store), str(folder)])
    assert graph_of(store) == graph_of(built)


def test_what_is_whole_is_not_read_again(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shards"
    shards_of(folder, reports)
    whole = contents(folder)
    (folder / "part-000002.json").unlink()  # what a kill leaves: lines without what tells of them,
    (folder / "part-000002-0123456789abcdef.nq.gz.77.part").write_bytes(b"half")  # and half a file
    capsys.readouterr()
    assert shards_of(folder, reports) == 1
    assert "4 reports of 6 unchanged in the shards, not read again" in capsys.readouterr().err
    assert contents(folder) == whole
    (reports / "5.txt").write_text("湖北省2023年工作总结\n\n2023年，新建学校5所。\n", "utf-8")
    shards_of(folder, reports)
    assert "1 document," in capsys.readouterr().err
    assert whole.items() <= contents(folder).items()


def test_a_document_stands_in_the_last_shard_that_has_it(tmp_path: Path, reports: Path) -> None:
    folder, built, loaded = tmp_path / "shards", tmp_path / "built", tmp_path / "loaded"
    files = [reports / f"{number}.txt" for number in range(4)]
    runs: list[Sequence[object]] = [files, ["--area", "湖南省", *files[:2]], files[2:]]
    for run in runs:
        shards_of(folder, *run)
        main(["build", "--store", str(built), *map(str, run)])
    assert [len(shard.documents) for shard in read_shards(folder)] == [0, 2, 2]
    assert main(["load", "--store", str(loaded), str(folder)]) == 0
    assert graph_of(loaded) == graph_of(built)
    shards_of(folder, *files)  # they are to be read as in the first run again
    main(["build", "--store", str(built), *map(str, files)])
    main(["load", "--store", str(loaded), str(folder)])
    assert graph_of(loaded) == graph_of(built)


def test_one_text_of_two_sources_is_that_of_the_last_that_was_given(
    tmp_path: Path, reports: Path
) -> None:
    """Typed in another way and back again, or under another name and its own again."""
    report, text = reports / "0.txt", (reports / "0.txt").read_text("utf-8")
    stores = [tmp_path / "built", tmp_path / "loaded"]
    for name, typed in (
        ("0", text),
        ("0", text.replace("，", " ， ")),
        ("0", text),
        ("x", text),
        ("0", text),
    ):
        report = report.rename(reports / f"{name}.txt")
        report.write_text(typed, "utf-8")
        shards_of(tmp_path / "shards", report)
        main(["build", "--store", str(stores[0]), str(report)])
        main(["load", "--store", str(stores[1]), str(tmp_path / "shards")])
        assert graph_of(stores[0]) == graph_of(stores[1])
    other = reports / "00.txt"  # a new version that comes before the one that is there
    other.write_text(text.replace("5所", "15所"), "utf-8")
    for _ in range(2):
        shards_of(tmp_path / "shards", other, report)
        main(["build", "--store", str(stores[0]), str(other), str(report)])
        main(["load", "--store", str(stores[1]), str(tmp_path / "shards")])
        assert graph_of(stores[0]) == graph_of(stores[1])
    whole = contents(tmp_path / "shards")
    shards_of(tmp_path / "shards", other, report)
    assert contents(tmp_path / "shards") == whole


def test_a_source_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path,
    reports: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, files = tmp_path / "shards", [reports / f"{number}.txt" for number in range(3)]
    texts = {file: file.read_bytes() for file in files}

    def changing(place: str, path: Path, settings: ReadSettings) -> SourceReading:
        if path == files[0]:
            path.write_bytes(texts[files[1]])
        elif path == files[1]:
            path.unlink()
        return attempt_at_hand(place, path, settings)

    with monkeypatch.context() as patched:
        patched.setattr(shard_building, "attempt_at_hand", changing)
        assert shards_of(folder, *files) == 1
    for file, text in texts.items():
        file.write_bytes(text)
    capsys.readouterr()
    assert shards_of(folder, *files) == 0
    assert "1 report of 3 unchanged in the shards" in capsys.readouterr().err
    main(["load", "--store", str(tmp_path / "loaded"), str(folder)])
    with Graph.open(tmp_path / "loaded", read_only=True) as graph:
        assert len(graph.store.documents()) == 3


def test_a_file_too_large_to_be_read_is_one_line(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (reports / "3.txt").open("wb") as file:
        file.truncate(1 << 42)
    assert shards_of(tmp_path / "shards", reports) == 1
    assert "is too large for a report" in capsys.readouterr().err


def test_one_text_in_two_readings_is_the_last_of_them(tmp_path: Path, reports: Path) -> None:
    """A build killed before its end leaves both in its shards, and a server's loader both in one graph."""
    report, areas = reports / "0.txt", ("湖北省", "湖南省")
    whole, loaded = tmp_path / "whole", tmp_path / "loaded"
    environment = {"PATH": f"{sysconfig.get_path('scripts')}:/usr/bin:/bin"}
    for number, area in enumerate(areas, 1):
        shards_of(tmp_path / area, "--area", area, report)
        for path in (tmp_path / area).glob("part-000001*"):
            told = path.read_bytes().replace(b'"number": 1,', b'"number": %d,' % number)
            other = whole / path.name.replace("000001", f"00000{number}")
            other.parent.mkdir(exist_ok=True)
            other.write_bytes(told)
        command = ["sh", str(tmp_path / area / "oxigraph.sh"), str(loaded)]
        subprocess.run(command, check=True, env=environment, capture_output=True)
    main(["build", "--store", str(tmp_path / "built"), "--area", areas[1], str(report)])
    for store in (loaded, tmp_path / "other"):
        for _ in range(2):
            main(["load", "--store", str(store), str(whole)])
            assert graph_of(store) == graph_of(tmp_path / "built")


def test_what_of_a_folder_cannot_be_looked_into_is_one_line(
    tmp_path: Path,
    reports: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    closed, scandir = reports / "closed", os.scandir
    closed.mkdir()
    (reports / "gone.txt").symlink_to("nowhere.txt")
    (reports / "loop.txt").symlink_to("loop.txt")

    def refusing(path: str | Path) -> Any:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert shards_of(tmp_path / "shards", reports) == 1
    said = capsys.readouterr().err
    assert all(f"{reports / name}: cannot be read: " in said for name in ("gone.txt", "loop.txt"))
    assert f"{closed}: cannot be read: Permission denied" in said
    assert "5 documents" in said


def test_what_an_address_names_is_read_as_the_file_and_what_it_cannot_give_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if find_spec("fsspec") is None:
        absent("fsspec (pip install 'policygraph[dask]')")
    from fsspec.implementations.local import LocalFileSystem

    table, here, there = tmp_path / "t #1%.csv", tmp_path / "here", tmp_path / "there"
    table.write_text("a,b,c,d,e\n湖北省,2023,地区生产总值,55803.6,亿元\n", "utf-8")
    pg = "https://w3id.org/policygraph/ontology#"
    names = ("scope", "refPeriod", "indicator", "value", "unitText")
    columns = [{"titles": t, "propertyUrl": pg + n} for t, n in zip("abcde", names, strict=True)]
    metadata = {"url": table.name, "tableSchema": {"columns": columns}}
    Path(f"{table}-metadata.json").write_text(json.dumps(metadata))
    (tmp_path / "x.txt").write_bytes(b"")
    assert shards_of(here, table, tmp_path / "x.txt") == 1
    assert shards_of(there, f"file://{table}", f"file://{tmp_path}/x.txt") == 1
    assert "1 document, 1 figure" in capsys.readouterr().err
    made = contents(there)
    made["part-000001.json"] = made["part-000001.json"].replace(b"file://", b"")
    assert contents(here) == made
    with table.open("ab") as file:
        file.truncate(1 << 42)
    assert shards_of(there, f"file://{table}") == 1
    assert "is too large for a report" in capsys.readouterr().err

    def refusing(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    monkeypatch.setattr(LocalFileSystem, "size", refusing)
    assert shards_of(there, f"file://{table}") == 1
    assert "cannot be read: no credentials" in capsys.readouterr().err
    monkeypatch.setattr(LocalFileSystem, "isdir", refusing)
    with pytest.raises(SourceError, match="cannot be reached: no credentials"):
        shards_of(there, f"file://{table}")


def test_files_that_are_not_of_the_build_stay(tmp_path: Path, reports: Path) -> None:
    folder, bulk = tmp_path / "shards", tmp_path / "bulk"
    folder.mkdir()
    (folder / "part-time.txt").write_text("mine")
    shards_of(folder, reports)
    assert (folder / "part-time.txt").exists()
    bulk.mkdir()
    (bulk / "part-00001.nq.gz").write_bytes(b"of export --bulk")
    with pytest.raises(
        StoreError, match=r"part-00001.nq.gz: is not of build --shards; give an empty"
    ):
        shards_of(bulk, reports)
    assert (bulk / "part-00001.nq.gz").exists()


def test_a_source_that_ends_its_process_each_time_costs_itself_only(
    tmp_path: Path, reports: Path
) -> None:
    bad = str(reports / "1.txt")
    sources = tuple((str(path), path.name) for path in sorted(reports.glob("[0-3].txt")))
    settings = ReadSettings()
    reader = shard_building._reader(settings)
    batches = [Batch(n, tmp_path, reader, sources[2 * n : 2 * n + 2]) for n in range(2)]

    def do(work: Any, jobs: Sequence[Batch]) -> Iterator[Any]:
        for job in jobs:
            there = any(place == bad for place, _ in job.sources) and bad not in job.lost
            yield Ended("SIGKILL") if there else work(job, settings)

    shards = {shard.number: shard for shard in write_batches(batches, do)}
    assert [entry.failure for entry in shards[0].entries] == [
        "",
        f"{bad}: was not read: the process that read it ended (SIGKILL); please report it",
    ]
    assert not shards[0].entries[1].key  # so that it is read again
    assert len(shards[1].documents) == 2


def test_what_can_be_no_shards_is_refused(tmp_path: Path, reports: Path) -> None:
    folder = tmp_path / "shards"
    with pytest.raises(StoreError, match="no such folder"):
        main(["load", "--store", str(tmp_path / "store"), str(folder)])
    with pytest.raises(UsageError, match="standard input"):
        shards_of(folder, "-")
    with pytest.raises(SourceError, match="no such file"):
        shards_of(folder, reports / "none.txt")
    with writing(folder), pytest.raises(StoreError, match="another build is writing here"):
        shards_of(folder, reports)
    with pytest.raises(StoreError, match="holds no shards"):
        main(["load", "--store", str(tmp_path / "store"), str(reports)])
    assert not (tmp_path / "store").exists()
    with pytest.raises(UsageError, match="--keep-versions"):
        shards_of(folder, "--keep-versions", reports)


def test_what_is_wrong_with_shards_is_one_line(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shards"
    shards_of(folder, reports)
    (lines,) = folder.glob("part-000003-*.nq.gz")
    lines.write_bytes(lines.read_bytes()[:-9])
    with pytest.raises(StoreError, match=r"nq.gz: is not as it was written; delete it"):
        main(["load", "--store", str(tmp_path / "store"), str(folder)])
    whole, read = graph_of(tmp_path / "store"), read_shards(folder)
    lines.unlink()
    with pytest.raises(StoreError, match=r"nq.gz: is not as it was written; delete it"):
        main(["load", "--store", str(tmp_path / "store"), str(folder)])
    with pytest.raises(StoreError, match=r"nq.gz: is gone, with 2 reports not given here"):
        shards_of(folder, reports / "1.txt")
    shards_of(folder, reports)
    told = (folder / "part-000002.json").read_text("utf-8")
    (folder / "part-000002.json").write_text(told.replace('"document": "h', '"document": "x', 1))
    with pytest.raises(StoreError, match=r"000002.json: is not as it was written; delete it"):
        main(["load", "--store", str(tmp_path / "edited"), str(folder)])
    (folder / "part-000002.json").write_text(told)
    shards_of(folder, "--force", "--area", "湖南省", reports)
    with pytest.raises(
        StoreError, match=r"json: was written anew meanwhile; give the command again"
    ):
        dict(documents(folder, read[2]))
    main(["load", "--store", str(tmp_path / "store"), str(folder)])
    assert len(graph_of(tmp_path / "store")) > len(whole)
    manifest = folder / "part-000003.json"
    for damage in ("{", "[]", '{"entries": ["a"]}', manifest.read_text().replace(": 3,", ": 2,")):
        manifest.write_text(damage)
        with pytest.raises(StoreError, match=r"json: is not as it was written; delete it"):
            remove_superseded(folder)
    monkeypatch.setattr("policygraph.graph.shards.lock", no_locks)
    with pytest.raises(StoreError, match="its file system keeps no locks"):
        shards_of(folder, reports)


def no_locks(file: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")
