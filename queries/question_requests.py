"""What a question asks for: values of which unit or kind, compared over reports or worked out of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.queries.search_words import asked_for, asked_noun, one_of, tokens
from policygraph.queries.word_boundaries import words_of

# What is asked for that no single figure states.
COMPARED, EACH, PART, TIMES, DIFFERENCE = "compared", "each", "part", "times", "difference"
NAMED, PLANNED = "named", "planned"  # who or what is asked for; what is to come
SUM, REST = "sum", "rest"
DOING, ABSENT = "doing", "absent"  # what somebody did; which reports lack it
DIFFICULTIES, WHOLE = "difficulties", "whole"  # what is difficult; how many there are at all
RANK = "rank"
AT_ODDS = "at-odds"  # which of two it is
_PART_OF = "part-of"  # what stands before a whole: 占总投资多少
_SHARE_WORD = "share-word"  # what may stand behind it in place of 多少: 占总投资的比例
_PERSON = "person"
_EACH_OF = re.compile("[每一]")  # 每家, 一支
_GROWTH = "growth"
_THAN, _DEGREES = "比(?![例重])", "多少高低快慢大小"
_WHICH = re.compile(rf"谁.{{0,12}}(?<!多)[{_DEGREES}][？?]?$")  # 谁的失业率低, and not 谁…多少
_NO_SORT = frozenset({_GROWTH, "kept", "particle", "unit", "before", "tail", "generic"})
_OTHER_THAN_VALUES = frozenset(
    {
        COMPARED,
        EACH,
        PART,
        TIMES,
        DIFFERENCE,
        SUM,
        REST,
        NAMED,
        PLANNED,
        DOING,
        ABSENT,
        AT_ODDS,
        DIFFICULTIES,
        WHOLE,
        _PART_OF,
        _SHARE_WORD,
    }
)
_COUNTED = ("count", "amount")  # dimensions of units that have nothing in common but that


@dataclass(frozen=True, slots=True)
class Request:
    """What the words of a question ask for: ``sought`` are dimensions, units and kinds of figures; ``words`` ask for them.

    ``of_growth`` tells whether growth is asked about: 增速比全国高多少.
    """

    sought: frozenset[str]
    words: str
    of_growth: bool = False

    @classmethod
    def of(cls, question: str) -> Request:
        """祥云村有多少人: persons; 拨了多少钱: money; 在全国排第几: a rank."""
        text, asked = question.casefold(), {}
        named, counted = _asking()
        for found in named.finditer(text):
            if _is_whole(text, found):
                asked[found[0]] = _seeking()[found[0]]
        within = [found.span() for found in named.finditer(text)]
        for found in counted.finditer(text):
            told = any(start <= found.start() and found.end() <= end for start, end in within)
            if not told and _ends_word(text, found.start("unit"), len(found["unit"])):
                asked[found[0]] = _units()[found["unit"]]
        if not any(sought - _OTHER_THAN_VALUES - _counted() for sought in asked.values()):
            asked |= _of_noun(text)
        if part := _part().search(text):
            asked[part[0]] = frozenset({PART})
        if more := _more().search(text):
            asked[more[0]] = frozenset({DIFFERENCE, COMPARED})
        if which := _WHICH.search(text):
            asked[which[0]] = frozenset({COMPARED})
        values = [w for w, sought in asked.items() if sought - _OTHER_THAN_VALUES - _counted()]
        how_many = _how_many().search(text)
        words = next(iter(values), how_many[0] if how_many and not _is_sort(asked) else "")
        of_growth = any(word in text for word in growth_words())
        return cls(frozenset().union(*asked.values()), words, of_growth)

    @property
    def values(self) -> frozenset[str]:
        """What a single figure can be of it."""
        return self.sought - _OTHER_THAN_VALUES


def _of_noun(question: str) -> dict[str, frozenset[str]]:
    """What is asked for by the noun that is asked how many there are of: persons, of 多少农村低保人员."""
    for run in asked_noun(question):
        for noun, units in _counted_nouns().items():
            if run.endswith(noun):
                asking = _how_many().search(question)
                return {f"{asking[0] if asking else ''}{run}": units}
    return {}


@word_cache
def _counted_nouns() -> Mapping[str, frozenset[str]]:
    """Noun for people, the longest first → the units they are counted in."""
    nouns = {
        label: unit
        for concept in vocabulary("nouns")
        if (unit := concept.value("countedIn"))
        for label in concept.labels
    }
    longest = sorted(nouns, key=lambda noun: (-len(noun), noun))
    people = next((s for s in _seeking().values() if _PERSON in s and EACH not in s), frozenset())
    return {noun: people for noun in longest if _units().get(nouns[noun], set()) & people}


def units_of_each(question: str) -> frozenset[str]:
    """The units and dimensions of the things that something is asked for each of: 每人, 一支."""
    pattern = re.compile(f"{_EACH_OF.pattern}({one_of(_units())})")
    return frozenset().union(*(_units()[unit] for unit in pattern.findall(question.casefold())))


def _ends_word(text: str, start: int, length: int = 1) -> bool:
    """Whether the unit at a place is a word of its own: 人 of 多少人就业, not of 多少人才公寓."""
    rest = tokens(text[start:])
    return next(words_of(rest), (0, 0))[1] <= length


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether the word that is asked with ends where it does: 多少家庭, not of 多少家庭农场."""
    asking = _how_many().match(found[0])
    if asking and asking.end() < len(found[0]):
        return _ends_word(text, found.start() + asking.end(), len(found[0]) - asking.end())
    return found[0][-1] not in _units() or _ends_word(text, found.end() - 1)


