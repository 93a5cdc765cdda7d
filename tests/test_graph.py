"""A document built by hand from one sentence: its quads, and how the store keeps them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from policygraph.errors import QueryError, StoreError
from policygraph.graph import Graph
from policygraph.graph.export import export, write_file
from policygraph.graph.statements import (
    Document,
    Entity,
    Figure,
    Finding,
    Header,
    Measure,
    Mention,
    Reference,
    Section,
    Span,
)
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.writer import nquads
from policygraph.loaders.entities import area_entity, named_entity, organization_entity
from policygraph.loaders.report_context import ReportContext
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.ontology.register import Register
from policygraph.ontology.terms import THINGS, standard_graph, term
from policygraph.queries.standard_profile import StandardProfile, materialise, remove

HEADING = "一、强化帮扶"
SENTENCE = "省委、省政府印发《行动方案》,28个国定脱贫县发放贷款4.69亿元、同比增长14%。"
TEXT = f"{HEADING}\n{SENTENCE}\n省级试点在新集镇开展。\n"
HUBEI = next(area for area in Register.load().areas if area.code == "420000")
HOME = area_entity(HUBEI)
CONTEXT = ReportContext(HUBEI, "2022", 2022)
POOR_COUNTIES = named_entity("Group", "国定脱贫县", CONTEXT)
FORMATS = {".trig": "trig", ".nq": "nquads", ".jsonld": "json-ld"}
MERGED = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml"}


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def figure(words: str, value: str, unit: str, kind: str, **more: object) -> Figure:
    clause = at("28个国定脱贫县发放贷款4.69亿元、同比增长14%")
    usual: dict[str, object] = {
        "span": at(words),
        "value": Decimal(value),
        "unit": unit,
        "kind": kind,
        "indicator": "贷款发放额",
        "scope": Reference("28个国定脱贫县", (POOR_COUNTIES,)),
        "period": "2022",
        "of": None,
        "qualifier": (),
        "rule": "figure/amount/left",
        "clause": (clause.start, clause.end),
    }
    return Figure(**(usual | more))  # type: ignore[arg-type]


def measure(
    words: str, action: str, done_to: Reference, actors: tuple[Entity, ...], *, rule: str
) -> Measure:
    return Measure(at(words), actors, action, done_to, Reference(), (), "2022", "done", rule)


def figures() -> tuple[Figure, ...]:
    of_province = Reference("湖北省", (HOME,))
    return (
        figure("28个", "28", "个", "count", indicator="国定脱贫县", scope=of_province),
        figure("4.69亿元", "469000000", "元", "amount"),
        figure("14%", "14", "%", "change", of=at("4.69亿元").start),
        figure("14%", "14", "%", "rank", of=at("28个").start),
    )


def measures(plan: Entity, actors: tuple[Entity, ...]) -> tuple[Measure, ...]:
    done_to = Reference("《行动方案》", (plan,))
    planned = measure("省级试点在新集镇开展", "开展", Reference("省级试点"), (), rule="issue")
    return (
        measure("省委、省政府印发《行动方案》", "印发", done_to, actors, rule="issue"),
        measure(
            "28个国定脱贫县发放贷款4.69亿元、同比增长14%",
            "发放",
            Reference("贷款"),
            (POOR_COUNTIES,),
            rule="carry-out",
        ),
        replace(planned, period="", status="planned"),
    )


@pytest.fixture
def document() -> Document:
    committee, government, issuer = (
        organization_entity(name, CONTEXT)
        for name in ("中共湖北省委员会", "湖北省人民政府", "湖北省乡村振兴局")
    )
    plan = named_entity("Document", "行动方案", CONTEXT)
    return Document(
        text=TEXT,
        header=Header(title="总结", issuer="湖北省乡村振兴局", issued="2023-01"),
        home=HOME,
        period="2022",
        issuer=issuer,
        sections=(Section("1", 1, at(HEADING), 0, len(TEXT), ""),),
        sentences=((at(SENTENCE).start, at(SENTENCE).end),),
        figures=figures(),
        mentions=(
            Mention(at("省委"), committee, "mention/body/party-committee"),
            Mention(at("省政府"), government, "mention/post"),
            Mention(at("《行动方案》"), plan, "mention/document/title-marks"),
            Mention(at("28个国定脱贫县"), POOR_COUNTIES, "mention/group/counted", Decimal(28)),
            Mention(at("新集镇"), named_entity("Area", "新集镇", CONTEXT), "mention/area/town"),
        ),
        measures=measures(plan, (committee, government)),
        findings=(Finding(at("14%"), "unit-missing", "读法不一"),),
        source="report.txt",
    )


@pytest.fixture
def standard(graph: Graph) -> Iterator[Graph]:
    """The same document as the standard profile has it."""
    with Graph.open() as whole:
        whole.store.oxigraph.extend(StandardProfile(graph.store).quads())
        yield whole


def values(graph: Graph, subject: str, predicate: str) -> list[str]:
    found = graph.store.oxigraph.quads_for_pattern(
        ox.NamedNode(subject), ox.NamedNode(predicate), None
    )
    return sorted(str(getattr(quad.object, "value", "")) for quad in found)


@pytest.fixture
def graph(document: Document) -> Graph:
    graph = Graph.open()
    graph.add(document)
    return graph


def test_the_same_document_gives_the_same_lines_none_twice(document: Document) -> None:
    lines = nquads(document).splitlines()
    assert len(lines) == len(set(lines))
    assert nquads(document) == nquads(replace(document))


def test_a_statement_leads_back_to_its_words(graph: Graph, document: Document) -> None:
    rows = list(
        graph.select("""
        PREFIX pg: <https://w3id.org/policygraph/ontology#>
        SELECT ?quote ?start ?end ?text WHERE {
          GRAPH ?document {
            ?statement pg:producedBy ?rule ; pg:quote ?quote ; pg:start ?start ; pg:end ?end .
            ?document pg:text ?text .
          }
        }""")
    )
    assert len(rows) == 13
    for row in rows:
        assert (
            row["text"].value[int(row["start"].value) : int(row["end"].value)] == row["quote"].value
        )
    assert {row["text"].value for row in rows} == {document.text}


def test_a_section_is_called_by_its_heading_which_stands_at_its_start(
    graph: Graph, document: Document
) -> None:
    section = Minter().section(Minter().document(document.version), "1")
    assert values(graph, section, expand("rdfs:label")) == [HEADING]
    assert values(graph, section, term("start")) == [str(TEXT.index(HEADING))]


def test_no_triple_stands_in_two_graphs_and_none_is_entailed(
    graph: Graph, document: Document
) -> None:
    quads = list(graph.store.quads())
    assert len({quad.triple for quad in quads}) == len(quads)
    report = Minter().document(document.version)
    for quad in quads:
        own = quad.subject.value == report or quad.subject.value.startswith(report + "/")
        assert quad.graph_name.value == (report if own else THINGS)
    types = {q.object.value for q in quads if q.predicate.value == expand("rdf:type")}
    above = {term("Statement"), term("NamedEntity"), term("Organization"), expand("prov:Entity")}
    assert types & above == set()


def test_words_are_written_where_no_label_says_them(graph: Graph, document: Document) -> None:
    minter = Minter()
    report = minter.document(document.version)
    loan, counties = (
        minter.statement(report, "figure", at(words).start, at(words).end)
        for words in ("4.69亿元", "28个")
    )
    assert values(graph, loan, term("scopeText")) == ["28个国定脱贫县"]
    assert values(graph, counties, term("scopeText")) == []
    assert values(graph, loan, term("unitText")) == []
    both, group = (
        minter.statement(report, "measure", at(words).start, at(words).end)
        for words in (
            "省委、省政府印发《行动方案》",
            "28个国定脱贫县发放贷款4.69亿元、同比增长14%",
        )
    )
    assert len(values(graph, both, term("actor"))) == 2
    assert values(graph, both, term("actorText")) == ["中共湖北省委员会;湖北省人民政府"]
    assert values(graph, group, term("actorText")) == []


def test_the_standard_profile_leads_from_a_statement_to_evidence(
    standard: Graph, document: Document
) -> None:
    rows = list(
        standard.select("""
        PREFIX pg: <https://w3id.org/policygraph/ontology#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?statement ?quote ?exact ?start ?end ?text ?prefix ?suffix WHERE {
          GRAPH ?document {
            ?statement a pg:Statement ; pg:quote ?quote ; pg:evidence ?span .
            ?span oa:hasSource ?document ; oa:hasSelector ?position , ?words .
            ?position oa:start ?start ; oa:end ?end .
            ?words oa:exact ?exact .
            OPTIONAL { ?words oa:prefix ?prefix } OPTIONAL { ?words oa:suffix ?suffix }
            ?document pg:text ?text .
          }
        }""")
    )
    assert len(rows) == 13
    for row in rows:
        start, end = int(row["start"].value), int(row["end"].value)
        assert row["text"].value[start:end] == row["quote"].value == row["exact"].value
        around = [row[name].value if row[name] else "" for name in ("prefix", "suffix")]
        text = row["text"].value
        assert around == [text[max(0, start - 16) : start], text[end : end + 16]]
    assert {row["text"].value for row in rows} == {document.text}


def test_a_figure_says_what_it_counts_over_whom_and_about_which(
    graph: Graph, document: Document
) -> None:
    minter = Minter()
    report = minter.document(document.version)

    def place(words: str, nth: int = 1) -> str:
        return minter.statement(report, "figure", at(words).start, at(words).end, nth)

    group = minter.thing("Group", "国定脱贫县", "湖北省")
    assert values(graph, place("4.69亿元"), term("scope")) == [group]
    assert values(graph, place("4.69亿元"), term("value")) == ["469000000"]
    assert values(graph, place("28个"), term("scope")) == values(graph, report, term("area"))
    assert values(graph, place("14%"), term("refersTo")) == [place("4.69亿元")]
    assert values(graph, place("14%", 2), term("refersTo")) == [place("28个")]
    assert len(values(graph, place("14%"), term("inMeasure"))) == 1
    mention = minter.statement(report, "mention", *span_of("28个国定脱贫县"))
    assert values(graph, mention, term("statedCount")) == ["28"]


def span_of(words: str) -> tuple[int, int]:
    return at(words).start, at(words).end


def test_the_standard_profile_says_what_the_ontology_entails(
    standard: Graph, document: Document
) -> None:
    minter = Minter()
    report = minter.document(document.version)
    change, rank = (minter.statement(report, "figure", *span_of("14%"), nth=nth) for nth in (1, 2))
    loan, counties = (minter.statement(report, "figure", *span_of(w)) for w in ("4.69亿元", "28个"))
    assert values(standard, change, term("changeOf")) == [loan]
    assert values(standard, rank, term("rankOf")) == [counties]
    assert values(standard, change, term("rankOf")) == []
    kinds = values(standard, change, expand("rdf:type"))
    assert {expand("prov:Entity"), term("Statement"), term("Passage")} <= set(kinds)
    section = minter.section(report, "1")
    assert values(standard, report, expand("dcterms:hasPart")) == [section]
    assert values(standard, section, expand("dcterms:isPartOf")) == [report]
    assert values(standard, report, expand("dcterms:publisher")) == values(
        standard, report, term("issuer")
    )
    reading = report + "/reading"
    assert values(standard, loan, expand("prov:wasGeneratedBy")) == [reading]
    (association,) = [
        iri
        for iri in values(standard, reading, expand("prov:qualifiedAssociation"))
        if iri.endswith("/figure/amount/left")
    ]
    assert values(standard, association, expand("prov:hadPlan")) == [
        minter.rule("figure/amount/left")
    ]


def test_the_standard_profile_is_written_beside_the_graphs_and_removed(
    graph: Graph, document: Document
) -> None:
    store, report = graph.store, Minter().document(document.version)
    before, whole = export(store, "nq"), export(StandardProfile(store), "nq")
    added = materialise(store)
    assert store.count() == before.count(b"\n") + added == whole.count(b"\n")
    assert store.graphs() == sorted(
        [report, standard_graph(report), THINGS, standard_graph(THINGS)]
    )
    assert store.documents() == [report]
    assert len({quad.triple for quad in store.quads()}) == store.count()
    assert export(StandardProfile(store), "nq") == whole
    assert graph.check()[0].holds
    assert remove(store) == 2
    assert export(store, "nq") == before


def test_the_standard_profile_of_a_text_before_does_not_stay(
    graph: Graph, document: Document
) -> None:
    other = graph.add(replace(document, text=TEXT + "完", sha256=""))
    kept = export(graph.store, "nq")
    materialise(graph.store)
    less = replace(document, figures=(), measures=())
    first = graph.add(less)
    assert standard_graph(first) not in graph.store.graphs()
    graph.add(document)
    graph.drop(other)
    graph.add(replace(document, text=TEXT + "完", sha256=""))
    assert export(graph.store, "nq") == kept


def test_figures_are_observations_of_a_cube(standard: Graph, document: Document) -> None:
    graph = standard
    minter = Minter()
    report = minter.document(document.version)
    place = at("4.69亿元")
    loan = minter.statement(report, "figure", place.start, place.end)
    assert values(graph, loan, expand("qb:dataSet")) == [report + "/figures"]
    assert values(graph, report + "/figures", expand("qb:structure")) == [term("FigureStructure")]
    assert values(graph, loan, term("qualifierText")) == [""]
    assert values(graph, loan, term("status")) == [minter.concept("status", "done")]
    year = minter.period("2022")
    assert values(graph, loan, term("refPeriod")) == [year]
    assert values(graph, year, expand("time:hasBeginning")) == [year + "/beginning"]
    assert values(graph, year + "/end", expand("time:inXSDgYear")) == ["2022"]
    assert values(graph, minter.concept("kind", "amount"), expand("skos:prefLabel")) == [
        "amount",
        "数量",
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2022-12", ["2022-12", "2022-12"]),
        ("2021-10-01/2022-05-31", ["2021-10-01", "2022-05-31"]),
        ("2021/2025", ["2021", "2025"]),
        ("年底", []),
    ],
)
def test_a_period_has_its_two_ends(document: Document, text: str, ends: list[str]) -> None:
    lines = [
        line for line in nquads(replace(document, period=text)).splitlines() if "inXSD" in line
    ]
    whole = Minter().period(text)
    assert [line.split('"')[1] for line in lines if line.startswith(f"<{whole}/")] == ends


def test_wordings_of_one_indicator_are_one_concept_and_are_kept(document: Document) -> None:
    minter = Minter()
    for words in ("GDP", "国内生产总值"):
        one = figure("4.69亿元", "469000000", "元", "amount", indicator=words)
        with Graph.open() as graph:
            report = graph.add(replace(document, figures=(one,)))
            place = minter.statement(report, "figure", one.span.start, one.span.end)
            written = minter.indicator(words)
            assert values(graph, place, term("indicator")) == [minter.concept("indicator", "gdp")]
            assert values(graph, written, expand("skos:prefLabel")) == [words]
            assert values(graph, place, term("asWritten")) == [written]
            merge = values(graph, written, term("mergedBy"))
            assert len(merge) == 1
            assert values(graph, merge[0], term("into")) == [minter.concept("indicator", "gdp")]


def test_who_issued_a_document_and_what_is_only_planned(
    standard: Graph, document: Document
) -> None:
    minter, graph = Minter(), standard
    report = minter.document(document.version)
    issuing = minter.statement(report, "measure", *span_of("省委、省政府印发《行动方案》"))
    assert values(graph, issuing, term("issues")) == [minter.thing("PolicyDocument", "行动方案")]
    assert values(graph, issuing, term("actor")) == sorted(
        minter.thing("Organization", name) for name in ("中共湖北省委员会", "湖北省人民政府")
    )
    deeds = {
        status: {
            row["deed"].value
            for row in graph.select(
                """
            PREFIX pg: <https://w3id.org/policygraph/ontology#>
            SELECT ?deed ?status WHERE { ?m pg:status ?status ; pg:reports ?deed }""",
                {"status": ox.NamedNode(minter.concept("status", status))},
            )
        }
        for status in ("done", "planned")
    }
    assert (len(deeds["done"]), len(deeds["planned"])) == (2, 1)
    activity = expand("prov:Activity")
    assert all(activity in values(graph, deed, expand("rdf:type")) for deed in deeds["done"])
    assert not any(activity in values(graph, deed, expand("rdf:type")) for deed in deeds["planned"])


def test_a_town_is_told_apart_by_the_area_of_its_report(document: Document) -> None:
    henan = replace(CONTEXT, area=Register.load().by_code("410000"))
    elsewhere = replace(document.mentions[-1], entity=named_entity("Area", "新集镇", henan))
    other = replace(document, mentions=(elsewhere,), measures=(), figures=())
    town = '<http://www.w3.org/2000/01/rdf-schema#label> "新集镇"@zh '
    first, second = (
        {line.split()[0] for line in nquads(each).splitlines() if town in line}
        for each in (document, other)
    )
    assert len(first) == len(second) == 1
    assert first != second


def test_a_partial_date_is_a_partial_date(graph: Graph, document: Document) -> None:
    assert '"2023-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>' in nquads(document)
    header = replace(document.header, issued="近日")
    assert '/issued> "近日" <' in nquads(replace(document, header=header))


@pytest.mark.parametrize(
    "odd", ["\x00\x01\x1f\x7f", '"\\\n\r\t', "\x85\u2028\ufffe\uffff", "\ud800", "𠀀", "\\u0022 }"]
)
def test_every_character_comes_back(odd: str) -> None:
    text = f"前{odd}后"
    document = Document(text, Header(title=odd), HOME, "2022")
    with Graph.open() as graph:
        iri = graph.add(document)
        graph.add(document)
        found = values(graph, iri, term("text"))
    assert found == [text.replace("\ud800", "\ufffd")]


def test_another_base_moves_every_iri_of_ours(document: Document) -> None:
    lines = nquads(document, Minter("https://example.org/kg/"))
    assert "w3id.org/policygraph/id/" not in lines
    assert "<https://example.org/kg/id/document/" in lines


def test_replacing_and_dropping_leave_exactly_the_rest(document: Document, tmp_path: Path) -> None:
    less = replace(document, figures=document.figures[:1], measures=())
    header = replace(document.header, title="另一份报告", index_number="")
    other = replace(document, text=TEXT + "完", sha256="", header=header)
    with Graph.open(tmp_path / "store") as graph, Graph.open() as fresh:
        for each in (document, other, less):
            graph.add(each)
        first = graph.add(document)
        graph.add(less)
        for each in (less, other):
            fresh.add(each)
        assert export(graph.store, "nq") == export(fresh.store, "nq")
        graph.drop(first)
        graph.drop(first)
        fresh.drop(first)
        assert export(graph.store, "nq") == export(fresh.store, "nq")
        assert graph.info().documents == 1
    with Graph.open(tmp_path / "store", read_only=True) as graph:
        assert graph.info().statements["Figure"] == 4


@pytest.mark.parametrize(
    "line",
    [
        "<urn:s> <urn:p> <urn:o> <urn:other> .",
        "<urn:s> <urn:p> <urn:graph> .",
        "_:b <urn:p> <urn:o> <urn:graph> .",
        "<urn:s> <urn:p> _:b <urn:graph> .",
        '<urn:s> <urn:p> "x" } } ; DROP ALL ; INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> "y" <urn:graph> .',
    ],
)
def test_only_quads_of_the_graph_are_taken_and_nothing_changes_otherwise(line: str) -> None:
    good = "<urn:s> <urn:p> <urn:o> <urn:graph> .\n"
    with OxigraphStore() as store:
        with pytest.raises(StoreError):
            store.add("urn:graph", good + line + "\n")
        assert store.count() == 0
        store.add("urn:graph", good)
        with pytest.raises(StoreError):
            store.add("urn:graph", line + "\n")
        assert [str(quad) for quad in store.quads()] == [good[:-3]]


def test_values_are_bound_not_pasted(graph: Graph) -> None:
    query = "SELECT ?name WHERE { ?s <https://w3id.org/policygraph/ontology#action> ?name }"
    assert len(list(graph.select(query, {"name": ox.Literal("印发")}))) == 1
    assert list(graph.select(query, {"name": ox.Literal('x" } ; DROP ALL #')})) == []
    with pytest.raises(QueryError, match="SELECT"):
        graph.select(query, {"other": ox.Literal("x")})
    with pytest.raises(QueryError, match="rows"):
        graph.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match=r"SPARQL 1\.1"):
        graph.store.update("DROP EVERYTHING")


WRITER = """
import sys
from pathlib import Path
from policygraph.graph.stores.oxigraph import OxigraphStore
store, n = OxigraphStore(Path(sys.argv[1])), int(sys.argv[2])
while True:
    n += 1
    rows = (f'<urn:s{i}> <urn:p{n % 3}> "{n}" <urn:g> .\\n' for i in range(3000))
    store.add('urn:g', ''.join(rows))
    print(n, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_the_old_document_or_the_new(tmp_path: Path) -> None:
    path, last = tmp_path / "store", 0
    for pause in (0.0, 0.003, 0.02, 0.05, 0.09):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(last)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        said = int(writer.stdout.readline())
        time.sleep(pause)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        said = max([said, *(int(line) for line in writer.stdout.read().split())])
        writer.stdout.close()
        with OxigraphStore(path, read_only=True) as store:
            numbers = {int(str(getattr(quad.object, "value", 0))) for quad in store.quads()}
            assert store.count() == 3000
        assert len(numbers) == 1
        last = numbers.pop()
        assert last in (said, said + 1)


def test_a_folder_left_by_a_writer_killed_at_birth_can_be_used(tmp_path: Path) -> None:
    for name in ("LOCK", "LOG", "IDENTITY", "MANIFEST-000001"):
        (tmp_path / name).write_text("")
    with OxigraphStore(tmp_path) as store:
        store.add("urn:g", "<urn:s> <urn:p> <urn:o> <urn:g> .\n")
        assert store.graphs() == ["urn:g"]


def test_readers_see_a_whole_document_while_a_writer_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), "0"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout
    try:
        writer.stdout.readline()
        for _ in range(8):
            with OxigraphStore(path, read_only=True) as store:
                rows = store.select("SELECT DISTINCT ?n WHERE { GRAPH ?g { ?s ?p ?n } }")
                assert (len(rows), store.count()) == (1, 3000)
                with pytest.raises(StoreError, match="reading only"):
                    store.drop("urn:g")
            with pytest.raises(StoreError, match="another process is writing"):
                OxigraphStore(path)
    finally:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()


