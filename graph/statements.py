"""What a report says, as plain data: a document, its structure and its statements.

Offsets are 0-based, end-exclusive code points into ``Document.text``;
``document.text[span.start:span.end] == span.quote`` holds for every span.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policygraph.ontology.bodies import Body
    from policygraph.ontology.register import Area

FigureKind = Literal["count", "amount", "rate", "change", "rank", "gap", "completion", "threshold"]
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
# What two copies of one text may differ in: the widths of characters, spaces, and line ends.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
# A run of blanks is looked at once, from its beginning: a line of blanks alone would take for ever.
_LINE_END = re.compile("(?<![ \t])[ \t]*(?:\r\n?|[\n\x0b\x0c\x85\u2028\u2029])")


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain_form(text: str) -> str:
    """A text with half-width characters, one kind of line end and nothing around it.

    Two texts that are the same in this form are the same version of a report.
    """
    return _LINE_END.sub("\n", text.translate(_WIDTHS)).strip(" \t\n\ufeff")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document: ``[start, end)`` and the characters that stand there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing a report names, with all that reading found out about it.

    ``name`` is the full official name. ``key`` tells it from others of its kind and name: an area's
    code and first year (420600-2010); the report's area for a group, a town or a village; empty
    where the name alone does. ``area`` is the area of the register that an Area is, that a body or
    a post belongs to, or whose report names a group; ``body`` is what a pattern of area, level and
    function makes of an Organization; ``parent`` is the body above, the one a Post is in, the area a
    town or zone lies in, or the town whose report names a group.
    """

    kind: MentionType
    name: str
    key: str = ""
    area: Area | None = field(default=None, compare=False)
    body: Body | None = field(default=None, compare=False)
    parent: Entity | None = field(default=None, compare=False)

    @property
    def code(self) -> str:
        """The GB/T 2260 code of an Area of the register; empty for everything else."""
        return self.area.code if self.area is not None and self.kind == "Area" else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Some words of a statement as they stand in the text, and the things they name (often none)."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


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
    """One number the report states (tests/contract/TABLES.md, table 1).

    ``value`` is in ``unit`` with the multiplier applied; ``scope`` is the area or group the number
    is taken over; ``of`` is the start of the figure this one is about; ``rule`` names the rule or
    lexicon entry that produced the row.
    """

    span: Span
    value: Decimal
    unit: str
    kind: FigureKind
    indicator: str
    scope: Reference
    period: str
    of: int | None
    qualifier: tuple[str, ...]
    rule: str
    clause: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """One actor, programme, document, place or event named (tests/contract/TABLES.md, table 2).

    ``entity`` is the thing meant; ``count`` the number stated before a Group; ``posts`` are the
    posts that stand beside a Person's name.
    """

    span: Span
    entity: Entity
    rule: str
    count: Decimal | None = None
    posts: tuple[Entity, ...] = ()

    @property
    def type(self) -> MentionType:
        """What kind of thing is named."""
        return self.entity.kind

    @property
    def name(self) -> str:
        """The full official name of the thing."""
        return self.entity.name


@dataclass(frozen=True, slots=True)
class Measure:
    """One concrete action reported (tests/contract/TABLES.md, table 3).

    ``span`` is the clause; ``actors`` are the things that act and ``places`` the areas, other than
    the report's own, where it happens; ``object`` and ``target`` stand as in the text.
    """

    span: Span
    actors: tuple[Entity, ...]
    action: str
    object: Reference
    target: Reference
    places: tuple[Entity, ...]
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
class TableSource:
    """Of a document that is a table: the SHA-256 of the file, the cell of each figure, notes and source."""

    sha256: str
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its immutable text, what it says of itself, its structure and its statements.

    ``home`` is the area whose report it is, ``issuer`` who issued it (both None where the text does
    not say); a town or zone is an area without a code whose ``parent`` is the area it lies in.
    ``implied_actor`` is who acts where a measure names nobody, ``speaker_post`` the post of who
    delivered the report. ``period`` is ISO 8601; ``vocabularies`` are the files of one's own it was read with,
    ``reading_digest`` is of all the reading depends on.
    """

    text: str
    header: Header
    home: Entity | None
    period: str
    issuer: Entity | None = None
    implied_actor: Entity | None = None
    speaker_post: Entity | None = None
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
    difficulties: tuple[Difficulty, ...] = ()
    table: TableSource | None = None
    reading_digest: str = ""

    def __post_init__(self) -> None:
        """Fill in the digest of the text."""
        if not self.sha256:
            object.__setattr__(self, "sha256", digest(self.text))

    @property
    def version(self) -> str:
        """The digest that tells this version from others: that of the text in its plain form."""
        return digest(plain_form(self.text))

    @property
    def area(self) -> str:
        """The full name of the report's area, empty where it is unknown."""
        return self.home.name if self.home is not None else ""

    @property
    def area_code(self) -> str:
        """The GB/T 2260 code of the report's area, empty where it is unknown."""
        return self.home.code if self.home is not None else ""

    def span(self, start: int, end: int) -> Span:
        """The characters from start to end as a span."""
        return Span(start, end, self.text[start:end])
