"""An area of the register in the graph of things: its names, code, level, years, and what it lies in."""

from __future__ import annotations

from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import FIRST_TABLE, Area, Register
from policygraph.ontology.terms import THINGS


class Areas:
    """Writes areas into some lines, each once, and gives their IRIs."""

    def __init__(self, lines: Lines, minter: Minter, register: Register) -> None:
        self.lines = lines
        self.minter = minter
        self.register = register
        self.written: dict[Area, str] = {}

    def area(self, area: Area) -> str:
        """An area of the register with all above it, and all that came before and after it.

        What is said of an area is the same whichever report names it: the area above is that of the
        last year the area had its name.
        """
        if area in self.written:
            return self.written[area]
        iri = self.written[area] = self.minter.area(self.register.local_id(area))
        self._name(iri, area)
        above = next(iter(self.register.ancestors(area)), None)
        if above is not None:
            self.lines.link(iri, "Area.within", self.area(above))
        for before, _ in self.register.predecessors(area):
            self.lines.link(iri, "Area.predecessor", self.area(before))
        for after, _ in self.register.successors(area):
            self.lines.link(iri, "Area.successor", self.area(after))
        return iri

    def _name(self, iri: str, area: Area) -> None:
        """The names, code, level and years of an area."""
        lines = self.lines
        lines.is_a(iri, "Area")
        lines.label(iri, "rdfs:label", area.name, area.english)
        for form in area.short_forms:
            lines.label(iri, "skos:altLabel", form)
        lines.say_foreign(iri, "skos:notation", area.code)
        lines.say(iri, "Area.level", area.level)
        # Where the tables begin, nothing is known of how long the name had stood.
        lines.say(iri, "Area.validFrom", area.first_year if area.first_year != FIRST_TABLE else "")
        lines.say(iri, "Area.validUntil", area.last_year)
        if area.wikidata is not None:
            lines.link(iri, "skos:closeMatch", area.wikidata.iri)


def register_nquads(area: Area, minter: Minter, register: Register) -> str:
    """What the register says of an area and of those it is linked with, as N-Quads."""
    lines = Lines(THINGS)
    Areas(lines, minter, register).area(area)
    return lines.text()
