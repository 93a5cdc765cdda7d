"""Persons told by what they are, whoever's office it is: 工会主席孙丽, 教师张丽莉、王芳, 总工程师何建国."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import post_entity
from policygraph.loaders.mentions.bodies import own_department
from policygraph.loaders.mentions.mention_context import (
    LEVELS,
    MentionContext,
    lexicon,
    matches,
    words,
)
from policygraph.loaders.words.characters import (
    AFTER_FULL_NAME,
    AFTER_NAME,
    NATURE,
    NO_GIVEN_FIRST,
    NO_GIVEN_NAME,
    NO_PERSON,
)
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import lexicon as verbs_of
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import vocabulary, word_cache

_HAN = "[\u4e00-\u9fff]"
_MARK = re.compile(rf"(?!{_HAN})|\Z", re.S)
# After a name of three characters a verb may stand: 总工程师何建国|带队检查.
_FULL = 3
_AFTER = WordPattern(r"{person-after}|{after-person}")
_FEW = _FULL - 1
WINNING = "win"
# 任|组长, 任|副主任 after an office: one who holds it, and no name.
HOLDING = WordPattern(r"任(?:{local-office}|{office-begins})")
# 运动员马小龙|在: a preposition after a name of three characters.
_NO_LAST = NO_PERSON - set(NATURE) | set(NO_GIVEN_NAME)


@word_cache
def _named() -> re.Pattern[str]:
    """An office or a calling, and the name after it, with those listed after it."""
    offices = (*class_words("local-office"), *words("posts", "head"), *class_words("office"))
    before, callings = class_words("before-office"), class_words("calling")
    name = rf"(?:{alternation(lexicon('surnames'))}){_HAN}{{1,2}}"
    return re.compile(
        rf"(?=[{firsts((*before, *offices, *callings))}])"
        rf"(?:(?P<level>{alternation(before)})?(?P<office>{alternation(offices)})"
        rf"|(?P<calling>{alternation(callings)}))”?"
        rf"(?P<names>{name}(?:、{name}(?!{_HAN}))*)"
    )


@word_cache
def _common() -> frozenset[str]:
    """Words that are no names though they begin with a surname: 高度, 安全, 方面, 成立."""
    listed = {
        label
        for name in ("nouns", "indicators", "topics")
        for c in vocabulary(name)
        for label in c.labels
    }
    return frozenset(
        {*verbs_of().verbs, *verbs_of().adverbs, *listed, *class_words("no-person-name")}
    )


def find_named_roles(context: MentionContext, bodies: Mapping[int, Mention]) -> Iterator[Mention]:
    """工会主席孙丽, 教师张丽莉、王芳; ``bodies`` are keyed by where they end."""
    for m in matches(_named(), context):
        names = _names(context, m)
        if not names:
            continue
        if m["office"]:
            yield _post(context, m, bodies)
        for start, end in names:
            name = context.text[start:end]
            yield context.mention(start, end, "Person", name, rule_name("person-after"))


def _names(context: MentionContext, m: re.Match[str]) -> list[tuple[int, int]]:
    """Where the names stand; none where the first is no name."""
    text, at = context.text, m.start("names")
    found = []
    for name in m["names"].split("、"):
        end = _end(text, at, at + len(name), surely=bool(m["office"]))
        if end is None:
            break
        found.append((at, end))
        at += len(name) + 1
    return found


def _end(text: str, start: int, end: int, *, surely: bool) -> int | None:
    """Where the name of two or three characters ends; None where it is no name."""
    for to in (end, end - 1):
        name = text[start:to]
        torn = len(name) == _FULL and name[-1] in AFTER_NAME  # 赵丽|被评为
        if len(name) < _FEW or torn or not is_name(name) or HOLDING.match(text, start):
            continue
        if (
            _MARK.match(text, to)
            or _AFTER.match(text, to)
            or _is_followed(text, to, surely=surely or len(name) == _FULL)
        ):
            return to
        if len(name) == _FULL and text[to : to + 1] in tuple(AFTER_FULL_NAME):
            return to
    return None


def _is_followed(text: str, at: int, *, surely: bool) -> bool:
    """Whether a verb follows: of honours where neither an office nor three characters tell a name."""
    verb = verbs_of().verb_at(text, at, len(text))
    return verb is not None and (surely or verb.act == WINNING)


def is_name(name: str) -> bool:
    """Whether characters that begin with a surname may be a person's name."""
    common = _common()
    word = name in common or name[:2] in common or name[1:] in common
    return not (
        word or name[1] in NO_GIVEN_FIRST or name in Register.load().forms() or name[-1] in _NO_LAST
    )


def _post(context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]) -> Mention:
    """The office, in the body before it, in that whose report it is, or as it stands."""
    start = m.start("level") if m["level"] else m.start("office")
    end, office = m.end("office"), context.text[start : m.end("office")]
    body = bodies.get(start) or _own_body(context, office)
    level = next((level for level in LEVELS if context.text.endswith(level, 0, start)), "")
    area = (
        context.area_of(level) if level and office.startswith(class_words("party-office")) else None
    )
    if area is not None:  # 县|纪委书记
        start, entity = start - len(level), post_entity(area.name + office, area, None)
    elif body is None:
        entity = post_entity(office, None, None)
    else:
        entity = post_entity(body.name + office, body.entity.area, body.entity)
    return context.mention_of(start, end, entity, rule_name("post"))


def _own_body(context: MentionContext, office: str) -> Mention | None:
    """The department whose report it is, for its own offices."""
    return own_department(context) if office in class_words("own-office") else None
