"""Word classes: the words that link, compare, qualify, end or begin something, and patterns of them.

A class is a concept of figure-words.ttl, clause-words.ttl, name-words.ttl or document-words.ttl: its preferred label is
its name, its alternative labels are its words. The verbs and nouns of the lexicon (verbs.ttl,
nouns.ttl) that are of a class too say so with pg:wordClass; so may any concept of one's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, partial
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from policygraph.errors import VocabularyError
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.needed_words import needed_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.ontology.vocabulary import remembering, word_cache
from policygraph.ontology.word_classes import class_members

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
# What each gives for a text in which nothing matches.
_NOT_FOUND: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("fullmatch", "match", "search"), lambda _: None),
    "findall": lambda _: [],
    "finditer": lambda _: iter(()),
    "split": lambda text: [text],
    "sub": lambda text: text,
}
_TRIES = (
    500  # texts looked at before an expression is prepared after all: from then on that is quicker
)
_PLACE = compiled(r"\{(?P<how>[!^*]?)(?P<keys>[a-z][a-z|-]*)\}")


@word_cache
def words(key: str) -> tuple[str, ...]:
    """The words of one class, longest first; raises VocabularyError on a class there is not."""
    try:
        return class_members()[key]
    except KeyError:
        raise VocabularyError(f"{key}: no such class of words") from None


def words_of(*keys: str) -> tuple[str, ...]:
    """The words of some classes, longest first within each."""
    return tuple(chain.from_iterable(map(words, keys)))


@word_cache
def either(*keys: str) -> str:
    """One or more classes as the source of an alternation, longest first."""
    return "(?:" + alternation(words_of(*keys)) + ")"


@cache
def cue(*keys: str) -> WordPattern:
    """Any word of the classes, anywhere."""
    return WordPattern(f"{{{'|'.join(keys)}}}")


@cache
def opening(*keys: str) -> WordPattern:
    """A word of the classes at the beginning."""
    return WordPattern(f"^{{{'|'.join(keys)}}}")


@cache
def closing(*keys: str) -> WordPattern:
    """A word of the classes at the end."""
    return WordPattern(f"{{{'|'.join(keys)}}}$")


class WordPattern:
    """A regular expression that names word classes: ``{over|under}`` stands for any of their words.

    ``{!class}`` lets none of the words stand before it, ``{*class}`` wants one of them there; ``{^class}`` stands for the characters that
    they begin with, to be put into brackets. It is prepared when a text holds the words it needs, and
    made anew when a vocabulary of one's own is added.
    """

    __slots__ = (*_METHODS, "_barren", "_needed", "_tries", "pattern", "source")
    _barren: str  # the last text that lacked what is needed
    _needed: tuple[frozenset[str], ...]
    _tries: int
    pattern: re.Pattern[str]  # with the words of its classes
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[[str | Callable[[re.Match[str]], str], str], str]
    split: Callable[[str], list[str]]

    def __init__(self, source: str) -> None:
        self.source = source
        remembering(self)

    if not TYPE_CHECKING:  # so that a method that is none is told of

        def __getattr__(self, name: str) -> Any:
            """At the first use, let each method look first whether a text holds what is needed."""
            if name not in self.__slots__:
                raise AttributeError(name)
            self._needed, self._barren, self._tries = needed_words(self.source, words_of), "", 0
            if name == "pattern" or not self._needed:
                self._prepare()
            else:
                for method in _METHODS:
                    setattr(self, method, partial(self._tried, method))
            return getattr(self, name)

    def _prepare(self) -> None:
        """From now on the methods of the expression are those of this object."""
        self.pattern = _compiled(self.source)
        for method in _METHODS:
            setattr(self, method, getattr(self.pattern, method))

    def _tried(self, method: str, *given: Any, **named: Any) -> Any:
        """What a method gives, found without the expression where the text lacks what that needs."""
        text = given[method == "sub"]
        if self._lacks(text):
            return _NOT_FOUND[method](text)
        self._prepare()
        return getattr(self, method)(*given, **named)

    def _lacks(self, text: str) -> bool:
        if text is self._barren:
            return True
        self._tries += 1
        if self._tries > _TRIES:
            return False
        for words in self._needed:  # plain loops: asked more often than anything else here
            for word in words:
                if word in text:
                    break
            else:
                self._barren = text
                return True
        return False

    def cache_clear(self) -> None:
        """Forget what was made of the words: the vocabularies changed."""
        for name in ("pattern", "_barren", "_needed", "_tries", *_METHODS):
            with suppress(AttributeError):
                delattr(self, name)


@word_cache
def _compiled(source: str) -> re.Pattern[str]:
    return compiled(_PLACE.sub(_filled, source))


def _filled(place: re.Match[str]) -> str:
    keys = place["keys"].split("|")
    if place["how"] == "!":
        return "".join(f"(?<!{behind})" for behind in _by_length(words_of(*keys)))
    if place["how"] == "*":
        return "(?:" + "|".join(f"(?<={behind})" for behind in _by_length(words_of(*keys))) + ")"
    return firsts(words_of(*keys)) if place["how"] == "^" else either(*keys)


def _by_length(known: Iterable[str]) -> Iterator[str]:
    """Alternations of words of one length each: what is looked for behind must have a known one."""
    longest_first = sorted(set(known), key=lambda word: (-len(word), word))
    for _, alike in groupby(longest_first, key=len):
        yield alternation(alike)
