"""All stages in order: a source becomes a Document with its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import localcontext
from pathlib import Path

from policygraph.graph.statements import Document, Finding, Header, Mention, Span
from policygraph.loaders.difficulties import find_difficulties, without_difficulties
from policygraph.loaders.entities import (
    home_entity,
    implied_actor,
    organization_entity,
    speaker_post,
)
from policygraph.loaders.exclusions import find_exclusions
from policygraph.loaders.figures.figure_extractor import find_figures
from policygraph.loaders.findings import find_findings
from policygraph.loaders.formats.mojibake import find_mojibake
from policygraph.loaders.linking import Linker
from policygraph.loaders.measures.measure_extractor import find_measures
from policygraph.loaders.mentions.mention_context import mention_context_of
from policygraph.loaders.mentions.mention_extractor import find_mentions
from policygraph.loaders.mentions.own_bodies import issuer_in_title
from policygraph.loaders.normalisation import put_back, reading_copy
from policygraph.loaders.numbers import Number, Skipped, scan_numbers
from policygraph.loaders.reading_digest import reading_digest
from policygraph.loaders.report_context import ReportContext, read_report_context
from policygraph.loaders.report_header import read_delivery
from policygraph.loaders.report_time import GOVERNMENT_REPORT, read_title
from policygraph.loaders.source_text import ReadingNote, SourceText, Table
from policygraph.loaders.sources import is_table, read_source
from policygraph.loaders.structure import Outline, outline
from policygraph.loaders.tables.contents import numbers_of_contents, without_contents
from policygraph.loaders.tables.table_figures import TableReading, read_tables
from policygraph.loaders.tables.table_numbers import outside_tables, tables_in_copy
from policygraph.loaders.tables.text_tables import find_text_tables
from policygraph.loaders.topics import find_topics, with_topics
from policygraph.loaders.uncollected import uncollected
from policygraph.ontology.vocabulary import added, extended

LONGEST_VALUE = 60  # digits of a value that are kept; a number has at most forty and its multiplier
# What a caller may say in place of the report.
OVERRIDES = ("area", "period", "issuer", "title")


def read(
    source: str | Path, *, vocabularies: Iterable[str | Path] = (), **overrides: str
) -> Document:
    """Read one source file into a Document with its statements; a .csv, .tsv or .xlsx is a table of statistics.

    Vocabularies: Turtle files whose concepts are recognised beside the bundled ones. Overrides:
    area (a name), period (ISO 8601), issuer, title. Raises SourceError, VocabularyError.
    """
    path = Path(source)
    with extended(*map(Path, vocabularies)):
        if is_table(path):
            # Imported when one is read: it takes a while, and most sources are reports.
            from policygraph.loaders.statistics.table_reader import read_table

            return read_table(path, title=overrides.get("title", ""))
        return read_extracted(read_source(path), source=path.name, **overrides)


def read_string(
    text: str,
    *,
    source: str = "",
    area: str = "",
    period: str = "",
    issuer: str = "",
    title: str = "",
) -> Document:
    """Read a report's text into a Document with its statements; never raises on any text."""
    overrides = {"area": area, "period": period, "issuer": issuer, "title": title}
    return read_extracted(SourceText(text), source=source, **overrides)


def read_extracted(extracted: SourceText, *, source: str = "", **overrides: str) -> Document:
    """Read the text of a file, with its tables and notes, into a Document with its statements."""
    unknown = sorted(overrides.keys() - set(OVERRIDES))
    if unknown:
        raise TypeError(f"{', '.join(unknown)}: not an override; there are {', '.join(OVERRIDES)}")
    said = {name: overrides.get(name, "") for name in OVERRIDES}
    with localcontext(prec=LONGEST_VALUE), uncollected():
        return _read_extracted(extracted, source, said)


def _read_extracted(extracted: SourceText, source: str, said: Mapping[str, str]) -> Document:
    tables = extracted.tables
    if tables is None:
        tables = find_text_tables(extracted.text)
    places = [(table.start, table.end) for table in tables]
    copy = reading_copy(extracted.text, places, said["period"])
    tables = tables_in_copy(copy, tables)
    document = put_back(_read_copy(copy.text, source, tables, said), copy, extracted.text)
    document = replace(
        document, reading_digest=reading_digest(extracted.text, source, said, added())
    )
    noted = [_finding(note, extracted.text) for note in extracted.notes]
    noted += find_mojibake(extracted.text)
    if not noted:
        return document
    found = sorted(
        [*document.findings, *noted], key=lambda finding: (finding.span.start, finding.code)
    )
    return replace(document, findings=tuple(found))


def _finding(note: ReadingNote, text: str) -> Finding:
    return Finding(Span(note.start, note.end, text[note.start : note.end]), note.code, note.message)


