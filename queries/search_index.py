"""Full-text search over a store: things, figures, measures, sections, sentences and named queries.

The index is an SQLite file beside a store in a folder, made from the store alone and made anew when the
store has changed; other stores are indexed in memory. Chinese is found by any part of a name or sentence,
one character and up, also across spaces; English and pinyin-like words by their beginning.
"""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql.data import Term, table
from policygraph.graph.stores import Store, store_class
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.catalogue import Catalogue, bundled
from policygraph.version import __version__

COLUMNS = ("kind", "text", "name", "document", "start", "end", "iri")
_PG = PREFIXES["pg"]
_TOKEN = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
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
_TABLES = """
CREATE TABLE made (state TEXT);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, place INTEGER, kind TEXT, text TEXT, name TEXT,
  document TEXT, start INTEGER, end INTEGER, iri TEXT
);
CREATE VIRTUAL TABLE words USING fts5 (body, content='');
"""


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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best entries for a text, and how many there are of each kind."""

    entries: tuple[Entry, ...]
    counts: dict[str, int]

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
        self, text: str, *, kind: str = "", document: str = "", most: int = 50
    ) -> SearchResult:
        """The entries that hold every word of a text, the closest first. Raises QueryError."""
        wanted = _match(text)
        if not wanted:
            raise QueryError(f"{text}: holds no letter, digit or character to search for")
        where = "words MATCH ?"
        values: list[object] = [wanted]
        for column, value in (("kind", kind), ("document", document)):
            if value:
                where += f" AND {column} = ?"
                values.append(value)
        joined = f"FROM words JOIN entry ON entry.id = words.rowid WHERE {where}"
        rows = self._connection.execute(
            f"SELECT kind, text, name, document, start, end, iri {joined} "
            "ORDER BY place, text <> ?, length(text), document, start, text LIMIT ?",
            [*values, text.strip(), most],
        )
        entries = tuple(Entry(*row) for row in rows)
        counts = self._connection.execute(
            f"SELECT kind, COUNT(*) {joined} GROUP BY kind ORDER BY MIN(place), kind", values
        )
        return SearchResult(entries, dict(counts))

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


def _path(location: str) -> Path:
    return Path(location).with_name(f"{Path(location).name}.search")


def _state(location: str) -> str:
    """What an index is made of: the store's files as they are, by this version of the program."""
    return f"{__version__}\n{store_class(location).state(location)[0]}"


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
    for number, entry in enumerate(_entries(store, bundled()), 1):
        place = _ORDER.index(entry.kind) if entry.kind in _ORDER else 0
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, place, entry.kind, entry.text, entry.name, entry.document, entry.start, entry.end, entry.iri),
        )  # fmt: skip
        body = " / ".join(" ".join(_tokens(part)) for part in (entry.text, entry.name))
        connection.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, body))
    connection.execute("INSERT INTO made VALUES (?)", (state,))
    connection.commit()
    return connection


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
    for (name, of_class), named in sorted(labels.items()):
        if of_class not in _UNSOUGHT:
            ordered = sorted(named, key=lambda label: (label[0], -len(label[1]), label[1]))
            texts = list(dict.fromkeys(text for _, text in ordered))
            yield Entry(of_class, texts[0], " / ".join(texts[1:]), iri=name)


def _passages(store: Store) -> Iterator[Entry]:
    """Sections, statements and sentences, in reading order."""
    found: list[Entry] = []
    for document, iri, at, label in _rows(store, _SECTIONS):
        start, text = int(at.value), label.value
        span = start, start + len(text)
        found.append(Entry("section", text, "", document.value, *span, iri.value))
    for document, iri, of_class, at, to, quote in _rows(store, _QUOTES):
        kind = _STATEMENTS[of_class.value.removeprefix(_PG)]
        span = int(at.value), int(to.value)
        found.append(Entry(kind, quote.value, "", document.value, *span, iri.value))
    texts = {document.value: text.value for document, text in _rows(store, _TEXTS)}
    for document, iri, at, to in _rows(store, _SENTENCES):
        span = int(at.value), int(to.value)
        text = texts[document.value][slice(*span)]
        found.append(Entry("sentence", text, "", document.value, *span, iri.value))
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
    """The expression that finds every word of a text: phrases of characters, beginnings of words."""
    phrases = []
    for part in text.split():
        tokens = _tokens(part)
        if tokens:
            begun = "" if _HAN.fullmatch(tokens[-1]) else " *"
            phrases.append(f'"{" ".join(tokens)}"{begun}')
    return " AND ".join(phrases)


def _match_loosely(text: str) -> str:
    """The expression that finds any two neighbouring characters of a text, or any of its words."""
    tokens = _tokens(text)[:_LONGEST_LOOSE]
    pairs = [f'"{one} {two}"' for one, two in pairwise(tokens)]
    return " OR ".join(dict.fromkeys(pairs or [f'"{token}" *' for token in tokens]))


def suggestions(
    index: SearchIndex, text: str, kinds: Sequence[str] = (), most: int = 3
) -> list[str]:
    """The names of things that hold a text, the closest first: what a name that is none may have meant."""
    found = index.search(text, most=40).entries if _match(text) else ()
    named = [e.text for e in found if e.kind not in _ORDER and (not kinds or e.kind in kinds)]
    return list(dict.fromkeys(named))[:most]
