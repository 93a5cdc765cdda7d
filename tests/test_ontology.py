"""The ontology file, its vocabularies of values, and the IRIs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import build_terms
import pyoxigraph as ox
import pytest
import rdflib

from policygraph.errors import VocabularyError
from policygraph.graph.statements import FigureKind, Status
from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology import terms
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.iris import DEFAULT_BASE, Minter
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.ontology.vocabulary import FOLDER, vocabulary

ROOT = Path(__file__).parents[1]
PG = PREFIXES["pg"]
FILE = ROOT / "ontology" / terms.FILE


def test_every_term_the_model_and_the_vocabularies_name_is_declared() -> None:
    files = [ROOT / "docs" / "model.md", *sorted(FOLDER.glob("*.ttl"))]
    named = {name for file in files for name in re.findall(r"\bpg:(\w+)", file.read_text("utf-8"))}
    assert named - set(terms.names()) == {terms.THINGS.removeprefix(PG)}  # a graph


def test_every_term_has_labels_comments_and_a_kind() -> None:
    said: dict[str, set[str]] = {name: set() for name in terms.names()}
    for quad in ox.parse(FILE.read_bytes(), ox.RdfFormat.TURTLE):
        name = str(getattr(quad.subject, "value", "")).removeprefix(PG)
        if name in said:
            language = getattr(quad.object, "language", None)
            said[name].add(
                quad.predicate.value.rsplit("#", 1)[-1] + (f"@{language}" if language else "")
            )
    wanted = {"type", "label@zh-hans", "label@en", "comment@zh-hans", "comment@en"}
    assert {
        name
        for name, texts in said.items()
        if not wanted <= {h.lower().replace("@zh-hans", "@zh-hans") for h in texts}
    } == set()


def test_the_file_is_an_ontology_under_an_open_licence() -> None:
    header = {
        (quad.predicate.value, str(getattr(quad.object, "value", "")))
        for quad in ox.parse(FILE.read_bytes(), ox.RdfFormat.TURTLE)
        if getattr(quad.subject, "value", "") == PG.rstrip("#")
    }
    assert (expand("rdf:type"), expand("owl:Ontology")) in header
    assert (
        expand("dcterms:license"),
        "https://creativecommons.org/licenses/by/4.0/",
    ) in header


def test_datatypes_come_from_the_ontology() -> None:
    assert terms.datatype("value") == expand("xsd:decimal")
    assert terms.datatype("start") == expand("xsd:integer")
    assert terms.datatype("validFrom") == expand("xsd:gYear")
    assert terms.datatype("evidence") == ""


def test_classes_above_are_found_through_our_own() -> None:
    assert set(terms.parents("Figure")) == {
        PG + "Passage",
        PG + "Statement",
        expand("prov:Entity"),
    }


def test_a_property_on_a_class_outside_its_domain_is_refused() -> None:
    for kind, name in (("Figure", "value"), ("Figure", "quote"), ("Group", "jurisdiction")):
        terms.require(kind, name)
    with pytest.raises(VocabularyError, match=r"pg:value.*pg:Figure, not on pg:Report"):
        terms.require("Report", "value")
    with pytest.raises(VocabularyError, match="pg:actor"):
        Lines("urn:g").link("urn:s", "Figure.actor", "urn:o")


def test_what_is_made_from_the_ontology_is_as_new_as_the_ontology() -> None:
    declared = build_terms.Ontology(FILE.read_bytes()).terms()
    assert declared == DECLARED, "run tools/build_terms.py"
    assert (ROOT / "ontology" / "context.jsonld").read_text("utf-8") == build_terms.context(
        declared
    )


def test_the_context_gives_json_our_terms_and_datatypes() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))
    figure = {"@id": "urn:f", "@type": "Figure", "value": "4.69", "indicator": "urn:i"}
    graph = rdflib.Graph().parse(data=json.dumps(context | figure), format="json-ld")
    assert {(str(p), o.n3()) for _, p, o in graph} == {
        (expand("rdf:type"), f"<{PG}Figure>"),
        (PG + "value", f'"4.69"^^<{expand("xsd:decimal")}>'),
        (PG + "indicator", "<urn:i>"),
    }


def test_an_owl_rl_reasoner_can_use_every_axiom() -> None:
    """OWL 2 RL takes no union in the place of a superclass, a domain or a range."""
    predicates = {quad.predicate.value for quad in ox.parse(FILE.read_bytes(), ox.RdfFormat.TURTLE)}
    beyond = ("unionOf", "someValuesFrom", "minCardinality", "oneOf", "disjointUnionOf")
    assert not predicates & {expand(f"owl:{name}") for name in beyond}


def test_an_unknown_term_is_an_error_wherever_it_is_asked() -> None:
    for ask in (terms.term, terms.datatype, terms.parents):
        with pytest.raises(VocabularyError, match="colour"):
            ask("colour")


@pytest.mark.parametrize(
    ("name", "keys"),
    [("kinds", set(get_args(FigureKind))), ("statuses", set(get_args(Status)))],
)
def test_values_of_statements_are_concepts(name: str, keys: set[str]) -> None:
    concepts = vocabulary(name)
    assert {concept.key for concept in concepts} == keys
    assert all(concept.label and concept.english for concept in concepts)


def test_concepts_stand_where_the_minter_points() -> None:
    minter = Minter()
    for scheme, file in (("kind", "kinds"), ("qualifier", "qualifiers"), ("status", "statuses")):
        for concept in vocabulary(file):
            assert concept.iri == minter.concept(scheme, concept.key)


def test_iris_are_ascii_stable_and_tell_things_apart() -> None:
    minter = Minter()
    group = minter.thing("Group", "脱贫县", "湖北省")
    assert group == minter.thing("Group", "脱贫县", "湖北省")
    assert group != minter.thing("Group", "脱贫县", "河南省")
    assert minter.thing("Post", "省长") != minter.thing("Person", "省长")
    report = minter.document("0123456789abcdef" * 4)
    assert report == DEFAULT_BASE + "id/document/0123456789abcdef"
    for iri in (
        group,
        minter.rule("规则"),
        minter.unit("人次"),
        minter.finding(report, 1, 2, "疑 点"),
    ):
        assert re.fullmatch(r"[!-~]+", iri)
        assert "%" not in iri
    assert minter.statement(report, "figure", 1, 2, 2) == report + "/figure/1-2-2"


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://例.cn/", "a b:/"]
)
def test_a_base_that_cannot_start_an_iri_is_refused(base: str) -> None:
    with pytest.raises(VocabularyError, match="ends in"):
        Minter(base)
