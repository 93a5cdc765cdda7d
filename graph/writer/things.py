"""What a report names: areas, bodies, people, groups …, each described once a document."""

from __future__ import annotations

import re

from policygraph.graph.statements import Document, Mention
from policygraph.graph.writer.bodies import Bodies
from policygraph.graph.writer.concepts import Concepts
from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology.concepts import meaning
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Area, Register

_COUNT = re.compile(r"[0-9.]+[百千万亿]*")
_CLASSES = {"Document": "PolicyDocument"}
# The vocabularies that hold concepts of things, by the type of mention.
_CONCEPTS = {"Group": "named-groups", "Programme": "programmes"}


class Things:
    """Writes the named entities of one document and finds them again by name and by quote."""

    def __init__(
        self,
        document: Document,
        lines: Lines,
        minter: Minter,
        register: Register,
        concepts: Concepts,
    ) -> None:
        self.document = document
        self.lines = lines
        self.minter = minter
        self.register = register
        self.concepts = concepts
        self.year = int(document.period[:4]) if document.period[:4].isdigit() else None
        self.things: dict[tuple[str, str], str] = {}
        self.areas: dict[Area, str] = {}
        self.traced: set[Area] = set()
        home = register.by_code(document.area_code, self.year) if document.area_code else None
        self.bodies = Bodies(lines, minter, concepts, self.area, home, self.year)
        self.by_name: dict[str, str] = {}
        self.by_quote: dict[str, str] = {}

    # -- areas --------------------------------------------------------------------------------

    def area(self, area: Area) -> str:
        """An area of the register with all above it, and what each came from and became."""
        iri = self._area(area)
        held: Area | None = area
        while held is not None and held not in self.traced:
            self.traced.add(held)
            self._trace(held)
            held = self._above(held)
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

    def home(self) -> str:
        """The report's own area, empty where it has none."""
        code = self.document.area_code
        area = self.register.by_code(code, self.year) if code else None
        if self.document.locality:
            return self._locality(area)
        return self.area(area) if area else ""

    def _locality(self, above: Area | None) -> str:
        """The town or zone whose report it is, with the IRI it has in a report of the area above."""
        iri = self.thing("Area", self.document.locality, above.name if above else "")
        if above:
            self.lines.link(iri, "Area.within", self.area(above))
        return iri

    def named_area(self, name: str) -> str:
        """An area by its full name: of the register, else a town or village of the report's."""
        code = self.document.area_code
        home = self.register.by_code(code) if code else None
        area = self.register.resolve(name, within=home, year=self.year)
        return self.area(area) if area else self.local_area(name)

    def local_area(self, name: str) -> str:
        """A town or village, told apart from namesakes by the report's area."""
        return self.thing("Area", name, self.document.area)

    # -- everything else ----------------------------------------------------------------------

    def thing(self, kind: str, name: str, area: str = "") -> str:
        """A thing by its type of mention and full name, a group also by the report's area."""
        key = (kind, name)
        if key not in self.things and kind == "Organization":
            self.things[key] = self.bodies.organization(name)
        elif key not in self.things:
            kind = _CLASSES.get(kind, kind)
            iri = self.things[key] = self.minter.thing(kind, name, area)
            self.lines.is_a(iri, kind)
            self._conceive(iri, kind, name)
        return self.things[key]

    def _conceive(self, iri: str, kind: str, name: str) -> None:
        """Label a thing and say of which concept it is: a province's 脱贫人口 of 脱贫人口."""
        known = meaning(_CONCEPTS[kind], name) if kind in _CONCEPTS else None
        self.lines.label(iri, "rdfs:label", name, known.concept.english if known else "")
        if known:
            self.lines.link(iri, f"{kind}.concept", self.concepts.concept(known.concept))
            if known.merge:
                self.lines.link(iri, f"{kind}.mergedBy", self.concepts.merge(known))

    def mentioned(self, mention: Mention) -> str:
        """The thing a mention means."""
        if mention.type == "Area":
            found = self.register.by_code(mention.code, self.year) if mention.code else None
            # Without a code it is a town, a village or an open namesake: never one of the register.
            return self.area(found) if found else self.local_area(mention.name)
        scoped = self.document.area if mention.type == "Group" else ""
        return self.thing(mention.type, mention.name, scoped)

    def describe(self, mention: Mention) -> str:
        """The thing a mention means, with what the mention tells of it."""
        thing, kind, lines = self.mentioned(mention), mention.type, self.lines
        self.by_name.setdefault(mention.name, thing)
        self.by_quote.setdefault(mention.span.quote, thing)
        if kind != "Area" or not mention.code:
            lines.label(thing, "skos:altLabel", mention.span.quote)
        if kind == "Group":
            lines.say(thing, "Group.statedCount", mention.count)
            if self.document.area:
                lines.link(thing, "Group.jurisdiction", self.named_area(self.document.area))
        if kind in ("Organization", "Post") and mention.area:
            lines.link(thing, f"{kind}.jurisdiction", self.named_area(mention.area))
        if mention.parent and mention.parent != mention.name:
            body = self.thing("Organization", mention.parent)
            relation = {"Organization": "org:subOrganizationOf", "Post": "org:postIn"}
            if kind in relation:
                lines.link(thing, relation[kind], body)
        if kind == "Post":
            self.bodies.post(thing, mention.name, mention.parent)
        return thing

    def known(self, name: str) -> str:
        """The IRI of a thing the document mentions under a name, empty where it does not."""
        if name in self.by_name:
            return self.by_name[name]
        if name and (name == self.document.area or name == "中国"):
            return self.named_area(name)
        return ""

    def scope(self, words: str) -> str:
        """What a figure is taken over: a thing mentioned, with or without its count, or a group.

        28个国定脱贫县 → 国定脱贫县; empty only where the figure has no scope.
        """
        found = self.known(words) or self.by_quote.get(words, "")
        counted = _COUNT.match(words)
        if counted and not found:
            bare = words[counted.end() :]
            # The counting word is one character (个, 户) or none.
            found = self.known(bare) or self.known(bare[1:])
        if not found and words:
            candidates = self.register.candidates(words, self.year)
            full = any(area.name == words for area in candidates)
            found = (
                self.named_area(words) if full else self.thing("Group", words, self.document.area)
            )
        return found
