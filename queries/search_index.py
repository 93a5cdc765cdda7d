"""Full-text search over a store: things, figures, measures, sections, sentences and named queries.

The index is an SQLite file beside a store in a folder, made from the store alone and made anew when the
store has changed; other stores are indexed in memory. Chinese is found by any part of a name or sentence,
one character and up, also across spaces; English words by their beginning, and by what reports say for
them in Chinese; names and headings also by their pinyin.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain
from math import log10
from pathlib import Path
from typing import Any, Self

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql.data import table
from policygraph.graph.stores import Store, store_class
from policygraph.ontology.declared import DECLARED
from policygraph.queries.catalogue import bundled
from policygraph.queries.question_gaps import (
    FOUND,
    NEAR,
    Gaps,
    Telling,
    Value,
    may_name_indicator,
    of_sorts,
    told_of,
)
from policygraph.queries.question_requests import (
    COMPARED,
    DIFFICULTIES,
    DOING,
    EACH,
    NAMED,
    PLANNED,
    RANK,
    Request,
)
from policygraph.queries.question_setting import Setting, with_whole_years
from policygraph.queries.question_workings import Question, Working, is_worked_out, working_of
from policygraph.queries.search_entries import (
    ORDER,
    Entry,
    body,
    entries_of,
    naming,
    reporting_bodies,
    stored_reports,
)
from policygraph.queries.search_words import (
    Topic,
    asked_names,
    asked_noun,
    chinese_words_of,
    indicator_names,
    lacking_of,
    match,
    match_loosely,
    parts_of,
    tokens,
    topics_of,
    with_other_names,
    with_written_negation,
)
from policygraph.version import __version__

COLUMNS = (
    *("kind", "text", "change", "name", "document", "start", "end", "iri", "section", "qualifier"),
)
_SIGNS = {"rose": "+", "more": "+", "fell": "−", "less": "−"}
_LAYOUT = 15  # goes up when what an index holds changes
_TABLES = """
CREATE TABLE made (state TEXT);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, place INTEGER, kind TEXT, text TEXT, name TEXT,
  document TEXT, start INTEGER, end INTEGER, iri TEXT, section TEXT, qualifier TEXT, named TEXT, bound INTEGER, measured TEXT, change TEXT, value TEXT
);
CREATE INDEX place_of ON entry (document, kind, start);
CREATE TABLE report (document TEXT PRIMARY KEY, title TEXT, area TEXT, year TEXT);
CREATE TABLE body (document TEXT, name TEXT, PRIMARY KEY (document, name)) WITHOUT ROWID;
CREATE TABLE standing (entry INTEGER, document TEXT, PRIMARY KEY (entry, document)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (body, lead, context, content='');
"""
_SHOWN = "kind, text, name, document, start, end, iri, section, qualifier, named, measured, change, value"
_SHARE = 0.4  # of the weight of the best entry for a question that others must have
# Where a word stands, and how much of its weight it has there: in what an entry says itself, beside a figure without naming
# what it tells, in its sentence or section.
_COLUMNS = (("body", 1.0), ("lead", 0.85), ("context", 0.5))
_WHERE = (("body lead", 1.0), ("context", 0.5))  # the same for other words
_COVERED = 0.2  # of the weight of the question itself
_OF_TOPIC = 0.7  # of the weight of the best entry for one part of a question
_AS_NEAR = 0.8  # of the weight of the best passage, in whose section what is asked for may stand
_MOST_NEARBY = 2000  # passages whose sections are looked at: of more no few figures come
_FEW_NEARBY = 8  # figures that are shown of such sections at most
_FEW = 8  # entries that hold a long text, below which what is alike is shown too
_FEW_OF_SHORT = 3  # the same of a short one
_LONG = 6  # characters or words of a long text
_OF_SENTENCE = 0.7  # of the closeness of a sentence, where what it names may be listed itself
_NOWHERE = 0.6  # of what a unit counts that stands nowhere: most are the seams of words
_OTHER = 0.9  # of the weight of a word that another word for it has
_OFRANK = 1.8  # times the weight of a rank beside that, where one is asked for
_OF_SORT = 1.35  # times the weight of a figure of the sort that is asked for
_NUMBER_BEHIND = "[^，,。；;]{0,10}[0-9０-９%％万亿]"  # a number in the clause of a name
_OF_NOUN = 1.25  # times the weight of a figure of the noun that is asked how many there are of
_TO_WORK_WITH = 60  # figures that may be worked into what is asked for
_WANTED, _UNWANTED = 1.2, 0.7  # of what is planned, where plans are asked for and where not
_COMMON = 5000  # entries from which on a unit tells nothing
# What a question is compared by: which entry has how much of which of its parts.
_FOUND = """
CREATE TEMP TABLE IF NOT EXISTS found (entry INTEGER, topic INTEGER, unit TEXT, setting INTEGER, weight REAL);
CREATE TEMP TABLE IF NOT EXISTS enough (entry INTEGER PRIMARY KEY, score REAL, matter REAL);
CREATE TEMP TABLE IF NOT EXISTS fitting (entry INTEGER PRIMARY KEY, fit INTEGER);
DELETE FROM found;
DELETE FROM enough;
DELETE FROM fitting;
"""
_FIND = "INSERT INTO found SELECT rowid, ?, ?, ?, ? FROM words WHERE words MATCH ?"
_FIND_OTHERS = "INSERT INTO found SELECT words.rowid, ?, instead.column1, 0, instead.column2 FROM words, (VALUES {rows}) AS instead WHERE words MATCH ?"
# A figure of a report has the words that name the body whose report it is as much as what says them.
_FIND_GIVEN = """
INSERT INTO found
SELECT told.entry, units.topic, units.unit, 1, units.weight
FROM (
  SELECT DISTINCT entry FROM found JOIN entry ON entry.id = found.entry
  WHERE NOT setting AND kind = 'figure' AND document IN ({reports})
) AS told, (SELECT topic, unit, MAX(weight) AS weight FROM found WHERE setting GROUP BY topic, unit) AS units
"""
# Enough has what comes near the best for the whole, or for one part that is not a trifle.
_ENOUGH = """
WITH units AS (
    SELECT entry, topic, unit, setting, MAX(weight) AS weight FROM found GROUP BY entry, topic, unit
  ),
  whole AS (
    SELECT entry, SUM(weight) AS score, SUM(weight) FILTER (WHERE NOT setting) AS matter
    FROM units GROUP BY entry
  ),
  parts AS (
    SELECT entry, SUM(weight) AS score, MAX(SUM(weight)) OVER (PARTITION BY topic) AS best
    FROM units GROUP BY entry, topic
  )
INSERT INTO enough
SELECT entry, score, COALESCE(matter, 0) FROM whole
WHERE (score >= :covered AND score >= :share * (SELECT MAX(score) FROM whole))
  OR entry IN (SELECT entry FROM parts WHERE best >= :part AND score >= :topic * best)
  OR (:sort <> '' AND score >= :near AND (SELECT instr(measured, :sort) FROM entry WHERE id = whole.entry))
"""
# What a report says or names; of other things only the store knows: the body that another came from.
_TOLD = "(entry.document <> '' OR EXISTS (SELECT 1 FROM standing WHERE standing.entry = entry.id))"
_UNNAMED = f"NOT ({_TOLD} OR kind IN ('Concept', 'query'))"
# Where a question is about more than areas and years, what has nothing but these says nothing of it.
_IS_TOLD = f"SELECT 1 FROM enough JOIN entry ON entry.id = enough.entry WHERE matter > 0 AND {_TOLD} LIMIT 1"
_UNTOLD = "DELETE FROM enough WHERE entry IN (SELECT entry.id FROM enough JOIN entry ON entry.id = enough.entry WHERE document <> '' AND kind <> 'Report')"
_CLOSENESS = "SELECT kind, MAX(matter) + MAX(score) / 1000 FROM enough JOIN entry ON entry.id = enough.entry GROUP BY kind"
_FIT = "-COALESCE((SELECT fit FROM fitting WHERE fitting.entry = entry.id), 0)"
_SCORE = "-(SELECT score FROM enough WHERE enough.entry = entry.id)"
# Passages that tell of what is asked about as much as others of their kind, and of the area or year that is asked of.
_FITTING = """
INSERT INTO fitting
SELECT entry, fit FROM (
  SELECT enough.entry, matter, MAX(matter) OVER (PARTITION BY kind) AS best,
    CASE WHEN {told} THEN 2 ELSE 0 END + CASE WHEN {dated} THEN 1 ELSE 0 END AS fit
  FROM enough JOIN entry ON entry.id = enough.entry JOIN report USING (document)
  WHERE kind <> 'Report'
)
WHERE fit > 0 AND matter >= 0.6 * best
"""
FACETS = ("document", "area", "year", "section")
_FACET_VALUES = 30  # values of a facet counted at most


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best entries for a text, and how many there are of each kind, report, area, year and section.

    ``facets`` has for each of FACETS the values with their counts, the most first; ``titles`` names the
    reports. ``parts`` are what was looked for where nothing holds the whole text, ``gaps`` what of it is not told;
    ``closeness`` tells how close the best of each kind comes. ``working`` are the figures that what is asked for is worked out
    of, with the operation; ``nearby`` figures of the sort that is asked for in the section that tells of the matter, where none of it
    is told. ``reports`` are those of the areas, bodies and years that are asked of, where not all are meant.
    """

    entries: tuple[Entry, ...]
    counts: dict[str, int]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    gaps: Gaps = field(default_factory=Gaps)
    closeness: Mapping[str, float] = field(default_factory=dict)
    working: Working | None = None
    nearby: tuple[Entry, ...] = ()
    reports: tuple[str, ...] = ()

    def ordered(self, question: str) -> Self:
        """By kind, as a question asks: for figures, unless for a name and no number; as they are where all hold its text."""
        if not self.closeness:
            return self
        request = Request.of(question)
        by_name = NAMED in request.sought and COMPARED not in request.sought and not request.values
        by_name = by_name and DIFFICULTIES not in request.sought
        first: dict[str, int] = {}
        for place, entry in enumerate(self.entries):
            first.setdefault(entry.kind, place)

        troubles = DIFFICULTIES in request.sought
        who = _asked_of(self.entries, question) if DOING in request.sought else ""

        def place_of(entry: Entry) -> tuple[float, ...]:
            kind = entry.kind
            if by_name:
                said = _said_of_post(entry, question) if kind in ("Person", "Post") else 0
                near = self.closeness.get(kind, 0) * (_OF_SENTENCE if kind == "sentence" else 1)
                return kind == "figure", kind != who, -near, first[kind], -said
            if troubles:
                return kind != "difficulty", kind != "query", kind == "figure", first[kind]
            return kind != "figure", first[kind]

        return replace(self, entries=tuple(sorted(self.entries, key=place_of)))

    def solutions(self) -> ox.QuerySolutions:
        """The entries as rows that can be written in every format of answers."""
        return table(
            COLUMNS,
            (
                [getattr(entry, name) for name in COLUMNS]
                for entry in (replace(e, change=_SIGNS.get(e.change, "")) for e in self.entries)
            ),
        )


def _asked_of(entries: Iterable[Entry], question: str) -> str:
    """The kind of the first thing whose name a question says: a person's of 省长王忠林做了什么."""
    for entry in entries:
        names = entry.text, *entry.name.split(" / ")
        if entry.kind not in ORDER and any(len(name) > 1 and name in question for name in names):
            return entry.kind
    return ""


def _said_of_post(entry: Entry, question: str) -> int:
    """How much of a post a question says, to its end: all of 云南省省长, two characters of 云南省副省长.

    In English from its beginning: governor of Yunnan.
    """
    asked = question.casefold()
    posts = [post.casefold() for post in (entry.text, *entry.name.split(" / "))]
    parts = (
        (post[:length] if post.isascii() else post[-length:])
        for post in posts
        for length in range(1, len(post) + 1)
    )
    return max((len(part) for part in parts if part in asked), default=0)


class SearchIndex:
    """An index of one store, open for searching."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, store: Store, location: str = "") -> Self:
        """The index of a store, made where there is none or the store has changed. Raises StoreError.

        ``location`` is the folder of the store; without one the index is made in memory.
        """
        if not location or not Path(location).is_dir():
            return cls(_made(":memory:", store, ""))
        path, state = _path(location), _state(location)
        try:
            if not _is_of(path, state):
                _clear_unfinished(path)
                unfinished = path.with_name(f"{path.name}.{os.getpid()}")
                unfinished.unlink(missing_ok=True)
                _made(str(unfinished), store, state).close()
                unfinished.replace(path)
            return cls(_opened(path))
        except OSError:  # a folder that takes no files
            return cls(_made(":memory:", store, state))
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the search index cannot be made: {error}") from error

    @classmethod
    def fresh(cls, location: str) -> Self | None:
        """The index beside the store in a folder, None where there is none of the store as it is."""
        if not Path(location).is_dir() or not _is_of(_path(location), _state(location)):
            return None
        return cls(_opened(_path(location)))

    def search(
        self, text: str, *, most: int = 50, of_each: int = 0, facets: bool = False, **only: str
    ) -> SearchResult:
        """The entries that hold every word of a text, the closest first. Raises QueryError.

        ``only`` narrows them to a kind, document, area, year or section; ``of_each`` shows at most so many of
        a kind; ``facets`` counts all of these too.
        """
        wanted = match(text)
        if not wanted:
            raise QueryError(f"{text}: holds no letter, digit or character to search for")
        condition: tuple[str, list[Value]] = ("words MATCH ?", [_itself(wanted)])
        closest = "", "", [text.strip()]
        return self._search(condition, closest, text, most, of_each, facets, only)

    def search_parts(
        self, text: str, *, most: int = 50, of_each: int = 0, facets: bool = False, **only: str
    ) -> SearchResult:
        """The entries that hold most of what a question asks about, those that hold more and rarer parts first.

        Those of the areas and years it names come before all others.
        """
        text = with_written_negation(with_whole_years(text))
        setting, request = Setting.of(text, self.known("area"), self._bodies()), Request.of(text)
        asked = topics_of(text, setting.words)
        topics = [self._weighed(topic.units) for topic in asked]
        if not any(topics):
            parts = parts_of(text, self._is_found, setting.words)
            return SearchResult((), {}, parts=tuple(parts))
        about = {f"{year}年" for year in setting.years} | set(setting.years)
        about |= {u for topic in topics_of(" , ".join(setting.words)) for u in topic.units}
        rank = RANK if RANK in request.sought else ""
        self._compare(asked, topics, about, setting.reports, rank)
        is_matter = any(topic.keys() - about for topic in topics)
        if is_matter and self._connection.execute(_IS_TOLD).fetchone() is None:
            self._connection.execute(_UNTOLD)
        return self._answered(text, setting, request, most, of_each, facets, only)

    def _answered(
        self,
        text: str,
        setting: Setting,
        request: Request,
        most: int,
        of_each: int,
        facets: bool,
        only: Mapping[str, str],
    ) -> SearchResult:
        """What was found for a question that is compared, and what of it is not told."""
        if DIFFICULTIES in request.sought:
            self._add_difficulties(setting)
        names = self._asked_names(text)
        met = self._seek(request)
        self._prefer(setting)
        condition: tuple[str, list[Value]] = ("entry.id IN (SELECT entry FROM enough)", [])
        closest = f"{_FIT}, ", f"{_SCORE}, ", names
        found = self._search(condition, closest, "", most, of_each, facets, only)
        working = self._working(text, setting, request, closest, met=met)
        telling = Telling(self._connection, text, setting, request, with_other_names(names))
        parts = parts_of(text, self._is_found, setting.words)
        lacking = dict.fromkeys(self._lacking(text, parts, setting))
        gaps = telling.gaps(tuple(lacking), met=met, worked=working is not None)
        valueless = tuple(self._valueless(text, setting, gaps))
        return replace(
            found,
            parts=tuple(parts),
            gaps=replace(gaps, valueless=valueless, unmet="" if valueless else gaps.unmet),
            working=working,
            nearby=self._nearby(request, setting) if gaps.unmet else (),
            reports=self._reports_of(setting),
            closeness=dict(self._connection.execute(_CLOSENESS)),
        )

    def _asked_names(self, text: str) -> list[str]:
        """The names of indicators that a question may ask for, those of the noun that it asks how many there are of where figures have it.

        These figures count for more.
        """
        nouns = asked_noun(text)
        words = [word for noun in nouns for word in chinese_words_of(noun)]
        of_noun = " OR ".join(["instr(entry.named, ?)"] * len(words))
        if not words:
            return asked_names(text)
        changed = self._connection.execute(
            f"UPDATE enough SET score = score * ?, matter = matter * ? WHERE EXISTS (SELECT 1 FROM entry WHERE entry.id = enough.entry AND kind = 'figure' AND ({of_noun}))",
            [_OF_NOUN, _OF_NOUN, *words],
        )
        return asked_names(" , ".join(nouns) if changed.rowcount else text)

    def _add_difficulties(self, setting: Setting) -> None:
        """Let what reports tell as difficult be found where that is asked for, of the areas that are asked of."""
        told, values = told_of(setting)
        if values:
            others = f"SELECT entry.id FROM entry JOIN report USING (document) WHERE kind = 'difficulty' AND NOT {told}"
            self._connection.execute(f"DELETE FROM enough WHERE entry IN ({others})", values)
        self._connection.execute(
            "INSERT OR REPLACE INTO enough SELECT entry.id, best.score, best.matter FROM entry JOIN report USING (document), "
            "(SELECT COALESCE(MAX(score), 1) AS score, COALESCE(MAX(matter), 1) AS matter FROM enough) AS best "
            f"WHERE kind = 'difficulty' {f'AND {told}' if values else ''}",
            values,
        )

    def _working(
        self,
        text: str,
        setting: Setting,
        request: Request,
        closest: tuple[str, str, Sequence[str]],
        *,
        met: bool,
    ) -> Working | None:
        """What is asked for and worked out of figures of the areas that are asked of."""
        if not is_worked_out(text, setting.years) or (EACH in request.sought and not met):
            return None
        told, values = told_of(setting)
        within = f" AND entry.id IN (SELECT entry.id FROM entry JOIN report USING (document) WHERE {told})"
        where = "kind = 'figure' AND entry.id IN (SELECT entry FROM enough)"
        condition = f"{where}{within if values else ''}", values
        figures = self._entries(condition, closest, "", _TO_WORK_WITH, _TO_WORK_WITH)
        areas = dict(self._connection.execute("SELECT document, area FROM report"))
        asked = text, request, figures, self._sentence_of, areas
        return working_of(Question(*asked, setting.areas, setting.years, setting.words))

    def _nearby(self, request: Request, setting: Setting) -> tuple[Entry, ...]:
        """Figures of the sort that is asked for in the sections where the closest passages stand, where they are few."""
        if not request.values:
            return ()
        told, values = told_of(setting)
        passages = f"kind IN ('figure', 'measure', 'sentence') {f'AND {told}' if values else ''}"
        best = self._connection.execute(
            f"SELECT MAX(matter) {FOUND} WHERE {passages}", values
        ).fetchone()[0]
        close = f"(SELECT * FROM enough WHERE matter >= ? LIMIT {_MOST_NEARBY}) AS enough JOIN entry ON entry.id = enough.entry LEFT JOIN report USING (document)"
        sections = self._connection.execute(
            f"SELECT DISTINCT entry.document, entry.section FROM {close} WHERE {passages} AND section <> '' ORDER BY 1, 2 LIMIT {_FEW_NEARBY}",
            [_AS_NEAR * (best or 0), *values],
        ).fetchall()
        of_sort, sorts = of_sorts(sorted(request.values))
        sql = f"SELECT {_SHOWN} FROM entry WHERE document = ? AND kind = 'figure' AND section = ? AND NOT bound AND {of_sort} ORDER BY start LIMIT {_FEW_NEARBY + 1}"
        rows = [
            row for place in sections for row in self._connection.execute(sql, [*place, *sorts])
        ]
        return tuple(map(_entry_of, rows)) if len(rows) <= _FEW_NEARBY else ()

    def _reports_of(self, setting: Setting) -> tuple[str, ...]:
        """The reports of the areas and bodies that a question names, of those those about the years it names where there are such."""
        if not setting.areas and not setting.reports:
            return ()
        areas, given = ("?, " * len(setting.areas) + "''"), "?, " * len(setting.reports) + "''"
        rows = self._connection.execute(
            f"SELECT document, year FROM report WHERE area IN ({areas}) OR document IN ({given}) ORDER BY 1",
            [*setting.areas, *setting.reports],
        ).fetchall()
        dated = [document for document, year in rows if year in setting.years]
        return tuple(dated or [document for document, _ in rows])

    def _valueless(self, text: str, setting: Setting, gaps: Gaps) -> Iterator[tuple[str, str]]:
        """The names of indicators in a question that passages have and no figure, with the area of which that is so where one has."""
        for words in filter(may_name_indicator, indicator_names(text, setting.words)):
            if not self._is_told(words, "figure") and self._is_told(words, "sentence"):
                yield "", words
                continue
            for area in gaps.elsewhere:
                if self._is_told(words, "sentence", area):
                    yield area, words

    def _is_told(self, words: str, kind: str, area: str = "") -> bool:
        """Whether an entry of a kind says a name, in reports of an area where one is given; not where a number follows that was not read."""
        of_area = "AND document IN (SELECT document FROM report WHERE area = ?)" if area else ""
        sql = f"SELECT text FROM words JOIN entry ON entry.id = words.rowid WHERE words MATCH ? AND kind = ? {of_area} LIMIT {_TO_WORK_WITH}"
        wanted = _itself(match(words)), kind, *([area] if area else [])
        texts = [row[0] for row in self._connection.execute(sql, wanted)]
        unread = re.compile(re.escape(words) + _NUMBER_BEHIND)
        return bool(texts) and (kind == "figure" or not any(map(unread.search, texts)))

    def _compare(
        self,
        asked: Sequence[Topic],
        topics: Sequence[Mapping[str, float]],
        about: AbstractSet[str],
        reports: Sequence[str] = (),
        sort: str = "",
    ) -> None:
        """Find what has how much of which part of a question; ``about`` are the units that only say of whom, where and when.

        Of figures of the ``sort`` that is asked for, which is told of few things, half of what others need is enough.

        What a figure of ``reports``, which the bodies in the question gave, has of it is told of these bodies.
        """
        self._connection.executescript(_FOUND)
        for number, (topic, weights) in enumerate(zip(asked, topics, strict=True)):
            for unit, weight in weights.items():
                said = match(unit)
                rare = topic.units[unit] * _NOWHERE == weight  # it stands in no entry itself
                for column, share in _COLUMNS[-1:] if rare else _COLUMNS:
                    wanted = f"{column} : ({said})"
                    self._connection.execute(
                        _FIND, (number, unit, unit in about, weight * share, wanted)
                    )
            for word, others in topic.others.items():
                self._find_others(number, word, others, weights)
        marks = ", ".join("?" * len(reports))
        self._connection.execute(_FIND_GIVEN.format(reports=marks), list(reports))
        covered = _COVERED * sum(sum(topic.values()) for topic in topics)
        limits = {"share": _SHARE, "topic": _OF_TOPIC, "covered": covered, "near": NEAR * covered}
        given = {**limits, "part": covered / len(topics), "sort": sort and f" {sort} "}
        self._connection.execute(_ENOUGH, given)

    def _find_others(
        self, topic: int, word: str, others: Iterable[str], weights: Mapping[str, float]
    ) -> None:
        """Find what says a word of a part of a question in other words, which count no more than itself."""
        either = " OR ".join(f"({match(other)})" for other in others)
        told = self._counted(_itself(either))
        most = _telling(told) if told < _COMMON else 0
        pairs = [(unit, weight) for unit, weight in weights.items() if unit in word]
        instead = [
            (unit, _OTHER * min(weight, most)) for unit, weight in pairs or [(f"={word}", most)]
        ]
        rows = ", ".join(["(?, ?)"] * len(instead))
        for columns, share in _WHERE:
            shared = chain.from_iterable((unit, weight * share) for unit, weight in instead)
            values = topic, *shared, f"{{{columns}}} : ({either})"
            self._connection.execute(_FIND_OTHERS.format(rows=rows), values)

    def _seek(self, request: Request) -> bool:
        """Let figures of the sort that is asked for come first; whether there is one among the closest, or none is asked for."""
        self._weigh(("planned",), _WANTED if PLANNED in request.sought else _UNWANTED)
        sought = sorted(request.values)
        if not sought:
            figures = "SELECT 1 FROM enough JOIN entry ON entry.id = enough.entry WHERE kind = 'figure' LIMIT 1"
            return not request.words or self._connection.execute(figures).fetchone() is not None
        of_sort, values = of_sorts(sought)
        near = f"SELECT 1 {FOUND} WHERE {of_sort} AND matter >= ? * (SELECT MAX(matter) {FOUND} WHERE kind IN ('figure', 'sentence')) LIMIT 1"
        met = self._connection.execute(near, [*values, NEAR]).fetchone() is not None
        self._weigh(sought, _OF_SORT)
        if RANK in sought:
            self._weigh((RANK,), _OFRANK)
        return met

    def _weigh(self, sorts: Sequence[str], times: float) -> None:
        """Let figures of some sorts count for more or less."""
        of_sort, values = of_sorts(sorts)
        self._connection.execute(
            f"UPDATE enough SET score = score * ?, matter = matter * ? WHERE EXISTS (SELECT 1 FROM entry WHERE entry.id = enough.entry AND {of_sort})",
            [times, times, *values],
        )

    def _prefer(self, setting: Setting) -> None:
        """Choose what fits the areas and years a question names."""
        told, values = told_of(setting)
        dated = " OR ".join(["instr(entry.name, ?)"] * len(setting.years)) or "0"
        fitting = _FITTING.format(told=told, dated=dated)
        self._connection.execute(fitting, [*values, *setting.years])

    def _sentence_of(self, figure: Entry) -> tuple[Entry, ...]:
        """The figures of the sentence that one stands in."""
        place = "SELECT MAX(start), end FROM entry WHERE kind = 'sentence' AND document = ? AND start <= ?"
        start, end = self._connection.execute(place, (figure.document, figure.start)).fetchone()
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM entry WHERE kind = 'figure' AND document = ? AND start BETWEEN ? AND ? ORDER BY start",
            (figure.document, start or 0, end or 0),
        )
        return tuple(_entry_of(row) for row in rows)

    def find(
        self, text: str, *, most: int, of_each: int, alike: int, facets: bool = False, **only: str
    ) -> SearchResult:
        """What holds a text; where little does, what holds most of what it asks about. Raises QueryError.

        ``of_each`` of a kind are shown of what holds it, ``alike`` of what holds most of it.
        """
        found = self.search(text, most=most, of_each=of_each, facets=facets, **only)
        named = any(entry.text == text.strip() for entry in found.entries)
        enough = _FEW if len(tokens(text)) >= _LONG else _FEW_OF_SHORT
        found = replace(found, gaps=Gaps(valueless=tuple(self._only_named(text, found))))
        if named or sum(found.counts.values()) >= enough:
            return found
        apart = self.search_parts(text, most=most, of_each=alike, facets=facets, **only)
        closest = apart.ordered(text)
        if not found.entries or len(closest.entries) <= len(found.entries):
            return found if found.entries else closest
        return replace(closest, parts=())

    def _only_named(self, text: str, found: SearchResult) -> Iterator[tuple[str, str]]:
        """The name of an indicator that a text is, where passages hold it and no figure does."""
        if found.counts and "figure" not in found.counts and may_name_indicator(text.strip()):
            yield "", text.strip()

    def _weighed(self, topic: Mapping[str, float]) -> dict[str, float]:
        """How much each unit of a topic tells, more where it is rare; what is nearly everywhere is left out."""
        weights = {}
        for unit, counts in topic.items():
            found = self._count(unit)
            if found < _COMMON and (found or len(unit) > 1):
                weights[unit] = counts * (_telling(found) if found else _NOWHERE)
        return weights

    def _count(self, unit: str) -> int:
        """How many entries have it, at most _COMMON."""
        return self._counted(_itself(match(unit)))

    def _counted(self, wanted: str) -> int:
        """How many entries an expression finds, at most _COMMON."""
        sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT {_COMMON})"
        return int(self._connection.execute(sql, (wanted,)).fetchone()[0])

    def parts(self, text: str) -> list[str]:
        """The longest parts of a question that are found somewhere."""

        return parts_of(text, self._is_found)

    def _lacking(self, text: str, parts: Sequence[str], setting: Setting) -> Iterator[str]:
        """The words of a question that stand nowhere, also beside an area or body: 人口 of 通山县人口, where 通山县人 is found."""
        names = setting.words
        yield from lacking_of(text, parts, names, self._is_found)
        beside = re.split("|".join(map(re.escape, names)) or "(?!)", text)
        for left in beside if len(beside) > 1 else ():
            yield from lacking_of(left, parts_of(left, self._is_found), (), self._is_found)

    def _is_found(self, wanted: str) -> bool:
        """Whether anything that reports say or name holds what an expression finds."""
        sql = f"SELECT 1 FROM words JOIN entry ON entry.id = words.rowid WHERE words MATCH ? AND {_TOLD} LIMIT 1"
        return (
            bool(wanted)
            and self._connection.execute(sql, (_itself(wanted),)).fetchone() is not None
        )

    def _search(
        self,
        wanted: tuple[str, list[Value]],
        closest: tuple[str, str, Sequence[str]],
        text: str,
        most: int,
        of_each: int,
        facets: bool,
        only: Mapping[str, str],
    ) -> SearchResult:
        """The entries of a condition with its values, narrowed, with how many there are of each kind, report, area, year and section."""
        where, values = self._narrowed(wanted, only)
        entries = self._entries((where, values), closest, text, most, of_each)
        counts = self._connection.execute(
            f"SELECT kind, COUNT(*) {_source(where)} WHERE {where} GROUP BY kind ORDER BY MIN(place), kind",
            values,
        )
        if not facets:
            return SearchResult(entries, dict(counts))
        found = {name: self._facet(name, where, values) for name in FACETS}
        shown = {entry.document for entry in entries if entry.document}
        titles = self._titles({*found["document"], *shown})
        return SearchResult(entries, dict(counts), found, titles)

    def _entries(
        self,
        wanted: tuple[str, list[Value]],
        closest: tuple[str, str, Sequence[str]],
        text: str,
        most: int,
        of_each: int,
    ) -> tuple[Entry, ...]:
        """The entries of a condition with its values, by ``closest``, and the shortest first among the alike.

        ``closest`` has what comes first of all, what comes last, and the names of indicators, whose figures come between
        the two in their order. The text itself comes before others, what a report names before what none does, and
        what is stated before thresholds.
        """
        where, values = wanted
        first, close, names = closest
        named = " ".join(f"WHEN ? THEN {place}" for place, _ in enumerate(names))
        asked = f"CASE named {named} ELSE {len(names)} END, bound, " if names else "bound, "
        order = f"{first}text <> ?, {_UNNAMED}, {asked}{close}length(CASE kind WHEN 'figure' THEN name ELSE text END), document, start, text"
        ranked = f"SELECT {_SHOWN}, place, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY {order}) AS rank {_source(where)} WHERE {where}"
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM ({ranked}) WHERE rank <= ? ORDER BY place, kind, rank LIMIT ?",
            [text.strip(), *names, *values, of_each or most, most],
        )
        return tuple(_entry_of(row) for row in rows)

    def _narrowed(
        self, wanted: tuple[str, list[Value]], only: Mapping[str, str]
    ) -> tuple[str, list[Value]]:
        """The condition of a search and its values. Raises QueryError."""
        where, values = wanted[0], [*wanted[1]]
        if kind := only.get("kind", ""):
            kinds = self._kinds(kind)
            where += f" AND kind IN ({', '.join('?' * len(kinds))})"
            values += kinds
        for name, value in only.items():
            if value and name != "kind":
                where += f" AND {_CONDITIONS[name]}"
                values.append(value)
        return where, values

    def _kinds(self, kind: str) -> list[str]:
        """A kind and the classes below it, as far as there are entries of them. Raises QueryError."""
        known = [row[0] for row in self._connection.execute("SELECT DISTINCT kind FROM entry ORDER BY kind")]  # fmt: skip
        wanted = {kind}
        while (
            below := {n for n, row in DECLARED.items() if wanted & {up[3:] for up in row[3]}}
            - wanted
        ):
            wanted |= below
        found = [each for each in known if each in wanted]
        if not found and kind not in (*DECLARED, *ORDER):
            raise QueryError(f"{kind}: no such kind; there are {', '.join(known)}")
        return found or [kind]

    def _facet(self, name: str, where: str, values: list[Value]) -> dict[str, int]:
        """How many entries stand in each report, area, year or section, the most first."""
        column = "entry.section" if name == "section" else f"report.{name}"
        rows = self._connection.execute(
            f"SELECT {column}, COUNT(DISTINCT entry.id) {_source(where)} "
            "JOIN standing ON standing.entry = entry.id JOIN report ON report.document = standing.document "
            f"WHERE {where} AND {column} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_FACET_VALUES}",
            values,
        )
        return dict(rows)

    def known(self, name: str) -> list[str]:
        """The areas or years (the name of a facet of reports) that there are reports of."""
        column = {"area": "area", "year": "year"}[name]
        rows = self._connection.execute(
            f"SELECT DISTINCT {column} FROM report WHERE {column} <> '' ORDER BY 1"
        )
        return [row[0] for row in rows]

    def _bodies(self) -> list[tuple[str, str, str]]:
        """The reports with the area and the names of the bodies that gave them."""
        sql = "SELECT document, area, name FROM body JOIN report USING (document) ORDER BY 1, 3"
        return self._connection.execute(sql).fetchall()

    def _titles(self, documents: Iterable[str]) -> dict[str, str]:
        titles = dict(self._connection.execute("SELECT document, title FROM report"))
        return {document: titles.get(document, document) for document in sorted(documents)}

    def things(
        self, text: str, kinds: Sequence[str], *, most: int = 200, loosely: bool = False
    ) -> tuple[Entry, ...]:
        """The things of some kinds whose names hold a text, the shortest names first.

        ``loosely`` those that hold two neighbouring characters or a word of it, the most alike first.
        """
        wanted = match_loosely(text) if loosely else match(text)
        if not wanted or not kinds:
            return ()
        marks = ", ".join("?" * len(kinds))
        order = "bm25(words), length(text), text" if loosely else "length(text), text"
        rows = self._connection.execute(
            "SELECT kind, text, name, document, start, end, iri "
            "FROM words JOIN entry ON entry.id = words.rowid "
            f"WHERE words MATCH ? AND words.rowid < ? AND kind IN ({marks}) "
            f"ORDER BY {order}, iri LIMIT ?",
            (_itself(wanted), self._first_passage, *kinds, most),
        )
        return tuple(Entry(*row) for row in rows)

    def reports_saying(self, words: str) -> frozenset[str]:
        """The reports in whose headings or sentences these words stand together."""
        phrase = " ".join(tokens(words))
        if not phrase:
            return frozenset()
        rows = self._connection.execute(
            "SELECT DISTINCT document FROM words JOIN entry ON entry.id = words.rowid "
            "WHERE words MATCH ? AND document <> ''",
            (_itself(f'"{phrase}"'),),
        )
        return frozenset(row[0] for row in rows)

    @property
    def _first_passage(self) -> int:
        """The first entry that is no thing: things come first."""
        row = self._connection.execute(
            "SELECT id FROM entry WHERE kind = 'query' ORDER BY id LIMIT 1"
        ).fetchone()
        return int(row[0]) if row else 1 << 60

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """The index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()


_CONDITIONS = {
    "section": "section = ?",
    **{
        name: "entry.id IN (SELECT standing.entry FROM standing JOIN report "
        f"ON report.document = standing.document WHERE report.{name} = ?)"
        for name in ("document", "area", "year")
    },
}


def _entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row with the columns that are shown."""
    *columns, named, measured, change, value = row
    return replace(Entry(*columns), named=named, measured=measured, change=change, value=value)


def _source(where: str) -> str:
    """The tables that a condition is of: the words only where it looks for some."""
    matched = "MATCH" in where
    return "FROM words JOIN entry ON entry.id = words.rowid" if matched else "FROM entry"


def _telling(found: int) -> float:
    """How much a word tells that so many entries have."""
    return 1 / (1 + log10(max(found, 1)))


def _itself(wanted: str) -> str:
    """An expression that is to hold in what an entry says, not only around it."""
    return f"{{body lead}} : ({wanted})"


def _path(location: str) -> Path:
    return Path(location).with_name(f"{Path(location).name}.search")


def _state(location: str) -> str:
    """What an index is made of: the store's files as they are, by this version of the program."""
    return f"{__version__} {_LAYOUT}\n{store_class(location).state(location)[0]}"


def _clear_unfinished(path: Path) -> None:
    """Remove what processes that have ended left half made."""
    for left in path.parent.glob(f"{path.name}.*"):
        made_by = left.name.removeprefix(f"{path.name}.").removesuffix("-journal")
        if not made_by.isdecimal():
            continue
        try:
            os.kill(int(made_by), 0)
        except ProcessLookupError:
            left.unlink(missing_ok=True)
        except OSError:  # a process of someone else's
            continue


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _is_of(path: Path, state: str) -> bool:
    """Whether the index at a path was made of the store as it is."""
    if not path.exists():
        return False
    try:
        connection = _opened(path)
        try:
            return bool(connection.execute("SELECT state FROM made").fetchone() == (state,))
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def _made(path: str, store: Store, state: str) -> sqlite3.Connection:
    """A new index of a store."""
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    reported = stored_reports(store)
    connection.executemany("INSERT INTO report VALUES (?, ?, ?, ?)", reported)
    connection.executemany("INSERT INTO body VALUES (?, ?)", reporting_bodies(store, reported))
    named_in = naming(store)
    for number, entry in enumerate(entries_of(store, bundled(), named_in), 1):
        place = ORDER.index(entry.kind) if entry.kind in ORDER else 0
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, place, entry.kind, entry.text, entry.name, entry.document, entry.start, entry.end, entry.iri, entry.section,
             entry.qualifier, entry.named, entry.bound, entry.measured, entry.change, entry.value),
        )  # fmt: skip
        around = (" ".join(tokens(words)) for words in (entry.lead, entry.context))
        connection.execute(
            "INSERT INTO words (rowid, body, lead, context) VALUES (?, ?, ?, ?)",
            (number, body(entry), *around),
        )
        documents = [entry.document] if entry.document else named_in.get(entry.iri, ())
        connection.executemany(
            "INSERT INTO standing VALUES (?, ?)", ((number, document) for document in documents)
        )
    connection.execute("INSERT INTO made VALUES (?)", (state,))
    connection.commit()
    return connection
