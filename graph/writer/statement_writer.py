"""Mentions, measures, figures, findings and exclusions of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from policygraph.graph.statements import (
    Entity,
    Exclusion,
    Figure,
    Finding,
    Measure,
    Mention,
    Reference,
)
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.evidence import EvidenceWriter
from policygraph.graph.writer.things import Things
from policygraph.ontology.vocabulary import vocabulary, word_cache


class StatementWriter:
    """Writes what one document states."""

    def __init__(self, context: WriterContext, evidence: EvidenceWriter, things: Things) -> None:
        self.document = context.document
        self.iri = context.iri
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.evidence = evidence
        self.things = things
        self.measure_spans: list[tuple[int, int, str]] = []

    def write(self) -> None:
        """All of them, in reading order within each kind."""
        for mention in self.document.mentions:
            self._mention(mention)
        seen: Counter[tuple[int, int]] = Counter()
        for measure in self.document.measures:
            seen[measure.span.start, measure.span.end] += 1
            self._measure(measure, seen[measure.span.start, measure.span.end])
        self._figures()
        for finding in self.document.findings:
            self._finding(finding)
        for exclusion in self.document.exclusions:
            self._exclusion(exclusion)

    # -- mentions -----------------------------------------------------------------------------

    def _mention(self, mention: Mention) -> None:
        span, lines = mention.span, self.lines
        iri = self.minter.statement(self.iri, "mention", span.start, span.end)
        self.evidence.statement(iri, "Mention", span, mention.rule)
        thing = self.things.thing(mention.entity)
        lines.say(iri, "Mention.statedCount", mention.count)
        lines.link(iri, "Mention.mentions", thing)
        for post in mention.posts:
            lines.link(iri, "Mention.inPost", self.things.thing(post))

    # -- measures -----------------------------------------------------------------------------

    def _measure(self, measure: Measure, nth: int) -> None:
        span, lines = measure.span, self.lines
        iri = self.minter.statement(self.iri, "measure", span.start, span.end, nth)
        self.evidence.statement(iri, "Measure", span, measure.rule)
        self.measure_spans.append((span.start, span.end, iri))
        lines.say(iri, "Measure.action", measure.action)
        lines.say(iri, "Measure.objectText", measure.object.text)
        self._named(iri, "actor", Reference(_joined(measure.actors), measure.actors))
        self._named(iri, "target", measure.target)
        self._named(iri, "place", Reference(_joined(measure.places), measure.places))
        self.concepts.refer_to_period(iri, "Measure", measure.period)
        lines.link(iri, "Measure.status", self.concepts.code("statuses", "status", measure.status))
        for entity in measure.object.entities:
            lines.link(iri, "Measure.object", self.things.thing(entity))
        if measure.status == "done" and measure.action.endswith(_issuing()):
            for entity in measure.object.entities:
                if entity.kind == "Document" and measure.actors:
                    lines.link(iri, "Measure.issues", self.things.thing(entity))

    def _named(self, iri: str, slot: str, reference: Reference) -> None:
        """The things a part of a measure names; its words only where no single name says them."""
        for entity in reference.entities:
            self.lines.link(iri, f"Measure.{slot}", self.things.thing(entity))
        if [entity.name for entity in reference.entities] != [reference.text]:
            self.lines.say(iri, f"Measure.{slot}Text", reference.text)

    # -- figures ------------------------------------------------------------------------------

    def _figures(self) -> None:
        seen: Counter[tuple[int, int]] = Counter()
        first_at: dict[int, str] = {}
        iris: list[str] = []
        self.measure_spans.sort()
        for figure in self.document.figures:
            span = figure.span
            seen[span.start, span.end] += 1
            iri = self.minter.statement(
                self.iri, "figure", span.start, span.end, seen[span.start, span.end]
            )
            iris.append(iri)
            first_at.setdefault(span.start, iri)
            self._figure(figure, iri)
        if self.document.table is not None:
            for iri, cell in zip(iris, self.document.table.cells, strict=True):
                self.lines.say(iri, "Figure.cell", cell)
        for figure, iri in zip(self.document.figures, iris, strict=True):
            whole = first_at.get(figure.of) if figure.of is not None else None
            if whole and whole != iri:
                self.lines.link(iri, "Figure.refersTo", whole)

    def _figure(self, figure: Figure, iri: str) -> None:
        lines, concepts = self.lines, self.concepts
        self.evidence.statement(iri, "Figure", figure.span, figure.rule)
        lines.say(iri, "Figure.value", figure.value)
        if figure.unit:
            unit, label = concepts.unit(figure.unit)
            lines.link(iri, "Figure.unit", unit)
            if figure.unit != label:
                lines.say(iri, "Figure.unitText", figure.unit)
        lines.link(iri, "Figure.kind", concepts.code("kinds", "kind", figure.kind))
        if figure.indicator:
            indicator, written = concepts.indicator(figure.indicator, figure.kind)
            lines.link(iri, "Figure.indicator", indicator)
            if written != indicator:
                lines.link(iri, "Figure.asWritten", written)
        for entity in figure.scope.entities:
            lines.link(iri, "Figure.scope", self.things.thing(entity))
        if [entity.name for entity in figure.scope.entities] != [figure.scope.text]:
            lines.say(iri, "Figure.scopeText", figure.scope.text)
        concepts.refer_to_period(iri, "Figure", figure.period)
        for qualifier in figure.qualifier:
            lines.link(iri, "Figure.qualifier", concepts.code("qualifiers", "qualifier", qualifier))
        if len(figure.qualifier) > 1:
            lines.say(iri, "Figure.qualifierText", " ".join(figure.qualifier))
        place = bisect_left(self.measure_spans, (figure.span.start + 1,)) - 1
        while place >= 0 and self.measure_spans[place][1] >= figure.span.end:
            lines.link(iri, "Figure.inMeasure", self.measure_spans[place][2])
            place -= 1

    # -- what is doubtful, what is left out -----------------------------------------------------

    def _finding(self, finding: Finding) -> None:
        span = finding.span
        iri = self.minter.finding(self.iri, span.start, span.end, finding.code)
        self.evidence.statement(iri, "Finding", span, f"finding/{finding.code}")
        self.lines.say(iri, "Finding.code", finding.code)
        self.lines.say(iri, "Finding.message", finding.message)

    def _exclusion(self, exclusion: Exclusion) -> None:
        span = exclusion.span
        iri = self.minter.exclusion(self.iri, span.start, span.end)
        self.lines.is_a(iri, "Exclusion")
        self.evidence.place(iri, "Exclusion", span)
        reason = self.concepts.code("exclusions", "exclusion", exclusion.reason)
        self.lines.link(iri, "Exclusion.reason", reason)


def _joined(entities: Sequence[Entity]) -> str:
    """Names in one column: 咸宁市;通城县."""
    return ";".join(entity.name for entity in entities)


@word_cache
def _issuing() -> tuple[str, ...]:
    """Verbs that put a document into force (出台, 印发 …)."""
    return tuple(
        label for c in vocabulary("verbs") if c.value("issuing") == "true" for label in c.labels
    )
