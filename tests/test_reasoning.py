"""The ontology and what is written with it, under an OWL reasoner (HermiT)."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.ontology.prefixes import expand
from policygraph.ontology.terms import term
from policygraph.ontology.vocabulary import FOLDER
from policygraph.queries.standard_profile import StandardProfile

Consistent = Callable[[str], bool]
ONTOLOGY = FOLDER.parent / "policygraph.ttl"
# Datatypes of XML Schema that OWL 2 does not have; a reasoner refuses them.
BEYOND = ("gYear", "gYearMonth", "date")


@pytest.fixture(scope="module")
def consistent(java: str, tmp_path_factory: pytest.TempPathFactory) -> Consistent:
    """Whether the ontology with some N-Triples beside it has a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import owlready2

    owlready2.JAVA_EXE = java
    axioms = ox.parse(ONTOLOGY.read_bytes(), ox.RdfFormat.TURTLE)
    ontology = "".join(f"{quad.triple} .\n" for quad in axioms)
    folder = tmp_path_factory.mktemp("owl")

    def decide(triples: str) -> bool:
        text = ontology + triples
        for name in BEYOND:
            text = text.replace(f"XMLSchema#{name}>", "XMLSchema#string>")
        file = folder / "whole.nt"
        file.write_text(text, "utf-8")
        world = owlready2.World()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            world.get_ontology(file.as_uri()).load()
            try:
                owlready2.sync_reasoner_hermit(world, debug=0)
            except owlready2.OwlReadyInconsistentOntologyError:
                return False
        return not list(world.inconsistent_classes())

    return decide


@pytest.fixture(scope="module")
def facts(graph: Graph) -> str:
    """The Hubei graph as the standard profile has it, with all that is entailed."""
    return "".join(f"{quad.triple} .\n" for quad in StandardProfile(graph.store).quads())


def test_the_ontology_with_the_whole_hubei_graph_is_consistent(
    consistent: Consistent, facts: str
) -> None:
    assert consistent(facts)


def test_a_figure_that_is_an_area_is_a_contradiction(consistent: Consistent) -> None:
    said = [f"<urn:f> <{expand('rdf:type')}> <{term(kind)}> .\n" for kind in ("Figure", "Area")]
    assert not consistent("".join(said))


def test_a_figure_with_two_values_is_a_contradiction(consistent: Consistent) -> None:
    said = [f'<urn:f> <{term("value")}> "{n}"^^<{expand("xsd:decimal")}> .\n' for n in (1, 2)]
    assert consistent(said[0])
    assert not consistent("".join(said))


def test_a_figure_that_is_its_own_scope_is_a_contradiction(consistent: Consistent) -> None:
    """What a domain and a range say, two disjoint classes forbid."""
    assert not consistent(f"<urn:f> <{term('scope')}> <urn:f> .\n")
