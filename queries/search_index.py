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
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql.data import Term, table
from policygraph.graph.stores import Store, store_class
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.pinyin import readings, syllables
from policygraph.ontology.prefixes import PREFIXES
from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.queries.catalogue import Catalogue, bundled
from policygraph.version import __version__

COLUMNS = ("kind", "text", "name", "document", "start", "end", "iri", "section")
_PG = PREFIXES["pg"]
_TOKEN = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LAYOUT = 2  # goes up when what an index holds changes
_APART = "x0x"  # between what does not stand together
_SHORTEST = 4  # letters from which on the beginning of an English word is enough
# Kinds in the order they are shown; things come first, sentences last.
_STATEMENTS = {"Figure": "figure", "Measure": "measure", "Difficulty": "difficulty"}
_ORDER = ("thing", "Concept", "query", "section", "figure", "measure", "difficulty", "sentence")
_THINGS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?iri ?class ?label WHERE {
  GRAPH pg:things {
    ?iri a ?class .
    { ?iri rdfs:label ?label } UNION { ?iri skos:altLabel ?label } UNION { ?iri skos:prefLabel ?label }
  }
}
"""
_QUOTES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?iri ?class ?start ?end ?quote WHERE {
  VALUES ?class { pg:Figure pg:Measure pg:Difficulty }
  GRAPH ?document { ?iri a ?class ; pg:start ?start ; pg:end ?end ; pg:quote ?quote }
}
"""
_SECTIONS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?document ?iri ?start ?label WHERE {
  GRAPH ?document { ?iri a pg:Section ; pg:start ?start ; rdfs:label ?label }
}
"""
_TEXTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?text WHERE { GRAPH ?document { ?document a pg:Report ; pg:text ?text } }
"""
_SENTENCES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?iri ?start ?end WHERE {
  GRAPH ?document { ?iri a pg:Sentence ; pg:start ?start ; pg:end ?end }
}
"""
# Things that are found by what they are part of, and rules, which are no matter of a report.
_UNSOUGHT = frozenset({"Period", "Rule", "Reform", "SoftwareAgent", "Merge", "Succession"})
_LONGEST_LOOSE = 60  # tokens of a text that is compared loosely
_WORDINGS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?iri ?words WHERE {
  GRAPH ?document { ?mention pg:mentions ?iri ; pg:quote ?words }
}
"""
_NAMING = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?iri ?document WHERE {
  VALUES ?link { pg:mentions pg:indicator pg:asWritten pg:actor pg:object pg:target pg:scope }
  GRAPH ?document { ?statement ?link ?iri }
}
"""
_REPORTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?document ?property ?value WHERE {
  { GRAPH ?document { ?document a pg:Report ; dcterms:title ?value } BIND ("title" AS ?property) }
  UNION {
    GRAPH ?document { ?document a pg:Report ; pg:area ?place }
    GRAPH pg:things { ?place rdfs:label ?value } FILTER (LANG(?value) = "zh")
    BIND ("area" AS ?property)
  }
  UNION {
    GRAPH ?document { ?document a pg:Report ; pg:refPeriod ?period }
    BIND (SUBSTR(STRAFTER(STR(?period), "/id/period/"), 1, 4) AS ?value)
    BIND ("year" AS ?property)
  }
}
"""
_TABLES = """
CREATE TABLE made (state TEXT);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, place INTEGER, kind TEXT, text TEXT, name TEXT,
  document TEXT, start INTEGER, end INTEGER, iri TEXT, section TEXT
);
CREATE TABLE report (document TEXT PRIMARY KEY, title TEXT, area TEXT, year TEXT);
CREATE TABLE standing (entry INTEGER, document TEXT, PRIMARY KEY (entry, document)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (body, content='');
"""
FACETS = ("document", "area", "year", "section")
_FACET_VALUES = 30  # values of a facet counted at most


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its kind, the text it is found by, other names of it, and where it stands.

    ``start`` and ``end`` are offsets in the text of the document; both are None for things.
    """

    kind: str
    text: str
    name: str = ""
    document: str = ""
    start: int | None = None
    end: int | None = None
    iri: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best entries for a text, and how many there are of each kind, report, area, year and section.

    ``facets`` has for each of FACETS the values with their counts, the most first; ``titles`` names the
    reports.
    """

    entries: tuple[Entry, ...]
    counts: dict[str, int]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def solutions(self) -> ox.QuerySolutions:
        """The entries as rows that can be written in every format of answers."""
        return table(
            COLUMNS, ([getattr(entry, name) for name in COLUMNS] for entry in self.entries)
        )


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
        self, text: str, *, most: int = 50, facets: bool = False, **only: str
    ) -> SearchResult:
        """The entries that hold every word of a text, the closest first. Raises QueryError.

        ``only`` narrows them to a kind, document, area, year or section; ``facets`` counts these too.
        """
        wanted = _match(text)
        if not wanted:
            raise QueryError(f"{text}: holds no letter, digit or character to search for")
        where, values = "words MATCH ?", [wanted]
        if kind := only.pop("kind", ""):
            kinds = self._kinds(kind)
            where += f" AND kind IN ({', '.join('?' * len(kinds))})"
            values += kinds
        for name, value in only.items():
            if value:
                where += f" AND {_CONDITIONS[name]}"
                values.append(value)
        joined = f"FROM words JOIN entry ON entry.id = words.rowid WHERE {where}"
        rows = self._connection.execute(
            f"SELECT kind, text, name, document, start, end, iri, section {joined} "
            "ORDER BY place, text <> ?, length(text), document, start, text LIMIT ?",
            [*values, text.strip(), most],
        )
        entries = tuple(Entry(*row) for row in rows)
        counts = self._connection.execute(
            f"SELECT kind, COUNT(*) {joined} GROUP BY kind ORDER BY MIN(place), kind", values
        )
        if not facets:
            return SearchResult(entries, dict(counts))
        found = {name: self._facet(name, where, values) for name in FACETS}
        return SearchResult(entries, dict(counts), found, self._titles(found["document"]))

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
        if not found and kind not in (*DECLARED, *_ORDER):
            raise QueryError(f"{kind}: no such kind; there are {', '.join(known)}")
        return found or [kind]

    def _facet(self, name: str, where: str, values: list[str]) -> dict[str, int]:
        """How many entries stand in each report, area, year or section, the most first."""
        column = "entry.section" if name == "section" else f"report.{name}"
        rows = self._connection.execute(
            f"SELECT {column}, COUNT(DISTINCT entry.id) FROM words JOIN entry ON entry.id = words.rowid "
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

    def _titles(self, documents: Iterable[str]) -> dict[str, str]:
        titles = dict(self._connection.execute("SELECT document, title FROM report"))
        return {document: titles[document] for document in documents}

    def things(
        self, text: str, kinds: Sequence[str], *, most: int = 200, loosely: bool = False
    ) -> tuple[Entry, ...]:
        """The things of some kinds whose names hold a text, the shortest names first.

        ``loosely`` those that hold two neighbouring characters or a word of it, the most alike first.
        """
        wanted = _match_loosely(text) if loosely else _match(text)
        if not wanted or not kinds:
            return ()
        marks = ", ".join("?" * len(kinds))
        order = "bm25(words), length(text), text" if loosely else "length(text), text"
        rows = self._connection.execute(
            "SELECT kind, text, name, document, start, end, iri "
            "FROM words JOIN entry ON entry.id = words.rowid "
            f"WHERE words MATCH ? AND words.rowid < ? AND kind IN ({marks}) "
            f"ORDER BY {order}, iri LIMIT ?",
            (wanted, self._first_passage, *kinds, most),
        )
        return tuple(Entry(*row) for row in rows)

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


def _path(location: str) -> Path:
    return Path(location).with_name(f"{Path(location).name}.search")


def _state(location: str) -> str:
    """What an index is made of: the store's files as they are, by this version of the program."""
    return f"{__version__} {_LAYOUT}\n{store_class(location).state(location)[0]}"


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
    connection.executemany("INSERT INTO report VALUES (?, ?, ?, ?)", _reports(store))
    naming = _naming(store)
    for number, entry in enumerate(_entries(store, bundled()), 1):
        place = _ORDER.index(entry.kind) if entry.kind in _ORDER else 0
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, place, entry.kind, entry.text, entry.name, entry.document, entry.start, entry.end, entry.iri, entry.section),
        )  # fmt: skip
        connection.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, _body(entry)))
        documents = [entry.document] if entry.document else naming.get(entry.iri, ())
        connection.executemany(
            "INSERT INTO standing VALUES (?, ?)", ((number, document) for document in documents)
        )
    connection.execute("INSERT INTO made VALUES (?)", (state,))
    connection.commit()
    return connection


