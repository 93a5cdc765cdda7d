"""What the register of areas says of one IRI, whether a report names the area or not."""

from __future__ import annotations

import pyoxigraph as ox

from policygraph.graph.writer.areas import register_nquads
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import expand
from policygraph.ontology.register import FIRST_TABLE, Area, Register
from policygraph.service.resource_description import Thing


def register_thing(base: str, iri: str) -> Thing | None:
    """The description of an area by its IRI; None where the register has none of it.

    The area's own facts, the labels of the areas it lies in, came from and became, and which areas say
    that they came from it or became it.
    """
    area = _area(base, iri)
    if area is None:
        return None
    text = register_nquads(area, Minter(base), Register.load())
    return _described(iri, list(ox.parse(text, ox.RdfFormat.N_QUADS)))


def code_and_years(base: str, iri: str) -> str:
    """The code of an area and the years it had it under its name, as 420600, 1983–2010; empty where it is none.

    A year that the tables do not know is left out.
    """
    area = _area(base, iri)
    if area is None:
        return ""
    first = "" if area.first_year == FIRST_TABLE else str(area.first_year)
    years = f"{first}–{area.last_year or ''}"
    return f"{area.code}, {years}" if years != "–" else area.code


def _area(base: str, iri: str) -> Area | None:
    """The area of the register that an IRI names."""
    return Register.load().by_local_id(iri.removeprefix(Minter(base).area("")))


def _described(iri: str, quads: list[ox.Quad]) -> Thing:
    subject, label = ox.NamedNode(iri), ox.NamedNode(expand("rdfs:label"))
    facts = tuple(quad for quad in quads if quad.subject == subject)
    linked = {quad.object for quad in facts}
    labels = tuple(q for q in quads if q.subject in linked and q.predicate == label)
    incoming = tuple(quad for quad in quads if quad.object == subject)
    return Thing(iri, facts, incoming, labels, stored=False)
