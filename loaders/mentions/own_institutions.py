"""Institutions told without whose they are, in the report of their town or county: 职教中心获奖, 司法所调解纠纷."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.mention_context import (
    MentionContext,
    matches,
    name_of_owned,
    words,
)
from policygraph.loaders.words.characters import JOINTS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_SHORTEST = 3
_HAN = compiled("[\u4e00-\u9fff]")
_LISTED = "、"


@word_cache
def _of_town() -> frozenset[str]:
    return frozenset(w for w in words("institutions", "ofTown") if len(w) >= _SHORTEST)


@word_cache
def _pattern(town: bool) -> re.Pattern[str]:
    names = _of_town() if town else frozenset(class_words("own-institution"))
    return compiled(f"(?=[{firsts(names)}])(?:{alternation(names)})")


def find_own_institutions(context: MentionContext) -> Iterator[Mention]:
    """，司法所|调解纠纷 in the report of a town | ，职教中心|获奖 in that of a county."""
    home, area = context.context.locality, context.context.area
    if not home and (area is None or area.level not in ("county", "prefecture")):
        return
    for m in matches(_pattern(bool(home)), context):
        if _begins(context, m.start()) and _acts(context, m.end()):
            name = name_of_owned(m[0], home or context.context.area_name)
            entity = organization_entity(name, context.context)
            yield context.mention_of(*m.span(), entity, rule_name("institution-local"))


def _begins(context: MentionContext, at: int) -> bool:
    """Whether a mark stands before that is no number's and no quotation's."""
    before = context.text[at - 1 : at]
    return at == context.start or not (
        _HAN.match(before) or before.isalnum() or before in "“《（(-"
    )


def _acts(context: MentionContext, at: int) -> bool:
    """Whether a verb of doing follows, or one more institution of a list."""
    text = context.text
    if text[at : at + 1] in tuple(_LISTED + JOINTS):
        beside = _pattern(bool(context.context.locality)).match(text, at + 1)
        return beside is not None and _acts(context, beside.end())
    verb = lexicon().verb_at(text, at, len(text))
    if verb is None or "puts-up" in verb.facets or verb.has("nominal"):
        return False  # 便民服务中心|建成: a facility, no body that acts
    return len(verb.text) > 1 or verb.has("selected")
