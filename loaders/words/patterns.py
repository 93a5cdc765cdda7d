"""Word lists as patterns: any of the words, the longest that fits, each tried once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NOTHING = r"(?!)"
_MANY = 40  # words that are not tried one by one at every character


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; never matches when there are none.

    Words stand one after the other, which ``re`` takes half the time to prepare that a tree of
    shared beginnings takes; many are tried only where one of their first characters stands, so that
    a long list is no slower to search than a short one. Not in a group of its own.
    """
    known = sorted(sorted(set(words) - {""}), key=len, reverse=True)
    return guarded(known) if len(known) > _MANY else _either(known)


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
    known = sorted(sorted(set(words) - {""}), key=len, reverse=True)
    return f"(?=[{firsts(known)}])(?:{_either(known)})" if known else _NOTHING


def firsts(words: Iterable[str]) -> str:
    """The first characters of words, as they stand in a class."""
    return "".join(map(re.escape, sorted({word[0] for word in words})))
