"""Named persons and the offices that stand beside their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygraph.graph.statements import Entity, Mention
from policygraph.loaders.entities import country, organization_entity, post_entity
from policygraph.loaders.mentions.mention_context import (
    LEVELS,
    MentionContext,
    lexicon,
    matches,
    words,
)
from policygraph.loaders.mentions.named_roles import HOLDING, is_name
from policygraph.loaders.mentions.own_bodies import own_body
from policygraph.loaders.words.characters import AFTER_NAME, BEFORE_NAME, LISTED
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import either
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import lexicon as lexicon_of_verbs
from policygraph.ontology.bodies import fill
from policygraph.ontology.register import Area
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_LEVEL = "|".join(LEVELS)
_HAN = r"[\u4e00-\u9fff]"
_NOT_HAN = r"[^\u4e00-\u9fff]"
_HAN_NEXT = compiled(_HAN)
_NO_NAME = compiled(r"长(?:江|征|期|远|度|效|城|安|三|沙|春|寿|治|兴)")


@word_cache
def _surnames() -> str:
    return alternation(lexicon("surnames"))


@word_cache
def _before() -> re.Pattern[str]:
    """Offices, one or more, then a name."""
    deputy = f"(?:{either('deputy')}(?=(?:{_LEVEL})))?"
    local = rf"{deputy}(?:{_LEVEL})?{either('acting')}?(?:{alternation(words('posts', 'local'))})"
    # 总书记 stands after the name: 总书记关于 is no person.
    central = alternation(words("posts", "central") - set(class_words("after-name-only")))
    head = alternation(words("posts", "head"))
    unit = rf"(?:(?:{_LEVEL})?{either('party-unit')})?"
    post = rf"(?:{local}|{central}|{unit}(?:{head}))"
    leading = (*class_words("party-unit"), *class_words("acting"), *class_words("deputy"))
    begins = firsts((*words("posts"), *LEVELS, *leading))
    return compiled(
        rf"(?=[{begins}])(?P<posts>{post}(?:、{post}){{0,4}})[ \u3000]?(?P<name>(?:{_surnames()}){_HAN}{{1,2}})"
    )


@word_cache
def _after() -> re.Pattern[str]:
    """A name, then an office or what only follows a name."""
    central = alternation(words("posts", "central"))
    head = alternation(words("posts", "head"))
    return compiled(
        rf"(?P<name>(?:{_surnames()}){_HAN}{{1,2}}?)(?:(?P<central>{central})|(?P<head>{head})|{either('person-after')}|{either('honoured')}(?=[“诺国全]))"
    )


@word_cache
def _honoured() -> re.Pattern[str]:
    """A title of honour, then a name: 时代楷模黄大发 | 教师向华荣获表彰."""
    name = rf"(?P<name>(?:{_surnames()}){_HAN}{{1,2}}?)"
    return compiled(
        rf"{either('title-of-honour')}”?{name}(?={_NOT_HAN}|\Z|[{LISTED}的等]|{either('person-after')})"
        rf"|{either('person-role')}{name.replace('name', 'told')}(?=[获被]|{either('honoured')})"
    )


@word_cache
def _post() -> re.Pattern[str]:
    local = alternation(words("posts", "local"))
    central = alternation(words("posts", "central"))
    head = alternation(words("posts", "head"))
    return compiled(
        rf"(?P<central>{central})|(?P<deputy>{either('deputy')}(?=(?:{_LEVEL})))?(?P<level>{_LEVEL})?(?P<acting>{either('acting')})?(?P<local>{local})|(?:(?:{_LEVEL})?(?P<unit>{either('party-unit')}))?(?P<head>{head})"
    )


def find_people(context: MentionContext, bodies: Mapping[int, Mention]) -> Iterator[Mention]:
    """省委副书记、省长王忠林 | 国家乡村振兴局刘焕鑫局长; ``bodies`` are keyed by where they end."""
    for m in matches(_before(), context):
        yield from _read_before(context, m, bodies)
    for m in matches(_after(), context):
        yield from _read_after(context, m, bodies)
    for m in matches(_honoured(), context):
        yield context.mention(
            m.start(m.lastgroup or 0),
            m.end(),
            "Person",
            m[m.lastgroup or 0],
            rule_name("person-after"),
        )


def _read_before(
    context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]
) -> Iterator[Mention]:
    if _NO_NAME.match(context.text, m.start("name") - 1) and not _is_surely_named(context, m):
        return
    if HOLDING.match(context.text, m.start("name")) or not is_name(m["name"]):
        return  # 县长|任组长, 局长|高度重视
    posts = _offices(context, m, bodies)
    if not posts:
        return
    yield from posts
    end = m.end("name")
    torn = context.text[end - 1] in AFTER_NAME and _HAN_NEXT.match(context.text, end)
    acts = context.text[end - 1 : end + 1] in lexicon_of_verbs().verbs  # 李明|调研
    if end - m.start("name") == 3 and (torn or acts):
        end -= 1  # 赵丽|被评为, but 刘岐先、
    name = context.text[m.start("name") : end]
    yield context.mention(m.start("name"), end, "Person", name, rule_name("person-after"))


def _offices(
    context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]
) -> list[Mention]:
    """省厅党组书记、|厅长: an office without a body is of the body of the one listed before it."""
    posts: list[Mention] = []
    for p in _post().finditer(context.text, m.start("posts"), m.end("posts")):
        post = _office(context, p, bodies)
        above = posts[-1].entity.parent if posts else None
        if post is None and above is not None and p["head"] and above.kind == "Organization":
            body = _unit_of(context, above, p["unit"] or "")
            entity = post_entity(body.name + p["head"], body.area, body)
            post = context.mention_of(p.start(), p.end(), entity, rule_name("post"))
        if post is not None:
            posts.append(post)
    return posts


def _unit_of(context: MentionContext, body: Entity, unit: str) -> Entity:
    """县委常委、|组织部|部长: the unit of the committee told before it."""
    return organization_entity(body.name + unit, context.context) if unit else body


def _is_surely_named(context: MentionContext, m: re.Match[str]) -> bool:
    """、县长江春生担任: no 长江, since a mark stands before the office and a verb after the name."""
    text, end = context.text, m.end("name")
    before, three = text[m.start() - 1 : m.start()], end - m.start("name") == 3
    acts = lexicon_of_verbs().verb_at(text, end, len(text)) is not None
    return three and before in BEFORE_NAME | {"、"} and (acts or text[end : end + 1] in BEFORE_NAME)


def _read_after(
    context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]
) -> Iterator[Mention]:
    start, end = m.span("name")
    if m["head"]:
        body = bodies.get(start)
        if body is None:
            return
        at, to = m.span("head")
        yield _placed(context, at, to, body.name + m["head"], body.entity)
    elif m["central"]:
        if m["central"] not in class_words("national-post"):
            return
        office = _post().match(context.text, m.start("central"))
        post = _office(context, office, bodies) if office else None
        if post is not None:
            yield post
    elif context.text[start - 1 : start] not in BEFORE_NAME or not is_name(m["name"]):
        return
    yield context.mention(start, end, "Person", m["name"], rule_name("person-before"))


def _office(
    context: MentionContext, p: re.Match[str], bodies: Mapping[int, Mention]
) -> Mention | None:
    start, end = p.span()
    if p["central"]:
        concept = lexicon("posts")[p["central"]]
        entity = _of_office(context, concept.value("full"), concept.value("body"), country().area)
        return context.mention_of(start, end, entity, rule_name("post"))
    if p["unit"]:
        return None
    if p["head"] or not p["level"]:
        word = p["head"] or p["local"]
        own = word if word in words("posts", "head") else ""
        body = bodies.get(start) or _own_body(context, start, own)
        if body is None or not word:
            return None
        if bodies.get(start) is None and context.text[start - 1] == body.name[-1] != word[0]:
            start -= 1  # 局党组书记
        return _placed(context, start, end, body.name + word, body.entity)
    area = context.area_of(p["level"])
    if area is None:
        return None
    concept = lexicon("posts")[p["local"]]
    full = fill(concept.value("full").replace("{level}", area.name[-1]), area)
    if p["deputy"]:  # 常务副县长, 代省长
        full = area.name + p[0]
    entity = _of_office(context, full, fill(concept.value("body"), area), area)
    return context.mention_of(start, end, entity, rule_name("post"))


def _own_body(context: MentionContext, start: int, office: str) -> Mention | None:
    """The department whose report it is, of which 局长 and 党组书记 are told without its name."""
    own = own_body(context)
    if own is None or not office or not own.name.endswith(class_words("own-last")):
        return None
    before = context.text[start - 1]
    if "\u4e00" <= before <= "\u9fff" and before != own.name[-1]:
        return None  # 总|书记
    leads = office[-1] == "长" and office[-2] != own.name[-1]
    return None if leads else own


def _of_office(context: MentionContext, name: str, body: str, area: Area | None) -> Entity:
    """The post of an office that the vocabulary knows, in the body of a full name (or of none)."""
    parent = organization_entity(body, context.context) if body else None
    return post_entity(name, area, parent)


def _placed(context: MentionContext, start: int, end: int, name: str, body: Entity) -> Mention:
    """A post in a body mentioned beside it."""
    return context.mention_of(start, end, post_entity(name, body.area, body), rule_name("post"))
