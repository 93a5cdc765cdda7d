"""Parts of a body named after it: 县交通运输局执法大队, 市税务局第一稽查局, 局党组."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.bodies import own_department
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, matches, words
from policygraph.loaders.mentions.mention_context import lexicon as lexicon_of
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import NEVER_IN_INSTITUTION, ORDINALS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words_of
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_STEM = "[\u4e00-\u9fff]{0,8}?"
# 中央第四生态环境保护督察组, 中央扫黑除恶第11督导组
_GROUP_OF_CENTRE = WordPattern(
    rf"{{centre}}(?:[\u4e00-\u9fff]{{0,6}}第[0-9{ORDINALS}]{{1,3}})?[\u4e00-\u9fff]{{0,10}}?{{inspecting}}"
)
_BARRED = compiled(f"[{NEVER_IN_INSTITUTION}和与及]")


@word_cache
def _part() -> re.Pattern[str]:
    last = alternation(words("institutions", "part"))
    return compiled(rf"(?P<stem>(?:第[{ORDINALS}]{{1,2}})?{_STEM})(?:{last})")


@word_cache
def _own_part() -> re.Pattern[str]:
    """局党组 | 市局党委."""
    last = alternation(words("institutions", "ownPart"))
    levels = "|".join(LEVELS)
    return compiled(rf"(?:{levels})?(?P<body>[局委办厅])(?:{last})")


def find_parts(context: MentionContext, bodies: Sequence[Mention]) -> Iterator[Mention]:
    """县交通运输局执法大队 | 局党组."""
    text = context.text
    for body in bodies:
        found = _part().match(text, body.span.end)
        if found and body.type == "Organization" and _is_part(context, body, found):
            name = body.name + found[0]
            entity = organization_entity(name, context.context)
            rule = rule_name("institution-part")
            yield context.mention_of(body.span.start, found.end(), entity, rule)
    for found in matches(_GROUP_OF_CENTRE, context):
        entity = organization_entity(found[0], context.context)
        rule = rule_name("institution-part")
        yield context.mention_of(found.start(), found.end(), entity, rule)
    own = own_department(context)
    for found in _own_part().finditer(text, context.start) if own is not None else ():
        if (
            own is not None
            and is_last_of(own.name, found["body"])
            and _stands_alone(context, found)
        ):
            name = own.name + text[found.end("body") : found.end()]
            entity = organization_entity(name, context.context)
            yield context.mention_of(
                found.start(), found.end(), entity, rule_name("institution-part")
            )


def is_last_of(name: str, last: str) -> bool:
    """Whether a department is told by this character: 局 of 水利局, 委 of 卫生健康委员会."""
    suffix = lexicon_of("body-suffixes").get(last)
    return suffix is not None and name.endswith(suffix.value("full"))


def _is_part(context: MentionContext, body: Mention, found: re.Match[str]) -> bool:
    stem = found["stem"]
    # 种植|业|股: a section is named by its work; 招聘|学|科 holds a verb that acts.
    section = found[0].endswith(class_words("named-by-work"))
    acting = lexicon().all_verbs(stem).values()
    verbs = any(len(v.text) > 1 and (v.has("strong") or not section) for v in acting)
    text, end = context.text, found.end()
    strong = end - found.end("stem") > 1 and not text.startswith(class_words("office-after"), end)
    ends = strong or may_end_name(text, end)
    apart = any(word in stem for word in class_words("acting-with"))
    return ends and not verbs and not apart and not _BARRED.search(stem)


def _stands_alone(context: MentionContext, found: re.Match[str]) -> bool:
    text, end = context.text, found.end()
    ends = may_end_name(text, end) or text.startswith(words_of("acting-with", "after-office"), end)
    return may_begin_name(text, found.start()) and ends
