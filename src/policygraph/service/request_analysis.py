"""What a request does, found from its tokens before any engine runs it.

An engine may fetch other addresses (SERVICE, LOAD) and cannot be told not to, so such requests are
found here first. A keyword may be joined to what is beside it (``trueSERVICE<…>``), therefore any word
or prefix that contains the keyword counts, and a doubtful request is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.graph.sparql.tokens import FORMS, Token, tokens, unescaped

_KEYWORD = re.compile("service|load", re.IGNORECASE)
GRAPHS = ("CONSTRUCT", "DESCRIBE")


def form(found: Sequence[Token]) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; empty where it cannot be told."""
    for token in found:
        for name in FORMS:
            if token.depth == 0 and token.word.startswith(name):
                return name
    return ""


def makes(found: Sequence[Token]) -> str:
    """What a query makes: rows or graph; empty where it cannot be told."""
    kind = form(found)
    return "graph" if kind in GRAPHS else kind and "rows"


def fetches(sparql: str, allowed: Sequence[str]) -> str:
    """The first address a request would fetch and may not, empty where there is none.

    Engines differ in whether they resolve codepoint escapes before or after they split the text
    into tokens: it must fetch nothing read either way.
    """
    resolved = unescaped(sparql)
    for text in dict.fromkeys((sparql, resolved)):
        if _KEYWORD.search(text):
            refused = _refused(tokens(text), allowed)
            if refused:
                return refused
    return ""


def _refused(found: Sequence[Token], allowed: Sequence[str]) -> str:
    for place, token in enumerate(found):
        keyword = _fetching(found, place)
        if not keyword:
            continue
        target = _target(found, place + 1)
        if token.word != keyword or target.strip("<>") not in allowed:
            return f"{keyword} {target}"
    return ""


def _fetching(found: Sequence[Token], place: int) -> str:
    """The keyword that fetches, where the token is, holds or hides one."""
    token = found[place]
    declared = place > 0 and found[place - 1].word == "PREFIX"
    if token.kind not in ("word", "name") or (declared and token.kind == "name"):
        return ""
    head = token.text.upper().partition(":")[0]
    if "SERVICE" in head:
        return "SERVICE"
    return "LOAD" if token.depth == 0 and head.startswith("LOAD") else ""


def _target(found: Sequence[Token], place: int) -> str:
    """The address after SERVICE or LOAD, as it is written."""
    rest = found[place : place + 2]
    if rest and rest[0].word == "SILENT":
        rest = rest[1:]
    return rest[0].text if rest else ""


def is_relative(found: Sequence[Token]) -> bool:
    """Whether an IRI needs a base to be whole."""
    return any(
        token.kind == "iri" and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text)
        for token in found
    )


def names_iri(sparql: str, iri: str) -> bool:
    """Whether a query names an IRI, in full or by a prefix that it declares."""
    text = unescaped(sparql)
    if iri in text:
        return True
    found = tokens(text)
    prefixes = {
        name.text.removesuffix(":"): space.text.strip("<>")
        for word, name, space in zip(found, found[1:], found[2:], strict=False)
        if word.word == "PREFIX"
    }
    names = (token.text.partition(":") for token in found if token.kind == "name")
    return any(prefixes.get(name[0], "") + name[2] == iri for name in names)


def names_dataset(found: Sequence[Token]) -> bool:
    """Whether an update says itself which graphs it is about, by WITH or USING."""
    return any(token.depth == 0 and token.word in ("WITH", "USING") for token in found)


def using(sparql: str, found: Sequence[Token], clauses: str) -> str:
    """An update with clauses put before the WHERE of each of its operations.

    ``DELETE WHERE { … }`` has no place for them; it is written in full as DELETE { … } WHERE { … }.
    """
    parts, done = [], 0
    for place, token in enumerate(found):
        if token.depth or not token.word.startswith("WHERE"):
            continue
        parts.append(sparql[done : token.start])
        done = token.start
        if place and found[place - 1].word == "DELETE":
            parts.append(f"{_block(sparql, found, place + 1)} ")
        parts.append(f"{clauses} ")
    return "".join([*parts, sparql[done:]])


def _block(sparql: str, found: Sequence[Token], place: int) -> str:
    """The text from a brace to the one that closes it."""
    if place >= len(found):
        return ""
    for token in found[place + 1 :]:
        if token.text == "}" and token.depth == found[place].depth:
            return sparql[found[place].start : token.start + 1]
    return ""
