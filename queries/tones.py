"""The words beside a figure that say how firmly it is meant: 左右 about, 以上 at least, 力争 strive for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.ontology.word_classes import class_members

_REACH = 80  # characters before a figure in which its clause begins
_CLAUSES = re.compile("[，,。；;！？\n]")
_PARTS = re.compile("[，,。；;！？、\n]")
_FOLLOWS = "，,、"
_TO = r"\s*[-—–~～至到]{1,3}\s*"
_RANGE = re.compile(rf"^{_TO}[0-9.]+[%％]?")  # 5%|—6%左右
_BETWEEN = re.compile(rf"[%％]?{_TO}")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True, order=True)
class Tone:
    """A word of tone as it stands, the concept of target-words it is of, and where it stands in the text."""

    start: int
    word: str
    key: str


def clause(text: str, start: int, end: int) -> str:
    """The clause that holds the figure ``[start, end)``, and what goes on about it (，力争更好结果)."""
    return text[slice(*_around(text, start, end, _CLAUSES))].strip()


def tones(text: str, start: int, end: int) -> tuple[Tone, ...]:
    """The words of tone of the figure ``[start, end)``: of 7%以上、力争达到8% the first has 以上, the second 力争.

    What is about, over or under stands right beside the number; what is striven for or ensured, anywhere
    in its part of the clause.
    """
    first, stop = _around(text, start, end, _PARTS)
    before, after = text[first:start].rstrip("了到至"), _RANGE.sub("", text[end:stop])
    found = [Tone(end, word, key) for word, key in _words("after") if after.startswith(word)][:1]
    near = [(word, key) for word, key in _words("before") if before.endswith(word)][:1]
    found += [Tone(first + len(before) - len(word), word, key) for word, key in near]
    anywhere = dict(_words("anywhere"))
    for match in _loose().finditer(text, first, stop):
        found.append(Tone(match.start(), match[0], anywhere[match[0]]))
    return tuple(sorted(found))


def is_range(text: str, end: int, start: int) -> bool:
    """Whether a figure that ends and one that starts there are the two ends of a range: 5.0%—5.5%."""
    return start > end and _BETWEEN.fullmatch(text, end, start) is not None


def _around(text: str, start: int, end: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """From where to where the words about a figure reach."""
    reach = max(0, start - _REACH)
    before = max((m.end() for m in marks.finditer(text, reach, start)), default=reach)
    match = marks.search(text, end)
    stop = match.start() if match else len(text)
    if text[stop : stop + 1] in _FOLLOWS:
        next_mark = _CLAUSES.search(text, stop + 1)
        after = next_mark.start() if next_mark else len(text)
        if _goes_on(text[stop + 1 : after]):
            stop = after
    return before, stop


def _goes_on(words: str) -> bool:
    """Whether a clause says of the target before it that better is striven for: 努力争取更好结果."""
    anywhere = dict(_words("anywhere"))
    keys = {anywhere[match[0]] for match in _loose().finditer(words)}
    return keys >= {"strive", "better"} and _DIGIT.search(words) is None


@word_cache
def _loose() -> re.Pattern[str]:
    """The words that may stand anywhere; read from the left, so that 努力|争取 is no 力争."""
    return re.compile("|".join(re.escape(word) for word, _ in _words("anywhere")))


@word_cache
def _words(place: str) -> tuple[tuple[str, str], ...]:
    """Every word that may stand ``before``, ``after`` or ``anywhere``, with its concept, the longest first."""
    members = class_members()
    found: dict[str, str] = {}
    for concept in vocabulary("target-words"):
        classes = [iri.rpartition("/")[2] for iri in concept.narrower]
        for key in classes:
            stands = "after" if key.endswith("-after") else "before"
            if (stands if key not in _LOOSE else "anywhere") == place:
                found |= dict.fromkeys(members[key], concept.key)
        if place == "anywhere" and (not classes or _LOOSE & {*classes}):
            found |= dict.fromkeys(concept.labels, concept.key)
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@word_cache
def tone_names() -> dict[str, str]:
    """Word of tone → what it means in English: 左右, about."""
    english = {concept.key: concept.english for concept in vocabulary("target-words")}
    places = ("before", "after", "anywhere")
    return {word: english[key] for place in places for word, key in _words(place)}


_LOOSE = frozenset(("striving",))
