"""What a text must hold for a pattern to match in it at all: told from the pattern's source, before it is prepared.

年内|将…建成 needs 将 and a word of its class: most patterns are for what most reports do not say, and ``re``
takes longer to prepare them than to read the report. Only what surely is needed counts: where a source says
more than is understood here, less is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

Words = frozenset[str]
_MOST = 60  # words that are looked for one by one
_TOKEN = re.compile(
    r"(?P<escape>\\.)"
    r"|(?P<chars>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|\{(?P<keys>[a-z][a-z|-]*)\}"
    r"|(?P<repeat>(?:[?*+]|\{\d*,?\d*\})\??)"
    r"|(?P<open>\((?:\?(?:P<\w+>|:|<?[=!])|(?!\?)))"
    r"|(?P<other>\(\?)"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<place>\{[!^*][a-z|-]+\}|[.^$])"
    r"|(?P<word>[^\\\[\](){}?*+|.^$]+(?![?*+{])|.)",  # what is repeated is a character of its own
    re.S,
)
_NONE_OR_MORE = re.compile(r"[?*]|\{0*[,}]")
_BARRING = ("(?!", "(?<!")


def needed_words(source: str, words_of: Callable[..., Iterable[str]]) -> tuple[Words, ...]:
    """Of each of these sets a text must hold a word; ``words_of`` gives the words of the classes named in braces."""
    opened, branches = [""], [[_Branch()]]
    for token in _TOKEN.finditer(source):
        kind, written = token.lastgroup, token[0]
        if kind == "other":
            return ()
        if kind == "open":
            opened.append(written)
            branches.append([_Branch()])
        elif kind == "bar":
            branches[-1].append(_Branch())
        elif kind == "repeat":
            if _NONE_OR_MORE.match(written):
                branches[-1][-1][-1:] = [()]
        elif kind == "close":
            inside = branches.pop()
            barred = opened.pop() in _BARRING
            branches[-1][-1].append(() if barred else _of_either(inside))
        else:
            branches[-1][-1].append(_of_token(kind, token, words_of))
    return tuple(words for words in _of_either(branches[0]) if len(words) <= _MOST)


class _Branch(list[tuple[Words, ...]]):
    """What each part of a sequence needs."""


def _of_either(branches: Sequence[_Branch]) -> tuple[Words, ...]:
    """What all branches need: of each the set that tells most."""
    needs = [[words for part in branch for words in part] for branch in branches]
    if len(needs) == 1:
        return tuple(needs[0])
    return (frozenset().union(*(min(need, key=len) for need in needs)),) if all(needs) else ()


def _of_token(
    kind: str | None, token: re.Match[str], words_of: Callable[..., Iterable[str]]
) -> tuple[Words, ...]:
    """What characters in a row, one of some characters, or a word of some classes needs."""
    if kind == "keys":
        return (frozenset(words_of(*token["keys"].split("|"))),)
    if kind == "word":
        return (frozenset((token[0],)),)
    plain = kind == "chars" and not set(token[0]) & set("^\\-{")
    return (frozenset(token[0][1:-1]),) if plain else ()
