"""Every row of the table of formats is offered where its kind belongs, and has its writer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph.errors import QueryError, StoreError
from policygraph.graph import formats
from policygraph.graph.export import export
from policygraph.graph.formats import ANSWER_GRAPHS, EXPORTS, FORMATS, GRAPHS, ROWS, Format
from policygraph.graph.stores import Kind, Store, open_store, store_class
from policygraph.queries import results
from policygraph.queries.catalogue import bundled
from policygraph.queries.results import write
from policygraph.service import openapi, result_writer
from policygraph.service.settings import Settings

QUAD = '<urn:s> <urn:p> "价值" <urn:g> .\n'
SELECT = "SELECT ?s ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def store() -> Store:
    memory = open_store()
    memory.add("urn:g", QUAD)
    return memory


def name(form: Format) -> str:
    return form.extension


def cut_at(rows: int, size: int, store: Store, sparql: str, form: Format) -> tuple[str, bytes]:
    """What the service writes within a limit of rows and of bytes, and which of them cut it."""
    chunks: list[bytes] = []
    sink = result_writer.Sink(chunks.append)
    cut = result_writer.write(store.query(sparql), form, sink, rows, size)
    return cut, b"".join(chunks)


def served(store: Store, sparql: str, form: Format) -> bytes:
    cut, data = cut_at(0, 0, store, sparql, form)
    assert cut == ""
    return data


def readable(form: Format, data: bytes) -> str:
    """What a file of rows says; of a workbook its sheet."""
    if form.extension != "xlsx":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("form", ROWS, ids=name)
def test_rows_are_written_by_the_command_and_the_service(store: Store, form: Format) -> None:
    for data in (write(store.query(SELECT), form.extension), served(store, SELECT, form)):
        assert "价值" in readable(form, data)


def test_a_table_counts_its_rows_in_english(store: Store) -> None:
    for number, words in ((1, "(1 row)"), (2, "(2 rows)"), (0, "(0 rows)")):
        sparql = f"SELECT ?x {{ VALUES ?x {{ {' '.join(map(str, range(number)))} }} }}"
        assert write(store.query(sparql), "table").decode().splitlines()[-1] == words


@pytest.mark.parametrize("form", ROWS, ids=name)
@pytest.mark.parametrize(("where", "expected"), [("?s ?p ?o", "true"), ("?s <urn:q> ?o", "false")])
def test_a_yes_or_no_is_written_by_the_command_and_the_service(
    store: Store, form: Format, where: str, expected: str
) -> None:
    sparql = f"ASK {{ GRAPH ?g {{ {where} }} }}"
    for data in (write(store.query(sparql), form.extension), served(store, sparql, form)):
        assert expected in readable(form, data)


MARKDOWN = Format("md", "text/markdown", "Markdown", "rows")


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A writer as a contributor would add it: the rows, then a last line."""
    yield f"| {' | '.join(columns)} |\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"
    yield "end\n"


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format of rows the engine does not write, added as CONTRIBUTING says."""
    monkeypatch.setattr(results, "ANSWERS", (*results.ANSWERS, MARKDOWN))
    monkeypatch.setitem(formats.BY_EXTENSION, "md", MARKDOWN)
    monkeypatch.setitem(results.ROW_WRITERS, "md", markdown)
    return MARKDOWN


def test_a_format_with_a_writer_of_its_own_is_written_by_both(
    store: Store, registered: Format
) -> None:
    rows = "| s | o |\n| urn:s | 价值 |\nend\n"
    assert write(store.query(SELECT), "md").decode() == rows
    assert served(store, SELECT, registered).decode() == rows
    assert served(store, "ASK { ?s ?p ?o }", registered) == b"true\n"
    hidden = SELECT.replace("?s ?o", "?s ?o (1 AS ?sGiven)")
    assert served(store, hidden, registered).decode() == rows


def test_a_format_with_a_writer_of_its_own_is_cut_at_the_limits(
    store: Store, registered: Format
) -> None:
    many = "SELECT ?x { VALUES ?x { 1 2 3 } }"
    assert cut_at(2, 0, store, many, registered) == ("rows", b"| x |\n| 1 |\n| 2 |\nend\n")
    assert cut_at(3, 0, store, many, registered)[0] == ""
    assert cut_at(0, 10, store, many, registered) == ("bytes", b"| x |\n| 1 |\nend\n")


def test_a_format_of_rows_that_nothing_writes_is_told_by_both(
    store: Store, registered: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(results.ROW_WRITERS, "md")
    with pytest.raises(QueryError, match="queries/results"):
        write(store.query(SELECT), "md")
    with pytest.raises(QueryError, match="queries/results"):
        served(store, SELECT, registered)


@pytest.mark.parametrize("form", GRAPHS, ids=name)
def test_graphs_written_by_the_service_are_read_back(store: Store, form: Format) -> None:
    (quad,) = ox.parse(served(store, CONSTRUCT, form), form.graph)
    assert str(quad.triple) == '<urn:s> <urn:p> "价值"'


@pytest.mark.parametrize("form", ANSWER_GRAPHS, ids=name)
def test_graphs_written_by_the_command_are_read_back(store: Store, form: Format) -> None:
    (quad,) = ox.parse(write(store.query(CONSTRUCT), form.extension), form.graph)
    assert str(quad.triple) == '<urn:s> <urn:p> "价值"'


@pytest.mark.parametrize("form", EXPORTS, ids=name)
def test_a_store_is_exported_in_every_format_offered(store: Store, form: Format) -> None:
    data = export(store, form.extension)
    if form.graph:
        assert len(list(ox.parse(data, form.graph))) == 1
        assert ("urn:g" in data.decode()) == form.named_graphs
    else:
        assert b"<graph" in data


def test_the_service_describes_every_format_it_sends() -> None:
    content = openapi.describe(bundled(), Settings())["paths"]["/sparql"]["get"]["responses"]["200"]
    assert set(content["content"]) == {form.media for form in (*ROWS, *GRAPHS)}


def test_no_two_formats_have_one_extension_or_media_type_of_their_kind() -> None:
    assert len({form.extension for form in FORMATS}) == len(FORMATS)
    for offers in (ROWS, GRAPHS, formats.EXPORTS):
        media = [one for form in offers for one in (form.media, *form.aliases)]
        assert len(set(media)) == len(media)


def test_a_kind_of_store_is_found_by_the_scheme_of_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from policygraph.graph import stores

    line = Kind(("rdflib",), "rdflib_dataset", "RdflibStore")
    monkeypatch.setattr(stores, "KINDS", (*stores.KINDS, line))
    assert store_class("rdflib://any").__name__ == "RdflibStore"
    assert store_class("https://example.org/sparql").__name__ == "ServerStore"
    assert store_class("a/folder").__name__ == store_class(None).__name__ == "OxigraphStore"
    with pytest.raises(StoreError, match="not opened by a location"):
        open_store("rdflib://any")


def test_a_spreadsheet_keeps_chinese_numbers_and_codes_and_runs_no_formula(tmp_path: Path) -> None:
    values = '"=1+1" "007" "239.82" "湖北省 <&>" "123456789012345678"'
    answer = open_store().query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    data = write(answer, "xlsx")
    (tmp_path / "a.xlsx").write_bytes(data)
    sheet = readable(Format("xlsx", ""), data)
    assert "<c><v>239.82</v></c>" in sheet
    for text in ("=1+1", "007", "湖北省 &lt;&amp;&gt;", "123456789012345678"):
        assert f'<t xml:space="preserve">{text}</t>' in sheet
    again = open_store().query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    assert write(again, "xlsx") == data
