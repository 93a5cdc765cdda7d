"""What a question asks for that no figure states, and the figures it is worked out of: for each, a part, a sum, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from policygraph.errors import QueryError
from policygraph.ontology.vocabulary import vocabulary
from policygraph.queries.arithmetic import StatedFigure, derive
from policygraph.queries.comparability import LOOSE
from policygraph.queries.question_requests import (
    DIFFERENCE,
    EACH,
    PART,
    PLANNED,
    REST,
    SUM,
    TIMES,
    Request,
    units_of_each,
)
from policygraph.queries.search_entries import Entry
from policygraph.queries.search_words import (
    asked_noun,
    chinese_words,
    chinese_words_of,
    noun_of_each,
    runs_of,
    tokens,
)

_LEVELS = ("count", "amount", "rate", "share")
_COUNTED = ("count", "amount")  # levels that are worked with
_OF_WHAT = "money"  # what is asked for where 平均每家 alone is said
_SIGNS = {"sum": " + ", "difference": " − ", "remainder": " − "}
_WORKED = (DIFFERENCE, EACH, PART, REST, SUM, TIMES)
_NEW = "新"  # what is asked for where figures of what is new are meant
_BETWEEN = "比占是"  # what stands between two things that are compared
_MOST = 8  # figures of a sum
_GENERAL = 2  # indicators that end with a word, above which it names none of them
_SHORTEST = 3  # characters of an indicator that is told by a part of what is asked about


@dataclass(frozen=True, slots=True)
class Working:
    """An operation of arithmetic and the figures it is for, in their order."""

    operation: str
    figures: tuple[Entry, ...]

    @property
    def formula(self) -> str:
        """What is worked out, for people: 8.71亿元 ÷ 350家."""
        if self.operation == "earlier" and _is_of(self.figures[1], ("percent",)):
            level, change = self.figures
            rate = change.text if change.text[-1] in "%％" else f"{change.text}%"
            return f"{level.text} ÷ (1 {'−' if change.change == 'fell' else '+'} {rate})"
        if self.operation == "earlier":
            level, change = self.figures
            return f"{level.text} {'+' if change.change == 'fell' else '−'} {change.text}"
        return _SIGNS.get(self.operation, " ÷ ").join(one.text for one in self.figures)

    def result(self, *, english: bool = False) -> str:
        """What it makes, for people: = 26.23亿元, ≈ 0.7个百分点 where the figures are rounded or said as about; empty where it makes nothing."""
        try:
            derived = derive(self.operation, [_stated(one) for one in self.figures])
        except QueryError:
            return ""
        loose = any(LOOSE & set(one.qualifier.split()) for one in self.figures)
        sign = "=" if derived.result.is_exact and not loose else "≈"
        return f"{sign} {derived.text(english=english)}"


def _stated(one: Entry) -> StatedFigure:
    """A figure as arithmetic takes it, in the order in which it is given."""
    kind, unit = (*_sort_of(one), "", "")[:2]
    labels = {concept.key: concept.label for concept in vocabulary("units")}
    return StatedFigure(one.iri, one.text, Decimal(one.value or 0), labels.get(unit, ""), kind)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is needed to work out its answer.

    ``found`` are the closest figures; ``sentence_of`` gives all figures of the sentence of one, ``area_of`` the
    area of a report; ``areas`` and ``years`` are those it names, ``names`` its words for areas and bodies.
    """

    text: str
    request: Request
    found: Sequence[Entry]
    sentence_of: Callable[[Entry], Sequence[Entry]]
    area_of: Mapping[str, str]
    areas: Sequence[str] = ()
    years: Sequence[str] = ()
    names: Sequence[str] = ()

    @property
    def runs(self) -> list[str]:
        """The several things it is about."""
        return runs_of(self.text, self.names, _BETWEEN)

    @property
    def levels(self) -> list[Entry]:
        """The figures of how much or how many there are, what is but new last unless that is asked for."""
        levels = [one for one in self.found if _is_level(one, _COUNTED)]
        is_new_asked = _NEW in self.text
        return sorted(levels, key=lambda one: _is_new(one) and not is_new_asked)

    def beside(self, one: Entry) -> list[Entry]:
        """The other levels of the sentence that a figure stands in, the closest first."""
        within = [each for each in self.sentence_of(one) if each.iri != one.iri]
        close = {each.iri: place for place, each in enumerate(self.found)}
        within.sort(key=lambda each: close.get(each.iri, len(close)))
        return [each for each in within if _is_level(each, _COUNTED)]

    def says(self, one: Entry, but: Entry) -> bool:
        """Whether a word of what a figure tells of stands in the question that the other does not have."""
        words = chinese_words_of(one.named)
        return any(word in self.text and word not in but.named for word in words)

    def touches(self, one: Entry) -> bool:
        """Whether two neighbouring characters of what a figure tells of stand in the question."""
        return any(a + b in self.text for a, b in pairwise(one.named))

    def place_of(self, one: Entry) -> str:
        """Of whom a figure is told: one of the areas that the question names, else the area of its report or the report."""
        named = (area for area in self.areas if area in one.name)
        return next(named, "") or self.area_of.get(one.document) or one.document