def _numbers(
    text: str, tables: Sequence[Table], context: ReportContext, structure: Outline
) -> tuple[TableReading, list[Number], list[Skipped]]:
    """What the tables say, the numbers of running text, and all numbers that are no figures.

    Notes and glossaries explain words: their numbers are no figures of the report.
    """
    listed = numbers_of_contents(text)
    end = structure.notes_start
    tables = [table for table in without_contents(tables, listed) if table.start < end]
    table = read_tables(text, tables, context, structure.body_start)
    taken = sorted([*table.cells, *((skipped.start, skipped.end) for skipped in listed)])
    numbers, skipped = outside_tables(*scan_numbers(text, structure.body_start), taken)
    numbers = [number for number in numbers if number.start < end]
    skipped = [each for each in skipped if each.start < end]
    return table, numbers, [*skipped, *listed, *table.skipped]


def _in_table(span: Span, tables: Sequence[Table]) -> bool:
    """Whether a clause is made of the cells of a table, which tell no action."""
    return any(table.start < span.end and span.start < table.end for table in tables)


def _header(text: str, structure: Outline, context: ReportContext, title: str) -> Header:
    """What the report says of itself; ``title`` is the caller's, empty where the text's holds.

    A delivered report is issued on the day of its delivery where nothing else is said.
    """
    header = read_delivery(text, structure.header, context.area_name)
    return replace(
        header,
        issued=header.issued or header.delivered,
        issuer=context.issuer,
        title=title or structure.header.title,
    )


def _with_issuer(
    text: str, structure: Outline, context: ReportContext, numbers: Sequence[Number]
) -> ReportContext:
    """The report's own context, with the body that its title begins with as its issuer where nothing names one."""
    if context.issuer:
        return context
    named = mention_context_of(text, structure.body_start, context, numbers)
    return replace(context, issuer=issuer_in_title(named, structure.header.title))


def _is_government_report(structure: Outline) -> bool:
    """Whether the title says that a government reports on its own work."""
    return read_title(structure.header.title).genre == GOVERNMENT_REPORT


def _read_copy(
    text: str, source: str, tables: Sequence[Table], said: Mapping[str, str]
) -> Document:
    """The report in a reading copy; ``said`` is what the caller says of it."""
    structure = outline(text, tables)
    given = {name: said[name] for name in ("area", "period", "issuer")}
    context = read_report_context(text, structure, **given)
    table, numbers, skipped = _numbers(text, tables, context, structure)
    counted = [n for n in numbers if n.form != "bound"]  # 千亿产业链: part of the noun there
    context = _with_issuer(text, structure, context, counted)
    mentions = find_mentions(text, structure, context, counted)
    numbers = _outside_names(numbers, mentions)
    difficulties = find_difficulties(text, structure, context)
    linker = Linker(mentions, context)
    acts = find_measures(text, structure, context, mentions, counted, linker)
    acts = [measure for measure in acts if measure.span.start < structure.notes_start]
    acts = [measure for measure in acts if not _in_table(measure.span, tables)]
    measures = without_difficulties(acts, difficulties)
    told = find_figures(text, structure, context, mentions, measures, numbers, linker)
    figures = sorted([*told, *table.figures], key=lambda figure: figure.span.start)
    exclusions = find_exclusions(
        text, structure.body_start, structure.notes_start, figures, skipped, mentions
    )
    found = find_findings(text, structure, context, mentions, measures, figures, exclusions)
    described = _described(text, structure, context, title=said["title"], source=source)
    return replace(
        described,
        difficulties=tuple(difficulties),
        figures=tuple(figures),
        mentions=tuple(mentions),
        measures=tuple(measures),
        findings=tuple(sorted([*found, *table.findings], key=lambda finding: finding.span.start)),
        exclusions=tuple(exclusions),
    )


def _outside_names(numbers: Sequence[Number], mentions: Sequence[Mention]) -> list[Number]:
    """The numbers without bounds that a programme's name holds: 千万工程."""
    named = [m.span for m in mentions if m.type == "Programme"]
    held = {at for span in named for at in range(span.start, span.end)}
    return [number for number in numbers if number.form != "bound" or number.start not in held]


def _described(
    text: str, structure: Outline, context: ReportContext, *, title: str, source: str
) -> Document:
    """The report by what it says of itself and by its structure, without its statements."""
    header = _header(text, structure, context, title)
    sections = tuple(with_topics(structure.sections))
    return Document(
        text=text,
        header=header,
        home=home_entity(context),
        period=context.period,
        issuer=organization_entity(context.issuer, context) if context.issuer else None,
        speaker_post=speaker_post(header.post, context),
        implied_actor=implied_actor(context, government=_is_government_report(structure)),
        sections=sections,
        sentences=structure.sentences,
        topics=tuple(find_topics(text, structure, sections)),
        area_choice=context.area_choice,
        period_choice=context.period_choice,
        source=source,
        vocabularies=added(),
    )
