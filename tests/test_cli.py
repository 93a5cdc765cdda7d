"""The command as a newcomer uses it: real processes, real files."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.loaders.sources import BUNDLED

from .processes import run, start

DATA = Path(__file__).parent / "data"


POLICYGRAPH = (sys.executable, "-m", "policygraph")


def started(*arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    """A command from the start of Python on; where only what it does matters, it is ``run``."""
    return subprocess.run([*POLICYGRAPH, *arguments], capture_output=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "store")
    built = started("build", "--store", path)
    assert built.returncode == 0, built.stderr
    assert built.stdout == b""
    assert built.stderr.count(b"\n") == 1
    for word in (b"1 document,", b"figures", b"mentions", b"measures", b"quads", b"seconds"):
        assert word in built.stderr
    return path


def test_building_again_replaces_the_report(store: str) -> None:
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


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", b"\xb2\xc6"),
        ("query", "money", "-p", b"indicator=\xb2\xc6"),
        ("queries", b"\xb2\xc6"),
        ("build", "--title", b"\xb2\xc6"),
        (b"\xb2\xc6",),
    ],
)
def test_text_in_another_encoding_is_told_in_one_line(
    store: str, arguments: tuple[str | bytes, ...]
) -> None:
    place = () if len(arguments) == 1 or arguments[0] == "queries" else ("--store", store)
    before = quads(store)
    done = run(*arguments, *place)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"policygraph: " in done.stderr.splitlines()[-1]
    assert quads(store) == before


def quads(store: str) -> set[str]:
    """All that a store holds."""
    with OxigraphStore(Path(store), read_only=True) as reader:
        return {str(quad) for quad in reader.quads()}


def test_a_file_whose_name_is_in_another_encoding_is_read(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xb2\xc6.txt"
    Path(os.fsdecode(name)).write_text("2025年湖南省政府工作报告\n全省新建公路100公里。\n", "utf-8")
    done = started("build", name, "--store", str(tmp_path / "store"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("utf8", ["0", "1"])
def test_chinese_is_written_and_asked_for_in_the_c_locale(store: str, utf8: str) -> None:
    """Without UTF-8 mode what is typed cannot be told, but what is printed can be."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": utf8, "PYTHONCOERCECLOCALE": "0"}
    env = {**os.environ, **plain}
    for arguments in (["queries"], ["--help"], ["check", "--store", store]):
        done = subprocess.run([*POLICYGRAPH, *arguments], capture_output=True, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        assert any("一" <= char <= "龥" for char in done.stdout.decode())
    asked = [*POLICYGRAPH, "query", "money", "--store", store, "-p", "indicator=财政衔接资金"]
    done = subprocess.run(asked, capture_output=True, env=env)
    assert b"Traceback" not in done.stderr
    assert (b"239.82" in done.stdout) == (utf8 == "1")
    assert done.returncode == (0 if utf8 == "1" else 2)


@pytest.mark.parametrize(
    "command",
    ["query money", "query money --format csv", "queries", "info", "export", "check", "--help"],
)
@pytest.mark.parametrize("output", [">&-", ">/dev/full"])
def test_output_that_cannot_be_written_is_told_in_one_line(
    store: str, command: str, output: str
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    place = () if command in ("queries", "--help") else ("--store", store)
    arguments = (*command.split(), *place)
    if command == "query money":
        line = f"{shlex.join((*POLICYGRAPH, *arguments))} {output}"
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True)
    else:
        done = run(*arguments, **{"closed" if output == ">&-" else "full": [1]})
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    if command != "--help":
        assert done.returncode == 2
        assert done.stderr.startswith(b"policygraph: the output cannot be written: ")
        assert done.stderr.count(b"\n") == 1


def test_what_is_no_file_is_written_into_and_a_link_is_followed(store: str, tmp_path: Path) -> None:
    """A device, a pipe or a link stays what it is."""
    asked = ("query", "documents", "--store", store, "--format", "csv", "-o")
    written = started(*asked, "/dev/stdout").stdout  # a pipe
    assert written.startswith(b"document,")
    link = tmp_path / "link.csv"
    link.symlink_to("target.csv")
    assert run(*asked, str(link)).returncode == 0
    assert link.is_symlink()
    assert (tmp_path / "target.csv").read_bytes() == written
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(pipe.read_bytes)
        assert run(*asked, str(pipe)).returncode == 0
        assert read.result() == written
    assert pipe.is_fifo()


STREAMS: dict[str, dict[str, list[int]]] = {
    "<&-": {"closed": [0]},
    ">&-": {"closed": [1]},
    "2>&-": {"closed": [2]},
    "2>/dev/full": {"full": [2]},
}


@pytest.mark.parametrize("closed", [*STREAMS, "<&- >&- 2>&-"])
def test_a_report_is_built_whatever_streams_are_closed(tmp_path: Path, closed: str) -> None:
    store = str(tmp_path / "store")
    words = ("build", "--store", store, str(DATA / "sample.txt"))
    if closed == "<&- >&- 2>&-":
        line = f"{shlex.join((*POLICYGRAPH, *words))} {closed}"
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True)
    else:
        done = run(*words, **STREAMS[closed])
    assert b"Traceback" not in done.stderr
    assert b"1 document," in run("info", "--store", store).stdout


