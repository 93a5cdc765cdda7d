"""Entities of the store: organizations, indicators, groups, programmes, documents and people that reports name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from policygraph.graph.reconciliation import area_entities
from policygraph.graph.reconciliation.area_matching import UNCERTAIN, match_area
from policygraph.graph.reconciliation.entity_schema import types
from policygraph.ontology.bodies import body_of
from policygraph.ontology.concepts import meaning
from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.ontology.register import Area, Register
from policygraph.queries.search_entries import Entry
from policygraph.queries.search_index import SearchIndex
from policygraph.service.reconciliation.areas import above_of, year_of
from policygraph.service.reconciliation.entity_facts import Facts
from policygraph.service.reconciliation.matches import Match
from policygraph.service.reconciliation.questions import Question, offered

_IGNORED = re.compile(r"[\s《》〈〉“”\"'‘’·,，。.、;；:：()（）\[\]【】-]+")
_SCORES = {"name": 100, "short": 95, "concept": 95, "body": 95, "english": 90}
_MOST = 1000  # names that hold a text; where there are more, none is certain
_LONGEST = 300  # characters of a text that can be a name
_LIKE = 0.34  # how much of two texts is the same where they are alike
_LOWER = 50  # taken from the score of one that lies elsewhere or is of another time


@dataclass(frozen=True, slots=True)
class StoreEntities:
    """The names of one state of the store: the search index, the titles of the reports, the base of its IRIs."""

    index: SearchIndex
    reports: Sequence[tuple[str, str]]
    base: str

    def named(self, question: Question) -> list[Match]:
        """What a question may mean among all types but areas, before what else it says is looked at."""
        if not question.text or len(question.text) > _LONGEST:
            return []
        found: dict[str, Match] = {}
        for name in offered(question):
            for match in self._of_type(name, question) if name != "Area" else ():
                known = found.get(match.id)
                if known is None or match.score > known.score:
                    found[match.id] = match
        return list(found.values())

    def _of_type(self, name: str, question: Question) -> list[Match]:
        text, kinds = question.text, types()[name].kinds
        if name == "Indicator":
            concept = self._concept(text)
            if concept is not None:
                return [concept, *(m for m in self._looked_up(text, name, kinds) if m.score < 90)]
        found = self._looked_up(text, name, kinds)
        if name == "Document":
            found += self._reports(text)
        if not any(match.reasons[0] in _SCORES for match in found):
            found += self._other_names(name, question, kinds)
        return found

    def _concept(self, text: str) -> Match | None:
        """The indicator of the vocabulary that a wording means."""
        known = meaning("indicators", text)
        if known is None:
            return None
        how = "name" if text in known.concept.labels else "concept"
        local = known.concept.iri.removeprefix(DEFAULT_BASE)
        return Match(
            local, known.concept.label, "Indicator", known.concept.english, _SCORES[how], (how,)
        )

    def _looked_up(self, text: str, name: str, kinds: Sequence[str]) -> list[Match]:
        """The things whose names hold the text, or else are like it."""
        entries = self.index.things(text, kinds, most=_MOST)
        many = ("many",) if len(entries) == _MOST else ()
        if not entries:
            entries = self.index.things(text, kinds, loosely=True, most=50)
        scored = [m for m in (self._scored(e, text, name) for e in entries) if m is not None]
        return [replace(m, reasons=(*m.reasons, *many)) for m in scored] if many else scored

    def _scored(self, entry: Entry, text: str, name: str) -> Match | None:
        names = [entry.text, *filter(None, entry.name.split(" / "))]
        # What else a person is found by are the posts held, which are no names.
        own = names[:1] if entry.kind == "Person" else names
        score, reason = max((_likeness(text, each, at) for at, each in enumerate(own)))
        if not reason:
            return None
        local = entry.iri.removeprefix(self.base)
        said = " · ".join(names[1:])
        return Match(local, entry.text, name, said, score, (reason,))

    def _reports(self, text: str) -> list[Match]:
        found = []
        for iri, title in self.reports:
            score, reason = _likeness(text, title, 0)
            if reason:
                local = iri.removeprefix(self.base)
                found.append(Match(local, title, "Document", "", score, (reason,)))
        return found

    def _other_names(self, name: str, question: Question, kinds: Sequence[str]) -> list[Match]:
        """Bodies by their name below the area given, or by another way to write the name."""
        if name != "Organization":
            return []
        register = Register.load()
        area = area_given(question, register)
        year = year_of(question.given("year"))
        wordings = [question.text] if area is None else [area.name + question.text, question.text]
        found = []
        for words in wordings:
            body = body_of(words, area, year)
            for full in dict.fromkeys(filter(None, (words, body.name if body else ""))):
                for entry in self.index.things(full, kinds):
                    if entry.text == full and full != question.text:
                        local = entry.iri.removeprefix(self.base)
                        found.append(
                            Match(local, entry.text, name, entry.name, _SCORES["body"], ("body",))
                        )
        return found


def area_given(question: Question, register: Register) -> Area | None:
    """The one area that is given as the place of an entity; None where none is, or it is not certain."""
    above = above_of(question.given("parent"), register)
    if not above:
        return None
    found = match_area(above, register, year=year_of(question.given("year")))
    return found[0].area if found and found[0].match else None


def _likeness(text: str, name: str, at: int) -> tuple[int, str]:
    """How well a text fits a name, 0–100, and the reason; ``at`` is 0 for the first name of a thing."""
    one, other = _folded(text), _folded(name)
    if not one or not other:
        return 0, ""
    if one == other:
        reason = "name" if at == 0 else "english" if name.isascii() else "short"
        return _SCORES[reason], reason
    if one in other:
        return 40 + 40 * len(one) // len(other), "holds"
    pairs, others = _pairs(one), _pairs(other)
    same = 2 * len(pairs & others) / max(1, len(pairs) + len(others))
    return (int(75 * same), "alike") if same >= _LIKE else (0, "")


def _folded(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or {text}


def placed(
    question: Question, found: Iterable[Match], facts: Facts, register: Register
) -> list[Match]:
    """The matches with what the place and the year given say of them, and which of them are certain."""
    checks: list[Callable[[Match], tuple[str, ...]]] = []
    if question.given("parent"):
        area = area_given(question, register)
        checks.append(lambda match: _by_place(match, area, facts, register))
    if question.given("year"):
        year = year_of(question.given("year"))
        checks.append(lambda match: _by_year(match, year, facts))
    told = []
    for match in found:
        more = tuple(reason for check in checks for reason in check(match))
        lower = _LOWER if {"disagrees", "former"}.intersection(more) else 0
        sure = match.reasons[0] in _SCORES and not UNCERTAIN.intersection((*match.reasons, *more))
        told_apart = (match.description, facts.description(match.id, match.name))
        told.append(
            replace(
                match,
                score=max(0, match.score - lower),
                reasons=(*match.reasons, *more),
                match=sure,
                description=" · ".join(dict.fromkeys(filter(None, told_apart))),
            )
        )
    return told


def _by_place(match: Match, area: Area | None, facts: Facts, register: Register) -> tuple[str, ...]:
    if area is None:
        return ("unread",)
    codes = facts.areas(match.id)
    places = [area_entities.area_of(code, register) for code in codes]
    known = [place for place in places if place is not None]
    if not known:
        return ()
    return ("parent",) if any(register.inside(p, area) for p in known) else ("disagrees",)


def _by_year(match: Match, year: int | None, facts: Facts) -> tuple[str, ...]:
    if year is None:
        return ("unread",)
    first, last = facts.years(match.id)
    if match.type == "Document" and first is None and last is None:
        return ()
    outside = (first is not None and year < first) or (last is not None and year > last)
    return ("former",) if outside else ()


def report_rows(rows: Iterable[dict[str, ox.NamedNode | ox.Literal]]) -> list[tuple[str, str]]:
    """IRI and title of every report."""
    return [(row["document"].value, row["title"].value) for row in rows]