def _body(entry: Entry) -> str:
    """What an entry is found by: its words, and of names and headings how they are read."""
    parts = [" ".join(_tokens(part)) for part in (entry.text, entry.name)]
    if entry.kind not in _ORDER or entry.kind in ("Concept", "section"):
        parts += [" ".join(said) for said in readings(entry.text)]
    return f" {_APART} ".join(parts)


def _reports(store: Store) -> list[tuple[str, str, str, str]]:
    """The reports with their title, area and year, empty where none is known."""
    found: dict[str, dict[str, str]] = {}
    for document, name, value in _rows(store, _REPORTS):
        found.setdefault(document.value, {}).setdefault(name.value, value.value)
    return [
        (document, said.get("title", document), said.get("area", ""), said.get("year", ""))
        for document, said in sorted(found.items())
    ]


def _naming(store: Store) -> dict[str, list[str]]:
    """Thing → the reports that name it, in their order."""
    found: dict[str, set[str]] = {}
    for iri, document in _rows(store, _NAMING):
        found.setdefault(iri.value, set()).add(document.value)
    return {iri: sorted(documents) for iri, documents in found.items()}


def _entries(store: Store, catalogue: Catalogue) -> Iterator[Entry]:
    """All that can be found, in an order that depends on the store alone."""
    yield from _things(store)
    for query in catalogue:
        yield Entry(
            "query", query.title[0], f"{query.title[1]} {' '.join(query.question)}", iri=query.name
        )
    yield from _passages(store)