def test_what_cannot_be_a_store_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "CURRENT").write_text("x")
    for path, words in ((tmp_path / "file" / "below", "give a folder"), (broken, "build it again")):
        with pytest.raises(StoreError, match=words) as caught:
            OxigraphStore(path)
        assert "\n" not in str(caught.value)


def test_exports_are_read_back_by_another_library(graph: Graph) -> None:
    count = graph.store.count()
    for suffix, form in FORMATS.items():
        dataset = rdflib.Dataset()
        dataset.parse(data=export(graph.store, suffix), format=form)
        assert len(dataset) == count, suffix
    for suffix, form in MERGED.items():
        parsed = rdflib.Graph().parse(data=export(graph.store, suffix), format=form)
        assert len(parsed) == count, suffix
    assert len(graph.rdflib()) == count
    for suffix in (*FORMATS, *MERGED, ".graphml", ".gexf"):
        assert export(graph.store, suffix) == export(graph.store, suffix)


def test_network_programs_get_things_and_what_joins_them(graph: Graph, tmp_path: Path) -> None:
    import networkx

    for suffix, reader in ((".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)):
        path = tmp_path / f"net{suffix}"
        write_file(path, export(graph.store, suffix))
        network = reader(path)
        names = {data["label"]: data["type"] for _, data in network.nodes(data=True)}
        assert names["行动方案"] == "PolicyDocument"
        assert names["国定脱贫县"] == "Group"
        joined = {data["relation"] for _, _, data in network.edges(data=True)}
        assert {"issues", "actor", "object", "within", "jurisdiction"} <= joined
        assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(StoreError, match="is a folder; name a file"):
        write_file(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_info_counts_what_is_there(graph: Graph, document: Document) -> None:
    info = graph.info()
    assert (info.documents, info.quads) == (1, nquads(document).count("\n"))
    assert info.statements == {"Figure": 4, "Mention": 5, "Measure": 3, "Finding": 1}
    assert len(info.software) == 1


def test_every_iri_of_ours_is_plain_ascii(document: Document) -> None:
    for line in nquads(document).splitlines():
        for word in line.split():
            if word.startswith("<" + PREFIXES["pg"].split("ontology")[0]):
                assert word.isascii()
                assert "%" not in word
