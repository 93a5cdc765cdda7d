"""What a report says, as plain data: a document, its structure and its statements.

Offsets are 0-based, end-exclusive code points into ``Document.text``;
``document.text[span.start:span.end] == span.quote`` holds for every span.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

FigureKind = Literal["count", "amount", "rate", "change", "rank", "completion", "threshold"]
MentionType = Literal[
    "Area",
    "Organization",
    "Person",
    "Post",
    "Group",
    "Programme",
    "Document",
    "Platform",
    "Event",
]
Status = Literal["done", "planned"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document: ``[start, end)`` and the characters that stand there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    ``level`` is 1 for 一、, 2 for (一); ``number`` is the dotted place in the tree ("1.2");
    ``parent`` is the number of the section above, empty at the top; ``topics`` are the keys of
    topics.ttl its heading names.
    """

    number: str
    level: int
    heading: Span
    span_start: int
    span_end: int
    parent: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences side by side that are about the same topics (keys of topics.ttl)."""

    start: int
    end: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number the report states (TABLES.md, table 1).

    ``value`` is in ``unit`` with the multiplier applied; ``of`` is the start of the figure this
    one is about; ``rule`` names the rule or lexicon entry that produced the row.
    """

    span: Span
    value: Decimal
    unit: str
    kind: FigureKind
    indicator: str
    scope: str
    period: str
    of: int | None
    qualifier: tuple[str, ...]
    rule: str
    clause: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """One actor, programme, document, place or event named (TABLES.md, table 2).

    ``name`` is the full official name; ``area`` is the full name of the area whose body, post or
    group it is (empty for others); ``code`` is the GB/T 2260 code of an Area; ``count`` the number
    stated before a Group; ``parent`` the name of the body above or, for a Post, the body it is in.
    """

    span: Span
    type: MentionType
    name: str
    rule: str
    area: str = ""
    code: str = ""
    count: Decimal | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One concrete action reported (TABLES.md, table 3).

    ``span`` is the clause; ``actor`` holds mention names; ``object`` and ``target`` stand as in
    the text.
    """

    span: Span
    actor: tuple[str, ...]
    action: str
    object: str
    target: str
    place: str
    period: str
    status: Status
    rule: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a report tells as a problem or difficulty (有效需求不足), never as a measure.

    ``span`` is the clause or the item of a list; ``period`` is ISO 8601.
    """

    span: Span
    period: str
    rule: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubtful reading: where, a code for machines, a message for people."""

    span: Span
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Digits or a numeral that are no figure, and the reason (a key of exclusions.ttl)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the document says of itself above its first paragraph; empty strings where silent.

    ``speaker``, ``post`` (in full), ``congress`` (in full) and ``delivered`` (ISO 8601) are those of a
    report delivered before a congress; ``delivery`` holds the words that say so.
    """

    title: str = ""
    index_number: str = ""
    issuer: str = ""
    issued: str = ""
    subject: str = ""
    document_number: str = ""
    body_start: int = 0
    speaker: str = ""
    post: str = ""
    congress: str = ""
    delivered: str = ""
    delivery: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Why a report's area or period was chosen: from where, and the words that say so.

    ``source`` is given (by the caller), title, issuer, header or body; ``span`` is None when given.
    """

    source: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its immutable text, what it says of itself, its structure and its statements.

    ``area`` is a full name, ``area_code`` its GB/T 2260 code, ``period`` ISO 8601; ``vocabularies``
    are the files of one's own it was read with. ``locality`` is set where the report is that of a
    town or zone, which has no code: then it is ``area`` too, and the code is that of the area it is in.
    """

    text: str
    header: Header
    area: str
    area_code: str
    period: str
    sections: tuple[Section, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    topics: tuple[Stretch, ...] = ()
    area_choice: Choice | None = None
    period_choice: Choice | None = None
    source: str = ""
    sha256: str = field(default="")
    vocabularies: tuple[Path, ...] = ()
    locality: str = ""
    difficulties: tuple[Difficulty, ...] = ()

    def __post_init__(self) -> None:
        """Fill in the digest of the text."""
        if not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)

    def span(self, start: int, end: int) -> Span:
        """The characters from start to end as a span."""
        return Span(start, end, self.text[start:end])
