"""Evidence: where a statement stands, what it quotes, which rule made it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from policygraph.graph.statements import Section, Span
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.quad_lines import predicate
from policygraph.ontology.rules import rule_of


@cache
def _predicates(kind: str) -> tuple[str, str]:
    """The predicates that say which rule made a statement, and in which section it stands."""
    return predicate(f"{kind}.producedBy"), predicate(f"{kind}.inSection")


class EvidenceWriter:
    """Writes the evidence of one document's statements."""

    def __init__(self, context: WriterContext) -> None:
        self.document = context.document
        self.iri = context.iri
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.reading = self.minter.below(self.iri, "reading")
        self.rules: set[str] = set()
        self.stretch_starts = [stretch.start for stretch in self.document.topics]
        self.section_starts = [section.span_start for section in self.document.sections]

    def span(self, span: Span) -> str:
        """A stretch of the text with an IRI of its own."""
        iri = self.minter.span(self.iri, span.start, span.end)
        self.lines.is_a(iri, "Passage")
        self.place(iri, "Passage", span)
        return iri

    def statement(self, iri: str, kind: str, span: Span, rule: str) -> None:
        """What every statement carries: its class, the words it rests on, rule, section, topics."""
        lines = self.lines
        lines.is_a(iri, kind)
        self.place(iri, kind, span)
        produced_by, in_section = _predicates(kind)
        plan = self.minter.rule(rule)
        lines.put(f"<{iri}> {produced_by} <{plan}>{lines.graph}")
        section = self.section_at(span.start)
        if section:
            within = self.minter.section(self.iri, section.number)
            lines.put(f"<{iri}> {in_section} <{within}>{lines.graph}")
        for topic in self.topics_at(span.start):
            lines.link(iri, f"{kind}.topic", self.concepts.topic(topic))
        if rule not in self.rules:
            self.rules.add(rule)
            lines.is_a(plan, "prov:Plan")
            lines.say_foreign(plan, "rdfs:label", rule)
            gloss = rule_of(rule)
            lines.label(plan, "rdfs:comment", gloss.chinese, gloss.english)

    def place(self, iri: str, kind: str, span: Span) -> None:
        """Where the words stand, and what they are."""
        self.lines.say(iri, f"{kind}.start", span.start)
        self.lines.say(iri, f"{kind}.end", span.end)
        self.lines.say(iri, f"{kind}.quote", span.quote)

    def topics_at(self, start: int) -> tuple[str, ...]:
        """The topics of the stretch an offset lies in."""
        place = bisect_left(self.stretch_starts, start + 1) - 1
        stretch = self.document.topics[place] if place >= 0 else None
        return stretch.topics if stretch and start < stretch.end else ()

    def section_at(self, start: int) -> Section | None:
        """The innermost section an offset lies in: the last begun of those not yet ended."""
        place = bisect_left(self.section_starts, start + 1) - 1
        while place >= 0 and self.document.sections[place].span_end <= start:
            place -= 1
        return self.document.sections[place] if place >= 0 else None
