"""The quads of one document as lines: every term asked of the ontology, every literal escaped."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from policygraph.ontology.labels import tagged
from policygraph.ontology.prefixes import expand
from policygraph.ontology.terms import THINGS, datatype, require, term

ESCAPES = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff\ufffe\uffff]')
_SHARED = f" <{THINGS}> .\n"
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class Lines:
    """Gathers the N-Quads of one document: its own graph, and what it adds to the graph of things.

    A triple whose subject is the document or below it goes into the document's graph, every other
    into the graph of things. A property of ours is named with the class it stands on (``Figure.value``), so that the ontology
    can refuse it; one of another vocabulary by its prefix (``org:holds``).
    """

    def __init__(self, graph: str) -> None:
        self.document = graph
        self.below = f"{graph}/"
        self.graph = f" <{graph}> .\n"
        self.written: list[str] = []
        self.put = self.written.append

    def text(self) -> str:
        """All lines, none twice."""
        return "".join(dict.fromkeys(self.written))

    def tail(self, subject: str) -> str:
        """The end of a line: the graph that the subject is described in."""
        own = subject == self.document or subject.startswith(self.below)
        return self.graph if own else _SHARED

    def link(self, subject: str, name: str, target: str) -> None:
        """Subject, property, thing."""
        self.put(f"<{subject}> {predicate(name)} <{target}>{self.tail(subject)}")

    def is_a(self, subject: str, kind: str) -> None:
        """Type a thing with a class of ours or of another vocabulary; what it entails is not said."""
        self.put(f"<{subject}> {type_of(kind)}{self.tail(subject)}")

    def say(self, subject: str, name: str, value: object) -> None:
        """A literal of a property of ours, typed as the ontology says; nothing when empty."""
        if value in ("", None):
            return
        before, after = _affixes(name)
        if type(value) is not str:
            written = plain(value)
        elif ESCAPES.search(value):
            written = ESCAPES.sub(_escape, value)
        else:
            written = value
        self.put(f"<{subject}{before}{written}{after}{self.tail(subject)}")

    def say_foreign(self, subject: str, name: str, value: str, kind: str = "") -> None:
        """A literal of a property of another vocabulary; nothing when empty."""
        if value:
            suffix = f"^^<{expand(kind)}>" if kind else ""
            self.put(f"<{subject}> {predicate(name)} {quoted(value)}{suffix}{self.tail(subject)}")

    def label(self, subject: str, name: str, chinese: str, english: str = "") -> None:
        """The labels of a thing by the one policy: Chinese, and English where there is one."""
        for text, tag in tagged(chinese, english):
            self.put(f"<{subject}> {predicate(name)} {quoted(text)}@{tag}{self.tail(subject)}")


@cache
def predicate(name: str) -> str:
    """A predicate as ``<…>``: ``Figure.value`` of ours where the ontology has it, ``org:holds``."""
    if ":" in name:
        return f"<{expand(name)}>"
    kind, _, local = name.partition(".")
    require(kind, local)
    return f"<{term(local)}>"


@cache
def type_of(kind: str) -> str:
    """A class as predicate and object."""
    return f"<{expand('rdf:type')}> <{expand(kind) if ':' in kind else term(kind)}>"


@cache
def _affixes(name: str) -> tuple[str, str]:
    """What stands before and after a value of a property of ours, as the ontology says."""
    kind = datatype(name.partition(".")[2])
    return f'> {predicate(name)} "', '"' if kind.endswith("#string") else f'"^^<{kind}>'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # a lone surrogate cannot be written as UTF-8
    return _NAMED.get(char) or f"\\u{ord(char):04X}"


def quoted(value: str) -> str:
    """A string in quotes, escaped."""
    return '"' + ESCAPES.sub(_escape, value) + '"'


def plain(value: object) -> str:
    """The lexical form: decimals without exponent or trailing zeros."""
    if not isinstance(value, Decimal):
        return str(value)
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
