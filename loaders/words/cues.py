"""Cue words around numbers: what links, compares, qualifies or ends (figure-words.ttl)."""

from __future__ import annotations

import re

from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.vocabulary import vocabulary, word_cache


@word_cache
def words(key: str) -> tuple[str, ...]:
    """The words of one class of figure-words.ttl, longest first."""
    held = next(c for c in vocabulary("figure-words") if c.key == key)
    return tuple(sorted(held.labels, key=lambda label: (-len(label), label)))


@word_cache
def either(*keys: str) -> str:
    """One or more classes as the source of an alternation, longest first."""
    return "(?:" + alternation(word for key in keys for word in words(key)) + ")"


@word_cache
def cue(*keys: str) -> re.Pattern[str]:
    """Any word of the classes, anywhere."""
    return re.compile(either(*keys))


@word_cache
def opening(*keys: str) -> re.Pattern[str]:
    """A word of the classes at the beginning."""
    return re.compile("^" + either(*keys))


@word_cache
def closing(*keys: str) -> re.Pattern[str]:
    """A word of the classes at the end."""
    return re.compile(either(*keys) + "$")


@word_cache
def ending(key: str) -> tuple[str, ...]:
    """The words of a class for ``str.endswith``."""
    return words(key)
