"""Chinese as it is typed in Latin letters: the readings of characters, and what a row of letters may spell."""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path

TABLE = Path(__file__).with_name("pinyin.tsv")
_VARIANTS = 6  # other readings of one name kept at most
_LONGEST = 6  # letters of a syllable


def readings(text: str) -> list[tuple[str, ...]]:
    """How the characters of a text may be read: the most usual way, then with one character read otherwise."""
    chars = [_readings()[char] for char in text if char in _readings()]
    if not chars:
        return []
    usual = tuple(said[0] for said in chars)
    others = (
        (*usual[:place], other, *usual[place + 1 :])
        for place, said in enumerate(chars)
        for other in said[1:]
    )
    return [usual, *islice(others, _VARIANTS)]


_MOST = 60  # letters of what is still a name that somebody spells


def syllables(letters: str) -> tuple[str, ...]:
    """The syllables that letters spell, the last maybe only begun: shengw → sheng, w; none where they spell none."""
    if not letters or len(letters) > _MOST:
        return ()
    for length in range(min(_LONGEST, len(letters)), 0, -1):
        head, rest = letters[:length], letters[length:]
        if head not in _syllables():
            continue
        if not rest:
            return (head,)
        following = syllables(rest)
        if following:
            return (head, *following)
        if any(known.startswith(rest) for known in _syllables()):
            return (head, rest)
    return ()


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Character → its readings."""
    found: dict[str, dict[int, str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        syllable, *ranks = line.split("\t")
        for place, chars in enumerate(ranks):
            for char in chars:
                found.setdefault(char, {})[place] = syllable
    return {char: tuple(said for _, said in sorted(by.items())) for char, by in found.items()}


@cache
def _syllables() -> frozenset[str]:
    return frozenset(said for all_said in _readings().values() for said in all_said)
