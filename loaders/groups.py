"""Groups: people, bodies and areas taken together, with the count before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from policygraph.graph.statements import Mention
from policygraph.loaders.numbers import Number
from policygraph.loaders.scene import Scene, alternation, matches, words

REACH = 14
_BREAK = re.compile(r"[，,。；;：:、！!？?\s“”《》（()）0-9]")
_BRACKET = re.compile(r"[（(](?:屯|市|市区|市、区|区|社区|街道|组|镇)[)）]")
_BOTH = re.compile(
    r"(?:(?:各级|省市县|市县乡|市县|县乡|各地)?党委(?:、|和|与)?政府|省委、省政府|市委、市政府|县委、县政府"
    r"|区党委、政府|党中央、国务院)"
    r"(?:(?:相关|有关)?(?:分管负责人|分管领导|主要领导|主要负责人|领导同志|领导|负责人))?"
)
_MANY = re.compile(r"各级|市县|县乡|省市县|市县乡|各地")


@cache
def _heads() -> str:
    return alternation(words("groups", "head"))


@cache
def _bound() -> str:
    """Single words such as 县 and 村, where they are not the end of 农村 or the start of 县域."""
    return rf"(?<![农乡])村|(?:{alternation(words('groups', 'bound') - {'村'})})"


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_heads()})+|(?:{_bound()})(?:{_heads()})?)(?:{_BRACKET.pattern})?")


@cache
def _uncounted() -> re.Pattern[str]:
    """Words before a head and the head: 省直相关行业部门 | 农村低收入人口."""
    modifier = alternation(words("groups", "modifier"))
    return re.compile(rf"(?:{modifier})*(?:{_heads()})+(?:{_BRACKET.pattern})?")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(alternation(words("groups", "after")))


@cache
def _verbs() -> re.Pattern[str]:
    edges = words("phrase-edges", "strong") | {
        "在",
        "将",
        "对",
        "把",
        "均",
        "都",
        "已",
        "入选",
        "是",
    }
    return re.compile(alternation(edges))


def find_groups(scene: Scene) -> Iterator[Mention]:
    """28个国定脱贫县 | 26.75万脱贫户 | 省直相关行业部门 | 省委、省政府分管领导."""
    for number in scene.numbers:
        found = _counted_group(scene, number)
        if found is not None:
            yield found
    for m in matches(_uncounted(), scene):
        if not _after().match(scene.text, m.end()):
            yield scene.mention(m.start(), m.end(), "Group", m[0], "group/head")
    for m in matches(_BOTH, scene):
        if _MANY.match(m[0]) or m[0][-1] in "导人志":
            yield scene.mention(m.start(), m.end(), "Group", m[0], "group/shared-head")


def _counted_group(scene: Scene, number: Number) -> Mention | None:
    if number.dimension != "count" and not number.noun:
        return None
    text, begin = scene.text, number.end
    limit = min(len(text), begin + REACH + 12)
    head = _counted().search(text, begin, limit)
    if head is None or head.start() - begin > REACH:
        return None
    stretch = text[begin : head.start()]
    if _BREAK.search(stretch) or _verbs().search(stretch):
        return None
    if _after().match(text, head.end()):
        return None
    bounded = text.startswith(("以上", "以下"), begin)
    if stretch and head.start() == begin and number.noun:
        return None
    name = text[number.start if bounded else begin : head.end()]
    mention = scene.mention(number.start, head.end(), "Group", name, "group/counted")
    return replace(mention, count=None if bounded else number.value)
