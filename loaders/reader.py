"""All stages in order: a source becomes a Document with its statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from policygraph.graph.statements import Document
from policygraph.loaders.difficulties import find_difficulties, without_difficulties
from policygraph.loaders.exclusions import account
from policygraph.loaders.figures.figure_extractor import find_figures
from policygraph.loaders.findings import find_findings
from policygraph.loaders.measures.measure_extractor import find_measures
from policygraph.loaders.mentions.mention_extractor import find_mentions
from policygraph.loaders.normalisation import put_back, reading_copy
from policygraph.loaders.numbers import scan_numbers
from policygraph.loaders.report_context import read_report_context
from policygraph.loaders.report_header import read_delivery
from policygraph.loaders.sources import read_text
from policygraph.loaders.structure import outline
from policygraph.loaders.topics import find_topics, named
from policygraph.ontology.vocabulary import added, extended


def read(
    source: str | Path, *, vocabularies: Iterable[str | Path] = (), **overrides: str
) -> Document:
    """Read one source file into a Document with its statements.

    Vocabularies: Turtle files whose concepts are recognised beside the bundled ones. Overrides:
    area (a name), period (ISO 8601), issuer, title. Raises SourceError, VocabularyError.
    """
    path = Path(source)
    with extended(*map(Path, vocabularies)):
        return read_string(read_text(path), source=path.name, **overrides)


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
    copy = reading_copy(text)
    overrides = {"area": area, "period": period, "issuer": issuer, "title": title}
    return put_back(_read_copy(copy.text, source, **overrides), copy, text)


def _read_copy(
    text: str, source: str, *, area: str, period: str, issuer: str, title: str
) -> Document:
    held = outline(text)
    context = read_report_context(text, held, area=area, period=period, issuer=issuer)
    numbers, skipped = scan_numbers(text, held.body_start)
    # Notes and glossaries explain words: their numbers are no figures of the report.
    numbers = [number for number in numbers if number.start < held.notes_start]
    skipped = [one for one in skipped if one.start < held.notes_start]
    # 千亿产业链: such a bound is part of the noun where actors and actions are concerned.
    counted = [number for number in numbers if number.form != "bound"]
    mentions = find_mentions(text, held, context, counted)
    difficulties = find_difficulties(text, held, context)
    measures = [
        measure
        for measure in find_measures(text, held, context, mentions, counted)
        if measure.span.start < held.notes_start
    ]
    measures = without_difficulties(measures, difficulties)
    figures = find_figures(text, held, context, mentions, measures, numbers)
    exclusions = account(text, held.body_start, held.notes_start, figures, skipped, mentions)
    sections = tuple(named(held.sections))
    delivered = read_delivery(text, held.header, context.area_name)
    header = replace(delivered, issuer=context.issuer, title=title or held.header.title)
    return Document(
        text=text,
        header=header,
        area=context.area_name,
        area_code=context.area.code if context.area else "",
        locality=context.locality,
        difficulties=tuple(difficulties),
        period=context.period,
        sections=sections,
        sentences=held.sentences,
        figures=tuple(figures),
        mentions=tuple(mentions),
        measures=tuple(measures),
        findings=tuple(find_findings(text, held, context, mentions, measures, figures, exclusions)),
        exclusions=tuple(exclusions),
        topics=tuple(find_topics(text, held, sections)),
        area_choice=context.area_choice,
        period_choice=context.period_choice,
        source=source,
        vocabularies=added(),
    )
