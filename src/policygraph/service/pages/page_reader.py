"""The reader of a page: the language, the words of the page in it, the addresses of its links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from policygraph.graph.sparql.data import Term
from policygraph.ontology import labels
from policygraph.ontology.iris import DEFAULT_BASE

WORDS = Path(__file__).parent / "words.json"
_HAN = re.compile("[\u3400-\u9fff]")
_RANGE = re.compile(
    r"\s*(\*|[A-Za-z]{1,8}(?:-\w{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*"
)


@dataclass(frozen=True, slots=True)
class PageReader:
    """A reader's language (zh-Hans or en), the base of the IRIs the service has pages for, and the tray.

    The tray holds the references of the figures the reader has put aside; addresses carry it on.
    ``prefix`` is the path the service stands under.
    """

    language: str = labels.PAGE_CHINESE
    base: str = DEFAULT_BASE
    tray: tuple[str, ...] = ()
    prefix: str = ""

    @property
    def english(self) -> bool:
        """Whether the page is in English."""
        return self.language == labels.ENGLISH

    def say(self, name: str, **values: object) -> str:
        """A word of the page in the reader's language, with its ``{values}`` put in.

        Of a count of one it is the word NAME_one, where there is one.
        """
        words = _words()["words"]
        one = f"{name}_one"
        chosen = one if str(values.get("count")) == "1" and one in words else name
        return self.pick(words[chosen]).format(**values)

    def group(self, prefix: str) -> dict[str, str]:
        """The words of the page whose names begin so, by the rest of the name, for a script."""
        words = _words()["words"].items()
        return {
            name.removeprefix(prefix): self.pick(pair)
            for name, pair in words
            if name.startswith(prefix)
        }

    def pick(self, pair: Iterable[str]) -> str:
        """One of a Chinese and an English text."""
        chinese, english = pair
        return english if self.english else chinese

    def best(self, texts: Iterable[Term]) -> str:
        """The label to show: the reader's language, else Chinese, English, any, the first by order."""
        by_language: dict[str, str] = {}
        for term in sorted(texts, key=str):
            tag = getattr(term, "language", None) or ""
            by_language.setdefault(labels.language(tag), getattr(term, "value", ""))
        return labels.choose(by_language, self.language)

    def language_of(self, text: str) -> str | None:
        """The language of a text that is not the page's: Chinese on an English page."""
        return labels.PAGE_CHINESE if self.english and _HAN.search(text) else None

    def local(self, iri: str) -> str | None:
        """The address of this service's page of an IRI, None where it is not under the base."""
        if not iri.startswith(self.base):
            return None
        path, mark, fragment = iri.removeprefix(self.base).partition("#")
        return self.at(f"/{quote(path, safe='/-._~')}") + (mark and f"#{quote(fragment)}")

    def at(self, path: str, **values: str) -> str:
        """An address of this service that keeps the reader's language and tray."""
        kept = {"tray": ",".join(self.tray)} if self.tray else {}
        return f"{self.path(path)}?{urlencode({**values, **kept, 'lang': self.tag}, safe=',/')}"

    def path(self, path: str) -> str:
        """An address of this service in whatever language."""
        return f"{self.prefix}{path}"

    def query(self, sparql: str) -> str:
        """The SPARQL page with a query in it."""
        return f"{self.at('/query')}#{urlencode({'query': sparql})}"

    @property
    def tag(self) -> str:
        """The language as an address carries it."""
        return "en" if self.english else "zh"


def language_of(accepted: str = "", given: str = "") -> str:
    """The language for a reader: the one given in the address, else by Accept-Language."""
    if given:
        return labels.ENGLISH if labels.language(given) == labels.ENGLISH else labels.PAGE_CHINESE
    wanted = []
    for place, part in enumerate(accepted.split(",")):
        match = _RANGE.fullmatch(part)
        if match and (weight := float(match[2] or 1)) > 0:
            wanted.append((-weight, place, labels.language(match[1])))
    for _, _, tag in sorted(wanted):
        if tag == labels.ENGLISH:
            return labels.ENGLISH
        if tag == "*" or tag.lower().startswith("zh"):
            return labels.PAGE_CHINESE
    return labels.PAGE_CHINESE if not wanted else labels.ENGLISH


def both(name: str) -> tuple[str, str]:
    """A word of the pages in Chinese and English."""
    chinese, english = _words()["words"][name]
    return chinese, english


@cache
def columns() -> dict[str, tuple[str, str]]:
    """What a column of a named query is called, where no property of the ontology has that name."""
    return {name: (zh, en) for name, (zh, en) in _words()["columns"].items()}


@cache
def foreign() -> dict[str, tuple[str, str]]:
    """Labels of properties of other vocabularies, by prefixed name."""
    return {name: (zh, en) for name, (zh, en) in _words()["terms"].items()}


@cache
def relations() -> dict[str, tuple[str, str]]:
    """What a relation of the network is called, seen from the thing it starts at."""
    return {name: (zh, en) for name, (zh, en) in _words()["relations"].items()}


@cache
def values() -> dict[str, tuple[str, str]]:
    """The label of a value that is a plain word in the graph, by property and value."""
    return {name: (zh, en) for name, (zh, en) in _words()["values"].items()}


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = json.loads(WORDS.read_text("utf-8"))
    return words
