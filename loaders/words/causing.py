"""Who is had act by another, before what they do: 鼓励企业|引进人才30名, 引导126家社会组织|结对帮扶115个脱贫村."""

from __future__ import annotations

from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.verbs import Verb, lexicon

_SHORTEST_VERB = 2
_WHOM = WordPattern(r"[\u4e00-\u9fff]{0,6}?{made-to-act}")


def caused_end(text: str, start: int, limit: int) -> int:
    """Where those end whom the verb at ``start`` has act, before the verb of what they do; ``start`` where none are."""
    verb = lexicon().verb_at(text, start, limit)
    if verb is None or not (verb.has("pivot") or verb.has("organizing")):
        return start
    whom = _WHOM.match(text, start + len(verb.text), limit)
    return whom.end() if whom and acted(text, whom.end(), limit) else start


def acted(text: str, at: int, limit: int) -> tuple[int, Verb] | None:
    """The verb of what those do who end at ``at``, after adverbs at most, with something after it."""
    verb = lexicon().verb_at(text, at, limit)
    while (verb is None or len(verb.text) < _SHORTEST_VERB) and (
        adverb := lexicon().adverb_at(text, at, limit)
    ):
        at += len(adverb)
        verb = lexicon().verb_at(text, at, limit)
    if verb is None or len(verb.text) < _SHORTEST_VERB or verb.has("state"):
        return None
    return (at, verb) if at + len(verb.text) < limit else None