def test_a_build_goes_on_where_nobody_reads_what_it_tells(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    read, write = os.pipe()
    os.close(read)
    words = ("build", "--store", str(tmp_path / "store"), str(tmp_path / "empty.txt"))
    process = start(*words, str(DATA / "sample.txt"), stderr=write)
    os.close(write)
    assert process.wait(60) == 1
    assert b"1 document," in run("info", "--store", str(tmp_path / "store")).stdout


def test_query_reads_names_files_and_stdin(store: str, tmp_path: Path) -> None:
    asked = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a <https://w3id.org/policygraph/ontology#Report> } }"
    (tmp_path / "q.rq").write_text(asked)
    (tmp_path / "bom.rq").write_text(asked, "utf-8-sig")
    for given, stdin in (
        (str(tmp_path / "q.rq"), b""),
        (str(tmp_path / "bom.rq"), b""),
        ("-", asked.encode()),
        ("-", asked.encode("utf-8-sig")),
    ):
        assert (
            run("query", given, "--store", store, "--format", "csv", stdin=stdin).stdout
            == b"n\n1\n"
        )
    assert "王蒙徽" in run("query", "people", "--store", store).stdout.decode()


def test_an_answer_is_written_in_the_format_its_file_ends_in(store: str, tmp_path: Path) -> None:
    for name, options, begins in (
        ("a.csv", (), b"document,"),
        ("a.json", (), b"{"),
        ("a.txt", (), b"document  "),
        ("b.csv", ("--format", "tsv"), b"document\t"),
    ):
        file = tmp_path / name
        assert run("query", "people", "--store", store, "-o", str(file), *options).returncode == 0
        assert file.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("query", "people"), "a.ods"),
        (("query", "people"), "a.trig"),
        (("query", "provenance"), "a.rdf"),
        (("search", "湖北"), "a.ods"),
        (("view", "actors"), "a.png"),
    ],
)
def test_a_file_is_not_written_in_another_format_than_its_ending(
    store: str, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    file = tmp_path / name
    failed = run(*command, "--store", store, "-o", str(file))
    assert failed.returncode == 2
    assert f"not written as {file.suffix}" in failed.stderr.decode()
    assert failed.stderr.count(b"\n") == 1
    assert not file.exists()


def test_a_second_ctrl_c_ends_the_service_without_a_traceback(store: str) -> None:
    command = [sys.executable, "-m", "policygraph", "serve", "--store", store, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as serving:
        assert serving.stdout and serving.stderr
        assert serving.stdout.readline().startswith(b"http://")
        serving.send_signal(signal.SIGINT)
        serving.send_signal(signal.SIGINT)
        assert serving.stderr.read() == b"policygraph: serving; end with Ctrl-C\n"
    assert serving.returncode == 0


def test_queries_lists_questions_by_theme_and_those_about_a_word_with_parameters() -> None:
    listed = run("queries").stdout.decode()
    assert "依据在哪里？" in listed and listed.index("资金 Money") < listed.index("  money ")
    evidence = run("queries", "EVIDENCE").stdout.decode()
    assert "-p iri=" in evidence and "  money " not in evidence
    assert "no query has this word" in run("queries", "zzz").stderr.decode()


def test_one_report_is_exported_with_all_it_points_at(store: str, tmp_path: Path) -> None:
    listed = run("query", "documents", "--store", store, "--format", "csv").stdout.decode()
    report, path = listed.splitlines()[1].partition(",")[0], str(tmp_path / "one.ttl")
    assert run("export", "--store", store, "--document", report, "-o", path).returncode == 0
    said = run("validate", path)
    assert (said.returncode, b"0 violations" in said.stdout + said.stderr) == (0, True)
    unknown = run("export", "--store", store, "--document", "urn:x", "-o", path)
    assert unknown.returncode == 2
    assert unknown.stderr.startswith(b"policygraph: urn:x: no report of this store")


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
        (("query", "people", "-o", "."), "is a folder"),
        (("query", "no-such-file.rq"), "no-such-file.rq: cannot be read: No such file"),
        (("build", str(BUNDLED), "--area", "火星省"), "火星省: not in the register"),
        (("build", str(BUNDLED), "--area", "通州区"), "江苏省南通市通州区 (320612)"),
        (("build", str(BUNDLED), "--period", "2022年"), "2022-12"),
    ],
)
def test_errors_are_one_line_with_status_2(
    store: str, arguments: tuple[str, ...], said: str
) -> None:
    if "--store" not in arguments:
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


@pytest.mark.parametrize(
    "arguments",
    [["build", "--store", ""], ["build", "--store="], ["build", ""], ["query", ""]],
)
def test_an_empty_value_is_refused(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert b"empty value" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("options", [["--gzip", "-o", "x.ttl"], ["--bulk", "parts", "-o", "x.ttl"]])
def test_options_that_do_not_go_together_are_refused(
    store: str, options: list[str], tmp_path: Path
) -> None:
    given = [str(tmp_path / one) if not one.startswith("-") else one for one in options]
    done = run("export", "--store", store, *given)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_address_in_use_is_told_with_the_remedy(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("湖南省2023年工作总结\n\n2023年，新建学校5所。\n", "utf-8")
    store = str(tmp_path / "store")
    run("build", "--store", store, str(report))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("serve", "--store", store, "--port", port)
    assert ended.returncode != 0
    assert b"give --port 0 for a free one" in ended.stderr
