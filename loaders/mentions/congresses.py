"""Congresses and plenary sessions: their short names in full (congresses.ttl)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.bodies import whose
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches
from policygraph.loaders.words.characters import HAN, ORDINALS
from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_PLACES = {
    "{level}": f"(?P<level>{'|'.join(LEVELS)})",
    "{n}": f"(?P<n>[{ORDINALS}]{{1,3}})",
    "{m}": f"(?P<m>[{ORDINALS}]{{1,3}})",
}


@dataclass(frozen=True)
class _Form:
    """A short form, and the congress it names."""

    form: str
    concept: Concept

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words around its places, all of which a text must hold for it to be named there."""
        return tuple(re.split("|".join(map(re.escape, _PLACES)), self.form))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The short form with any values of its places."""
        return _pattern(self.form, self.concept)


@word_cache
def _forms() -> tuple[_Form, ...]:
    """Every short form, the longest first."""
    forms = [_Form(form, c) for c in vocabulary("congresses") for form in c.properties["form"]]
    return tuple(sorted(forms, key=lambda each: (-len(each.form), each.form)))


def _pattern(form: str, concept: Concept) -> re.Pattern[str]:
    source = re.escape(form).replace(r"\{", "{").replace(r"\}", "}")
    for place, filled in _PLACES.items():
        source = source.replace(place, filled, 1)
    # 党的二十大精神 means what it decided, 十大力量 is another word.
    # One character may stand between: 党的二十大的精神; 党的二十大力 is another word.
    barred = [
        (f"{HAN}?" if len(word) > 1 else "") + re.escape(word)
        for word in concept.properties.get("notBefore", ())
    ]
    return compiled(source + (f"(?!{'|'.join(barred)})" if barred else ""))


def find_congresses(context: MentionContext) -> Iterator[Mention]:
    """党的二十大 | 党的二十届三中全会 | 省第十二次党代会 | 省委十二届三次全会 | 省十四届人大三次会议."""
    found: dict[int, Mention] = {}
    told = (each for each in _forms() if all(word in context.text for word in each.words))
    for each in told:
        for match in matches(each.pattern, context):
            start, name = _full(context, match, each.concept)
            mention = context.mention(start, match.end(), "Event", name, rule_name("congress"))
            found.setdefault(match.end(), mention)
    yield from (found[end] for end in sorted(found))


def _full(context: MentionContext, match: re.Match[str], concept: Concept) -> tuple[int, str]:
    """Where the name begins, with the area before it, and the congress's full name."""
    start, said = match.start(), match.groupdict()
    if said.get("level"):
        start, area = whose(context, start, said["level"])
        said["area"] = area.name if area else said["level"]
    name = concept.value("full")
    for place, words in said.items():
        name = name.replace(f"{{{place}}}", words or "")
    return start, name
