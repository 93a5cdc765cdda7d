"""Congresses and plenary sessions: their short names in full (congresses.ttl)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.bodies import whose
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches
from policygraph.loaders.words.characters import HAN, ORDINALS
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_PLACES = {
    "{level}": f"(?P<level>{'|'.join(LEVELS)})",
    "{n}": f"(?P<n>[{ORDINALS}]{{1,3}})",
    "{m}": f"(?P<m>[{ORDINALS}]{{1,3}})",
}


@word_cache
def _forms() -> tuple[tuple[re.Pattern[str], Concept], ...]:
    """Every short form as a pattern, the longest first, with the congress it names."""
    pairs = [(form, c) for c in vocabulary("congresses") for form in c.properties["form"]]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((_pattern(form, concept), concept) for form, concept in pairs)


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
    return re.compile(source + (f"(?!{'|'.join(barred)})" if barred else ""))


def find_congresses(context: MentionContext) -> Iterator[Mention]:
    """党的二十大 | 党的二十届三中全会 | 省第十二次党代会 | 省委十二届三次全会 | 省十四届人大三次会议."""
    found: dict[int, Mention] = {}
    for pattern, concept in _forms():
        for match in matches(pattern, context):
            start, name = _full(context, match, concept)
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
