"""A tokenizer of SPARQL: enough to find the kind of a request, and where its clauses begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<text>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:_|[^\W\d_][\w.·-]*+)?:(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\.)*+)
  | (?P<run>[^\W\d_][\w.·-]*+)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>\d+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# A run such as ``a.b-c`` that no colon follows is read once as a whole, so that the time stays linear,
# and then split into words and what joins them.
_WORD = re.compile(r"(?P<word>[^\W\d]\w*)|(?P<other>\d+|.)")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
BYTE_ORDER_MARK = "\ufeff"  # which editors put before a text, and which is none of it
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, where it begins, and how many brackets are open there."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def word(self) -> str:
        """The keyword in capitals, empty where the token is not a keyword."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.start + len(self.text)


def tokens(sparql: str) -> list[Token]:
    """All tokens without white space and comments; a closing bracket is as deep as its opening."""
    return list(_tokens(sparql))


def _tokens(sparql: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(sparql):
        kind, text = str(match.lastgroup), match[0]
        if kind == "run":
            for part in _WORD.finditer(text):
                yield Token(str(part.lastgroup), part[0], match.start() + part.start(), depth)
            continue
        depth -= text in (")", "}")
        if kind != "space":
            yield Token(kind, text, match.start(), depth)
        depth += text in ("(", "{")


@lru_cache(maxsize=256)
def dataset_clauses(sparql: str) -> tuple[tuple[int, int], ...]:
    """Where the FROM and FROM NAMED clauses of a query stand, as ``[start, end)``; often none."""
    if "from" not in sparql.lower():
        return ()
    found = tokens(sparql)
    clauses = []
    for place, token in enumerate(found):
        if token.depth == 0 and token.word == "FROM":
            named = place + 1 < len(found) and found[place + 1].word == "NAMED"
            last = found[min(place + 1 + named, len(found) - 1)]
            clauses.append((token.start, last.end))
    return tuple(clauses)


def with_each_graph_once(sparql: str) -> str:
    """The query without the FROM clauses that name a graph again: the engine would count its triples twice."""
    clauses = dataset_clauses(sparql)
    if len(clauses) < 2:
        return sparql
    prefixes = _prefixes(sparql)
    seen: set[tuple[bool, str]] = set()
    parts: list[str] = []
    done = 0
    for start, end in clauses:
        *_, word, graph = tokens(sparql[start:end])
        prefix, _, local = graph.text.partition(":")
        name = f"{prefixes[prefix]}{local}>" if prefix in prefixes else graph.text
        clause = word.word == "NAMED", name
        if clause in seen:
            parts += [sparql[done:start], " " * (end - start)]
            done = end
        seen.add(clause)
    return "".join(parts) + sparql[done:]


def _prefixes(sparql: str) -> dict[str, str]:
    """Prefix → what a query declares it to stand for, as the beginning of an IRI: ``<http://…/``."""
    found = tokens(sparql)
    return {
        declared.text.removesuffix(":"): iri.text[:-1]
        for word, declared, iri in zip(found, found[1:], found[2:], strict=False)
        if word.word == "PREFIX"
    }


def unescaped(sparql: str) -> str:
    """The text with its codepoint escapes resolved, as section 19.2 of SPARQL 1.1 says."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, sparql)


def uncommented(sparql: str) -> str:
    """The text without comments, which would hide text appended to their line."""
    return _TOKEN.sub(lambda match: "" if match[0].startswith("#") else match[0], sparql).strip()
