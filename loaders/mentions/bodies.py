"""Party and state bodies: 省委, 市政府, 省农业农村厅, 国务院, with their full names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policygraph.graph.statements import Entity, Mention
from policygraph.loaders.entities import body_entity, organization_entity
from policygraph.loaders.mentions.area_forms import is_two_words
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, lexicon, matches
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import (
    AFTER_BODY,
    ENDING_IN_WHOLE,
    LISTED,
    NOT_AFTER_COMMITTEE,
    OWN_LEVELS,
    PARTY,
    POINTING,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.bodies import (
    Body,
    central_body,
    department,
    in_force,
    local_body,
    named,
)
from policygraph.ontology.register import Area, Register, stem_of
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import Concept, vocabulary, word_cache

_LEVEL = "|".join(LEVELS)
_SHORTEST_STEM = 2
# Between a department and those it is listed with or acts with.
_JOINED = WordPattern(rf"[{LISTED}]|{{acting-with}}")


@word_cache
def _local() -> re.Pattern[str]:
    departments = alternation(lexicon("departments"))
    suffixes = alternation(lexicon("body-suffixes"))
    return compiled(
        rf"(?P<level>{_LEVEL})(?:(?P<body>{alternation(lexicon('bodies'))})"
        rf"|(?P<department>{departments})(?:[和与]?(?P<second>{departments}))?(?P<suffix>{suffixes}))"
    )


@word_cache
def _youth_league() -> Concept:
    return next(concept for concept in vocabulary("bodies") if concept.has("level-inside"))


@word_cache
def _league() -> re.Pattern[str]:
    """团省委, 团县委: the level stands inside the name."""
    league = _youth_league().label
    return compiled(rf"{league[0]}(?P<level>{_LEVEL}){league[1]}")


@word_cache
def _department_named() -> re.Pattern[str]:
    """财政厅, 生态环境局: a department after what tells whose it is."""
    departments = alternation(lexicon("departments"))
    suffixes = alternation(lexicon("body-suffixes"))
    return compiled(rf"(?P<department>{departments})(?P<suffix>{suffixes})")


@word_cache
def _paying() -> re.Pattern[str]:
    """省财政|下达: the department of finance, named by its function alone before it pays."""
    paid = rf"(?:{either('predicate-adverb', 'cumulative')}){{0,2}}{either('granting', 'paying')}"
    return compiled(rf"(?P<level>{_LEVEL})(?P<department>{either('paying-function')})(?={paid})")


@word_cache
def _central() -> re.Pattern[str]:
    # 联合|国家发展改革委: what goes on as another word is not the body.
    found = sorted(lexicon("ministries").items(), key=lambda item: (-len(item[0]), item[0]))
    ends = ((name, concept.properties.get("notBefore", ())) for name, concept in found)
    return compiled(
        "|".join(re.escape(n) + (f"(?!{alternation(e)})" if e else "") for n, e in ends)
    )


@word_cache
def _meanings(name: str) -> dict[str, tuple[Concept, ...]]:
    """Word → all it can mean: 委农办 before and after 2018."""
    found: dict[str, list[Concept]] = {}
    for concept in vocabulary(name):
        for label in concept.labels:
            found.setdefault(label, []).append(concept)
    return {label: tuple(concepts) for label, concepts in found.items()}


def find_bodies(context: MentionContext) -> Iterator[Mention]:
    """省委 | 市政府 | 湖北省人民政府 | 省发展改革委、财政厅 | 党中央、国务院."""
    text = context.text
    for m in matches(_central(), context):
        concept = in_force(_meanings("ministries")[m[0]], context.context.year)
        barred = (*class_words("not-central"), *concept.properties.get("notBefore", ()))
        drafts = text.startswith(class_words("drafting"), m.end())  # 国务院|制定行政法规
        if drafts or not text.startswith(barred, m.end()):
            entity = body_entity(central_body(concept))
            yield context.mention_of(
                m.start(), m.end(), entity, rule_name("central-body", concept=concept.key)
            )
    for m in matches(_local(), context):
        if not _is_pointed(text, m.start()):
            yield from _read(context, m)
    for start, m in _by_short_area(context):
        concept = in_force(_meanings("departments")[m["department"]], context.context.year)
        area = context.chain[0]
        yield _body(
            context,
            start,
            m.end(),
            department(concept, lexicon("body-suffixes")[m["suffix"]], area),
        )
    yield from _payers(context)
    for m in matches(_league(), context):
        led = context.area_of(m["level"])
        if led is not None and text[m.end() : m.end() + 1] not in tuple(NOT_AFTER_COMMITTEE):
            yield _body(context, m.start(), m.end(), local_body(_youth_league(), led))


def _is_pointed(text: str, at: int) -> bool:
    """全|县供销社系统: the level belongs to 全, but 健全|县委机构."""
    return text[at - 1 : at] in tuple(POINTING) and text[at - 2 : at - 1] not in tuple(
        ENDING_IN_WHOLE
    )


def _by_short_area(context: MentionContext) -> Iterator[tuple[int, re.Match[str]]]:
    """余江|生态环境局 in the report of 余江区: a department after the area's short name, and where that begins."""
    stem = stem_of(context.chain[0].name) if context.chain else ""
    if len(stem) < _SHORTEST_STEM:
        return
    at = context.text.find(stem, context.start)
    while at >= 0:
        found = _department_named().match(context.text, at + len(stem))
        if found:
            yield at, found
        at = context.text.find(stem, found.end() if found else at + 1)


