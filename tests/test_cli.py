"""The command as a newcomer uses it: real processes, real files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from policygraph.loaders.sources import BUNDLED


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "policygraph", *arguments], input=stdin, capture_output=True
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "store")
    built = run("build", "--store", path)
    assert built.returncode == 0, built.stderr
    assert built.stdout == b""
    assert built.stderr.count(b"\n") == 1
    for word in (b"1 documents", b"figures", b"mentions", b"measures", b"quads", b"seconds"):
        assert word in built.stderr
    return path


def test_build_again_replaces(store: str) -> None:
    before = run("export", "--store", store).stdout
    assert run("build", str(BUNDLED), "--store", store).returncode == 0
    assert run("export", "--store", store).stdout == before != b""


def test_build_from_stdin_and_folder(tmp_path: Path) -> None:
    text = "2025年湖南省政府工作报告\n一、2024年工作回顾\n全省新建农村公路100公里。\n".encode()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(text)
    store = str(tmp_path / "s")
    assert run("build", "-", "--store", store, stdin=text).returncode == 0
    assert run("build", str(tmp_path / "in"), "--store", store).returncode == 0
    rows = run("query", "documents", "--store", store, "--format", "csv").stdout.decode()
    assert rows.count("湖南省政府工作报告") == 1  # the same text is the same document


def test_query_reads_names_files_and_stdin(store: str, tmp_path: Path) -> None:
    asked = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a <https://w3id.org/policygraph/ontology#Report> } }"
    (tmp_path / "q.rq").write_text(asked)
    for given, stdin in ((str(tmp_path / "q.rq"), b""), ("-", asked.encode())):
        assert (
            run("query", given, "--store", store, "--format", "csv", stdin=stdin).stdout
            == b"n\n1\n"
        )
    assert "王蒙徽" in run("query", "people", "--store", store).stdout.decode()


def test_queries_lists_questions_by_theme_and_those_about_a_word_with_parameters() -> None:
    listed = run("queries").stdout.decode()
    assert "依据在哪里？" in listed and listed.index("资金 Money") < listed.index("  money ")
    evidence = run("queries", "EVIDENCE").stdout.decode()
    assert "-p iri=" in evidence and "  money " not in evidence
    assert "no query is about it" in run("queries", "zzz").stderr.decode()


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld", "rdf", "graphml", "gexf"])
def test_export_writes_every_format(store: str, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"all.{suffix}"
    assert run("export", "--store", store, "-o", str(target)).returncode == 0
    assert target.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "no-such-file.txt"), "no such file"),
        (("query", "no-such-query"), "no such query"),
        (("query", "people", "--store", "/nonexistent/store"), "policygraph build"),
        (("query", "people", "-p", "x"), "name=value"),
        (("view", "no-such-view"), "no such view"),
    ],
)
def test_errors_are_one_line_with_status_2(
    store: str, arguments: tuple[str, ...], said: str
) -> None:
    if "--store" not in arguments and arguments[0] != "build":
        arguments = (*arguments, "--store", store)
    failed = run(*arguments)
    assert failed.returncode == 2
    lines = failed.stderr.decode().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\1\2" * 1000, bytes(range(256)) * 200_000],
    ids=["empty", "binary", "50 MB of noise"],
)
def test_unreadable_input_is_refused_without_a_traceback(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "report.txt"
    source.write_bytes(data)
    failed = run("build", str(source), "--store", str(tmp_path / "s"))
    assert failed.returncode == 2
    assert failed.stderr.count(b"\n") == 1
    assert b"report.txt" in failed.stderr