def _things(store: Store) -> Iterator[Entry]:
    labels: dict[tuple[str, str], list[tuple[bool, str]]] = {}
    for iri, kind, label in _rows(store, _THINGS):
        assert isinstance(label, ox.Literal)
        key = (iri.value, kind.value.removeprefix(_PG).rpartition("#")[2])
        labels.setdefault(key, []).append((label.language != "zh", label.value))
    wordings: dict[str, set[str]] = {}
    for iri, words in _rows(store, _WORDINGS):
        wordings.setdefault(iri.value, set()).add(words.value)
    for (name, of_class), named in sorted(labels.items()):
        if of_class not in _UNSOUGHT:
            ordered = sorted(named, key=lambda label: (label[0], -len(label[1]), label[1]))
            said = sorted(wordings.get(name, ()))
            texts = list(dict.fromkeys((*(text for _, text in ordered), *said)))
            yield Entry(of_class, texts[0], " / ".join(texts[1:]), iri=name)


def _passages(store: Store) -> Iterator[Entry]:
    """Sections, statements and sentences, in reading order."""
    found: list[Entry] = []
    headings: dict[str, list[tuple[int, str]]] = {}
    for document, iri, at, label in _rows(store, _SECTIONS):
        start, text = int(at.value), label.value
        span = start, start + len(text)
        found.append(Entry("section", text, "", document.value, *span, iri.value, text))
        headings.setdefault(document.value, []).append((start, text))
    for known in headings.values():
        known.sort()

    def heading(document: str, start: int) -> str:
        """The heading of the section a passage stands in, empty before the first."""
        known = headings.get(document, [])
        place = bisect_right(known, start, key=lambda section: section[0])
        return known[place - 1][1] if place else ""

    for document, iri, of_class, at, to, quote in _rows(store, _QUOTES):
        kind = _STATEMENTS[of_class.value.removeprefix(_PG)]
        span = int(at.value), int(to.value)
        place = document.value, *span, iri.value, heading(document.value, span[0])
        found.append(Entry(kind, quote.value, "", *place))
    texts = {document.value: text.value for document, text in _rows(store, _TEXTS)}
    for document, iri, at, to in _rows(store, _SENTENCES):
        span = int(at.value), int(to.value)
        text = texts[document.value][slice(*span)]
        place = document.value, *span, iri.value, heading(document.value, span[0])
        found.append(Entry("sentence", text, "", *place))
    yield from sorted(found, key=_place)


def _place(entry: Entry) -> tuple[str, int, int, int, str]:
    """Where an entry stands: by document and offset, the larger part before the smaller."""
    return entry.document, entry.start or 0, _ORDER.index(entry.kind), entry.end or 0, entry.iri


def _rows(store: Store, sparql: str) -> Iterator[tuple[Term, ...]]:
    """The rows of a query none of whose columns is ever unbound."""
    for solution in store.solutions(sparql):
        yield tuple(term for term in solution if not isinstance(term, ox.Triple | None))


def _tokens(text: str) -> list[str]:
    """The characters of Chinese and the words of other scripts, folded in width, case and accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _TOKEN.findall("".join(c for c in folded if not unicodedata.combining(c)))


def _match(text: str) -> str:
    """The expression that finds every word of a text: phrases of characters, beginnings of words.

    A word in Latin letters is also found by the Chinese words for it, and as pinyin.
    """
    parts = [found for part in text.split() if (found := _ways(_tokens(part)))]
    return " AND ".join(parts)


def _match_loosely(text: str) -> str:
    """The expression that finds any two neighbouring characters of a text, or any of its words."""
    tokens = _tokens(text)[:_LONGEST_LOOSE]
    pairs = [f'"{one} {two}"' for one, two in pairwise(tokens)]
    return " OR ".join(dict.fromkeys(pairs or [f'"{token}" *' for token in tokens]))


def _ways(tokens: list[str]) -> str:
    """All ways to find one word."""
    if not tokens:
        return ""
    begun = "" if _HAN.fullmatch(tokens[-1]) else " *"
    ways = [f'"{" ".join(tokens)}"{begun}']
    if len(tokens) == 1 and begun and tokens[0].isascii():
        ways += [f'"{" ".join(_tokens(word))}"' for word in chinese_words(tokens[0])]
        spelled = syllables(tokens[0])
        ways += [f'"{" ".join(spelled)}" *'] if len(spelled) > 1 else []
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def chinese_words(english: str) -> list[str]:
    """What reports say for an English word, or for those that begin so, in Chinese."""
    if len(english) < _SHORTEST:
        return list(_search_words().get(english, ()))
    found = [words for word, words in _search_words().items() if word.startswith(english)]
    return list(dict.fromkeys(word for words in found for word in words))


@word_cache
def _search_words() -> dict[str, tuple[str, ...]]:
    """English word → its Chinese words."""
    found: dict[str, dict[str, None]] = {}
    for concept in vocabulary("search-words"):
        for word in re.split(r"[;\s]+", concept.english):
            found.setdefault(word, {}).update(dict.fromkeys(concept.labels))
    return {word: tuple(words) for word, words in found.items()}
