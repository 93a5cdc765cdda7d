"""What a request does, found from its tokens before any engine runs it.

An engine may fetch other addresses (SERVICE, LOAD) and cannot be told not to, so such requests are
found here first. A keyword may be joined to what is beside it (``trueSERVICE<…>``), therefore any word
or prefix that contains the keyword counts, and a doubtful request is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policygraph.graph.sparql.tokens import FORMS, Token, tokens, unescaped

Permits = Callable[[str], bool]  # whether an address may be fetched
_KEYWORD = re.compile("service|load", re.IGNORECASE)
GRAPHS = ("CONSTRUCT", "DESCRIBE")
# Keywords after which the name of a graph stands, and what may stand after a term.
_BEFORE_GRAPHS = frozenset(
    {"GRAPH", "FROM", "NAMED", "USING", "WITH", "COPY", "MOVE", "ADD", "TO", "SILENT"}
)
_TERMS = frozenset({"variable", "iri", "text", "name", "word"})
_AFTER_TERMS = ".;,()[]}|/*+?^=!<>&-0123456789$"


@dataclass(frozen=True, slots=True)
class Fetch:
    """An address after SERVICE or LOAD; a doubtful one is not written in full, or may be none."""

    keyword: str
    target: Token
    doubtful: bool

    @property
    def text(self) -> str:
        """The address as it is written."""
        return self.target.text

    @property
    def iri(self) -> str:
        """The address itself."""
        return self.target.text.strip("<>")


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


def fetches(sparql: str, permits: Permits, *, update: bool) -> str:
    """The first address a request would fetch and may not, empty where there is none.

    Engines differ in whether they resolve codepoint escapes before or after they split the text
    into tokens: it must fetch nothing read either way. Raises ServiceError as ``permits`` does.
    """
    for text in dict.fromkeys((sparql, unescaped(sparql))):
        for target in fetched(text, update=update):
            if target.doubtful or not permits(target.iri):
                return f"{target.keyword} {target.text}"
    return ""


def fetched(sparql: str, *, update: bool) -> list[Fetch]:
    """What a request fetches, and what it may fetch as far as can be told; often nothing.

    Only an update can LOAD.
    """
    if not _KEYWORD.search(sparql):
        return []
    found = tokens(sparql)
    targets = (_fetch(found, place, update=update) for place in range(len(found)))
    return [target for target in targets if target]


def _fetch(found: Sequence[Token], place: int, *, update: bool) -> Fetch | None:
    """What is fetched where the token is, holds or hides a keyword that fetches."""
    token = found[place]
    before = found[place - 1].word if place else ""
    if token.kind not in ("word", "name") or (token.kind == "name" and before == "PREFIX"):
        return None
    head = token.text.upper().partition(":")[0]
    loads = update and token.depth == 0 and head.startswith("LOAD")
    if not loads and "SERVICE" not in head:
        return None
    keyword = "LOAD" if loads else "SERVICE"
    if token.kind == "name" and _is_only_a_name(found, place, before, loads=loads):
        return None
    rest = found[place + 1 : place + 3]
    if rest and rest[0].word == "SILENT":
        rest = rest[1:]
    target = rest[0] if rest else token
    return Fetch(keyword, target, doubtful=token.word != keyword or target.kind != "iri")


def _is_only_a_name(found: Sequence[Token], place: int, before: str, *, loads: bool) -> bool:
    """Whether a name such as ``service:a`` or ``load:a`` can be nothing else.

    The engine takes ``service:a { … }`` for SERVICE with the name ``:a``; in any other place it is a
    term. It takes ``load:a`` at the beginning of an operation for LOAD.
    """
    if before in _BEFORE_GRAPHS:
        return True
    if loads or place + 1 >= len(found):
        return False
    after = found[place + 1]
    return after.kind in _TERMS or (len(after.text) == 1 and after.text in _AFTER_TERMS)


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
