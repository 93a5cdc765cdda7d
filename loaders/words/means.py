"""By what means something was done, at the head of a clause: 通过“一卡通”|发放补偿金, 采取“公司+农户”模式|种植茶叶."""

from __future__ import annotations

import re

from policygraph.loaders.words.causing import acted
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.verbs import Verb

_LED = WordPattern(r"{means}(?=[\u4e00-\u9fff“《])")
# “一卡通”, “线上+线下”方式, 以“三会一课”为载体: what ends the words for the means.
_QUOTED = WordPattern(
    r"[\u4e00-\u9fff]{0,8}(?:“[^”，。；\n]{1,24}”、?)+(?:等?[\u4e00-\u9fff]{0,6}?{means-noun}|为{means-role}|等)?"
)
_NAMED = WordPattern(r"[\u4e00-\u9fff、]{2,14}?(?:等?{means-noun}|为{means-role})")
_PLAIN = WordPattern(r"[\u4e00-\u9fff]{2,8}")
_OBJECT = WordPattern(r"[\u4e00-\u9fff“《（]{2}")
_OF_MEANS = WordPattern(r"{compound}|{means-noun}")
_REST = re.compile(r"[^，,。；;！？\n]{0,60}")
_SHORTEST_MEANS = 2


def means_end(text: str, start: int, limit: int) -> int:
    """Where the words for the means end and the verb of the clause begins; ``start`` where no means are told."""
    led = _LED.match(text, start, limit)
    if led is None:
        return start
    for told in (_QUOTED, _NAMED):
        found = told.match(text, led.end(), limit)
        if found is not None and (verb := _verb_past_adverbs(text, found.end(), limit)):
            at, _ = verb
            return at
    return _before_strong_verb(text, led.end(), limit) or start


def past_means(text: str, at: int) -> int:
    """县民政局|通过“一卡通”|发放补偿金: where the words for the means end that follow who acts; ``at`` where none do."""
    rest = _REST.match(text, at)
    return means_end(text, at, rest.end() if rest else at)


def _verb_past_adverbs(text: str, at: int, limit: int) -> tuple[int, Verb] | None:
    """The verb that begins here, after adverbs at most, and has an object."""
    found = acted(text, at, limit)
    if found is None:
        return None
    at, verb = found
    return found if _OBJECT.match(text, at + len(verb.text), limit) else None


def _before_strong_verb(text: str, start: int, limit: int) -> int:
    """利用闲置校舍|建设养老服务站: where the first verb begins that a plain noun leads to; 0 where none does."""
    plain = _PLAIN.match(text, start, limit)
    stop = plain.end() if plain else start
    for at in range(start + _SHORTEST_MEANS, stop):
        found = _verb_past_adverbs(text, at, limit)
        if found is None or found[0] != at:
            continue
        verb = found[1]
        noun = _OF_MEANS.match(text, at + len(verb.text), limit) is not None
        acts = verb.has("strong") or "builds" in verb.facets
        if acts and not noun and not verb.has("selected"):
            return at
    return 0
