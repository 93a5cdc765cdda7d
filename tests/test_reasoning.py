"""The ontology and what is written with it, under an OWL reasoner (HermiT)."""

from __future__ import annotations

import shlex
import warnings
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.ontology.prefixes import expand
from policygraph.ontology.vocabulary import FOLDER
from policygraph.queries.standard_profile import StandardProfile

from . import jena

Reasoner = Callable[[str], set[str]]
ONTOLOGY = FOLDER.parent / "policygraph.ttl"
# Datatypes of XML Schema that OWL 2 does not have; a reasoner refuses them.
BEYOND = ("gYear", "gYearMonth", "date")


@pytest.fixture(scope="module")
def impossible(java: str, tmp_path_factory: pytest.TempPathFactory) -> Reasoner:
    """The classes that can have no member, of the ontology with some N-Triples beside it, which has a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import owlready2

    folder = tmp_path_factory.mktemp("owl")
    quick = folder / "java"
    quick.write_text(f'#!/bin/sh\nexec {shlex.join((java, *jena.SHORT))} "$@"\n')
    quick.chmod(0o700)
    owlready2.JAVA_EXE = str(quick)
    axioms = ox.parse(ONTOLOGY.read_bytes(), ox.RdfFormat.TURTLE)
    ontology = "".join(f"{quad.triple} .\n" for quad in axioms)

    def reason(triples: str) -> set[str]:
        text = ontology + triples
        for name in BEYOND:
            text = text.replace(f"XMLSchema#{name}>", "XMLSchema#string>")
        file = folder / "whole.nt"
        file.write_text(text, "utf-8")
        world = owlready2.World()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            world.get_ontology(file.as_uri()).load()
            owlready2.sync_reasoner_hermit(world, debug=0)
        return {found.iri for found in world.inconsistent_classes()} - {expand("owl:Nothing")}

    return reason


@pytest.fixture(scope="module")
def facts(graph: Graph) -> str:
    """The Hubei graph as the standard profile has it, with all that is entailed."""
    return "".join(f"{quad.triple} .\n" for quad in StandardProfile(graph.store).quads())


def test_the_ontology_with_the_whole_hubei_graph_is_consistent(
    impossible: Reasoner, facts: str
) -> None:
    assert impossible(facts) == set()


# The last is none: a figure has one value.
CONTRADICTIONS = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
<urn:figure-and-area> rdfs:subClassOf pg:Figure, pg:Area .
<urn:two-values> rdfs:subClassOf
    [ a owl:Restriction ; owl:onProperty pg:value ; owl:hasValue 1.0 ] ,
    [ a owl:Restriction ; owl:onProperty pg:value ; owl:hasValue 2.0 ] .
<urn:own-scope> rdfs:subClassOf [ a owl:Restriction ; owl:onProperty pg:scope ; owl:hasSelf true ] .
<urn:one-value> rdfs:subClassOf
    pg:Figure , [ a owl:Restriction ; owl:onProperty pg:value ; owl:hasValue 1.0 ] .
"""


def test_what_contradicts_itself_cannot_be(impossible: Reasoner) -> None:
    """A figure is no area and has no two values; by a domain, a range and two disjoint classes, it is no scope of itself."""
    classes = ("figure-and-area", "two-values", "own-scope", "one-value")
    said = "".join(
        f"{quad.triple} .\n" for quad in ox.parse(CONTRADICTIONS.encode(), ox.RdfFormat.TURTLE)
    )
    said += "".join(
        f"<urn:{name}> <{expand('rdf:type')}> <{expand('owl:Class')}> .\n" for name in classes
    )
    assert impossible(said) == {f"urn:{name}" for name in classes[:3]}
