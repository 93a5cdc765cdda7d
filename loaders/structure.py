"""Header, sections, sentences and clauses of a report, as offsets into its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policygraph.graph.statements import Header, Section, Span
from policygraph.loaders.report_parts import Paragraph, find_notes, notes_heading_end
from policygraph.loaders.report_signature import (
    date_alone,
    is_document_number,
    read_signature,
    signing_body,
)
from policygraph.loaders.source_text import Table
from policygraph.loaders.words.characters import CLAUSE_MARKS, COLONS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue
from policygraph.loaders.words.headings import HEADING, header_field
from policygraph.loaders.words.time import DATE
from policygraph.loaders.words.units import listed_units, unit_dimensions
from policygraph.ontology.vocabulary import vocabulary, word_cache

# A paragraph ends at a line end, a tab, or an indent of ideographic spaces inside a line.
_PARAGRAPH = compiled(r"[^\n\t　]+(?:　(?!　)[^\n\t　]+)*")
_BARE_HEADING = compiled(r"[^。！？；：;:,，]{2,30}$")
_SALUTATION = WordPattern(r"{delegates}[：:，,]?")
_SENTENCE_END = compiled(r"[。！？!?]+[”’」』）)]*|\n|\t|　{2,}")
# Marks inside a thousands separator (1,234) or a title (《…，…》) end no clause.
# 基础设施　　|新建公路128公里，…: a label in a column of its own.
_SET_APART = compiled(
    r"(?P<label>[\u4e00-\u9fff]{2,8})(?:[ \u3000]{2,}|\t)(?=[\u4e00-\u9fff][^\n]{4,}[，。；])"
)
_CELLS, _CELL_NUMBER = compiled(r"[ \u3000\t|｜]+"), compiled(r"[-+]?\d[\d.,]*%?")
_RULED = compiled(r"[-:|=+｜─━ \t]+")
_FEWEST_ROWS, _FEWEST_CELLS = 2, 3
_CLAUSE_END = compiled(
    r"(?=[\d《，,；;：:。！？!?\n\t　—…↑↓])(?:"
    r"(?P<hidden>(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)|《[^》\n]{1,80}》"
    r"|(?<![\d.])\d{1,6}(?:\.\d{1,6})?(?:[:：]\d{1,6}(?:\.\d{1,6})?)+)"
    r"|[，,；;：:。！？!?\n\t]|　{2,}|——|…+"
    # 完成投资3亿元|↓2.1%: a sign begins a clause where a number with its unit ends.
    r"|(?:(?<=[\d万亿][\u4e00-\u9fff])|(?<=[\d万亿][\u4e00-\u9fff]{2})|(?<=\d%))(?=[↑↓]\d))"
)
_QUOTED = compiled(r"[“《][^”》\n]*[”》]")
# 常住人口|：|56.3万人, 发行总额（亿元）|：|10.00
_LABEL = compiled(r"[\u4e00-\u9fff]{2,14}(?:[（(][^（()）\d]{1,8}[）)])?")
_VALUE = compiled(
    r"\s?[-−+]?\d[\d.,]{0,14}(?:[多余]?[万亿]){0,2}[^\d\s，,；;。、（(]{0,4}(?=[\n。（(，,；;]|$)"
)
_LISTED = compiled("[，,；;]")
_NUMERAL = compiled(r"(?<![\d.第])\d+(?:\.\d+)?(?:[多余]?[万亿])*")
_DATED = compiled(r"\d+[年月日]?")
_BESIDE = compiled(r" +(?=[\u4e00-\u9fff]{2,6}[：:])")  # 发布时间：2022-01-20 | 浏览次数：233
_UNFINISHED = ("的", "和", "与", "及")
# What stands in a metadata line whose value there is not: 文号：无文号.
_NOTHING = WordPattern(r"[-—–/\\.\s]*|[（(]?{no-value}[）)]?")
_OF_METADATA = ("duration", "count")  # what is told of a text itself: how often it was read
HEADER_LINES = 60
LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two punctuation marks, its sentence and its innermost section.

    ``sentence`` and ``section`` are places in the outline's tuples; ``section`` is -1 above the
    first heading.
    """

    start: int
    end: int
    sentence: int
    section: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one text; ``notes_start`` is where its notes or glossary begin, if it has any."""

    header: Header
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]
    notes_start: int = 1 << 60

    @property
    def body_start(self) -> int:
        """Where the body begins, headings included."""
        return self.header.body_start

    def section_at(self, offset: int) -> int:
        """The place of the innermost section that holds the offset, -1 above all headings."""
        return bisect_right(self.sections, offset, key=lambda entry: entry.span_start) - 1

    def path(self, section: int) -> list[Section]:
        """The section at a place and those above it, innermost first."""
        chain: list[Section] = []
        by_number = {entry.number: entry for entry in self.sections}
        current = self.sections[section] if section >= 0 else None
        while current is not None:
            chain.append(current)
            current = by_number.get(current.parent)
        return chain


def outline(text: str, tables: Sequence[Table] = ()) -> Outline:
    """Find the header, the section tree, the sentences and the clauses of a text with its tables."""
    paragraphs = tuple(_paragraphs(text))
    counting = (table.start for table in tables if _counts_something(text, table))
    header = read_header(text, paragraphs, next(counting, len(text)))
    body = tuple(p for p in paragraphs if p.start >= header.body_start)
    notes_start = find_notes(text, body)
    sections = tuple(_sections(text, body, notes_start))
    sentences = tuple(_sentences(text, body))
    clauses = tuple(_clauses(text, body, sentences, sections))
    return Outline(header, body, sections, sentences, clauses, notes_start)


def _paragraphs(text: str) -> list[Paragraph]:
    found = []
    for match in _PARAGRAPH.finditer(text):
        start, end = trimmed(text, match.start(), match.end())
        if start < end:
            found.append(Paragraph(start, end))
    return found


@word_cache
def _genres() -> re.Pattern[str]:
    """The words a report's title ends on or holds (政府工作报告, 工作总结 …)."""
    labels = sorted(
        (label for concept in vocabulary("genres") for label in concept.labels),
        key=len,
        reverse=True,
    )
    return compiled("|".join(map(re.escape, labels)))