def is_worked_out(question: str, years: Sequence[str]) -> bool:
    """Whether what a question asks for may have to be worked out of figures."""
    return bool(years) or bool(Request.of(question).sought & frozenset(_WORKED))


def working_of(question: Question) -> Working | None:
    """What the closest figures are to be worked into, None where none is asked for or none belong together.

    省直单位平均每家出了多少钱: 8.71亿元 ÷ 350家.
    """
    if before := _before(question):
        return before
    for wanted, work in _WORKS.items():
        if wanted in question.request.sought and question.found:
            return work(question)
    return None


def _before(question: Question) -> Working | None:
    """A level and its change where the question is of the year before: 12072元 and 11.7% of 2022, for 2021."""
    level = next((one for one in question.found if _is_level(one, _LEVELS)), None)
    name, _, period = level.name.rpartition(" · ") if level else ("", "", "")
    asked = period.isdigit() and str(int(period) - 1) in question.years
    if level is None or not name or not asked or period in question.years:
        return None
    if level != question.found[0] and not question.touches(level):
        return None
    in_percent = _is_of(level, ("percent",))
    changes = (
        one
        for one in question.found
        if one.name.endswith(level.name)
        and _kind_of(one) == "change"
        and _is_of(one, ("points",)) == in_percent
        and not (in_percent and _is_of(one, ("percent",)))
    )
    change = next(changes, None)
    return Working("earlier", (level, change)) if change else None


def _for_each(question: Question) -> Working | None:
    """Money, or what is asked for, over a number of the same sentence: of what is named after 每个, else rather of its unit.

    Where the question does not name what is divided, it is what stands nearest to that number: 363名 of 队伍120支、队员363名.
    """
    values = question.request.values
    sorts = (*values, _OF_WHAT) if values <= {_OF_WHAT} else tuple(values)
    wholes = sorted(question.levels, key=lambda one: "part" in one.qualifier.split())
    divided = [one for one in wholes if _is_of(one, sorts) and not _is_each(one, question.text)]
    counts = _divisors(question, divided[0]) if divided else []
    if not counts:
        return None
    if _OF_WHAT not in sorts and not _is_named(divided[0], asked_noun(question.text)):
        near = [one for one in question.beside(counts[0]) if _is_of(one, sorts)]
        divided = sorted(near, key=lambda one: abs((one.start or 0) - (counts[0].start or 0)))
    return Working("ratio", (divided[0], counts[0]))


def _is_each(figure: Entry, question: str) -> bool:
    """Whether a figure says how many there are of what something is asked for each of."""
    named = noun_of_each(question)[:1]
    return _kind_of(figure) == "count" and any(word in figure.named for word in named)


def _divisors(question: Question, divided: Entry) -> list[Entry]:
    """The numbers of the sentence of a figure that it may be divided by, those of the unit that is asked about first."""
    units, named = units_of_each(question.text), noun_of_each(question.text)
    counts = [one for one in question.beside(divided) if _kind_of(one) == "count"]
    if named and not any(word in divided.named for word in named):
        counts = [
            one for one in counts if any(w in one.name for w in named) or _is_named(one, named)
        ]
    return sorted(counts, key=lambda one: not _is_of(one, units))


def _share(question: Question) -> Working | None:
    """A part and its whole in one sentence, the smaller first; a whole may be planned, of which a part is not.

    Else the two figures of what stands before and behind 占.
    """
    if not question.levels:
        return None
    one = question.levels[0]
    others = question.beside(one)
    others.sort(key=lambda each: (_is_part(each) == _is_part(one), not question.says(each, one)))
    pair = _of_one_sort(one, others, planned=True)
    if pair and any(map(_is_part, pair)):
        return Working("share", pair)
    named = [] if question.text.isascii() else _joined(question.runs, question.levels)
    if named:
        pair = named[0], named[1]
    return Working("share", pair) if pair and all(map(question.touches, pair)) else None


def _rest(question: Question) -> Working | None:
    """A whole and the part that is left out, which the report calls its part."""
    pair = _share(question)
    if pair is None or not any(map(_is_part, pair.figures)):
        return None
    return Working("remainder", pair.figures[::-1])


def _compared(operation: str) -> Callable[[Question], Working | None]:
    """What makes the difference or ratio of two figures: of two areas where these are named, else of one."""

    def work(question: Question) -> Working | None:
        comparable = _comparable(question)
        if not comparable or _kind_of(question.found[0]) == "gap":
            return None
        first, *others = comparable
        planned = PLANNED in question.request.sought
        of_two = len(question.areas) > 1
        named = [] if of_two else _joined(question.runs, comparable)
        both = _of_one_sort(named[0], named[1:], planned=planned) if named else None
        place = question.place_of(first)
        alike = [one for one in others if (question.place_of(one) != place) == of_two]
        alike = [
            one
            for one in alike
            if one.name != first.name and (one.named == first.named or question.touches(one))
        ]
        alike.sort(key=lambda one: one.named != first.named)
        pair = both or _of_one_sort(first, alike, planned=planned)
        return Working(operation, pair[::-1]) if pair else None

    return work