def _is_sort(asked: Mapping[str, frozenset[str]]) -> bool:
    """Whether values of some sort are asked for: 多少公里, and not 多少 alone."""
    return any(sought - _OTHER_THAN_VALUES for sought in asked.values())


@word_cache
def _seeking() -> Mapping[str, frozenset[str]]:
    """Word that asks for values of some sort → what it seeks."""
    found: dict[str, frozenset[str]] = {}
    for concept in vocabulary("question-words"):
        sought = frozenset(asked_for(concept)) - _NO_SORT
        if sought:
            english = filter(None, map(str.strip, concept.english.split(";")))
            for word in map(str.casefold, (*concept.labels, *english)):
                found[word] = found.get(word, frozenset()) | sought
    return found


@word_cache
def _counted() -> frozenset[str]:
    """The units that only count; whether 多少个 is answered by a figure in 座 or 家 is not to be told."""
    asked = (each for sought in _seeking().values() for each in sought)
    counted = {unit.key for unit in vocabulary("units") if unit.value("dimension") in _COUNTED}
    return frozenset(counted - set(asked))


@word_cache
def _units() -> Mapping[str, frozenset[str]]:
    """Unit as it is written → the dimension it measures; of what is only counted, the unit."""
    return {
        label.casefold(): frozenset([unit.key if dimension in _COUNTED else dimension])
        for unit in vocabulary("units")
        for dimension in (unit.value("dimension"),)
        for label in unit.labels
    }


@word_cache
def _how_many() -> re.Pattern[str]:
    """What finds the words that ask for a number of anything."""
    asking = (c for c in vocabulary("question-words") if "unit" in asked_for(c))
    return re.compile(one_of(word for concept in asking for word in concept.labels))


@word_cache
def _part() -> re.Pattern[str]:
    """What finds that the part of a whole is asked for: 占总投资多少."""
    before = (c.labels for c in vocabulary("question-words") if _PART_OF in asked_for(c))
    words = one_of(word for labels in before for word in labels)
    shares = (c.labels for c in vocabulary("question-words") if _SHARE_WORD in asked_for(c))
    asking = one_of(word for labels in shares for word in labels)
    return re.compile(f"(?:{words}).{{1,16}}?(?:{_how_many().pattern}|{asking})")


@word_cache
def _more() -> re.Pattern[str]:
    """What finds that a difference is asked for: 比燃气管网多改造多少公里."""
    return re.compile(f"{_THAN}.{{1,16}}?[{_DEGREES}][^{_DEGREES}]{{1,4}}(?:{_how_many().pattern})")


@word_cache
def growth_words() -> frozenset[str]:
    """The words for growth: 增速."""
    found = (c.labels for c in vocabulary("question-words") if _GROWTH in asked_for(c))
    return frozenset(word for labels in found for word in labels)


@word_cache
def whole_names() -> frozenset[str]:
    """What is asked for as a whole where it stands alone: 人口."""
    found = (c.labels for c in vocabulary("question-words") if WHOLE in asked_for(c))
    return frozenset(word for labels in found for word in labels)


@word_cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the words that ask, the longest first, and those with a unit: 多少公里."""
    longest = sorted(_seeking(), key=lambda word: (-len(word), word))
    return (
        re.compile("|".join(map(_bounded, longest))),
        re.compile(f"(?:{_how_many().pattern})(?P<unit>{one_of(_units())})"),
    )


def _bounded(word: str) -> str:
    """An English word as a whole, a Chinese one anywhere."""
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
