"""What is wrong with a query, said in one line with the place: for the commonest faults by our own words.

The engine tells where it could not go on and what it would have taken there. A prefix nobody declared, a
bracket or a quotation mark that is not closed, and a misspelt first word are told by what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from policygraph.graph.sparql.tokens import FORMS, Token, tokens
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.prefixes import PREFIXES

_ENGINE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_CLOSING = {")": "(", "}": "{", "]": "["}
_PROLOGUE = ("PREFIX", "BASE")
_ABOVE = frozenset({"NamedEntity", "Organization", "Statement"})  # nothing is written as these
_LONGEST = 60  # characters of what the engine expected, beyond which it helps nobody
_SHOWN = 24  # characters shown of what stands at the place


def explain(sparql: str, said: str, *, update: bool = False) -> str:
    """The fault of a query that the engine refused, with its place: ``error at LINE:COLUMN: …``."""
    found = tokens(sparql)
    if not found:
        return "it is empty"
    for token, message in _faults(found, update=update):
        return f"error at {place(sparql, token.start)}: {message}"
    match = _ENGINE.match(said)
    if not match:
        return said
    line, column, expected = int(match[1]), int(match[2]), match[3]
    near = _near(sparql, line, column)
    useful = len(expected) <= _LONGEST and "[" not in expected
    rest = expected if useful else "something is missing or too much there, or just before"
    return f"error at {line}:{column}{near}: {rest}"


def place(sparql: str, start: int) -> str:
    """The line and column of a position, from 1."""
    before = sparql[:start]
    return f"{before.count(chr(10)) + 1}:{start - before.rfind(chr(10))}"


@lru_cache(maxsize=256)
def unknown_terms(sparql: str) -> tuple[str, ...]:
    """The terms under pg: that find nothing: those the ontology does not have, and classes of which only
    the classes below are stored. Each in one line with its place.
    """
    found = tokens(sparql)
    declared = {name.text for word, name in pairwise(found) if word.word == "PREFIX"}
    if "pg:" not in sparql or ("pg:" in declared and PREFIXES["pg"] not in sparql):
        return ()
    lines: dict[str, str] = {}
    for token in found:
        local = token.text.removeprefix("pg:")
        if token.kind == "name" and token.text != local and local in _ABOVE:
            below = " ".join(f"pg:{name}" for name in _below(local))
            lines.setdefault(
                local,
                f"{place(sparql, token.start)}: a store holds pg:{local} as the classes below it, unless it was "
                f"materialised; write VALUES ?class {{ {below} }} ?x a ?class",
            )
        elif token.kind == "name" and local not in ("", token.text, "things", *DECLARED):
            from difflib import get_close_matches  # every command would wait for it

            close = get_close_matches(local, DECLARED, 1)
            meant = f"; did you mean pg:{close[0]}?" if close else ""
            where = place(sparql, token.start)
            lines.setdefault(local, f"{where}: pg:{local} is not a term of the ontology{meant}")
    return tuple(lines.values())


def _below(name: str) -> Iterator[str]:
    """The classes below one that things are stored as."""
    for other, row in DECLARED.items():
        if row[0] == "Class" and f"pg:{name}" in row[3] and other not in _ABOVE:
            yield other


def _faults(found: Sequence[Token], *, update: bool) -> Iterator[tuple[Token, str]]:
    """The faults that tokens show, the likeliest cause first."""
    for token in found:
        if token.kind == "other" and token.text in "\"'":
            yield token, f"the quotation mark {token.text} is not closed"
    yield from _undeclared(found)
    if not update:
        yield from _beginning(found)
    yield from _brackets(found)


def _undeclared(found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    declared = {
        name.text.partition(":")[0] for word, name in pairwise(found) if word.word == "PREFIX"
    }
    for before, token in zip([None, *found], found, strict=False):
        prefix = token.text.partition(":")[0]
        declaring = before is not None and before.word == "PREFIX"
        if token.kind == "name" and prefix not in declared | {"_"} and not declaring:
            yield token, f"the prefix {prefix}: is not declared; write PREFIX {prefix}: <…> first"


def _beginning(found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """A first word, after the prologue, that begins no query."""
    at = 0
    while at < len(found) and found[at].word in _PROLOGUE:
        at += 3 if found[at].word == "PREFIX" else 2
    forms = "SELECT, ASK, CONSTRUCT or DESCRIBE"
    if at >= len(found):
        yield found[-1], f"after it {forms} is missing"
    elif found[at].word not in FORMS:
        yield found[at], f"{found[at].text[:_SHOWN]} begins no query; write {forms}"


def _brackets(found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Brackets that close nothing or are not closed."""
    opened: list[Token] = []
    for token in found:
        if token.kind != "other":
            continue
        if token.text in _CLOSING.values():
            opened.append(token)
        elif token.text in _CLOSING:
            if opened and opened[-1].text == _CLOSING[token.text]:
                opened.pop()
            elif opened:
                yield opened[-1], f"{opened[-1].text} is not closed before a {token.text}"
                return
            else:
                yield token, f"{token.text} closes nothing"
                return
    if opened:
        yield opened[-1], f"{opened[-1].text} is not closed"


def _near(sparql: str, line: int, column: int) -> str:
    """What stands at a place, in quotation marks; empty at the end of a line."""
    lines = sparql.split("\n")
    text = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    return f" ({text[:_SHOWN]})" if text else ""
