"""The graph: what is written, kept, replaced and exported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from policygraph import Graph, StoreError, VocabularyError
from policygraph.graph.export import export
from policygraph.graph.statements import Document
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.graph.writer import nquads
from policygraph.ontology import terms
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.standard_profile import StandardProfile

from .processes import run_text

PG = PREFIXES["pg"]
ONTOLOGY = Path(__file__).parent.parent / "ontology" / terms.FILE


@pytest.fixture(scope="module")
def standard(graph: Graph) -> ox.Store:
    """The Hubei report as the standard profile has it."""
    store = ox.Store()
    store.extend(StandardProfile(graph.store).quads())
    return store


def test_the_same_text_gives_the_same_bytes(hubei: Document) -> None:
    assert nquads(hubei) == nquads(replace(hubei))
    code = (
        "import sys; from policygraph import read; from policygraph.graph.writer import nquads;"
        "from policygraph.loaders.sources import BUNDLED; "
        "sys.stdout.buffer.write(nquads(read(BUNDLED)).encode())"
    )
    env = os.environ | {"PYTHONHASHSEED": "7"}
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
    assert process.stdout == nquads(hubei).encode()


def test_every_quote_is_the_text_it_points_at(graph: Graph, hubei: Document) -> None:
    rows = graph.query("""
        PREFIX pg: <https://w3id.org/policygraph/ontology#>
        SELECT ?start ?end ?quote WHERE {
          GRAPH ?d { ?passage pg:start ?start ; pg:end ?end ; pg:quote ?quote }
        }""")
    assert len(rows) > 500
    for row in rows:
        assert hubei.text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_evidence_of_the_standard_profile_is_the_text_it_points_at(
    standard: ox.Store, hubei: Document
) -> None:
    rows = standard.query("""
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?start ?end ?exact ?prefix ?suffix WHERE {
          GRAPH ?d { ?span oa:hasSelector ?p , ?q . ?p oa:start ?start ; oa:end ?end .
            ?q oa:exact ?exact
            OPTIONAL { ?q oa:prefix ?prefix } OPTIONAL { ?q oa:suffix ?suffix } }
        }""")
    found = [[term.value if term else "" for term in row] for row in rows]
    assert len(found) > 500
    for start, end, *words in found:
        begin, stop = int(start), int(end)
        text = hubei.text
        assert [text[begin:stop], text[max(0, begin - 16) : begin], text[stop : stop + 16]] == words


def test_iris_are_plain_ascii(graph: Graph) -> None:
    ours = {
        term.value
        for quad in graph.store.quads()
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode)
    }
    assert [iri for iri in ours if not iri.isascii() or "%" in iri] == []


def test_every_term_is_declared_and_labelled_in_both_languages(graph: Graph) -> None:
    used = {quad.predicate.value for quad in graph.store.quads()}
    used |= {q.object.value for q in graph.store.quads() if isinstance(q.object, ox.NamedNode)}
    ours = {iri.removeprefix(PG) for iri in used if iri.startswith(PG)}
    assert ours - set(terms.names()) == set()
    labels: dict[str, set[str]] = {}
    for quad in ox.parse(ONTOLOGY.read_bytes(), ox.RdfFormat.TURTLE):
        if quad.predicate.value in (PREFIXES["rdfs"] + "label", PREFIXES["rdfs"] + "comment"):
            assert isinstance(quad.object, ox.Literal)
            key = f"{quad.predicate.value[-5:]}@{quad.object.language}"
            labels.setdefault(str(getattr(quad.subject, "value", "")), set()).add(key)
    wanted = {"label@zh-hans", "label@en", "mment@zh-hans", "mment@en"}
    assert {n for n in terms.names() if not wanted <= {x.lower() for x in labels[PG + n]}} == set()


def test_an_unknown_term_is_refused() -> None:
    with pytest.raises(VocabularyError, match="no such term"):
        terms.term("colour")


def test_one_thing_has_one_iri(graph: Graph) -> None:
    rows = graph.query("""
        PREFIX pg: <https://w3id.org/policygraph/ontology#>
        SELECT ?mention ?thing ?area WHERE {
          GRAPH ?d { ?d pg:area ?area . ?mention pg:quote ?words ; pg:mentions ?thing }
          FILTER (?words IN ("全省", "我省", "湖北"))
        }""")
    assert len(rows) > 10
    assert {row["thing"] for row in rows} == {row["area"] for row in rows}


def test_what_is_planned_is_no_activity(standard: ox.Store) -> None:
    rows = standard.query("""
        PREFIX pg: <https://w3id.org/policygraph/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?status (COUNT(?measure) AS ?all) (SUM(IF(BOUND(?happened), 1, 0)) AS ?acts) WHERE {
          GRAPH ?d {
            ?measure pg:status ?concept ; pg:reports ?deed .
            OPTIONAL { ?deed a prov:Activity . BIND (1 AS ?happened) }
          }
          BIND (STRAFTER(STR(?concept), "/status/") AS ?status)
        } GROUP BY ?status""")
    counted = {row["status"].value: (int(row["all"].value), int(row["acts"].value)) for row in rows}
    assert counted["done"][0] == counted["done"][1]
    assert counted["planned"][0] > 0 == counted["planned"][1]


def test_replacing_a_document_leaves_exactly_the_new_one(hubei: Document) -> None:
    less = replace(hubei, figures=hubei.figures[:3])
    with Graph.open() as graph:
        graph.add(hubei)
        graph.add(less)
        replaced = export(graph.store, "nq")
    with Graph.open() as fresh:
        fresh.add(less)
        assert (export(fresh.store, "nq") == replaced) is True


def test_exports_hold_the_same_quads(graph: Graph, hubei: Document) -> None:
    lines = export(graph.store, ".nq").decode().splitlines()
    for suffix, form in ((".trig", ox.RdfFormat.TRIG), (".jsonld", ox.RdfFormat.JSON_LD)):
        assert len(set(ox.parse(export(graph.store, suffix), form))) == len(lines)
    for suffix, form in ((".ttl", ox.RdfFormat.TURTLE), (".rdf", ox.RdfFormat.RDF_XML)):
        assert len(set(ox.parse(export(graph.store, suffix), form))) == len(lines)
    assert len(graph.rdflib()) == len(lines)
    for suffix in (".graphml", ".gexf"):
        assert "王蒙徽" in export(graph.store, suffix).decode()
    with pytest.raises(StoreError, match="unknown export format"):
        export(graph.store, ".xlsx")


def test_readers_work_beside_a_writer_and_a_second_writer_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with OxigraphStore(path) as store:
        store.add("urn:a", "<urn:s> <urn:p> <urn:o> <urn:a> .\n")
        code = f"from policygraph import Graph; print(Graph.open({str(path)!r}, read_only=True).store.count())"
        reader = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert reader.stdout == "1\n", reader.stderr
        code = f"from policygraph import Graph; Graph.open({str(path)!r})"
        writer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert "another process is writing" in writer.stderr


def test_a_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        store.add("urn:a", "<urn:s> <urn:p> <urn:o> <urn:a> .\n")
        store.snapshot(tmp_path / "views" / "1")
        store.drop("urn:a")
        with pytest.raises(StoreError, match="exist"):
            store.snapshot(tmp_path / "views" / "1")
        with OxigraphStore(tmp_path / "views" / "1", read_only=True) as view:
            assert (view.count(), store.count()) == (1, 0)
    with OxigraphStore() as store, pytest.raises(StoreError, match="give it a folder"):
        store.snapshot(tmp_path / "views" / "2")


def test_a_killed_build_leaves_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "store"
    code = (
        "import sys\nfrom policygraph.graph.stores.oxigraph import OxigraphStore\nfrom pathlib import Path\n"
        "s = OxigraphStore(Path(sys.argv[1]))\nn = 0\nprint('ready', flush=True)\n"
        "while True:\n"
        "    n += 1\n"
        "    s.add('urn:g', ''.join(f'<urn:s{i}> <urn:p> \"{n}\" <urn:g> .\\n' for i in range(500)))\n"
        "    print(n, flush=True)\n"
    )
    for lines in (1, 3, 6):
        writer = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout
        for _ in range(lines):
            writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with OxigraphStore(path) as store:
            values = {str(quad.object) for quad in store.quads()}
            assert (store.count(), len(values)) in ((0, 0), (500, 1))


def test_places_that_are_no_store_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="not a store"):
        OxigraphStore(tmp_path / "file")
    with pytest.raises(StoreError, match="not a store"):
        OxigraphStore(tmp_path)
    with pytest.raises(StoreError, match="policygraph build"):
        OxigraphStore(tmp_path / "nothing", read_only=True)


# What version 0.2 wrote: the classes above ours, and things and evidence in a document's graph.
OLD = """
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
<urn:report> {
  <urn:report> a pg:Report , schema:Report ; pg:text "投入2亿元。" ; pg:area <urn:hubei> .
  <urn:hubei> a pg:Area , pg:NamedEntity ; rdfs:label "湖北省"@zh-Hans .
  <urn:report/figure/2-5> a pg:Figure , pg:Statement ; pg:kindText "amount" ; pg:evidence <urn:report/span/2-5> .
  <urn:report/span/2-5> a oa:SpecificResource ; oa:hasSource <urn:report> .
}
"""


@pytest.fixture
def old_store(tmp_path: Path) -> Path:
    path = tmp_path / "old"
    store = ox.Store(str(path))
    store.load(OLD.encode(), ox.RdfFormat.TRIG)
    store.flush()
    return path


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_version_0_2_is_told_and_left_as_it_is(old_store: Path, read_only: bool) -> None:
    for _ in range(2):  # nothing stays locked
        with pytest.raises(StoreError, match=r"version 0\.2 .* policygraph build") as told:
            OxigraphStore(old_store, read_only=read_only)
        assert "\n" not in str(told.value)
    assert len(ox.Store.read_only(str(old_store))) == 13


@pytest.mark.parametrize("command", ["info", "build", "check", "export", "query", "materialise"])
def test_every_command_says_what_to_do_with_an_old_store(old_store: Path, command: str) -> None:
    arguments = [command, "--store", str(old_store), *(["documents"] if command == "query" else [])]
    done = run_text(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "build the reports again into a new one" in done.stderr


def test_an_old_graph_in_another_kind_of_store_is_told() -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=OLD, format="trig")
    with pytest.raises(StoreError, match=r"version 0\.2"):
        RdflibStore(dataset).check_version()


def test_a_store_of_ones_own_annotations_is_none_of_version_0_2(tmp_path: Path) -> None:
    engine = ox.Store(str(tmp_path / "own"))
    engine.load(OLD.replace("pg:Report , ", "").encode(), ox.RdfFormat.TRIG)
    engine.flush()
    del engine
    with OxigraphStore(tmp_path / "own") as store:
        assert store.count() == 12


def test_the_commands_give_the_standard_profile(short: Document, tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "standard.nq"

    def run(*arguments: str) -> str:
        done = run_text(*arguments, "--store", str(store))
        assert done.returncode == 0, done.stderr
        return done.stderr

    with Graph.open(store) as graph:
        graph.add(short)
        kept = export(graph.store, "nq")
        whole = export(StandardProfile(graph.store), "nq")
    run("export", "--profile", "standard", "-o", str(file))
    assert file.read_bytes() == whole
    derived = whole.count(b"\n") - kept.count(b"\n")
    assert run("materialise").startswith(f"{derived} triples")
    run("export", "--profile", "standard", "-o", str(file))
    assert file.read_bytes() == whole
    with Graph.open(store, read_only=True) as graph:
        assert graph.store.count() == whole.count(b"\n")
        assert graph.info().documents == 1
    assert run("materialise", "--remove").startswith("2 graphs")
    with Graph.open(store, read_only=True) as graph:
        assert export(graph.store, "nq") == kept
    for suffix, form in ((".trig", ox.RdfFormat.TRIG), (".jsonld", ox.RdfFormat.JSON_LD)):
        run("export", "--profile", "standard", "-o", str(file.with_suffix(suffix)))
        parsed = set(ox.parse(file.with_suffix(suffix).read_bytes(), form))
        assert len(parsed) == whole.count(b"\n")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"48.970"^^<xsd:decimal>', '"48.97"^^<xsd:decimal>'),
        ('"007"^^<xsd:integer>', '"7"^^<xsd:integer>'),
        ('"1"^^<xsd:boolean>', '"true"^^<xsd:boolean>'),
        (
            '"0.12345678901234567890123"^^<xsd:decimal>',
            '"0.12345678901234567890123"^^<xsd:decimal>',
        ),
        (
            '"123456789012345678901234567890"^^<xsd:integer>',
            '"123456789012345678901234567890"^^<xsd:integer>',
        ),
        ('"48.970"', '"48.970"'),
    ],
)
def test_numbers_are_kept_by_value_as_the_docs_say(written: str, kept: str) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    with OxigraphStore() as store:
        store.update(
            f"INSERT DATA {{ GRAPH <a:g> {{ <a:s> <a:p> {written.replace('xsd:', xsd)} }} }}"
        )
        assert [str(quad.object) for quad in store.quads()] == [kept.replace("xsd:", xsd)]
