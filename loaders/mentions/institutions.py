"""Universities, companies, banks and associations whose names begin with a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.mention_context import MentionContext, heads, matches
from policygraph.loaders.mentions.phrases import phrase_start
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import word_cache

_PLAIN = re.compile(r"[\u4e00-\u9fff（）()]{2,14}")
# Kinds of schools and firms are no names: 湖北高水平大学, 上海上市公司.
_KIND = WordPattern(r"{institution-kind}\Z")


@word_cache
def _heads() -> re.Pattern[str]:
    return re.compile(alternation(heads("Organization")))


def find_institutions(context: MentionContext) -> Iterator[Mention]:
    """武汉大学 | 中国移动通信集团 | 湖北银行."""
    text = context.text
    for m in matches(_heads(), context):
        concept = heads("Organization")[m[0]]
        if text.startswith(concept.properties.get("notBefore", ()), m.end()):
            continue
        start = phrase_start(context, m.start(), max(context.start, m.start() - 16))
        stem = text[start : m.start()]
        if _PLAIN.fullmatch(stem) and _placed(stem) and not _KIND.search(stem):
            entity = organization_entity(text[start : m.end()], context.context)
            yield context.mention_of(start, m.end(), entity, f"institution/{concept.key}")


def _placed(stem: str) -> bool:
    """Whether the name begins with a place of the register or a word for the nation."""
    forms = Register.load().forms()
    return stem.startswith(words("nation")) or any(stem[:n] in forms for n in (2, 3, 4))
