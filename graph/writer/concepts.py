"""Indicators, units, periods and the codes of vocabularies, each described once a document."""

from __future__ import annotations

import re

from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology.concepts import Meaning, is_payment, meaning, shared_head
from policygraph.ontology.iris import Minter
from policygraph.ontology.vocabulary import Concept, concepts_by_iri, titles, vocabulary, word_cache

# ISO 8601: 2022, 2022-12, 2022-12-31, and two of them with / between.
_DATE = r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)"
_PERIOD = re.compile(rf"{_DATE}(?:/{_DATE})?")
_INSTANTS = {
    4: ("time:inXSDgYear", "xsd:gYear"),
    7: ("time:inXSDgYearMonth", "xsd:gYearMonth"),
    10: ("time:inXSDDate", "xsd:date"),
}
_UNITS = ("年", "月", "日")


class Concepts:
    """Writes what figures and measures are about besides things."""

    def __init__(self, lines: Lines, minter: Minter) -> None:
        self.lines = lines
        self.minter = minter
        self.described: set[str] = set()
        self.matched: set[tuple[str, str]] = set()

    def code(self, name: str, scheme: str, key: str) -> str:
        """A concept of a vocabulary by its key: status, planned."""
        concept = _codes(name).get(key)
        return self.concept(concept) if concept else self.minter.concept(scheme, key)

    def topic(self, key: str) -> str:
        """A topic with all above it."""
        concept = _codes("topics")[key]
        described = self.minter.rebased(concept.iri) in self.described
        iri = self.concept(concept)
        above = _codes("topics").get(concept.broader.rpartition("/")[2])
        if above and not described:
            self.lines.link(iri, "skos:broader", self.topic(above.key))
        return iri

    def concept(self, concept: Concept) -> str:
        """A concept with its labels and scheme."""
        iri = self.minter.rebased(concept.iri)
        if iri not in self.described:
            self.described.add(iri)
            self.lines.is_a(iri, "skos:Concept")
            self.lines.link(iri, "skos:inScheme", self._scheme(concept.scheme))
            self.lines.label(iri, "skos:prefLabel", concept.label, concept.english)
            for match in concept.matches:
                self.lines.link(iri, "skos:exactMatch", match)
        return iri

    def unit(self, text: str) -> tuple[str, str]:
        """A unit or counting word and its label: of the vocabulary, else one by its text."""
        known = meaning("units", text)
        if known:
            iri = self.concept(known.concept)
            self._conversion(iri, known.concept)
            return iri, known.concept.label
        iri = self.minter.unit(text)
        self._own(iri, "skos:Concept", "unit", text)
        return iri, text

    def _conversion(self, iri: str, concept: Concept) -> None:
        """What a unit QUDT lacks comes to in one it has: 亩 is 1/15 hectare."""
        target = concepts_by_iri("units").get(concept.value("convertedTo"))
        if target is not None:
            self.lines.say_foreign(iri, "pg:conversion", concept.value("conversion"), "xsd:decimal")
            self.lines.link(iri, "pg:convertedTo", self.concept(target))

    def indicator(self, words: str, kind: str = "") -> tuple[str, str]:
        """The concept that an indicator of a kind of figure means, and the indicator as it is written."""
        written = self.minter.indicator(words)
        known = meaning("indicators", words)
        self._own(written, "Indicator", "indicator", words)
        self._paid(written, words)
        if not known:
            self._narrowed(written, words)
            return written, written
        self._narrowed(self.minter.rebased(known.concept.iri), known.concept.label)
        concept = self.concept(known.concept)
        if (concept, written) not in self.matched:
            self.matched.add((concept, written))
            self._shared(concept, known.concept)
            # Said alike whatever the kind at hand: 经济 is 地区生产总值 only where it grows.
            match = "skos:closeMatch" if known.kinds else "skos:exactMatch"
            self.lines.link(written, match, concept)
            if known.merge:
                self.lines.link(written, "Indicator.mergedBy", self.merge(known))
        return (concept if known.holds_for(kind) else written), written

    def _shared(self, iri: str, concept: Concept) -> None:
        """What a shared indicator is: its definition, and the unit it is usually told in."""
        self.lines.is_a(iri, "Indicator")
        self.lines.label(iri, "skos:definition", *concept.definition)
        self._paid(iri, concept.label)
        unit = concepts_by_iri("units").get(concept.value("usualUnit"))
        if unit is not None:
            self.lines.link(iri, "Indicator.usualUnit", self.unit(unit.label)[0])

    def _paid(self, iri: str, words: str) -> None:
        """Whether the sums of an indicator are money that was paid, where its name tells."""
        paid = is_payment(words)
        if paid is not None:
            self.lines.say(iri, "Indicator.payment", str(paid).lower())

    def _narrowed(self, written: str, words: str) -> None:
        """The shared concept that an indicator narrows, and the one above that."""
        head = shared_head("indicators", words)
        if head is not None and (written, head.iri) not in self.matched:
            self.matched.add((written, head.iri))
            shared = self.concept(head)
            self._shared(shared, head)
            self.lines.link(written, "skos:broader", shared)
            self._narrowed(shared, head.label)

    def merge(self, known: Meaning) -> str:
        """The decision that puts a wording under a concept."""
        if not known.merge:
            return ""
        iri = self.concept(known.merge)
        self.lines.is_a(iri, "Merge")
        self.lines.link(iri, "Merge.into", self.minter.rebased(known.concept.iri))
        return iri

    def _own(self, iri: str, kind: str, scheme: str, text: str) -> None:
        """A concept no vocabulary has, by its words."""
        if iri not in self.described:
            self.described.add(iri)
            self.lines.is_a(iri, kind)
            self.lines.link(iri, "skos:inScheme", self._scheme(self.minter.scheme(scheme)))
            self.lines.label(iri, "skos:prefLabel", text)

    def _scheme(self, bundled: str) -> str:
        """A vocabulary, by its IRI in the bundled files, with its titles."""
        iri = self.minter.rebased(bundled)
        if iri not in self.described:
            self.described.add(iri)
            self.lines.is_a(iri, "skos:ConceptScheme")
            chinese, english = titles().get(bundled, ("", ""))
            self.lines.label(iri, "dcterms:title", chinese, english)
        return iri

    def refer_to_period(self, iri: str, kind: str, period: str) -> None:
        """When something holds: the period as a thing, or its text where it is no ISO 8601."""
        when = self.period(period)
        if when:
            self.lines.link(iri, f"{kind}.refPeriod", when)
        else:
            self.lines.say(iri, f"{kind}.period", period)

    def period(self, text: str) -> str:
        """A stretch of time with its beginning and end, empty where the text is no ISO 8601."""
        dates = _PERIOD.fullmatch(text)
        if not dates:
            return ""
        iri = self.minter.period(text)
        if iri not in self.described:
            self.described.add(iri)
            self.lines.is_a(iri, "Period")
            first, last = dates[1], dates[2] or dates[1]
            spoken = _spoken(first) + (f"至{_spoken(last)}" if dates[2] else "")
            self.lines.label(iri, "rdfs:label", spoken, text.replace("/", " to "))
            for name, date in (("beginning", first), ("end", last)):
                self._instant(iri, name, date)
        return iri

    def _instant(self, period: str, name: str, date: str) -> None:
        iri = self.minter.below(period, name)
        at, kind = _INSTANTS[len(date)]
        self.lines.link(period, "time:hasBeginning" if name == "beginning" else "time:hasEnd", iri)
        self.lines.is_a(iri, "time:Instant")
        self.lines.say_foreign(iri, at, date, kind)


def _spoken(date: str) -> str:
    """2022-12 → 2022年12月."""
    parts = date.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, _UNITS, strict=False))


@word_cache
def _codes(name: str) -> dict[str, Concept]:
    return {concept.key: concept for concept in vocabulary(name)}
