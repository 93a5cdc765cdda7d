"""Building many reports: by several processes, a second time, with files that cannot be read."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from policygraph.cli.build_progress import BuildProgress
from policygraph.cli.source_reading import SourceReading, failed
from policygraph.graph.stores.oxigraph import OxigraphStore

from .processes import run_text

END = 120  # seconds anything may take to end


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of five small reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(
            f"湖北省{2018 + number}年工作总结\n\n{2018 + number}年，全省投入财政衔接资金"
            f"{number + 3}.5亿元，省乡村振兴局帮扶37个脱贫县。\n",
            "utf-8",
        )
    return folder


def command(store: Path, *arguments: object) -> list[str]:
    words = [sys.executable, "-m", "policygraph", "build", "--store", str(store)]
    return [*words, *map(str, arguments)]


def build(store: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run_text("build", "--store", store, *map(str, arguments))


def quads(store: Path) -> set[str]:
    with OxigraphStore(store, read_only=True) as reader:
        return {str(quad) for quad in reader.quads()}


def test_several_processes_make_what_one_makes_and_a_bad_file_costs_one_line(
    tmp_path: Path, reports: Path
) -> None:
    (reports / "2.docx").write_bytes(b"PK\x03\x04 cut")
    (reports / "3a.txt").write_bytes(b"")
    (reports / "3b.txt").write_bytes(b"")
    said = []
    for workers in (1, 2):
        done = build(tmp_path / f"store{workers}", "--workers", workers, reports)
        assert done.returncode == 1
        said.append([line for line in done.stderr.splitlines() if "seconds" not in line])
    assert quads(tmp_path / "store1") == quads(tmp_path / "store2")
    assert said[0] == said[1]
    assert [line.split(":")[1].strip() for line in said[0][:3]] == ["2.docx", "3a.txt", "3b.txt"]
    assert said[0][3:] == [
        "policygraph: 3 of 8 sources were not read: is empty (2), is cut off or damaged (1)"
    ]


def test_what_is_unchanged_in_the_store_is_not_read_again(tmp_path: Path, reports: Path) -> None:
    store = tmp_path / "store"
    assert "5 documents" in build(store, reports).stderr
    first = quads(store)
    (reports / "5.txt").write_text("湖北省2023年工作总结\n\n2023年，新建学校5所。\n", "utf-8")
    again = build(store, "--workers", 2, reports).stderr
    assert "5 reports of 6 unchanged in the store, not read again" in again
    assert "1 document," in again
    assert first < quads(store)
    forced = build(store, "--force", reports).stderr
    assert "6 documents" in forced
    assert "not read again" not in forced


def test_one_text_under_two_names_is_that_of_the_last_however_often_it_is_built(
    tmp_path: Path, reports: Path
) -> None:
    (reports / "5.txt").write_bytes((reports / "0.txt").read_bytes())
    found = []
    for _ in range(3):
        build(tmp_path / "store", reports)
        found.append(quads(tmp_path / "store"))
    assert found[0] == found[1] == found[2]


def test_progress_is_one_line_of_the_terminal_and_counts_only_what_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = BuildProgress(2000)
    progress.done = 1000  # were there already
    time.sleep(0.05)
    progress.begin()
    time.sleep(0.05)
    progress.add(SourceReading("a", "urn:a", counts=(("figure", 1),)))
    progress.show("政府工作报告重点任务分工方案\n\x1b[2J" * 9)
    shown = capsys.readouterr().err.removesuffix("\x1b[K").removeprefix("\r")
    assert shown.isprintable()
    assert sum(2 if ord(char) > 0x3000 else 1 for char in shown) in (78, 79)
    found = re.search(r"1001/2000 ([0-9.]+)/s (\d+):(\d\d) left", shown)
    assert found and float(found[1]) <= 20 and int(found[2]) * 60 + int(found[3]) >= 49
    progress.add(failed("x", "\x1b[2J: is empty"))
    assert "policygraph: \\x1b[2J: is empty\n" in capsys.readouterr().err


def test_a_table_that_is_unchanged_in_the_store_is_not_read_again(tmp_path: Path) -> None:
    store, table, mapping = tmp_path / "store", tmp_path / "t.csv", tmp_path / "m.json"
    table.write_text("地区,年份,地区生产总值（亿元）\n湖北省,2022,53734.92\n", "utf-8")
    assert "1 document," in build(store, table).stderr
    first = quads(store)
    assert "1 report of 1 unchanged in the store, not read again" in build(store, table).stderr
    mapping.write_text(
        '{"area": "地区", "year": "年份", "columns": {"地区生产总值（亿元）": {"indicator": "地区生产总值", "unit": "万元"}}}',
        "utf-8",
    )
    assert "1 document," in build(store, "--mapping", mapping, table).stderr
    assert quads(store) != first
    table.write_text("地区,年份,地区生产总值（亿元）\n湖北省,2022,53734.9\n", "utf-8")
    assert "1 document," in build(store, table).stderr


def test_a_report_that_would_be_read_otherwise_is_read_again(tmp_path: Path, reports: Path) -> None:
    store, report = tmp_path / "store", reports / "0.txt"
    build(store, report)
    before = quads(store)
    assert "1 document," in build(store, "--area", "湖南省", report).stderr
    assert quads(store) != before
    words = tmp_path / "mine.ttl"
    words.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/x> a skos:Concept ; skos:prefLabel '帮扶车间'@zh-Hans ;\n"
        "  skos:inScheme <https://w3id.org/policygraph/vocabulary/programme> .\n",
        "utf-8",
    )
    build(store, report)
    done = build(store, "--vocabulary", words, report)
    assert "1 document," in done.stderr
    (reports / "other.txt").write_bytes(report.read_bytes())
    assert "1 document," in build(store, reports / "other.txt").stderr


def test_a_process_that_ends_while_it_reads_costs_its_file_only(
    tmp_path: Path, reports: Path
) -> None:
    process, pipe = reading_a_pipe(tmp_path, reports)
    with process, pipe.open("wb"):  # opened once somebody reads it
        next(child for child in children(process) if opened(child, pipe)).kill()
        _, said = process.communicate(timeout=END)
    assert process.returncode == 1
    assert f"{pipe}: was not read: the process that read it ended (SIGKILL)" in said
    assert "5 documents" in said
    assert "1 of 6 sources were not read: the process ended (SIGKILL) (1)" in said


def test_an_interrupted_build_ends_at_once_with_all_its_processes(
    tmp_path: Path, reports: Path
) -> None:
    process, pipe = reading_a_pipe(tmp_path, reports)
    with process, pipe.open("wb"):
        workers = children(process)
        os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C does
        _, said = process.communicate(timeout=END)
    assert process.returncode == 130
    assert said == ""
    assert psutil.wait_procs(workers, END)[1] == []
    with OxigraphStore(tmp_path / "store") as store:
        assert store.documents() == []


def reading_a_pipe(tmp_path: Path, reports: Path) -> tuple[subprocess.Popen[str], Path]:
    """A build by two processes, one of which waits for what a pipe among the reports gives."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    words = command(tmp_path / "store", "--workers", 2, pipe, reports)
    process = subprocess.Popen(
        words,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background has it ignored, which children inherit.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    return process, pipe


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return found


def opened(process: psutil.Process, path: Path) -> bool:
    files = Path(f"/proc/{process.pid}/fd")
    return any(file.readlink() == path for file in files.iterdir())
