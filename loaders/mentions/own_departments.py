"""The offices of the department whose report it is, and those like it: 局矿山股, 省厅, 局机关各科室."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.graph.statements import Entity, Mention
from policygraph.loaders.entities import body_entity
from policygraph.loaders.mentions.bodies import own_department
from policygraph.loaders.mentions.mention_context import (
    LEVELS,
    MentionContext,
    lexicon,
    matches,
    words,
)
from policygraph.loaders.mentions.own_bodies import own_body, part_of_own
from policygraph.loaders.mentions.parts_of_bodies import is_last_of
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import (
    ENDING_IN_WHOLE,
    LISTED,
    NEVER_IN_INSTITUTION,
    POINTING,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either, words_of
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.bodies import department, in_force
from policygraph.ontology.register import Area
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_STEM = "[\u4e00-\u9fff]{0,8}?"
_SHORTEST_UNIT = 3
_LONGEST_BESIDE = 6
_BARRED = compiled(f"[{NEVER_IN_INSTITUTION}和与及各]")
_GROUP = WordPattern(r"(?P<body>[局厅委]){own-units}")


@dataclass(frozen=True, slots=True)
class _Own:
    """The department whose report it is, and its level."""

    entity: Entity
    level: str

    def ends_in(self, last: str) -> bool:
        """Whether it is told by this character: 局 of 水利局."""
        return is_last_of(self.entity.name, last)


@word_cache
def _like() -> re.Pattern[str]:
    """省厅 | 市局, before what is no part of another word: not 省局|域网, 市局|长."""
    barred = alternation(class_words("not-after-department"))
    return compiled(rf"(?P<level>{'|'.join(LEVELS)})(?P<body>[局厅])(?!{barred})")


@word_cache
def _unit() -> re.Pattern[str]:
    """局|矿山股, 市局|质量处, 厅|劳动监察局."""
    barred = alternation(class_words("not-after-department"))
    last = alternation(words("institutions", "ownUnit"))
    return compiled(
        rf"(?P<level>{'|'.join(LEVELS)})?(?P<body>[局厅委])(?!{barred})"
        rf"(?P<unit>(?P<stem>{_STEM})(?:{last}))"
    )


@word_cache
def _beside() -> re.Pattern[str]:
    """、|危化股 after 局矿山股."""
    last = alternation(words("institutions", "ownUnit"))
    return compiled(
        rf"(?:[{LISTED}]|{either('and')})(?P<unit>(?P<stem>[\u4e00-\u9fff]{{1,{_LONGEST_BESIDE}}}?)(?:{last}))"
    )


def find_own_departments(context: MentionContext) -> Iterator[Mention]:
    """局矿山股、危化股|排查 | 省厅|督办 | 局机关各科室, in the report of a department."""
    own = _own(context)
    if own is None:
        return
    yield from _alike(context, own)
    yield from _units(context, own)
    for m in matches(_GROUP, context):
        if own.ends_in(m["body"]) and may_begin_name(context.text, m.start()):
            rule = rule_name("group-head")
            yield context.mention(m.start(), m.end(), "Group", m[0], rule)


def _own(context: MentionContext) -> _Own | None:
    """The department in the title."""
    area = context.chain[0] if context.chain else None
    if area is None:
        return None
    told = own_department(context)
    if told is not None and told.entity.body is not None:
        return _Own(told.entity, _level_of(told.entity.body.area))
    titled = own_body(context)
    if titled is None or not titled.name.startswith(area.name):
        return None
    return _Own(titled.entity, _level_of(area))


def _level_of(area: Area) -> str:
    return next((level for level in LEVELS if area.name.endswith(level)), "")


def _alike(context: MentionContext, own: _Own) -> Iterator[Mention]:
    """省厅, 市局 in the report of a city's or a county's bureau: the department of the same function."""
    for m in matches(_like(), context):
        entity = _of_level(context, own, m["level"], m["body"])
        begins = not _is_pointed(context.text, m.start()) and may_begin_name(
            context.text, m.start()
        )
        if entity is not None and begins:
            yield context.mention_of(*m.span(), entity, rule_name("own-department"))


def _of_level(context: MentionContext, own: _Own, level: str, last: str) -> Entity | None:
    """The department of the same function at a level; None where the level points at no area."""
    if level == own.level:
        return own.entity if own.ends_in(last) else None
    area, body = context.area_of(level), own.entity.body
    suffix = lexicon("body-suffixes").get(last)
    if area is None or body is None or suffix is None or area.code == body.area.code:
        return None
    concept = in_force((body.concept,), context.context.year)
    return body_entity(department(concept, suffix, area))


def _is_pointed(text: str, at: int) -> bool:
    """全|省厅: the level belongs to 全, but 健全|省厅机制."""
    return text[at - 1 : at] in tuple(POINTING) and text[at - 2 : at - 1] not in tuple(
        ENDING_IN_WHOLE
    )


def _units(context: MentionContext, own: _Own) -> Iterator[Mention]:
    """局矿山股 and what is listed with it."""
    text = context.text
    for m in matches(_unit(), context):
        owner = _of_level(context, own, m["level"] or own.level, m["body"])
        if owner is None or not _stands(context, m) or not may_begin_name(text, m.start()):
            continue
        yield part_of_own(context, owner.name, m["unit"], m.span())
        end = m.end()
        while (beside := _beside().match(text, end)) and _stands(context, beside):
            yield part_of_own(context, owner.name, beside["unit"], beside.span("unit"))
            end = beside.end()


def _stands(context: MentionContext, m: re.Match[str]) -> bool:
    """Whether the words of a unit are a name: no verb of doing in them, and it ends there."""
    text, end, stem = context.text, m.end(), m["stem"]
    listed = _beside().match(text, end) is not None
    ends = text.startswith(words_of("acting-with", "after-office"), end) or may_end_name(text, end)
    acts = any(word in stem for word in words_of("never-in-name", "holding"))
    named = len(m["unit"]) >= _SHORTEST_UNIT and not (acts or _BARRED.search(stem))
    return named and (listed or ends)
