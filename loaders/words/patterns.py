"""Word lists as patterns: any of the words, the longest that fits, each tried once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

FEW = 4  # characters tried one by one
_NOTHING = r"(?!)"
_END = ""


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; never matches when there are none.

    Words that begin alike share their beginning (全省|全市 becomes 全[市省]), so that a long list is
    no slower to search than a short one. Not in a group of its own.
    """
    root: dict[str, Any] = {}
    for word in sorted(set(words) - {""}):
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return "|".join(_branches(root)) or _NOTHING


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
    known = sorted(set(words) - {""})
    return f"(?=[{firsts(known)}])(?:{alternation(known)})" if known else _NOTHING


def firsts(words: Iterable[str]) -> str:
    """The first characters of words, as they stand in a class."""
    return "".join(map(re.escape, sorted({word[0] for word in words})))


def _branches(node: dict[str, Any]) -> list[str]:
    """The alternatives below a node; those that end with one character are one class."""
    last: list[str] = []
    found: list[str] = []
    for char, below in node.items():
        if char == _END:
            continue
        if len(below) == 1 and _END in below:
            last.append(char)
        else:
            found.append(_escaped(char) + _rest(below))
    return found + _last(last, alone=not found)


def _escaped(char: str) -> str:
    """A character as it stands in a pattern; beyond ASCII every one stands for itself."""
    return char if char > "\x7f" else re.escape(char)


def _last(chars: list[str], *, alone: bool) -> list[str]:
    """Alternatives of one character each; ``alone`` where there are no others beside them.

    ``re`` takes longer to prepare a class of scattered characters than all the rest of a pattern:
    a few are written one by one. Alone they would be made a class again but for the ``(?=)``.
    """
    written = list(map(_escaped, chars))
    if len(chars) == 2 or len(chars) > FEW:
        return ["[" + "".join(written) + "]"]
    if alone and len(chars) > 1:
        written[-1] += "(?=)"
    return written


def _rest(node: dict[str, Any]) -> str:
    """What follows a character; optional where a word may end there."""
    branches = _branches(node)
    if _END in node:
        return "(?:" + "|".join(branches) + ")?"
    if len(branches) == 1:
        return branches[0]
    return "(?:" + "|".join(branches) + ")"
