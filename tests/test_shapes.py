"""The shapes: what the graph satisfies, and what each of them catches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import ValidationError
from policygraph.graph.export import export
from policygraph.graph.statements import Document
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.validation import ENGINES, SHAPES, Outcome, validate
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read, read_string
from policygraph.ontology import terms
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import PREFIXES, compact, expand
from policygraph.queries.standard_profile import StandardProfile

from .processes import run_text

DATA = Path(__file__).parent / "data"
BROKEN = sorted((DATA / "broken").glob("*.ru"))
NAMES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def found(outcome: Outcome) -> set[tuple[str, str, str]]:
    return {(p.focus, p.path, p.constraint) for p in outcome.problems}


@pytest.fixture(scope="module")
def hubei_file(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("graph") / "hubei.nq"
    file.write_text(nquads(hubei), "utf-8")
    return file


@pytest.fixture(scope="module")
def sample() -> list[ox.Triple]:
    """A small report as the standard profile has it."""
    with Graph.open() as graph:
        graph.add(read(DATA / "sample.txt"))
        return [quad.triple for quad in StandardProfile(graph.store).quads()]


@pytest.fixture(scope="module")
def shapes() -> ox.Store:
    store = ox.Store()
    store.load(SHAPES.read_bytes(), ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, pattern: str) -> set[tuple[str, ...]]:
    """The solutions of a pattern as prefixed names, in the order of its variables."""
    answers = store.query(f"{NAMES}SELECT * WHERE {{ {pattern} }}")
    assert isinstance(answers, ox.QuerySolutions)
    return {tuple(compact(row[name].value) for name in answers.variables) for row in answers}


def test_the_whole_hubei_graph_satisfies_the_shapes(hubei_file: Path) -> None:
    outcome = validate(hubei_file)
    assert outcome.problems == ()
    assert outcome.triples == hubei_file.read_text("utf-8").count("\n")


def test_the_standard_profile_satisfies_the_shapes(hubei_graph: Graph, tmp_path: Path) -> None:
    """All that the ontology entails stands in it: the shapes hold under RDFS."""
    file = tmp_path / "standard.nq"
    file.write_bytes(export(StandardProfile(hubei_graph.store), "nq"))
    outcome = validate(file)
    assert outcome.problems == ()
    assert outcome.triples > 2 * hubei_graph.store.count()


def test_the_reference_engine_finds_nothing_in_a_report_nor_in_its_standard_profile(
    short: Document, tmp_path: Path
) -> None:
    """In a short one: the bundled report takes it ten seconds."""
    with Graph.open() as graph:
        graph.add(short)
        for part, quads in (("own", graph.store), ("standard", StandardProfile(graph.store))):
            file = tmp_path / f"{part}.nq"
            file.write_bytes(export(quads, "nq"))
            outcome = validate(file, engine=ENGINES["pyshacl"])
            assert outcome.problems == ()
            assert outcome.triples > 1000


def test_the_shapes_hold_under_rdfs_entailment_with_versions_kept_beside() -> None:
    """By the reference engine, which entails by the ontology itself; the whole report takes it half a minute."""
    text = (DATA / "sample.txt").read_text("utf-8")
    with Graph.open() as graph:
        for version in (text, text + "完"):
            graph.add(read_string(version), keep_versions=True)
        assert len(graph.store.documents()) == 2
        data = rdflib.Graph().parse(
            data="".join(f"{quad.triple} .\n" for quad in graph.store.quads()), format="nt"
        )
    conforms, _, report = pyshacl.validate(
        data,
        shacl_graph=rdflib.Graph().parse(SHAPES),
        ont_graph=rdflib.Graph().parse(SHAPES.with_name("policygraph.ttl")),
        inference="rdfs",
    )
    assert conforms, report


def test_a_store_is_checked_as_its_files_are(hubei: Document, tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        store.add(Minter().document(hubei.version), nquads(hubei))
    outcome = validate(tmp_path / "store")
    assert outcome.problems == ()
    assert outcome.triples == nquads(hubei).count("\n")


def broken(cases: Iterable[Path], sample: list[ox.Triple], folder: Path) -> Path:
    """A file of the small report with what some updates break in it."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in sample)
    for case in cases:
        store.update(NAMES + case.read_text("utf-8"))
    file = folder / "broken.nt"
    store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return file


def expected(case: Path) -> list[tuple[str, ...]]:
    """Node, path and constraint of each problem that an update makes, as the head of its file says."""
    said = re.findall(r"^# expect: (.+)$", case.read_text("utf-8"), re.M)
    return [tuple(line.split()) for line in said]


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_what_is_broken_is_found(case: Path, sample: list[ox.Triple], tmp_path: Path) -> None:
    problems = found(validate(broken([case], sample, tmp_path)))
    assert len(problems) == len(expected(case))
    for focus, path, constraint in expected(case):
        wanted = re.compile(re.escape(focus).replace(r"\*", r"\w+") + ">?$")
        assert any(
            wanted.search(node) and (where or "-", what) == (path, constraint)
            for node, where, what in problems
        ), problems


def test_the_reference_engine_finds_the_same(sample: list[ox.Triple], tmp_path: Path) -> None:
    """In one graph broken in every way at once: no two cases break one property of a node."""
    file = broken(BROKEN, sample, tmp_path)
    fast, reference = (found(validate(file, engine=report)) for report in ENGINES.values())
    assert fast == reference
    assert len(fast) == sum(len(expected(case)) for case in BROKEN)


