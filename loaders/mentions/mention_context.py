"""What every finder of mentions looks at: the text, whose report it is, and the words it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from policygraph.graph.statements import Entity, Mention, MentionType, Span
from policygraph.loaders.entities import named_entity
from policygraph.loaders.numbers import Number
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.words.characters import AREA_LEVELS
from policygraph.loaders.words.cues import WordPattern
from policygraph.ontology.register import Area, Register
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

LEVELS = AREA_LEVELS


@dataclass(frozen=True, slots=True)
class MentionContext:
    """A report's text from ``start`` on, its context, and its numbers by end and by start."""

    text: str
    start: int
    context: ReportContext
    numbers: Sequence[Number]
    chain: tuple[Area, ...] = ()
    ends: dict[int, Number] = field(default_factory=dict)
    memo: dict[str, Mention | None] = field(default_factory=dict)

    def mention(
        self,
        start: int,
        end: int,
        kind: str,
        name: str,
        rule: str,
        *,
        count: Decimal | None = None,
        within: Area | None = None,
    ) -> Mention:
        """A mention at ``[start, end)`` of a thing known by its name; of a town ``within`` the county before it."""
        entity = named_entity(cast(MentionType, kind), name, self.context, within)
        return self.mention_of(start, end, entity, rule, count=count)

    def mention_of(
        self, start: int, end: int, entity: Entity, rule: str, *, count: Decimal | None = None
    ) -> Mention:
        """A mention of an entity at ``[start, end)``, found by a rule in its written form."""
        return Mention(Span(start, end, self.text[start:end]), entity, rule, count)

    def area_of(self, level: str) -> Area | None:
        """The area that 省, 市, 自治区 … points at in this report: its own or one above it."""
        for area in self.chain:
            if area.name.endswith(level) and area.level != "country":
                return area
        return None


def mention_context_of(
    text: str, start: int, context: ReportContext, numbers: Sequence[Number]
) -> MentionContext:
    """The context of a report whose body begins at ``start``."""
    chain: tuple[Area, ...] = ()
    if context.area is not None:
        chain = (context.area, *Register.load().ancestors(context.area, context.year))
    return MentionContext(text, start, context, numbers, chain, {n.end: n for n in numbers})


@word_cache
def words(name: str, role: str = "") -> frozenset[str]:
    """The labels of one vocabulary, or of its concepts with a role."""
    return frozenset(
        label
        for concept in vocabulary(name)
        if not role or concept.value("role") == role or concept.value("kind") == role
        for label in concept.labels
    )


@word_cache
def heads(kind: str) -> dict[str, Concept]:
    """Last words of the names of a kind of things → their concept: 工程 of programmes."""
    return {
        label: concept
        for concept in vocabulary("nouns")
        if concept.value("names") == kind
        for label in concept.labels
    }


@word_cache
def lexicon(name: str) -> dict[str, Concept]:
    """Label → concept of one vocabulary."""
    return {label: concept for concept in vocabulary(name) for label in concept.labels}


def name_of_owned(word: str, owner: str) -> str:
    """The full name of an institution told by its last word: 安福县|人民政府 for 政府 of 安福县, else both in a row."""
    concept = lexicon("institutions").get(word)
    full = concept.value("full") if concept is not None else ""
    return full.format(town=owner, owner=owner) if full else owner + word


def unquoted(name: str) -> str:
    """A name without quotation marks: “双高计划”院校 is 双高计划院校."""
    return name.replace("“", "").replace("”", "")


def matches(
    pattern: re.Pattern[str] | WordPattern, context: MentionContext
) -> Iterator[re.Match[str]]:
    """The pattern's matches in the body of the report."""
    return pattern.finditer(context.text, context.start)
