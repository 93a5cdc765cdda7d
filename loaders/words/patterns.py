"""Word lists as patterns: any of the words, the longest that fits, each tried once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policygraph.loaders.words.compiled import compiled

_NOTHING = r"(?!)"
_PLAIN = compiled(r"\w*")  # words that mean themselves in a pattern
_MANY = 40  # words that are not tried one by one at every character
_PAIR = 2


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; never matches when there are none.

    Many are tried only where one of their first characters stands, and there only those that begin
    with it, so that a long list is no slower to search than a short one. ``re`` takes twice the time
    to prepare a whole tree of shared beginnings. Not in a group of its own.
    """
    known = _longest_first(words)
    return _guarded(known) if len(known) > _MANY else _either(known)


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(sorted(set(words) - {""}), key=len, reverse=True)


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words)) or _NOTHING


class WordList:
    """Words to look for at a place that is known: no pattern of thousands of words need be prepared."""

    __slots__ = ("_lengths", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words) - {""}
        self._lengths = sorted({len(word) for word in self._words})

    def begins(self, text: str, start: int) -> bool:
        """Whether one of them begins at ``start``."""
        return any(text[start : start + length] in self._words for length in self._lengths)

    def ends(self, text: str, end: int) -> bool:
        """Whether one of them ends at ``end``."""
        return any(
            text[end - length : end] in self._words for length in self._lengths if length <= end
        )


def guarded(words: Iterable[str]) -> str:
    """An alternation in a group that looks at the first character before it tries any word."""
    return _guarded(_longest_first(words))


def _guarded(known: Sequence[str]) -> str:
    return f"(?=[{firsts(known)}])(?:{_by_first(known)})" if known else _NOTHING


def _by_first(words: Sequence[str]) -> str:
    """The words with those together that begin alike, in the order they have.

    Words of two characters stay whole: ``re`` would make a class of their last ones, which takes longer to prepare.
    """
    quote = str if _PLAIN.fullmatch("".join(words)) else re.escape
    beginning: dict[str, list[str]] = {}
    for word in words:
        beginning.setdefault(word[0], []).append(word[1:])
    found: list[str] = []
    for first, rests in beginning.items():
        if len(rests) == 1 or len(rests[0]) < _PAIR:
            found += [quote(first + rest) for rest in rests]
        else:
            found.append(f"{quote(first)}(?:{'|'.join(map(quote, rests))})")
    return "|".join(found)


def firsts(words: Iterable[str]) -> str:
    """The first characters of words, as they stand in a class."""
    return "".join(map(re.escape, sorted({word[0] for word in words})))
