"""Mentions, measures, figures, findings and exclusions of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from policygraph.graph.statements import Entity, Exclusion, Figure, Finding, Measure, Mention
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.passages import Passages
from policygraph.graph.writer.things import Things
from policygraph.ontology.vocabulary import vocabulary, word_cache

_RELATION = {"change": "changeOf", "rank": "rankOf", "completion": "completionOf"}


class Facts:
    """Writes what one document states."""

    def __init__(self, context: WriterContext, passages: Passages, things: Things) -> None:
        self.document = context.document
        self.iri = context.iri
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.passages = passages
        self.things = things
        self.measure_spans: list[tuple[int, int, str]] = []

    def describe(self) -> None:
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
        self.passages.statement(iri, "Mention", span, mention.rule)
        thing = self.things.describe(mention)
        lines.say(iri, "Mention.mentionType", mention.type)
        lines.say(iri, "Mention.name", mention.name)
        lines.say(iri, "Mention.statedCount", mention.count)
        lines.link(iri, "Mention.mentions", thing)
        for post in mention.posts:
            lines.link(thing, "org:holds", self.things.thing(post))

    # -- measures -----------------------------------------------------------------------------

    def _measure(self, measure: Measure, nth: int) -> None:
        span, lines = measure.span, self.lines
        iri = self.minter.statement(self.iri, "measure", span.start, span.end, nth)
        self.passages.statement(iri, "Measure", span, measure.rule)
        self.measure_spans.append((span.start, span.end, iri))
        lines.say(iri, "Measure.actorText", _joined(measure.actors))
        lines.say(iri, "Measure.action", measure.action)
        lines.say(iri, "Measure.objectText", measure.object.text)
        lines.say(iri, "Measure.targetText", measure.target.text)
        lines.say(iri, "Measure.placeText", _joined(measure.places))
        self._when(iri, "Measure", measure.period)
        lines.say(iri, "Measure.statusText", measure.status)
        lines.link(iri, "Measure.status", self.concepts.code("statuses", "status", measure.status))
        for actor in measure.actors:
            lines.link(iri, "Measure.actor", self.things.thing(actor))
        for entity in measure.object.entities:
            lines.link(iri, "Measure.object", self.things.thing(entity))
        for entity in measure.target.entities:
            lines.link(iri, "Measure.target", self.things.thing(entity))
        for place in measure.places:
            lines.link(iri, "Measure.place", self.things.thing(place))
        self._issued(measure)
        self._deed(iri, measure)

    def _deed(self, iri: str, measure: Measure) -> None:
        """The action a measure tells of; only what happened is a prov:Activity."""
        deed, lines = self.minter.below(iri, "deed"), self.lines
        lines.is_a(deed, "Deed")
        lines.link(iri, "Measure.reports", deed)
        lines.label(deed, "rdfs:label", measure.action + measure.object.text)
        if measure.status == "done":
            lines.is_a(deed, "prov:Activity")
            for actor in measure.actors:
                lines.link(deed, "prov:wasAssociatedWith", self.things.thing(actor))
            for place in measure.places:
                lines.link(deed, "prov:atLocation", self.things.thing(place))

    def _issued(self, measure: Measure) -> None:
        """Who issued the documents a measure put into force: 省委、省政府印发《行动方案》."""
        if measure.status != "done" or not measure.action.endswith(_issuing()):
            return
        for entity in measure.object.entities:
            if entity.kind == "Document":
                for actor in measure.actors:
                    issuer = self.things.thing(actor)
                    self.lines.link(self.things.thing(entity), "PolicyDocument.issuedBy", issuer)

    def _when(self, iri: str, kind: str, period: str) -> None:
        """The period meant, as text and as a thing."""
        self.lines.say(iri, f"{kind}.period", period)
        when = self.concepts.period(period)
        if when:
            self.lines.link(iri, f"{kind}.refPeriod", when)

    # -- figures ------------------------------------------------------------------------------

    def _figures(self) -> None:
        seen: Counter[tuple[int, int]] = Counter()
        first_at: dict[int, str] = {}
        iris: list[str] = []
        self.measure_spans.sort()
        for order, figure in enumerate(self.document.figures, 1):
            span = figure.span
            seen[span.start, span.end] += 1
            iri = self.minter.statement(
                self.iri, "figure", span.start, span.end, seen[span.start, span.end]
            )
            iris.append(iri)
            first_at.setdefault(span.start, iri)
            self._figure(figure, iri, order)
        for figure, iri in zip(self.document.figures, iris, strict=True):
            whole = first_at.get(figure.of) if figure.of is not None else None
            if whole and whole != iri:
                self.lines.link(iri, "Figure.refersTo", whole)
                relation = "partOf" if "part" in figure.qualifier else _RELATION.get(figure.kind)
                if relation:
                    self.lines.link(iri, f"Figure.{relation}", whole)

    def _figure(self, figure: Figure, iri: str, order: int) -> None:
        lines, concepts = self.lines, self.concepts
        self.passages.statement(iri, "Figure", figure.span, figure.rule)
        lines.say(iri, "Figure.order", order)
        lines.say(iri, "Figure.value", figure.value)
        if figure.unit:
            lines.say(iri, "Figure.unitText", figure.unit)
            lines.link(iri, "Figure.unit", concepts.unit(figure.unit))
        lines.link(iri, "Figure.kind", concepts.code("kinds", "kind", figure.kind))
        lines.say(iri, "Figure.kindText", figure.kind)
        if figure.indicator:
            indicator, written = concepts.indicator(figure.indicator)
            lines.link(iri, "Figure.indicator", indicator)
            lines.link(iri, "Figure.asWritten", written)
            lines.say(iri, "Figure.indicatorText", figure.indicator)
        lines.say(iri, "Figure.scopeText", figure.scope.text)
        for entity in figure.scope.entities:
            lines.link(iri, "Figure.scope", self.things.thing(entity))
        self._when(iri, "Figure", figure.period)
        for qualifier in figure.qualifier:
            lines.link(iri, "Figure.qualifier", concepts.code("qualifiers", "qualifier", qualifier))
        lines.say(iri, "Figure.qualifierText", " ".join(figure.qualifier))
        status = "planned" if "planned" in figure.qualifier else "done"
        lines.link(iri, "Figure.status", concepts.code("statuses", "status", status))
        lines.link(iri, "qb:dataSet", self.minter.below(self.iri, "figures"))
        place = bisect_left(self.measure_spans, (figure.span.start + 1,)) - 1
        while place >= 0 and self.measure_spans[place][1] >= figure.span.end:
            lines.link(iri, "Figure.inMeasure", self.measure_spans[place][2])
            place -= 1

    # -- what is doubtful, what is left out -----------------------------------------------------

    def _finding(self, finding: Finding) -> None:
        span = finding.span
        iri = self.minter.finding(self.iri, span.start, span.end, finding.code)
        self.passages.statement(iri, "Finding", span, f"finding/{finding.code}")
        self.lines.say(iri, "Finding.code", finding.code)
        self.lines.say(iri, "Finding.message", finding.message)

    def _exclusion(self, exclusion: Exclusion) -> None:
        span = exclusion.span
        iri = self.minter.exclusion(self.iri, span.start, span.end)
        self.lines.is_a(iri, "Exclusion")
        self.passages.place(iri, "Exclusion", span)
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
