"""People below the county: 镇党委书记林建华, 大坪村党支部书记王强 | 李红梅、王芳获评“全国先进个人”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import post_entity
from policygraph.loaders.mentions.mention_context import MentionContext, lexicon, words
from policygraph.loaders.mentions.named_roles import is_name
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.mentions.villages import is_kind_of_town
from policygraph.loaders.words.characters import (
    AFTER_NAME,
    BEFORE_NAME,
    BODY_ENDS,
    CALLINGS,
    HONOURING,
    NO_PERSON,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import either
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import acting
from policygraph.loaders.words.verbs import lexicon as verbs_of
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_HAN = "[\u4e00-\u9fff]"
_TOWN_REACH = 6


@word_cache
def _surname() -> str:
    return alternation(lexicon("surnames"))


@word_cache
def _officer() -> re.Pattern[str]:
    towns = alternation((*words("institutions", "townWord"), *words("institutions", "villageWord")))
    return compiled(
        rf"(?P<level>{towns})?(?P<office>{either('local-office')})(?:、{either('calling')})?"
        rf"(?P<name>(?:{_surname()}){_HAN}{{1,2}})"
    )


@word_cache
def _awarded() -> re.Pattern[str]:
    name = rf"(?:{_surname()}){_HAN}{{1,2}}?"
    sure = alternation(word for word in acting("wins") if word not in class_words("loose-award"))
    awarded = alternation((*acting("wins"), *class_words("awarded")))
    return compiled(
        rf"(?P<names>{name}(?:、{name}){{0,5}})(?:等?(?:\d+|[一二三四五六七八九十两]+)?[名位人]{_HAN}{{0,6}}?|等)?"
        rf"(?:{either('award-adverb')})?(?:(?:{awarded})(?=[“‘{HONOURING}])|(?:{sure})(?={_HAN}{{2}}))"
    )


@word_cache
def _models() -> re.Pattern[str]:
    name = rf"(?:{_surname()}){_HAN}{{1,2}}"
    return compiled(
        rf"{either('coming-forth')}[出了]{{0,2}}(?P<names>{name}(?:、{name})*)等{_HAN}{{0,6}}?{either('title-of-honour')}"
    )


def find_local_people(context: MentionContext, bodies: Mapping[int, Mention]) -> Iterator[Mention]:
    """镇党委书记林建华 | 李红梅、王芳获评“全国先进个人”; ``bodies`` are keyed by where they end."""
    for m in _officer().finditer(context.text, context.start):
        yield from _of_office(context, m, bodies)
    for m in _awarded().finditer(context.text, context.start):
        before = context.text[m.start() - 1 : m.start()]
        told = m.start() == context.start or before in BEFORE_NAME or before in CALLINGS
        told = told or before in BODY_ENDS
        names = m["names"].split("、")
        if told and all(_is_person(name) for name in names):
            yield from _listed(context, m.start(), names)
    for m in _models().finditer(context.text, context.start):  # 涌现出王彪、李红等先进典型
        names = m["names"].split("、")
        if all(is_name(name) for name in names):
            yield from _listed(context, m.start("names"), names)


def _listed(context: MentionContext, at: int, names: list[str]) -> Iterator[Mention]:
    for name in names:
        yield context.mention(at, at + len(name), "Person", name, rule_name("person-awarded"))
        at += len(name) + 1


def _is_person(name: str) -> bool:
    """Whether a name that begins with a surname is no place, no company and no other word (项目)."""
    common = class_words("no-person-name")
    known = name in Register.load().forms() or name in words("institutions", "known")
    known = known or name in common or name[:2] in common
    return not known and name[-1] not in NO_PERSON


def _of_office(
    context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]
) -> Iterator[Mention]:
    start, end = _whose(context, m), m.end()
    if start is None and m.start() not in bodies:
        return
    text = context.text
    torn = text[end - 1] in AFTER_NAME and re.match(_HAN, text[end : end + 1])
    if end - m.start("name") == 3 and (torn or not _may_end(text, end)):
        end -= 1
    name = text[m.start("name") : end]
    if not _may_end(text, end) or not _is_person(name):
        return
    body = bodies.get(m.start())
    if start is None and body is not None:
        post = post_entity(body.name + m["office"], body.entity.area, body.entity)
        yield context.mention_of(m.start(), m.end("office"), post, rule_name("post"))
    elif start is not None:
        post = post_entity(_full(context, start, m), None, None)
        yield context.mention_of(start, m.end("office"), post, rule_name("post"))
    yield context.mention(m.start("name"), end, "Person", name, rule_name("person-after"))


def _whose(context: MentionContext, m: re.Match[str]) -> int | None:
    """Where the town or village begins whose office it is; None where none is said."""
    text, level = context.text, m["level"]
    own = context.context.area_name
    if not level:  # 乡长 in the report of a 乡
        town = own.endswith(m["office"][0]) and m["office"][0] in words("institutions", "townWord")
        return m.start() if town and may_begin_name(text, m.start()) else None
    if own.endswith(level) and may_begin_name(text, m.start()):
        return m.start()
    for length in range(_TOWN_REACH, 1, -1):
        start = m.start() - length
        name = text[start : m.end("level")]
        begins = start >= context.start and may_begin_name(text, start)
        if begins and re.fullmatch(f"{_HAN}+", name) and not is_kind_of_town(name):
            return start
    return None


def _full(context: MentionContext, start: int, m: re.Match[str]) -> str:
    """洪口镇党委书记 for 镇党委书记 in its report, 洪口镇镇长 for 镇长."""
    own = context.context.area_name
    if not m["level"]:
        return own + m["office"]
    whose = context.text[start : m.end("level")]
    return (own if whose == m["level"] else whose) + m["office"]


def _may_end(text: str, at: int) -> bool:
    after = text[at : at + 1]
    if not re.fullmatch(_HAN, after) or after in AFTER_NAME:
        return True
    return verbs_of().verb_at(text, at, len(text)) is not None
