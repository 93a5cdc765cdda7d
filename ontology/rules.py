"""The rules of the reader: one closed table (rules.ttl), each with its gloss and an example.

A statement names the rule it follows by its written form: ``figure/{kind}/left`` for a rate is
``figure/rate/left``. The parts in braces are keys of vocabularies, so that one rule serves every
kind of figure, every head of a name and every verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.errors import VocabularyError
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache, word_memo

_PLACE = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how it is written, its gloss in two languages, and a sentence it reads.

    ``quote`` are the words of the example that the statement stands on; ``area`` and ``period`` are
    those of the report that the example is read as.
    """

    id: str
    form: str
    chinese: str
    english: str
    example: str
    quote: str
    area: str
    period: str


@word_cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of their ids."""
    return tuple(_rule(concept) for concept in vocabulary("rules"))


@word_memo
def rule_name(id: str, **places: str) -> str:
    """The written form of a rule with its places filled; raises VocabularyError on an unknown id."""
    try:
        return _by_id()[id].form.format(**places)
    except KeyError as error:
        raise VocabularyError(f"rule {id}: {error} is not in rules.ttl") from None


@word_cache
def rule_of(name: str) -> Rule:
    """The rule that a written form is of; raises VocabularyError where there is none."""
    if name in _plain():
        return _plain()[name]
    for pattern, rule in _patterns():
        match = pattern.fullmatch(name)
        head = match and match.groupdict().get("head")
        if match and (head is None or head in _heads()):
            return rule
    raise VocabularyError(f"{name}: no such rule; add it to rules.ttl")


@word_cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in rules()}


@word_cache
def _plain() -> dict[str, Rule]:
    """The rules that are written in one way, by it."""
    return {rule.form: rule for rule in rules() if "{" not in rule.form}


@word_cache
def _patterns() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """How each of the others may be written: forms with any concept last."""
    others = [rule for rule in rules() if "{" in rule.form]
    ordered = sorted(others, key=lambda rule: "{concept}" in rule.form)
    return tuple((re.compile(_pattern(rule.form)), rule) for rule in ordered)


def _pattern(form: str) -> str:
    return _PLACE.sub(lambda place: _values(place[1]), re.escape(form))


def _values(place: str) -> str:
    """What may stand at a place: any word; the heads of names are told from other words by their list."""
    return r"(?P<head>[^/]+)" if place == "head" else r"[^/\s]+"


@word_cache
def _heads() -> frozenset[str]:
    """The words that may be the head of a name."""
    return frozenset(label for c in vocabulary("nouns") if c.value("names") for label in c.labels)


def _rule(concept: Concept) -> Rule:
    return Rule(
        concept.key,
        concept.value("form"),
        concept.label,
        concept.english,
        concept.value("example"),
        concept.value("exampleQuote"),
        concept.value("exampleArea"),
        concept.value("examplePeriod"),
    )