def _comparable(question: Question) -> list[Entry]:
    """The figures of the sort that is asked for, else changes where growth is asked about, else levels."""
    of_sort = [one for one in question.found if _is_of(one, question.request.values)]
    if question.request.of_growth:
        of_sort = of_sort or [one for one in question.found if _kind_of(one) == "change"]
    return of_sort or [one for one in question.found if _is_level(one, _LEVELS)]


def _sum(question: Question) -> Working | None:
    """The figures of the several things or areas that a question joins: of each the first that is told of it, all of one sort."""
    sorts = question.request.values
    levels = [one for one in question.levels if not sorts or _is_of(one, sorts)]
    chosen = _joined([run for run in question.runs if not _is_general(run, levels)], levels)
    if not chosen and len(question.areas) > 1 and levels:
        same = [
            one
            for one in levels
            if one.named == levels[0].named and _sort_of(one) == _sort_of(levels[0])
        ]
        chosen = list({question.place_of(one): one for one in reversed(same)}.values())
    return Working("sum", tuple(chosen[:_MOST])) if len(chosen) > 1 else None


def _of_each_run(runs: Iterable[str], levels: Iterable[Entry]) -> Iterator[Entry]:
    """The first figure that is told of each, none of the same twice."""
    left = list(levels)
    for run in runs:
        if one := next((one for one in left if _is_about(one, run)), None):
            left = [other for other in left if other.name != one.name]
            yield one


_WORKS: dict[str, Callable[[Question], Working | None]] = {
    EACH: _for_each,
    REST: _rest,
    PART: _share,
    TIMES: _compared("ratio"),
    DIFFERENCE: _compared("difference"),
    SUM: _sum,
}


def _of_one_sort(
    one: Entry, others: Iterable[Entry], *, planned: bool
) -> tuple[Entry, Entry] | None:
    """A figure and the first other of its kind and unit, the smaller first; ``planned`` where only one of the two may be planned.

    Of two counts one may lack its unit.
    """
    other = next((each for each in others if _is_alike(one, each, planned=planned)), None)
    if other is None:
        return None
    smaller, larger = sorted((one, other), key=lambda each: Decimal(each.value or 0))
    return smaller, larger


def _is_alike(one: Entry, other: Entry, *, planned: bool) -> bool:
    """Whether two figures are of one kind and unit, and both planned or neither."""
    sorts = [set(_sort_of(each)) - ({"planned"} if planned else set()) for each in (one, other)]
    return sorts[0] == sorts[1] or (min(sorts, key=len) == {"count"} and "count" in sorts[1])


def _joined(runs: Sequence[str], levels: Sequence[Entry]) -> list[Entry]:
    """The figures of one sort that are told of the several things a question joins, each of another; empty where there are fewer than two."""
    ways = [
        [*_of_each_run(runs, [one for one in levels if _sort_of(one) == sort])]
        for sort in dict.fromkeys(_sort_of(one) for one in levels)
    ]
    most = max(ways, key=len, default=[])
    return most if len(most) > 1 else []


def _is_about(figure: Entry, run: str) -> bool:
    """Whether what a figure tells of is what is asked about, or a part of its words: 350家省直单位, of 省直单位."""
    if run.isascii():
        words = [word for each in run.split() for word in chinese_words(each) if len(word) > 1]
        return any(word in figure.named for word in words)
    told = ["".join(tokens(part)) for part in figure.name.split(" · ")[:2] if part]
    about = any(part.endswith(run) or part.startswith(run) for part in told)
    return about or (len(figure.named) >= _SHORTEST and figure.named in run)


def _is_general(run: str, levels: Iterable[Entry]) -> bool:
    """Whether a word tells what several figures are, and of whom none: 资金."""
    return len({one.named for one in levels if one.named.endswith(run)}) > _GENERAL


def _is_named(figure: Entry, words: Iterable[str]) -> bool:
    return any(word in figure.named or figure.named in word for word in words if figure.named)


def _is_new(figure: Entry) -> bool:
    return "new" in figure.qualifier.split()


def _is_part(figure: Entry) -> bool:
    return "part" in figure.qualifier.split()


def _sort_of(figure: Entry) -> tuple[str, ...]:
    """The kind, unit and dimension of a figure, and whether it is planned."""
    return tuple(figure.measured.split())


def _kind_of(figure: Entry) -> str:
    return next(iter(_sort_of(figure)), "")


def _is_level(figure: Entry, kinds: Sequence[str]) -> bool:
    return _kind_of(figure) in kinds


def _is_of(figure: Entry, sorts: Iterable[str]) -> bool:
    """Whether a figure is of a kind, unit or dimension."""
    return any(f" {sort} " in figure.measured for sort in sorts)
