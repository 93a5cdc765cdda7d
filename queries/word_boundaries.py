"""Where the words of a Chinese text begin and end, as far as the vocabularies know them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from policygraph.ontology.vocabulary import vocabulary, word_cache

_KNOWN = (
    *("adverbs", "clause-words", "departments", "difficulty-words", "figure-words", "groups"),
    *("indicators", "name-words", "named-groups", "nouns", "posts", "programmes", "qualifiers"),
    *("question-words", "roles", "search-synonyms", "search-words", "topics", "verbs"),
)
_UNKNOWN = 2  # what a character counts that is in no word; a word counts one


def words_of(
    said: Sequence[str], names: Collection[str] = (), *, but: str = ""
) -> Iterator[tuple[int, int]]:
    """The places of the words among some tokens, one after the other; what is in no known word stands alone.

    乡 村 垃 圾 站 少: 乡村, 垃圾站, 少. ``names`` are words beside those of the vocabularies, ``but`` is one to be taken apart.
    """
    words, longest = _words()
    longest = max((longest, *map(len, names)))
    best: list[tuple[int, int]] = [
        (0, 0)
    ]  # for each end: what the words up to it count, where the last begins
    for end in range(1, len(said) + 1):
        ways = [(best[end - 1][0] + _UNKNOWN, -(end - 1))]
        for start in range(max(end - longest, 0), end - 1):
            word = "".join(said[start:end])
            if word != but and (word in words or word in names):
                ways.append((best[start][0] + 1, -start))
        count, start = min(ways, key=lambda way: (way[0], -way[1]))
        best.append((count, -start))
    ends = [len(said)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    yield from pairwise(ends)


def known_words() -> frozenset[str]:
    """The words of two Chinese characters and more that the vocabularies know."""
    return _words()[0]


@word_cache
def _words() -> tuple[frozenset[str], int]:
    """The known words of two Chinese characters and more, and how long the longest is."""
    found = {
        label
        for name in _KNOWN
        for concept in vocabulary(name)
        for label in concept.labels
        if len(label) > 1 and not label.isascii()
    }
    return frozenset(found), max(map(len, found))