def read_header(text: str, paragraphs: tuple[Paragraph, ...], end: int) -> Header:
    """What stands above the first paragraph, and above ``end``: title, index number, issuer, date, subject."""
    fields: dict[str, str] = {}
    title = ""
    waiting = ""
    above: Paragraph | None = None  # the line above the title
    body_start = paragraphs[0].start if paragraphs else 0
    for place, paragraph in enumerate(paragraphs[:HEADER_LINES]):
        line = _unspaced(text[paragraph.start : paragraph.end])
        told = _told(line)
        if told:
            waiting = "" if told[-1][1] else told[-1][0]
            for key, value in told:
                if value:
                    fields.setdefault(key, value)
        elif waiting and len(line) <= LONGEST_VALUE and "。" not in line:
            fields.setdefault(waiting, line)
            waiting = ""
        elif title.endswith(_UNFINISHED) and len(line) <= LONGEST_VALUE and _genres().search(line):
            title += line  # 关于2021年工作情况的|报告
        elif not title and _is_title(line):
            title, above = line, paragraphs[max(place - 1, 0)]
        elif (title and paragraph.start >= end) or _opens_body(
            text, paragraphs, place, titled=bool(title)
        ):
            body_start = paragraph.start
            break
        else:
            continue
        body_start = paragraphs[place + 1].start if place + 1 < len(paragraphs) else paragraph.end
    salutation = _SALUTATION.search(text, 0, 3000)
    if salutation and salutation.start() > body_start:
        body_start = salutation.start()
    over = signing_body(text[above.start : above.end]) if above else ""
    for key, value in (("issuer", over), *read_signature(text, paragraphs).items()):
        if value:
            fields.setdefault(key, value)
    return _header(title or fields.get("title", ""), fields, body_start)


def _told(line: str) -> list[tuple[str, str]]:
    """The metadata a line holds: 索引号：…  发文机关：…, a date alone, a document number; none for other lines."""
    if date := date_alone(line):
        return [("issued", date)]
    if is_document_number(line):
        return [("document-number", line.strip())]
    side_by_side = [header_field(part) for part in _BESIDE.split(line)]
    if all(key for key, _ in side_by_side):
        return side_by_side
    key, value = header_field(line)
    return [(key, value)] if key else []


def _header(title: str, told: Mapping[str, str], body_start: int) -> Header:
    """The header of what its lines told, without what they only say is missing."""
    fields = {key: value for key, value in told.items() if not _NOTHING.fullmatch(value)}
    dated = DATE.search(fields.get("issued", ""))
    issued = f"{dated[1]}-{int(dated[2]):02d}-{int(dated[3]):02d}" if dated else ""
    return Header(
        title=re.sub(r"\[\d+\]$", "", title),
        index_number=fields.get("index-number", ""),
        issuer=fields.get("issuer", ""),
        issued=issued,
        subject=fields.get("subject", ""),
        document_number=fields.get("document-number", ""),
        body_start=body_start,
    )


