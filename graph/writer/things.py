"""What a report names: areas, bodies, people, groups …, each described once a document."""

from __future__ import annotations

from policygraph.graph.statements import Entity, Mention
from policygraph.graph.writer.bodies import Bodies
from policygraph.graph.writer.context import WriterContext
from policygraph.ontology.concepts import meaning
from policygraph.ontology.register import Area

_CLASSES = {"Document": "PolicyDocument"}
# The vocabularies that hold concepts of things, by the type of mention.
_CONCEPTS = {"Group": "named-groups", "Programme": "programmes"}
_PARENTS = {
    "Group": "Group.jurisdiction",
    "Organization": "org:subOrganizationOf",
    "Post": "org:postIn",
}


class Things:
    """Writes the named entities of one document, each once, and gives their IRIs."""

    def __init__(self, context: WriterContext) -> None:
        self.lines = context.lines
        self.minter = context.minter
        self.register = context.register
        self.concepts = context.concepts
        self.home = context.document.home
        self.year = context.year
        self.things: dict[Entity, str] = {}
        self.areas: dict[Area, str] = {}
        self.traced: set[Area] = set()
        self.bodies = Bodies(context, self.area)

    # -- areas --------------------------------------------------------------------------------

    def area(self, area: Area) -> str:
        """An area of the register with all above it, and what each came from and became."""
        iri = self._area(area)
        next_up: Area | None = area
        while next_up is not None and next_up not in self.traced:
            self.traced.add(next_up)
            self._trace(next_up)
            next_up = self._above(next_up)
        return iri

    def _area(self, area: Area) -> str:
        """An area with all that stands above it."""
        if area in self.areas:
            return self.areas[area]
        iri = self.areas[area] = self.minter.area(area.code, area.first_year)
        lines = self.lines
        lines.is_a(iri, "Area")
        lines.label(iri, "rdfs:label", area.name, area.english)
        for form in area.short_forms:
            lines.label(iri, "skos:altLabel", form)
        lines.say_foreign(iri, "skos:notation", area.code)
        lines.say(iri, "Area.level", area.level)
        lines.say(iri, "Area.validFrom", area.first_year)
        lines.say(iri, "Area.validUntil", area.last_year)
        above = self._above(area)
        if above is not None:
            lines.link(iri, "Area.within", self._area(above))
        return iri

    def _above(self, area: Area) -> Area | None:
        """The area directly above in the report's year, or the nearest in which the area is."""
        year = self.year
        if year is not None:
            year = max(area.first_year, min(year, area.last_year or year))
        return next(iter(self.register.ancestors(area, year)), None)

    def _trace(self, area: Area) -> None:
        """The areas directly before and after one: 襄樊市 became 襄阳市 in 2010."""
        for before, _ in self.register.predecessors(area):
            self._succeed(before, area)
        for after, _ in self.register.successors(area):
            self._succeed(area, after)

    def _succeed(self, before: Area, after: Area) -> None:
        old, new = self._area(before), self._area(after)
        self.lines.link(new, "Area.predecessor", old)
        self.lines.link(old, "Area.successor", new)

    # -- everything else ----------------------------------------------------------------------

    def thing(self, entity: Entity) -> str:
        """An entity's IRI; at the first call it is written what it is and how it is called."""
        iri = self.things.get(entity)
        if iri is None:
            iri = self.things[entity] = self._thing(entity)
        return iri

    def _thing(self, entity: Entity) -> str:
        if entity.kind == "Area" and entity.area is not None:
            return self.area(entity.area)
        if entity.kind == "Organization":
            return self.bodies.organization(entity)
        kind = _CLASSES.get(entity.kind, entity.kind)
        iri = self.minter.thing(kind, entity.name, entity.key)
        self.lines.is_a(iri, kind)
        self._conceive(iri, kind, entity.name)
        if entity.kind == "Area" and entity.parent is not None:
            self.lines.link(iri, "Area.within", self.thing(entity.parent))
        return iri

    def _conceive(self, iri: str, kind: str, name: str) -> None:
        """Label a thing and say of which concept it is: a province's 脱贫人口 of 脱贫人口."""
        known = meaning(_CONCEPTS[kind], name) if kind in _CONCEPTS else None
        self.lines.label(iri, "rdfs:label", name, known.concept.english if known else "")
        if known:
            self.lines.link(iri, f"{kind}.concept", self.concepts.concept(known.concept))
            if known.merge:
                self.lines.link(iri, f"{kind}.mergedBy", self.concepts.merge(known))

    def describe(self, mention: Mention) -> str:
        """The IRI of the thing a mention means, with all that the mention tells of it."""
        entity, lines = mention.entity, self.lines
        thing, kind = self.thing(entity), entity.kind
        # 全镇 points at the town whose report it is, and is no name of it.
        if not entity.code and entity != self.home:
            lines.label(thing, "skos:altLabel", mention.span.quote)
        if kind == "Group":
            lines.say(thing, "Group.statedCount", mention.count)
        if kind in ("Group", "Organization", "Post") and entity.area is not None:
            lines.link(thing, f"{kind}.jurisdiction", self.area(entity.area))
        if kind in _PARENTS and entity.parent is not None:
            lines.link(thing, _PARENTS[kind], self.thing(entity.parent))
        if kind == "Post":
            self.bodies.post(thing, entity)
        return thing
