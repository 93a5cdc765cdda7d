"""Persons told by what they are, whoever's office it is: 工会主席孙丽, 教师张丽莉、王芳, 总工程师何建国."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import post_entity
from policygraph.loaders.mentions.mention_context import (
    LEVELS,
    MentionContext,
    lexicon,
    matches,
    words,
)
from policygraph.loaders.mentions.own_bodies import own_body
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import (
    AFTER_FULL_NAME,
    AFTER_NAME,
    LISTED,
    NATURE,
    NO_GIVEN_FIRST,
    NO_GIVEN_NAME,
    NO_PERSON,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import lexicon as verbs_of
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import vocabulary, word_cache

_HAN = "[\u4e00-\u9fff]"
_MARK = compiled(rf"(?!{_HAN})|\Z", re.S)
# After a name of three characters a verb may stand: 总工程师何建国|带队检查.
_FULL = 3
_AFTER = WordPattern(r"{person-after}|{after-person}")
_FEW = _FULL - 1
_DOTTED = WordPattern(rf"{_HAN}{{2,8}}(?:·{_HAN}{{1,6}})*·(?P<last>{_HAN}{{1,6}})")
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
    return compiled(
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
    yield from _dotted(context)
    for m in matches(_named(), context):
        names = _names(context, m)
        if not names:
            continue
        if m["office"]:
            yield _post(context, m, bodies)
            yield from _joined_post(context, m, bodies)
        for start, end in names:
            name = context.text[start:end]
            yield context.mention(start, end, "Person", name, rule_name("person-after"))


def _dotted(context: MentionContext) -> Iterator[Mention]:
    """民警买买提·艾力, 选手古力娜扎·麦麦提: a name with a point in it."""
    text = context.text
    for m in matches(_DOTTED, context) if "·" in text else ():
        begins = [at for at in range(m.start() + 1, m.start("last") - 2) if _may_begin(text, at)]
        ends = (to for to in range(m.start("last") + 1, m.end() + 1) if _may_be_last(text, to))
        end = next(ends, None)
        start = max(begins, default=_honoured_from(text, m, end))
        quoted = start is not None and text[start - 1 : start] in ("“", "《", "·")
        if start is not None and end is not None and not quoted:
            name = text[start:end]
            yield context.mention(start, end, "Person", name, rule_name("person-after"))


def _honoured_from(text: str, m: re.Match[str], end: int | None) -> int | None:
    """，古丽米拉·艾山|获评…: where a name begins after a mark, where one is honoured."""
    marked = not re.match(_HAN, text[m.start() - 1 : m.start()])
    honoured = end is not None and _is_followed(text, end, surely=False)
    return m.start() if marked and honoured else None


def _may_begin(text: str, at: int) -> bool:
    """Whether a name with a point may begin here: after a mark, an office or a calling."""
    told = (*class_words("calling"), *class_words("office"), *class_words("local-office"))
    return text.endswith(told, max(0, at - 8), at)


def _may_be_last(text: str, at: int) -> bool:
    """Whether the last part of a name with a point may end here."""
    return bool(_AFTER.match(text, at)) or (text[at : at + 1] != "的" and may_end_name(text, at))


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
        # 赵丽|被评为, but 刘岐先、
        torn = len(name) == _FULL and name[-1] in AFTER_NAME and not _MARK.match(text, to)
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
    if surely and len(verbs_of().adverb_at(text, at, len(text))) > 1:
        return True  # 第一书记张晓梅|多方奔走
    verb = verbs_of().verb_at(text, at, len(text))
    return verb is not None and (surely or "wins" in verb.facets)


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
        entity = post_entity(_of_town(context, office), None, None)
    else:
        entity = post_entity(body.name + office, body.entity.area, body.entity)
    return context.mention_of(start, end, entity, rule_name("post"))


def _of_town(context: MentionContext, office: str) -> str:
    """东山镇党委书记 for 党委书记 in the report of a town, else the office as it stands."""
    own = context.context.locality and office.startswith(class_words("town-party"))
    return context.context.area_name + office if own else office


def _joined_post(
    context: MentionContext, m: re.Match[str], bodies: Mapping[int, Mention]
) -> Iterator[Mention]:
    """党组书记、|主任陈海波: an office of the report's own department before the one beside the name."""
    at = m.start()
    if context.text[at - 1 : at] not in tuple(LISTED):
        return
    office = next((w for w in class_words("own-office") if context.text.endswith(w, 0, at - 1)), "")
    start = at - 1 - len(office)
    body = bodies.get(start) or _own_body(context, office)
    if office and (start in bodies or may_begin_name(context.text, start)):
        entity = post_entity(_of_town(context, office), None, None)
        if body is not None:
            entity = post_entity(body.name + office, body.entity.area, body.entity)
        yield context.mention_of(start, at - 1, entity, rule_name("post"))


def _own_body(context: MentionContext, office: str) -> Mention | None:
    """The department whose report it is, for its own offices."""
    return own_body(context) if office in class_words("own-office") else None