def _payers(context: MentionContext) -> Iterator[Mention]:
    """省财政下达资金 | 咸宁市财政安排专项资金: who pays is the department of finance."""
    for m in matches(_paying(), context):
        start, area = whose(context, m.start(), m["level"])
        concept = lexicon("departments").get(m["department"])
        above = Register.load().ancestors(area, context.context.year) if area else ()
        body = named(concept, area, above) if concept is not None and area is not None else None
        if body is not None:
            yield _body(context, start, m.end(), body)


def _read(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    text, end = context.text, m.end()
    start, area = whose(context, m.start(), m["level"])
    if area is None:
        yield from _open(context, m)
        return
    if m["body"]:
        if m["body"] == "委" and _goes_on(text, end):
            return
        if m["body"].endswith(class_words("government")) and text.startswith(
            class_words("not-government"), end
        ):
            return
        concept = in_force(_meanings("bodies")[m["body"]], context.context.year)
        body = local_body(concept, area)
        party = body.name.startswith(PARTY) and text.endswith(PARTY, context.start, start)
        yield _body(context, start - len(PARTY) * party, end, body)  # 中共|北京市委
        yield from _beside(context, end, area)
        return
    if m["suffix"] == "委" and _goes_on(text, end):
        return  # 市民委员
    yield _department(context, start, m, area)
    # 省发展改革委、|财政厅, 会同|财政厅: a second department shares the level of the first.
    while (joint := _JOINED.match(text, end)) and (
        following := _department_named().match(text, joint.end())
    ):
        yield _department(context, following.start(), following, area)
        end = following.end()


def _beside(context: MentionContext, at: int, area: Area) -> Iterator[Mention]:
    """县人大、|政协, 县委、|政府、|纪委: bodies that share the level of the first of their list."""
    text = context.text
    while text[at : at + 1] in tuple(LISTED) and at < len(text):
        beside = (w for w in class_words("sharing-level") if text.startswith(w, at + 1))
        word = max(beside, key=len, default="")
        end = at + 1 + len(word)
        if not word or not may_end_name(text, end):
            return
        concept = in_force(_meanings("bodies")[word], context.context.year)
        yield _body(context, at + 1, end, local_body(concept, area))
        at = end


def _goes_on(text: str, end: int) -> bool:
    """Whether 委 is the first half of a word: 市民委|员, but 省发展改革委|会同财政厅."""
    word = text[end : end + 1] in tuple(NOT_AFTER_COMMITTEE)
    return word and not text.startswith(class_words("acting-with"), end)


def _open(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """县委, 县政府 in the report of a town whose county the text names nowhere: told as they stand."""
    text, end, report = context.text, m.end(), context.context
    whose_report = report.locality or report.issuer
    if report.area_open is not None:
        whose_report = whose_report or report.area_open.quote
    committee = text[end - 1] == "委" and _goes_on(text, end)
    begins = may_begin_name(text, m.start()) or text[m.start() - 1] in AFTER_BODY
    if report.area is None and whose_report and not committee and begins:
        entity = Entity("Organization", m[0], whose_report)
        yield context.mention_of(m.start(), end, entity, rule_name("institution-local"))


def _department(context: MentionContext, start: int, m: re.Match[str], area: Area) -> Mention:
    suffix = lexicon("body-suffixes")[m["suffix"]]
    second = m.groupdict().get("second")
    if second:
        return _joined(context, start, m, area)
    meanings = _meanings("departments")[m["department"]]
    concept = in_force(meanings, context.context.year, suffix.iri)
    return _body(context, start, m.end(), department(concept, suffix, area))


def _joined(context: MentionContext, start: int, m: re.Match[str], area: Area) -> Mention:
    """自然资源和林业局 | 教育科技局: a department of two functions."""
    first, second = (_meanings("departments")[m[part]] for part in ("department", "second"))
    year = context.context.year
    last = lexicon("body-suffixes")[m["suffix"]].value("full")
    joint = context.text[m.end("department") : m.start("second")]
    functions = joint.join(in_force(word, year).value("full") for word in (first, second))
    entity = organization_entity(area.name + functions + last, context.context)
    return context.mention_of(start, m.end(), entity, rule_name("institution-local"))


def _body(context: MentionContext, start: int, end: int, body: Body) -> Mention:
    return context.mention_of(
        start, end, body_entity(body), rule_name("local-body", concept=body.concept.key)
    )


def own_department(context: MentionContext) -> Mention | None:
    """The department named in the title: 曾都区水利局2021年工作总结."""
    header = replace(context, start=0)
    for m in _local().finditer(context.text, 0, context.start):
        if m["department"]:
            return next(_read(header, m), None)
    return None


def whose(context: MentionContext, at: int, level: str) -> tuple[int, Area | None]:
    """湖北省 | 咸宁市 before the body, or the area the bare level points at."""
    text, end = context.text, at + len(level)
    register = Register.load()
    for start in range(max(context.start, end - 12), at - 1):
        form = text[start:end]
        if form in register.forms():
            area = register.resolve(form, within=context.context.area, year=context.context.year)
            if area is not None and not is_two_words(context, form, area, level):
                return start, area
    if at > context.start and text[at - 1] in OWN_LEVELS:
        return at, None
    return at, context.area_of(level)
