"""What the codes in the cells of a table are called, in the reader's language: count → 计数, new over → 新增、以上."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.service.pages.page_reader import PageReader, values

MESSAGES = Path(__file__).parent / "finding-messages.json"
# Column → the vocabulary its codes are of; a qualifier may be several.
_SCHEMES = {
    "kind": "kinds",
    "kinds": "kinds",
    "qualifier": "qualifiers",
    "bound": "qualifiers",
    "status": "statuses",
    "code": "findings",
    "reason": "exclusions",
    "genre": "genres",
    "unit": "units",
    "levelUnit": "units",
    "changeUnit": "units",
    "level": "levels",
}
_CLOSED = frozenset(("kind", "status", "code"))  # columns whose codes are all of the vocabulary
UNITS = frozenset(("unit", "levelUnit", "changeUnit"))  # a unit stays as it is written, in Chinese
_TERMS = frozenset(("role", "type", "class", "slot"))  # columns with names of the ontology
_NUMBER = re.compile(r"#(integer|decimal|double|int|long|nonNegativeInteger)$")
_GROUPED = 10_000  # from which number on thousands are separated
_YEARS = frozenset(("year", "code", "start", "end"))  # numbers that are names


def cell_text(reader: PageReader, column: str, term: Term | None) -> str:
    """The text of a cell: the label of a code, a number with its thousands separated, else the value itself."""
    said = getattr(term, "value", "")
    if isinstance(term, ox.Literal) and not said and column == "actor":
        return reader.say("no_actor")
    if isinstance(term, ox.Literal) and said:
        if is_number(term) and column not in _YEARS:
            return _grouped(said)
        return _labelled(reader, column, said)
    return said


def choices(reader: PageReader, column: str, sparql: str) -> list[tuple[str, str]]:
    """The codes that a query gives a column, each with its words; none where its values are open."""
    words = {
        key.removeprefix(f"{column} "): pair
        for key, pair in values().items()
        if key.startswith(f"{column} ")
    }
    listed = {code: pair for code, pair in words.items() if f'"{code}"' in sparql}
    if not listed and column in _CLOSED:
        listed = {c.key: (c.label, c.english) for c in vocabulary(_SCHEMES[column])}
    return [(code, reader.pick(pair)) for code, pair in listed.items()]


def is_number(term: Term | None) -> bool:
    """Whether a cell is a number."""
    return isinstance(term, ox.Literal) and _NUMBER.search(term.datatype.value) is not None


def _grouped(number: str) -> str:
    whole, point, rest = number.partition(".")
    if len(whole.lstrip("-")) < len(str(_GROUPED)) or not whole.lstrip("-").isdecimal():
        return number
    return f"{int(whole):,}{point}{rest}"


def _labelled(reader: PageReader, column: str, said: str) -> str:
    if column == "message":
        return finding_message(reader, said)
    if pair := values().get(f"{column} {said}"):
        return reader.pick(pair)
    if column in _TERMS and said in DECLARED:
        return reader.pick(DECLARED[said][1:3])
    if column in UNITS and not reader.english:
        return said
    known = _codes().get(_SCHEMES.get(column, ""), {})
    words = said.split() if column == "qualifier" else [said]
    if not all(word in known for word in words):
        return said
    return reader.say("comma").join(reader.pick(known[word]) for word in words)


@word_cache
def _codes() -> dict[str, dict[str, tuple[str, str]]]:
    """Vocabulary → code, or label in Chinese → its Chinese and English label."""
    return {
        name: {
            word: (concept.label, concept.english)
            for concept in vocabulary(name)
            for word in (concept.key, *concept.labels)
        }
        for name in sorted(set(_SCHEMES.values()))
    }


def finding_message(reader: PageReader, message: str) -> str:
    """What a finding says, in the reader's language; as it stands where nobody has put it into Chinese."""
    if reader.english:
        return message
    for pattern, chinese in _messages():
        if match := pattern.fullmatch(message):
            return match.expand(chinese)
    return message


@cache
def _messages() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the messages of findings with their Chinese, in which \\1 is what the first bracket found."""
    pairs: list[list[str]] = json.loads(MESSAGES.read_text("utf-8"))
    return tuple((re.compile(english, re.DOTALL), chinese) for english, chinese in pairs)
