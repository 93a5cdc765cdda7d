"""Mentions, measures, figures, findings and exclusions of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from policygraph.graph.statements import Document, Exclusion, Figure, Finding, Measure, Mention
from policygraph.graph.writer.concepts import Concepts
from policygraph.graph.writer.passages import Passages
from policygraph.graph.writer.quad_lines import Lines
from policygraph.graph.writer.things import Things
from policygraph.ontology.iris import Minter
from policygraph.ontology.vocabulary import vocabulary, word_cache

_RELATION = {"change": "changeOf", "rank": "rankOf", "completion": "completionOf"}


class Facts:
    """Writes what one document states."""

    def __init__(
        self,
        document: Document,
        lines: Lines,
        minter: Minter,
        passages: Passages,
        concepts: Concepts,
        things: Things,
    ) -> None:
        self.document = document
        self.lines = lines
        self.minter = minter
        self.passages = passages
        self.concepts = concepts
        self.things = things
        self.iri = passages.iri
        self.measure_spans: list[tuple[int, int, str]] = []
        self.mention_starts = [mention.span.start for mention in document.mentions]

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
        if mention.type == "Person":
            for post in self._posts_beside(mention):
                lines.link(thing, "org:holds", self.things.mentioned(post))

    def _posts_beside(self, person: Mention) -> Iterable[Mention]:
        """The posts that stand directly before or after a name: 省委副书记、省长王忠林."""
        mentions = self.document.mentions
        at = bisect_left(self.mention_starts, person.span.start)
        text = self.document.text
        edge = person.span.start
        for mention in reversed(mentions[max(0, at - 3) : at]):
            if mention.type != "Post" or text[mention.span.end : edge].strip("、 　"):
                break
            yield mention
            edge = mention.span.start
        if at + 1 < len(mentions):
            after = mentions[at + 1]
            if after.type == "Post" and after.span.start == person.span.end:
                yield after

    # -- measures -----------------------------------------------------------------------------

    def _measure(self, measure: Measure, nth: int) -> None:
        span, lines = measure.span, self.lines
        iri = self.minter.statement(self.iri, "measure", span.start, span.end, nth)
        self.passages.statement(iri, "Measure", span, measure.rule)
        self.measure_spans.append((span.start, span.end, iri))
        lines.say(iri, "Measure.actorText", ";".join(measure.actor))
        lines.say(iri, "Measure.action", measure.action)
        lines.say(iri, "Measure.objectText", measure.object)
        lines.say(iri, "Measure.targetText", measure.target)
        lines.say(iri, "Measure.placeText", measure.place)
        self._when(iri, "Measure", measure.period)
        lines.say(iri, "Measure.statusText", measure.status)
        lines.link(iri, "Measure.status", self.concepts.code("statuses", "status", measure.status))
        actors = [actor for actor in map(self.things.known, measure.actor) if actor]
        for actor in actors:
            lines.link(iri, "Measure.actor", actor)
        for thing in self._things_in(measure, measure.object):
            lines.link(iri, "Measure.object", thing)
            if measure.status == "done" and measure.action.endswith(_issuing()):
                self._issued(thing, actors)
        for thing in self._things_in(measure, measure.target):
            lines.link(iri, "Measure.target", thing)
        # 咸宁市、通城县出台支持政策 happens in two places.
        places = [self.things.named_area(name) for name in measure.place.split(";") if name]
        for place in places:
            lines.link(iri, "Measure.place", place)
        self._deed(iri, measure, actors, places)

    def _deed(self, iri: str, measure: Measure, actors: list[str], places: list[str]) -> None:
        """The action a measure tells of; only what happened is a prov:Activity."""
        deed, lines = self.minter.below(iri, "deed"), self.lines
        lines.is_a(deed, "Deed")
        lines.link(iri, "Measure.reports", deed)
        lines.label(deed, "rdfs:label", measure.action + measure.object)
        if measure.status == "done":
            lines.is_a(deed, "prov:Activity")
            for actor in actors:
                lines.link(deed, "prov:wasAssociatedWith", actor)
            for place in places:
                lines.link(deed, "prov:atLocation", place)

    def _things_in(self, measure: Measure, words: str) -> list[str]:
        """The things mentioned in a measure's clause whose words a part of it holds."""
        if not words:
            return []
        first = bisect_left(self.mention_starts, measure.span.start)
        last = bisect_left(self.mention_starts, measure.span.end)
        held = self.document.mentions[first:last]
        names = self.things.by_name
        found = [names[m.name] for m in held if m.span.quote in words or m.name in words]
        # An object filled from the same sentence stands in another clause.
        return found or [names[words]] if words in names else found

    def _issued(self, thing: str, actors: list[str]) -> None:
        if "/id/policydocument/" in thing:
            for actor in actors:
                self.lines.link(thing, "PolicyDocument.issuedBy", actor)

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
        lines.say(iri, "Figure.scopeText", figure.scope)
        scope = self.things.scope(figure.scope)
        if scope:
            lines.link(iri, "Figure.scope", scope)
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


@word_cache
def _issuing() -> tuple[str, ...]:
    """Verbs that put a document into force (出台, 印发 …)."""
    return tuple(
        label for c in vocabulary("verbs") if c.value("issuing") == "true" for label in c.labels
    )
