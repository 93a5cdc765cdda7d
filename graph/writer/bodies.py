"""Bodies and posts: what they are, their level and function, their names, the reforms they went through."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.graph.statements import Entity
from policygraph.graph.writer.context import DATE_TYPES, WriterContext
from policygraph.ontology.bodies import Body, body_above, concepts, level_of
from policygraph.ontology.english import body_name, post_name, role_of
from policygraph.ontology.reforms import BodyChange, changes
from policygraph.ontology.register import Area
from policygraph.ontology.vocabulary import Concept


class Bodies:
    """Writes the bodies and posts of one document; ``area`` writes an area and gives its IRI."""

    def __init__(self, context: WriterContext, area: Callable[[Area], str]) -> None:
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.register = context.register
        self.area = area
        self.described: set[str] = set()

    def organization(self, entity: Entity) -> str:
        """An organization; one that is a body with the reforms it came from and ended in."""
        if entity.body is None:
            iri = self.minter.thing("Organization", entity.name)
            self.lines.is_a(iri, "FormalOrganization")
            self.lines.label(iri, "rdfs:label", entity.name)
            return iri
        return self._body(entity.body)

    def _body(self, body: Body) -> str:
        """A body with all it belongs to, its reforms and the bodies before and after them.

        What is said of a body is the same whichever report names it, and however.
        """
        iri, lines = self.minter.thing("Organization", body.name), self.lines
        if iri in self.described:
            return iri
        self.described.add(iri)
        lines.is_a(iri, "OrganizationalUnit" if body.unit else "FormalOrganization")
        lines.label(iri, "rdfs:label", body.name, self.english(body))
        lines.link(iri, "Organization.jurisdiction", self.area(body.area))
        lines.link(iri, "Organization.tier", self.concepts.concept(level_of(body.area)))
        self._classify(iri, body)
        lines.say(iri, "Organization.validFrom", body.concept.value("validFrom"))
        lines.say(iri, "Organization.validUntil", body.concept.value("validUntil"))
        above = body_above(body)
        if above is not None:
            whole = self._body(above)
            lines.link(iri, "org:subOrganizationOf", whole)
            if body.unit:
                lines.link(iri, "org:unitOf", whole)
        for change in changes(body, self.register.ancestors(body.area)):
            self._change(change)
        return iri

    def _classify(self, iri: str, body: Body) -> None:
        """What a body is for; a central one is also a concept of its own."""
        kind: Concept | None = body.concept
        if body.central:
            self.lines.link(iri, "Organization.concept", self.concepts.concept(body.concept))
            kind = concepts().get(body.concept.value("function"))
        if kind is not None:
            self.lines.link(iri, "org:classification", self.concepts.concept(kind))

    def english(self, body: Body) -> str:
        """The English name of a body, empty where that of its area is unknown."""
        return body_name(body, body.area.english)

    def _change(self, change: BodyChange) -> None:
        """A reform at one area, between the bodies before and after it."""
        iri, lines = self.minter.change(change.reform.key, change.area.name), self.lines
        if iri in self.described:
            return
        self.described.add(iri)
        kind = "Transfer" if change.transfer else "Succession"
        lines.is_a(iri, kind)
        lines.label(iri, "rdfs:label", change.label, change.english)
        lines.link(iri, f"{kind}.reform", self._reform(change))
        lines.say_foreign(iri, "dcterms:date", change.date, DATE_TYPES[len(change.date)])
        for body in change.before:
            lines.link(iri, "org:originalOrganization", self._body(body))
            lines.link(self._body(body), "org:changedBy", iri)
        for body in change.after:
            lines.link(iri, "org:resultingOrganization", self._body(body))
            lines.link(self._body(body), "org:resultedFrom", iri)

    def _reform(self, change: BodyChange) -> str:
        """A change of a reform, under the plan that decided it."""
        iri = self.concepts.concept(change.reform)
        self.lines.link(iri, "skos:broader", self.concepts.concept(change.plan))
        return iri

    def post(self, iri: str, entity: Entity) -> None:
        """What a post is, and its English name."""
        role = role_of(entity.name)
        if role is None:
            return
        self.lines.is_a(self.concepts.concept(role), "org:Role")
        self.lines.link(iri, "org:role", self.concepts.concept(role))
        body = entity.parent.body if entity.parent is not None else None
        place, whole = (body.area.english, self.english(body)) if body is not None else ("", "")
        self.lines.label(iri, "rdfs:label", entity.name, post_name(role, whole, place))
