"""Examples for the page out of a store of one report: a value of each property, a sentence as a graph."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import unquote

from policygraph.ontology.labels import CHINESE, choose
from policygraph.viz.bilingual import Both
from policygraph.viz.reference.turtle_index import shorten
from policygraph.viz.views import FOLDER, Select

STATEMENTS = ("pg:Measure", "pg:Figure", "pg:Mention")
_NAMES = ("rdfs:label", "skos:prefLabel", "dcterms:title")
_LONGEST = 42  # characters of a quote or value shown
_SENTENCE = (24, 64)  # characters of a sentence worth drawing
_AROUND = 12  # characters shown before and after a quote
_CHOICE = 12  # things with a property to choose an example from
_STOP = re.compile(r"[。；！？\s]")
_MOST = 5  # statements of it


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a property in the report: its quote, the text around it, the value."""

    before: str
    quote: str
    after: str
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report and the statements read from it, in the order of the text."""

    text: str
    start: int
    end: int
    statements: tuple[str, ...]


class Sample:
    """The triples of a store, findable by subject and by predicate, all in one order."""

    def __init__(self, select: Select) -> None:
        self._values: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self._bearers: dict[str, list[str]] = defaultdict(list)
        for row in select((FOLDER / "sample.rq").read_text("utf-8")):
            subject, predicate = row["s"] or "", shorten(row["p"] or "")
            values = self._values.setdefault(subject, {}).setdefault(predicate, [])
            values.append((row["o"] or "", row["tag"] or ""))
        for subject in sorted(self._values, key=self._place):
            for predicate in self._values[subject]:
                self._bearers[predicate].append(subject)
        self._kinds: dict[str, list[str]] = defaultdict(list)
        for subject in self._bearers["rdf:type"]:
            for kind in self.values(subject, "rdf:type"):
                self._kinds[shorten(kind)].append(subject)
        reports = self._kinds["pg:Report"][:1]
        self.text = "".join(self.value(report, "pg:text") for report in reports)

    def _place(self, subject: str) -> tuple[int, str]:
        start = self.value(subject, "pg:start")
        return (int(start) if start.isdigit() else 10**9, subject)

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The values of a property, in order."""
        return tuple(text for text, _ in self._values.get(subject, {}).get(predicate, ()))

    def value(self, subject: str, predicate: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def kinds(self, subject: str) -> tuple[str, ...]:
        """The classes of a thing."""
        return tuple(map(shorten, self.values(subject, "rdf:type")))

    def name(self, thing: str) -> Both:
        """What a thing is called in both languages; its quote where it has no label."""
        values = self._values.get(thing, {})
        labels = {
            tag: text for predicate in _NAMES for text, tag in reversed(values.get(predicate, []))
        }
        if labels:
            return choose(labels, CHINESE), choose(labels, "en")
        words = self.value(thing, "pg:quote") or _tail(thing)
        return _cut(words), _cut(words)

    def foreign(self) -> frozenset[str]:
        """The properties of other vocabularies that the sample uses, types and labels left out."""
        used = {name for name in self._bearers if not name.startswith("pg:")}
        return frozenset(used - {"rdf:type", "rdfs:label"})

    def of_property(self, name: str) -> Example | None:
        """A thing that has the property, not the same one for all; short ones before long ones."""
        bearers = self._bearers.get(name, [])
        brief = [bearer for bearer in bearers if self._brief(bearer)][:_CHOICE] or bearers[:1]
        if not brief:
            return None
        found = brief[sum(map(ord, name)) % len(brief)]
        value = self.value(found, name)
        shown = self.name(value)[0] if value in self._values or value.startswith("http") else value
        before, after = self._around(found)
        return Example(before, self.name(found)[0], after, _cut(shown))

    def _around(self, found: str) -> tuple[str, str]:
        """The words before and after a quote, within its sentence."""
        if not self.value(found, "pg:quote"):
            return "", ""
        start, end = (int(self.value(found, f"pg:{side}")) for side in ("start", "end"))
        before = _STOP.split(self.text[max(start - _AROUND, 0) : start])[-1]
        after = _STOP.split(self.text[end : end + _AROUND])[0]
        return (
            "…" * (len(before) == _AROUND) + before,
            after + "…" * (len(after) == _AROUND),
        )

    def _brief(self, subject: str) -> bool:
        return 2 < len(self.value(subject, "pg:quote")) <= _LONGEST

    def of_class(self, name: str) -> str:
        """The words or the name of the first thing of a class; empty where there is none."""
        bearers = self._kinds.get(name, [])
        found = next(filter(self._brief, bearers), next(iter(bearers), None))
        return self.name(found)[0] if found else ""

    def sentence(self) -> Sentence | None:
        """The sentence that shows most: a done measure with its figures and what they are about."""
        found = [self._read(sentence) for sentence in self._kinds["pg:Sentence"]]
        fitting = [
            candidate for candidate in found if candidate.statements and self._weight(candidate)
        ]
        return max(
            fitting, key=lambda candidate: (self._weight(candidate), -candidate.start), default=None
        )

    def _read(self, sentence: str) -> Sentence:
        start, end = (int(self.value(sentence, f"pg:{side}")) for side in ("start", "end"))
        inside = [
            subject
            for kind in STATEMENTS
            for subject in self._kinds[kind]
            if start <= int(self.value(subject, "pg:start")) < end
        ]
        return Sentence(self.text[start:end], start, end, tuple(sorted(inside, key=self._place)))

    def _weight(self, sentence: Sentence) -> int:
        """How much a sentence shows; 0 where it is too short, too long, or lacks a part."""
        by_kind = {
            kind: [s for s in sentence.statements if kind in self.kinds(s)] for kind in STATEMENTS
        }
        done = any(self.value(m, "pg:status").endswith("/done") for m in by_kind["pg:Measure"])
        low, high = _SENTENCE
        if not (low <= len(sentence.text) <= high and done and all(by_kind.values())):
            return 0
        if len(sentence.statements) > _MOST:
            return 0
        shown = ("pg:actor", "pg:object", "pg:target", "pg:inMeasure", "pg:mentions")
        return sum(len(self.values(s, p)) for s in sentence.statements for p in shown)


def _tail(iri: str) -> str:
    return unquote(iri.rstrip("/").rpartition("/")[2].rpartition("#")[2])


def _cut(text: str) -> str:
    """One line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