def _unspaced(line: str) -> str:
    """A line that was set wide (政 府 工 作 报 告, 报　　告) as it reads."""
    parts = line.split()
    wide = len(parts) > 1 and all(len(part) == 1 or _DATED.fullmatch(part) for part in parts)
    return "".join(parts) if wide else line


def _is_title(line: str) -> bool:
    """Whether a line may be the title; 一、2022年工作回顾 heads a chapter."""
    told = len(line) <= 80 and "。" not in line and _genres().search(line)
    return bool(told) and not HEADING.match(line)


def _opens_body(text: str, paragraphs: tuple[Paragraph, ...], place: int, *, titled: bool) -> bool:
    """Whether the body begins here: a numbered heading, or a paragraph with a full sentence."""
    line = text[paragraphs[place].start : paragraphs[place].end]
    if _SALUTATION.match(line):
        return True
    if HEADING.match(line):
        return True
    if cue("opening-line").search(line):
        return False
    if titled and "，" in line and cue("leads-on").search(line):
        return True  # 在县委领导下，全县应急管理系统…，现将有关情况汇报如下：
    if titled and any(mark in line for mark in CLAUSE_MARKS) and _counts(line):
        return True  # a line that its sentence goes over: 全县投入资金2.4亿元，改造农房42|0户
    if titled and _begins_rows(text, paragraphs[place : place + 3]):
        return True  # 指标 单位 2022年 / 生产总值 亿元 456.2
    if titled and _counts(line, _OF_METADATA):
        return True  # 生产总值 286.5亿元, but 浏览次数：1234次
    return (
        "。" in line or len(line) > 100 or (titled and (_is_bare_heading(line) or _is_label(line)))
    )


def _counts_something(text: str, table: Table) -> bool:
    """Whether a table has a column of numbers, and is none of the metadata above a title."""
    cells = [(text[cell.start : cell.end], cell) for cell in table.cells]
    numbers = [cell for words, cell in cells if cell.row and _CELL_NUMBER.fullmatch(words)]
    beside = any(cell.column and cell.row > table.cells[0].row for cell in numbers)
    return beside and not any(_told(words) for words, _ in cells)


def _begins_rows(text: str, lines: tuple[Paragraph, ...]) -> bool:
    """Whether a line and the next are rows of as many cells, numbers in the second alone."""
    said = [text[line.start : line.end] for line in lines]
    rows = [_CELLS.split(line) for line in said if not _RULED.fullmatch(line)][:2]
    if _RULED.fullmatch(said[0]) or len(rows) < _FEWEST_ROWS or len({len(row) for row in rows}) > 1:
        return False
    first, second = (any(_CELL_NUMBER.fullmatch(cell) for cell in row[1:]) for row in rows)
    return len(rows[0]) >= _FEWEST_CELLS and second and not first


def _is_bare_heading(line: str) -> bool:
    """Whether a line is a chapter heading without a number: “十四五”时期工作回顾."""
    return bool(_BARE_HEADING.match(line)) and bool(_chapter_words().search(line))


def _is_label(line: str) -> bool:
    """Whether a line names a chapter and leads to what stands below it: 下一步打算：."""
    return line.endswith(COLONS) and _is_bare_heading(line[:-1])


@word_cache
def _chapter_words() -> re.Pattern[str]:
    labels = sorted(
        (label for concept in vocabulary("chapters") for label in concept.labels),
        key=len,
        reverse=True,
    )
    return compiled("|".join(map(re.escape, labels)))


def _sections(text: str, paragraphs: tuple[Paragraph, ...], notes_start: int) -> list[Section]:
    """The numbered headings and unnumbered chapter headings as a tree in reading order."""
    heads: list[tuple[int, int, int]] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.start >= notes_start:
            # The items of a glossary are no headings of the report.
            if paragraph.start == notes_start:
                heads.append((paragraph.start, notes_heading_end(text, paragraph), 1))
            continue
        level = _heading_level(text, paragraph)
        if level and not _is_sentence(text, paragraphs, place):
            stop = text.find("。", paragraph.start, paragraph.end)
            heads.append((paragraph.start, stop if stop >= 0 else paragraph.end, level))
    counts = [0] * 6
    sections: list[Section] = []
    body_end = paragraphs[-1].end if paragraphs else 0
    ends = _section_ends([(start, level) for start, _, level in heads], body_end)
    for (start, end, level), span_end in zip(heads, ends, strict=True):
        counts[level] += 1
        counts[level + 1 :] = [0] * (5 - level)
        path = [str(counts[above]) for above in range(1, level + 1) if counts[above]]
        sections.append(
            Section(
                number=".".join(path),
                level=level,
                heading=Span(start, end, text[start:end]),
                span_start=start,
                span_end=span_end,
                parent=".".join(path[:-1]),
            )
        )
    return sections


