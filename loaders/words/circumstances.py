"""On what occasion and by what means something was done, at the head of a clause: 春节期间|慰问, 通过“一卡通”|发放补偿金."""

from __future__ import annotations

from policygraph.loaders.words.causing import acted
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.verbs import Verb, lexicon

_LED = WordPattern(r"{means}(?=[\u4e00-\u9fff“《])")
# “一卡通”, “线上+线下”方式, 以“三会一课”为载体: what ends the words for the means.
_QUOTED = WordPattern(
    r"[\u4e00-\u9fff]{0,8}(?:“[^”，。；\n]{1,24}”、?)+(?:等?[\u4e00-\u9fff]{0,6}?{means-noun}|为{means-role}|等)?"
)
_NAMED = WordPattern(r"[\u4e00-\u9fff、]{2,14}?(?:等?{means-noun}|为{means-role})")
_OCCASION = WordPattern(r"在?[\u4e00-\u9fff、“”]{1,20}?{occasion}")
_PLAIN = WordPattern(r"[\u4e00-\u9fff]{2,8}")
_OBJECT = WordPattern(r"[\u4e00-\u9fff“《（]{2}")
_SURE = WordPattern(r"(?:{means-noun}|为{means-role})$")
_COUNTED = compiled(r"\d")
_OF_MEANS = WordPattern(r"{compound}|{means-noun}")
_REST = compiled(r"[^，,。；;！？\n]{0,60}")
_SHORTEST_MEANS = 2


def past_circumstances(text: str, start: int, limit: int) -> int:
    """Where the words for the occasion and the means end and the verb of the clause begins; ``start`` where none are told."""
    begun = _past_occasion(text, start, limit)
    led = _LED.match(text, begun, limit)
    if led is None:
        return begun
    counted = _COUNTED.search(text, led.end(), limit + 1) is not None
    for told in (_QUOTED, _NAMED):
        found = told.match(text, led.end(), limit)
        sure = found is not None and (counted or _SURE.search(found[0]))
        if found and sure and (verb := _verb_past_adverbs(text, found.end(), limit)):
            return verb[0]
    return (_before_strong_verb(text, led.end(), limit) if counted else 0) or begun


def _past_occasion(text: str, start: int, limit: int) -> int:
    """春节、“八一”期间|走访慰问部队7家: where the words for an occasion end before a verb."""
    told = _OCCASION.match(text, start, limit)
    if told is None:
        return start
    verb = lexicon().verb_at(text, start, limit)
    acts = verb is not None and len(verb.text) > 1
    return start if acts or _verb_past_adverbs(text, told.end(), limit) is None else told.end()


def past_means(text: str, at: int) -> int:
    """县民政局|通过“一卡通”|发放补偿金: where the words for the means end that follow who acts; ``at`` where none do."""
    rest = _REST.match(text, at)
    return past_circumstances(text, at, rest.end() if rest else at)


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
