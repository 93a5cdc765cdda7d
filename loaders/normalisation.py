"""The reading copy: a text as the reader wants it, and the way back to the text as it stands.

A report may be wrapped in the middle of a sentence, or typed with full-width digits. It is read from a
copy with whole sentences and half-width digits; every offset found there is put back to the text itself,
which stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from policygraph.graph.statements import (
    Choice,
    Difficulty,
    Document,
    Exclusion,
    Figure,
    Finding,
    Measure,
    Mention,
    Section,
    Span,
    Stretch,
)
from policygraph.loaders.short_forms import Rewritten, write_in_full
from policygraph.loaders.typography import folded, left_out
from policygraph.loaders.words.characters import CLAUSE_MARKS, COLONS, POWERS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.headings import HEADING, header_field
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.units import unit_dimensions
from policygraph.ontology.vocabulary import vocabulary, word_cache

_Statement = TypeVar("_Statement", Mention, Measure, Difficulty, Finding, Exclusion)

_ENDS = WordPattern("[。！？!?…][”」）)]*$")
_MARK = WordPattern("[，,；;、。]")
_INDENT = WordPattern(r"[ \t]*(?:　| {2,}|\t)")
_BREAK = WordPattern(r"[ \t]*\n[ \t]*")
_ENDS_IN_NUMBER = WordPattern(r"[\u4e00-\u9fff][ \u3000]?[\d.]{1,9}\Z")
# 三、下步打算……12: an entry of a table of contents.
_LEADERS = WordPattern(r"[.．·•…‥]{2,}\s*\d{1,4}$")
# 发行总额（亿元）：10.00: a line of its own.
_LABELLED = WordPattern(
    r"[\u4e00-\u9fff（()）]{2,20}[:：]\s?[-+]?\d[\d.,]{0,14}[万亿]{0,2}[^\d\s，,；;。]{0,4}"
)
_FIRST_ITEM = WordPattern("{first-item}")
_SHORTEST = 12  # characters of a line below which it is no full line of running text
_LONGEST = 160  # characters of a line above which nobody wraps
_WRAPPED = 0.4  # the share of lines that break off in the middle, for a text to be wrapped


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """The text to read, and where its pieces stand in the original.

    ``pieces`` holds, for each piece in order, its place in the copy and in the original; None where
    both are the same length throughout.
    """

    text: str
    pieces: tuple[tuple[int, int], ...] | None = None

    def original(self, at: int) -> int:
        """The offset in the original of a character of the copy."""
        if self.pieces is None:
            return at
        copied, stands = self.pieces[bisect_right(self.pieces, (at, 1 << 60)) - 1]
        return stands + at - copied

    def original_end(self, end: int) -> int:
        """The end in the original of what ends at ``end`` in the copy."""
        return self.original(end - 1) + 1 if end > 0 else self.original(0)


def reading_copy(
    text: str, tables: Sequence[tuple[int, int]] = (), period: str = ""
) -> ReadingCopy:
    """The copy to read: characters folded, spaces in numbers left out, lines joined, short forms in full.

    ``tables`` are where tables stand, whose lines are joined with none; ``period`` is what the caller says of the report's.
    """
    plain = folded(text)
    cuts = left_out(plain)
    running = plain
    for start, end in tables:
        running = running[:start] + "\n" * (end - start) + running[end:]
    full = _full_line(running.split("\n"))
    joints = _joints(plain, full) if full else _joints_in_numbers(plain)
    if joints:
        cuts = sorted([*cuts, *(each for each in joints if not _touches(each, tables))])
    copy = _without(plain, cuts) if cuts else ReadingCopy(plain)
    short = [
        each
        for each in write_in_full(copy.text, period)
        if not _touches((copy.original(each.start), copy.original(each.end - 1)), tables)
    ]
    return _rewritten(copy, short) if short else copy


def _touches(joint: tuple[int, int], tables: Sequence[tuple[int, int]]) -> bool:
    """Whether a line break is inside a table or at one of its ends."""
    return any(joint[0] <= end and start <= joint[1] for start, end in tables)


@word_cache
def _titles() -> re.Pattern[str]:
    """What a title ends with: 工作总结, 统计公报."""
    return compiled(f"(?:{alternation(w for c in vocabulary('genres') for w in c.labels)})$")


def _full_line(lines: Sequence[str]) -> int:
    """From which length on a line is one that was wrapped; 0 where lines are paragraphs."""
    filled = [line.strip() for line in lines if line.strip() and not header_field(line)[0]]
    lengths = sorted(len(line) for line in filled)
    if len(filled) < 4:
        return 0
    typical = lengths[len(lengths) * 3 // 4]
    if not _SHORTEST <= typical <= _LONGEST:
        return 0
    full = max(_SHORTEST, typical * 7 // 10)
    running = [line for line in filled if len(line) >= full]
    broken = [line for line in running if _ENDS.search(line) is None]
    # Lines of a header hold no mark either: a sentence that goes over a line does.
    cut = len(broken) if any(map(_MARK.search, broken)) else 0
    # Wrapped lines are of about one length; paragraphs and sentences are not.
    even = sum(len(line) <= typical * 13 // 10 for line in running)
    if cut >= _WRAPPED * len(running) and even >= 0.9 * len(running):
        return full
    return 0


def _joints(text: str, full: int) -> list[tuple[int, int]]:
    """The line breaks inside a sentence, with the spaces around them."""
    found = []
    begin = 0
    first = True
    for match in _BREAK.finditer(text):
        line = text[begin : match.start()].strip()
        begin = match.end()
        titled = first and _titles().search(line) is not None
        first = first and not line
        if not titled and _runs_on(text, line, match, full):
            found.append(match.span())
    return found


def _joints_in_numbers(text: str) -> list[tuple[int, int]]:
    """The line breaks inside a number, in a line of running text: 改造农房42|0户, 投入356|万元.

    A line of cells holds no comma, and the number of a list stands before a point.
    """
    found = []
    for match in _number_cut().finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        rest = text[match.end() : text.find("\n", match.end()) % (len(text) + 1)]
        of_text = len(line) > _SHORTEST and any(mark in line for mark in CLAUSE_MARKS)
        of_text = of_text or any(mark in rest for mark in f"{CLAUSE_MARKS}。")
        if of_text and _ENDS_IN_NUMBER.search(line) and not HEADING.match(text, match.end()):
            found.append(match.span())
    return found


@word_cache
def _number_cut() -> re.Pattern[str]:
    """A line break after a digit, before the rest of its number or its unit."""
    units = alternation([*POWERS, *unit_dimensions()])
    return compiled(rf"(?<=[\d.])\n(?=(?:\d{{1,4}}(?:\.\d{{1,4}})?)?(?:{units}))")


def _without(text: str, cuts: Sequence[tuple[int, int]]) -> ReadingCopy:
    kept: list[str] = []
    pieces: list[tuple[int, int]] = []
    at = length = 0
    for start, end in cuts:
        if end <= at:
            continue
        piece = text[at : max(at, start)]
        if piece or not pieces:
            pieces.append((length, at))
            kept.append(piece)
            length += len(piece)
        at = end
    pieces.append((length, at))
    kept.append(text[at:])
    return ReadingCopy("".join(kept), tuple(pieces))


def _rewritten(copy: ReadingCopy, changes: Sequence[Rewritten]) -> ReadingCopy:
    """The copy with some characters written otherwise; the last ones of a change stand for its last ones."""
    text, pieces = "", list[tuple[int, int]]()
    at = 0
    for change in [*changes, Rewritten(len(copy.text), len(copy.text), "")]:
        pieces += _pieces_of(copy, at, change.start, len(text))
        text += copy.text[at : change.start]
        more = len(change.text) - (change.end - change.start)
        for place in range(len(change.text)):
            stands = copy.original(change.start + max(0, place - more))
            pieces.append((len(text) + place, stands))
        text += change.text
        at = change.end
    return ReadingCopy(text, tuple(pieces))


def _pieces_of(copy: ReadingCopy, start: int, end: int, begin: int) -> list[tuple[int, int]]:
    """The pieces of ``[start, end)`` of a copy, as they stand from ``begin`` on in another."""
    if start >= end:
        return []
    inside = [(at, stands) for at, stands in copy.pieces or () if start < at < end]
    return [
        (begin, copy.original(start)),
        *((begin + at - start, stands) for at, stands in inside),
    ]


def _runs_on(text: str, line: str, match: re.Match[str], full: int) -> bool:
    """Whether the sentence of a line goes on in the next one."""
    if len(line) < full or _ENDS.search(line) or _LEADERS.search(line[-_SHORTEST:]):
        return False
    if _LABELLED.fullmatch(line):
        return False
    after = text[match.start() + match[0].index("\n") + 1 : match.end() + 12]
    if header_field(line)[0] or header_field(after.lstrip().partition("\n")[0])[0]:
        return False  # 索引号：00000000|发布机构：襄阳市司法局
    if line.endswith(COLONS) and _FIRST_ITEM.match(after.lstrip()):
        return False  # 重点做好以下工作：|一是…
    return bool(after.strip()) and not _INDENT.match(after) and not HEADING.match(after.lstrip())


def put_back(document: Document, copy: ReadingCopy, text: str) -> Document:
    """The document with every offset and quote put back to the original text."""
    if copy.pieces is None and copy.text == text:
        return document

    return _WayBack(copy, text).document(document)


class _WayBack:
    """Puts what was found in the reading copy back to where it stands in the original text."""

    def __init__(self, copy: ReadingCopy, text: str) -> None:
        self.copy = copy
        self.text = text

    def document(self, found: Document) -> Document:
        """A document of the copy as one of the original."""
        header = replace(
            found.header,
            body_start=self.copy.original(found.header.body_start),
            delivery=tuple(map(self._span, found.header.delivery)),
        )
        return replace(
            found,
            text=self.text,
            sha256="",
            header=header,
            area_choice=self._choice(found.area_choice),
            period_choice=self._choice(found.period_choice),
            sections=tuple(map(self._section, found.sections)),
            sentences=tuple(self._offsets(start, end) for start, end in found.sentences),
            topics=tuple(map(self._stretch, found.topics)),
            figures=tuple(map(self._figure, found.figures)),
            mentions=self._statements(found.mentions),
            measures=self._statements(found.measures),
            difficulties=self._statements(found.difficulties),
            findings=self._statements(found.findings),
            exclusions=self._statements(found.exclusions),
        )

    def _offsets(self, start: int, end: int) -> tuple[int, int]:
        return self.copy.original(start), self.copy.original_end(end)

    def _span(self, span: Span) -> Span:
        start, end = self._offsets(span.start, span.end)
        return Span(start, end, self.text[start:end])

    def _statements(self, statements: Iterable[_Statement]) -> tuple[_Statement, ...]:
        return tuple(replace(each, span=self._span(each.span)) for each in statements)

    def _figure(self, figure: Figure) -> Figure:
        return replace(
            figure,
            span=self._span(figure.span),
            of=None if figure.of is None else self.copy.original(figure.of),
            clause=self._offsets(*figure.clause),
        )

    def _section(self, section: Section) -> Section:
        start, end = self._offsets(section.span_start, section.span_end)
        return replace(section, heading=self._span(section.heading), span_start=start, span_end=end)

    def _stretch(self, stretch: Stretch) -> Stretch:
        return Stretch(*self._offsets(stretch.start, stretch.end), stretch.topics)

    def _choice(self, choice: Choice | None) -> Choice | None:
        return replace(choice, span=self._span(choice.span)) if choice and choice.span else choice
