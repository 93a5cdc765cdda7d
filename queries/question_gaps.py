"""What a question asks for that nothing found tells: areas, years, words, values and plans.

What was found stands in the temporary table ``enough`` of a search, each entry with how much of the matter of the question it
has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.ontology.word_classes import class_members
from policygraph.queries.question_requests import (
    DIFFICULTIES,
    DOING,
    PLANNED,
    Request,
    whole_names,
)
from policygraph.queries.question_setting import Setting
from policygraph.queries.search_words import asked_alone, tokens

FOUND = "FROM enough JOIN entry ON entry.id = enough.entry LEFT JOIN report USING (document)"
NEAR = 0.5  # of the weight of the best entry, which the closest have
_OF_SORT = 0.7  # the same of figures of the sort that is asked for, which count more: those that only stand in a sentence with the matter have less
_AS_CLOSE = 0.8  # of the weight of a figure of the indicator that is asked for
# What ends the name of an indicator that a report may name without a value: 就业率.
_HEADS = ("rate-noun", "noun-head", "divided-head", "sum-head")
_PASSAGE = "entry.document <> '' AND kind <> 'Report'"
_CHANGE = "change"
_SHORTEST = 3  # characters of such a name
Value = str | float  # what a condition binds


@dataclass(frozen=True, slots=True)
class Gaps:
    """What of a question is not told.

    ``elsewhere`` are the areas it names where nothing that is found is told of them, ``undated`` the years so, ``apart`` an
    area with a year where each is told of and the two not together; ``lacking`` are its words that stand nowhere, ``unmet`` the words that ask for
    figures of a sort of which none is among the closest, ``unmet_of`` the areas where that is so of these alone. ``valueless`` are names of indicators that passages have and no figure, each
    with the area of which that is so, empty for all; ``unplanned`` tells that plans are asked for and none is found, ``untroubled`` so of difficulties.
    """

    elsewhere: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    lacking: tuple[str, ...] = ()
    unmet: str = ""
    unmet_of: tuple[str, ...] = ()
    valueless: tuple[tuple[str, str], ...] = ()
    unplanned: bool = False
    untroubled: bool = False


def told_of(setting: Setting) -> tuple[str, list[Value]]:
    """The condition that an entry is told of an area or a body that a question names, and its values."""
    conditions = [
        *["instr(entry.name || ' ' || entry.text, ?)"] * len(setting.areas),
        *["report.area = ?"] * len(setting.areas),
        *["report.document = ?"] * len(setting.reports),
    ]
    return f"({' OR '.join(conditions) or '0'})", [*setting.areas * 2, *setting.reports]


def of_sorts(sorts: Sequence[str]) -> tuple[str, list[Value]]:
    """The condition that a figure is of one of some sorts, and its values."""
    condition = " OR ".join(["instr(entry.measured, ?)"] * len(sorts)) or "0"
    return f"({condition})", [f" {sort} " for sort in sorts]


class Telling:
    """Looks at what was found for a question, for what it does not tell.

    ``names`` are those of indicators that it may ask for.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        text: str,
        setting: Setting,
        request: Request,
        names: Sequence[str],
    ) -> None:
        self._connection = connection
        self._text, self._setting, self._request = text, setting, request
        self._named = f"entry.named IN ({', '.join('?' * len(names))})"
        self._names: list[Value] = list(names)
        told, values = told_of(setting)
        self._within = (f"AND {told}", values) if values else ("", [])

    def gaps(self, lacking: Sequence[str], *, met: bool, worked: bool) -> Gaps:
        """What is not told; ``met`` where figures of the sort that is asked for were found, ``worked`` where the answer can be worked out."""
        elsewhere = self._elsewhere()
        unmet = "" if worked else self._unmet(elsewhere, met=met)
        return Gaps(
            elsewhere,
            () if lacking and not self._has(_PASSAGE) else self._undated(),
            () if worked else tuple(self._apart(elsewhere)),
            tuple(lacking),
            unmet,
            self._setting.areas if unmet and met else (),
            unplanned=not worked and self._is_unplanned(),
            untroubled=DIFFICULTIES in self._request.sought and not self._has(*self._difficulty()),
        )

    def _has(self, condition: str, values: Sequence[Value] = ()) -> bool:
        """Whether there is an entry of the matter for which a condition holds."""
        sql = f"SELECT 1 {FOUND} WHERE matter > 0 AND {condition} LIMIT 1"
        return self._connection.execute(sql, list(values)).fetchone() is not None

    def _elsewhere(self) -> tuple[str, ...]:
        """The areas of a question of which nothing is told.

        Where a value is asked for, what is told of an area must come near the closest; where figures of the indicator that is asked for were found, it
        must be one of these or as close.
        """
        counts = f"SELECT MAX(matter), SUM({self._named}), MIN(matter) FILTER (WHERE {self._named}) {FOUND} WHERE matter > 0 AND kind NOT IN ('Area', 'Concept', 'query')"
        anything, of_indicator, near = self._connection.execute(counts, self._names * 2).fetchone()
        also: list[Value] = [NEAR * (anything or 0) if self._request.words else 0]
        close = "matter >= ?"
        if of_indicator:
            close = f"kind = 'figure' AND ({self._named} OR matter >= ?)"
            also = [*self._names, _AS_CLOSE * near]
        told = "(instr(entry.name || ' ' || entry.text, ?) OR report.area = ?)"
        return tuple(
            area
            for area in self._setting.areas
            if anything
            and not self._has(f"kind <> 'Area' AND {told} AND {close}", [area, area, *also])
        )

    def _undated(self) -> tuple[str, ...]:
        """The years of a question of which no passage tells."""
        return tuple(year for year in self._setting.years if not self._is_dated(year))

    def _is_dated(self, year: str) -> bool:
        """Whether a passage of the matter tells of a year."""
        return self._has(f"{_PASSAGE} AND instr(name || ' ' || text, ?)", [year])

    def _apart(self, elsewhere: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each area with a year of which no figure of the indicator that is asked for is told, while some of the area are."""
        told = f"kind = 'figure' AND {self._named} AND (instr(entry.name, ?) OR report.area = ?)"
        for area in self._setting.areas:
            asked = [*self._names, area, area]
            if area in elsewhere or not self._has(told, asked):
                continue
            for year in self._setting.years:
                dated = f"{told} AND instr(entry.name, ?)"
                if self._is_dated(year) and not self._has(dated, [*asked, year]):
                    yield area, year

    def _unmet(self, elsewhere: Sequence[str], *, met: bool) -> str:
        """The words that ask for what none of the closest figures is: also 人口, where only parts of it are told."""
        alone = asked_alone(self._text, self._setting.words)
        wholes = sorted(whole_names())
        if alone in wholes:
            told = f"entry.named IN ({', '.join('?' * len(wholes))})"
            return "" if self._has(told, wholes) else alone
        missed = not met or self._is_of_others(elsewhere) or self._is_of_no_sort()
        return self._request.words if missed else ""

    def _is_of_others(self, elsewhere: Sequence[str]) -> bool:
        """Whether the figures of the sort that is asked for are all of other areas than the one that is asked of."""
        within, values = self._within
        sorts = sorted(self._request.values)
        if not values or not sorts or set(self._setting.areas) & set(elsewhere):
            return False
        of_sort, sort_values = of_sorts(sorts)
        closest = f"matter >= ? * (SELECT MAX(matter) {FOUND} WHERE kind IN ('figure', 'sentence') {within})"
        return not self._has(
            f"{of_sort} AND {closest} {within}", [*sort_values, _OF_SORT, *values, *values]
        )

    def _is_of_no_sort(self) -> bool:
        """Whether an indicator that is measured is asked of by name, and no figure of it is of the sort that is asked for: growth, where its level alone is told."""
        sorts = sorted(self._request.values)
        if not sorts:
            return False
        within, values = self._within
        of_indicator = f"{self._named} {within}"
        of_sort, sort_values = of_sorts(sorts)
        asked = [*self._names, *values]
        measured = "1" if sorts == [_CHANGE] else "NOT instr(measured, ' count ')"
        return self._has(f"{of_indicator} AND {measured}", asked) and not self._has(
            f"{of_indicator} AND {of_sort}", [*asked, *sort_values]
        )

    def _difficulty(self) -> tuple[str, list[Value]]:
        """The condition of what is told as difficult of the areas that are asked of, and its values."""
        within, values = self._within
        return f"kind = 'difficulty' {within}", values

    def _is_unplanned(self) -> bool:
        """Whether plans are asked for, figures are found, and none of them is planned or a part of a target."""
        if PLANNED not in self._request.sought or DOING in self._request.sought:
            return False
        within, values = self._within
        figures = f"kind = 'figure' {within}"
        planned = "(instr(measured, ' planned ') OR instr(measured, ' completion '))"
        near = f"matter >= ? * (SELECT MAX(matter) {FOUND} WHERE {figures})"
        return self._has(figures, values) and not self._has(
            f"{figures} AND {planned} AND {near}", [*values, NEAR, *values]
        )


def may_name_indicator(words: str) -> bool:
    """Whether words may be the name of an indicator, which a report gives a value or only names: 就业率."""
    return len(words) >= _SHORTEST and (words in _indicators() or words.endswith(_heads()))


@word_cache
def _heads() -> tuple[str, ...]:
    return tuple(word for name in _HEADS for word in class_members()[name])


@word_cache
def _indicators() -> frozenset[str]:
    return frozenset("".join(tokens(w)) for c in vocabulary("indicators") for w in c.labels)