def _section_ends(heads: list[tuple[int, int]], body_end: int) -> list[int]:
    """For headings as (start, level), where the next of their level or above begins."""
    following = [body_end] * 6
    ends = []
    for start, level in reversed(heads):
        ends.append(following[level])
        following[level:] = [start] * (6 - level)
    return ends[::-1]


def _heading_level(text: str, paragraph: Paragraph) -> int:
    match = HEADING.match(text, paragraph.start, paragraph.end)
    line = text[paragraph.start : min(paragraph.end, paragraph.start + 60)]
    if match is None:
        return 1 if paragraph.end - paragraph.start <= 30 and _is_bare_heading(line) else 0
    level = ("one", "two", "three", "four").index(match.lastgroup or "one") + 1
    first_mark = re.search("[。；]", text[match.end() : paragraph.end])
    run_in = first_mark.start() if first_mark else paragraph.end - match.end()
    if first_mark and _counts(text[match.end() : match.end() + run_in]):
        return 0  # （一）计划投资3.2亿元，实施项目14项。
    return level if run_in <= 60 else 0


def _is_sentence(text: str, paragraphs: tuple[Paragraph, ...], place: int) -> bool:
    """Whether a numbered line is a whole sentence of a list of such: （二）完成国道主体工程，动工建设县道。"""
    paragraph = paragraphs[place]
    line = text[paragraph.start : paragraph.end]
    if not line.endswith("。") or line.count("。") > 1 or not _LISTED.search(line):
        return False
    item = HEADING.match(text, paragraph.start, paragraph.end)
    if item is None or place + 1 == len(paragraphs):
        return item is not None
    following = paragraphs[place + 1]
    after = HEADING.match(text, following.start, following.end)
    return after is not None and after.lastgroup in _levels_to(item.lastgroup)


def _levels_to(level: str | None) -> tuple[str, ...]:
    """A level of headings and those above it."""
    levels = ("one", "two", "three", "four")
    return levels[: levels.index(level or "one") + 1]


def _counts(words: str, others: tuple[str, ...] = ("duration",)) -> bool:
    """Whether an item tells figures, as no heading does: a number in no quotes with a unit of no ``others``."""
    words = _QUOTED.sub("", words)
    for number in _NUMERAL.finditer(words):
        unit = listed_units().match(words, number.end())
        if unit and unit_dimensions()[unit[0]] not in others:
            return True
    return False


def _sentences(text: str, paragraphs: tuple[Paragraph, ...]) -> list[tuple[int, int]]:
    found = []
    for paragraph in paragraphs:
        start = paragraph.start
        for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
            if match.end() > start:
                found.append((start, match.end()))
            start = match.end()
        if start < paragraph.end:
            found.append((start, paragraph.end))
    return found


def _clauses(
    text: str,
    paragraphs: tuple[Paragraph, ...],
    sentences: tuple[tuple[int, int], ...],
    sections: tuple[Section, ...],
) -> list[Clause]:
    """Stretches between punctuation marks; a thousands separator and a title mark hide theirs."""
    found: list[Clause] = []
    starts = [section.span_start for section in sections]
    heads = set(starts)
    items = {paragraph.start for paragraph in paragraphs}
    for index, (first, last) in enumerate(sentences):
        # A section begins where a paragraph does, never inside a sentence.
        section = bisect_right(starts, first) - 1
        start = first
        head = HEADING.match(text, first, last) if first in heads or first in items else None
        if head:
            start = head.end()
        elif apart := _SET_APART.match(text, first, last):
            found.append(Clause(first, first + len(apart["label"]), index, section))
            start = apart.end()
        for match in _CLAUSE_END.finditer(text, start, last):
            if match["hidden"] is None and not _labels(text, first, start, match):
                begin, end = trimmed(text, start, match.start())
                if begin < end:
                    found.append(Clause(begin, end, index, section))
                start = match.end()
        begin, end = trimmed(text, start, last)
        if begin < end:
            found.append(Clause(begin, end, index, section))
    return found


def _labels(text: str, first: int, start: int, colon: re.Match[str]) -> bool:
    """Whether a colon parts what a line counts from its only number: 常住人口：56.3万人."""
    return (
        start == first
        and colon[0] in COLONS
        and _LABEL.fullmatch(text, start, colon.start()) is not None
        and _VALUE.match(text, colon.end()) is not None
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
