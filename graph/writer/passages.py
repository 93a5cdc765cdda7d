"""Evidence and provenance: where a statement stands, what it quotes, which rule read it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from policygraph.graph.statements import Section, Span
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.quad_lines import predicate, quoted, types
from policygraph.ontology.prefixes import expand
from policygraph.ontology.rules import rule_of
from policygraph.version import __version__

CONTEXT = 16  # characters of prefix and suffix kept beside a quote


@cache
def _evidence() -> tuple[str, ...]:
    """The types of evidence and its selectors, and the predicates that join them."""
    kinds = ("oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector")
    names = ("oa:hasSource", "oa:hasSelector", "prov:wasQuotedFrom")
    return (*(types(kind)[0] for kind in kinds), *map(predicate, names))


@cache
def _selectors() -> tuple[str, ...]:
    """The predicates of the selectors, and the datatype of offsets."""
    names = ("oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix")
    return (*map(predicate, names), f"^^<{expand('xsd:nonNegativeInteger')}>")


@cache
def _provenance(kind: str) -> tuple[str, ...]:
    """The predicates that say where a statement of a class comes from."""
    names = (
        f"{kind}.evidence",
        "prov:wasDerivedFrom",
        "prov:wasQuotedFrom",
        "prov:wasGeneratedBy",
        f"{kind}.producedBy",
        f"{kind}.inSection",
    )
    return tuple(map(predicate, names))


class Passages:
    """Writes the evidence of one document's statements."""

    def __init__(self, context: WriterContext) -> None:
        self.document = context.document
        self.iri = context.iri
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.reading = self.minter.below(self.iri, "reading")
        self.spans: set[tuple[int, int]] = set()
        self.rules: set[str] = set()
        self.stretch_starts = [stretch.start for stretch in self.document.topics]
        self.section_starts = [section.span_start for section in self.document.sections]

    def span(self, span: Span) -> str:
        """The evidence of a stretch, described once: where it stands, what it says."""
        start, end = span.start, span.end
        iri = self.minter.span(self.iri, start, end)
        if (start, end) in self.spans:
            return iri
        self.spans.add((start, end))
        text, graph = self.document.text, self.lines.graph
        kind, position, quote, source, selector, from_ = _evidence()
        place, words = self.minter.below(iri, "position"), self.minter.below(iri, "quote")
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        self.lines.put(
            f"<{iri}> {kind}{graph}<{place}> {position}{graph}<{words}> {quote}{graph}"
            f"<{iri}> {source} <{self.iri}>{graph}<{iri}> {selector} <{place}>{graph}"
            f"<{iri}> {selector} <{words}>{graph}<{iri}> {from_} <{self.iri}>{graph}"
        )
        begins, ends, exact, prefix, suffix, integer = _selectors()
        self.lines.put(
            f'<{place}> {begins} "{start}"{integer}{graph}<{place}> {ends} "{end}"{integer}{graph}'
            f"<{words}> {exact} {quoted(span.quote)}{graph}"
            + (f"<{words}> {prefix} {quoted(before)}{graph}" if before else "")
            + (f"<{words}> {suffix} {quoted(after)}{graph}" if after else "")
        )
        return iri

    def statement(self, iri: str, kind: str, span: Span, rule: str) -> None:
        """What every statement carries: its class, evidence, rule, run, section and place."""
        lines = self.lines
        lines.is_a(iri, kind)
        plan = self.minter.rule(rule)
        section = self.section_at(span.start)
        graph, (evidence, derived, from_, generated, produced, within) = (
            lines.graph,
            _provenance(kind),
        )
        inside = (
            f"<{iri}> {within} <{self.minter.section(self.iri, section.number)}>{graph}"
            if section
            else ""
        )
        lines.put(
            f"<{iri}> {evidence} <{self.span(span)}>{graph}<{iri}> {derived} <{self.iri}>{graph}"
            f"<{iri}> {from_} <{self.iri}>{graph}"
            f"<{iri}> {generated} <{self.reading}>{graph}<{iri}> {produced} <{plan}>{graph}{inside}"
        )
        self.place(iri, kind, span)
        for topic in self.topics_at(span.start):
            lines.link(iri, f"{kind}.topic", self.concepts.topic(topic))
        if rule not in self.rules:
            self.rules.add(rule)
            self._followed(plan, rule)

    def _followed(self, plan: str, rule: str) -> None:
        """A rule, and that the software followed it in this reading."""
        lines = self.lines
        lines.is_a(plan, "prov:Plan")
        lines.say_foreign(plan, "rdfs:label", rule)
        gloss = rule_of(rule)
        lines.label(plan, "rdfs:comment", gloss.chinese, gloss.english)
        association = self.minter.below(self.reading, plan.rpartition("/id/")[2])
        lines.link(self.reading, "prov:qualifiedAssociation", association)
        lines.is_a(association, "prov:Association")
        lines.link(association, "prov:agent", self.minter.software(__version__))
        lines.link(association, "prov:hadPlan", plan)

    def place(self, iri: str, kind: str, span: Span) -> None:
        """Start, end and quote: short cuts to the evidence."""
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