def test_every_class_of_ours_that_is_written_has_a_shape(
    sample: list[ox.Triple], shapes: ox.Store
) -> None:
    typed = {compact(t.object.value) for t in sample if t.predicate.value == expand("rdf:type")}
    shaped = {name for (name,) in rows(shapes, "[] sh:targetClass ?class")}
    for name in typed - shaped:
        above = terms.parents(name.removeprefix("pg:")) if name.startswith("pg:") else ()
        foreign = {
            "doco",
            "eli",
            "foaf",
            "geo",
            "org",
            "schema",
            "time",
            "qb",
            "prov",
        }  # beside a pg: class
        assert {compact(iri) for iri in above} & shaped or name.partition(":")[0] in foreign, name


def test_every_property_that_is_written_is_in_a_shape(
    sample: list[ox.Triple], shapes: ox.Store
) -> None:
    shaped = {path for (path,) in rows(shapes, "[] sh:path ?path FILTER(isIRI(?path))")}
    written = {compact(triple.predicate.value) for triple in sample}
    # Those above ours say the same as ours, which are in a shape.
    above = {name for row in DECLARED.values() if row[0] != "Class" for name in row[3]}
    assert written - shaped - above == {"rdf:type"}


def test_datatypes_and_classes_are_those_of_the_ontology(shapes: ox.Store) -> None:
    ours = "FILTER(STRSTARTS(STR(?path), STR(pg:)))"
    told = rows(shapes, f"[] sh:path ?path ; sh:datatype|sh:class ?ranged {ours}")
    assert len(told) > 50
    assert {(path, ranged) for path, ranged in told if DECLARED[path[3:]][5] != ranged} == set()


def test_every_message_is_in_chinese_and_english(shapes: ox.Store) -> None:
    said: dict[str, set[str]] = {}
    for quad in shapes.quads_for_pattern(None, ox.NamedNode(expand("sh:message")), None):
        said.setdefault(str(quad.subject), set()).add(quad.object.language.lower())
    bare = rows(
        shapes,
        "?shape sh:property ?part . FILTER(isIRI(?shape))"
        " FILTER NOT EXISTS { ?part sh:message ?said ; sh:severity ?severity }",
    )
    assert bare == set()
    assert len(said) > 100
    assert {frozenset(languages) for languages in said.values()} == {frozenset({"zh-hans", "en"})}


# -- the command --------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "nt", "jsonld", "rdf"])
def test_every_format_is_read(ending: str, hubei_graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / f"hubei.{ending}"
    file.write_bytes(export(hubei_graph.store, f".{ending}"))
    assert validate(file).holds


def test_the_command_says_what_is_wrong_in_both_languages(
    sample: list[ox.Triple], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "".join(f"{triple} .\n" for triple in sample).replace('"14705"^^', '"x"^^')
    (tmp_path / "wrong.nt").write_text(wrong, "utf-8")
    assert main(["validate", str(tmp_path / "wrong.nt")]) == 1
    said = capsys.readouterr().out
    assert 'pg:value "x"^^xsd:decimal' in said
    assert "须恰有一个，为十进制数" in said
    assert "exactly one, a decimal" in said
    assert said.endswith("1 violation, 0 warnings\n")
    assert main(["validate", "--json", str(tmp_path / "wrong.nt")]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["path"] == "pg:value"
    assert set(problem["messages"]) == {"zh-Hans", "en"}


def test_a_warning_is_told_and_let_pass(
    sample: list[ox.Triple], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [t for t in sample if t.predicate.value != terms.term("area")]
    (tmp_path / "silent.nt").write_text("".join(f"{triple} .\n" for triple in kept), "utf-8")
    assert main(["validate", str(tmp_path / "silent.nt")]) == 0
    assert "0 violations, 1 warning" in capsys.readouterr().out


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix pg: <https://w3id.org/policygraph/ontology#> .
[] a sh:NodeShape ; sh:targetClass pg:Figure ;
  sh:property [ sh:path pg:value ; sh:maxInclusive 10 ; sh:message "太大"@zh ] .
"""


def test_shapes_of_ones_own_take_the_place_of_ours(
    sample: list[ox.Triple], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, own = tmp_path / "sample.nt", tmp_path / "own.ttl"
    data.write_text("".join(f"{triple} .\n" for triple in sample), "utf-8")
    own.write_text(OWN, "utf-8")
    assert main(["validate", str(data), "--shapes", str(own)]) == 1
    assert "太大" in capsys.readouterr().out


def test_data_need_not_repeat_classes_above_nor_bundled_concepts(tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    data.write_text(
        "@prefix pg: <https://w3id.org/policygraph/ontology#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "@prefix : <https://w3id.org/policygraph/vocabulary/named-group/> ."
        '<urn:g> a pg:Group ; rdfs:label "低收入人口"@zh ; pg:concept :low-income .'
        "<urn:h> a pg:Group ; pg:concept :no-such-concept .",
        "utf-8",
    )
    assert found(validate(data)) == {
        ("<urn:h>", "rdfs:label", "MinCount"),
        ("<urn:h>", "rdfs:label", "QualifiedMinCount"),
        ("<urn:h>", "pg:concept", "Class"),
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("data.ttl", "<urn:a> <urn:b>", "cannot be read"),
        ("data.xyz", "", "unknown format"),
        ("absent.ttl", None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_status_2(
    name: str, text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    done = run_text("validate", str(tmp_path / name))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_shapes_that_are_none_are_refused(hubei_file: Path, tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    with pytest.raises(ValidationError, match="no SHACL shapes"):
        validate(hubei_file, tmp_path / "none.ttl")
