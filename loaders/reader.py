"""All stages in order: a source becomes a Document with its statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from policygraph.graph.statements import Document
from policygraph.loaders.copies import put_back, reading_copy
from policygraph.loaders.doubts import find_doubts
from policygraph.loaders.figures.reading import find_figures
from policygraph.loaders.ledger import account
from policygraph.loaders.measures.reading import find_measures
from policygraph.loaders.mentions.reading import find_mentions
from policygraph.loaders.numbers import scan_numbers
from policygraph.loaders.setting import read_setting
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
    setting = read_setting(text, held, area=area, period=period, issuer=issuer)
    numbers, skipped = scan_numbers(text, held.body_start)
    # 千亿产业链: such a bound is part of the noun where actors and actions are concerned.
    counted = [number for number in numbers if number.form != "bound"]
    mentions = find_mentions(text, held, setting, counted)
    measures = find_measures(text, held, setting, mentions, counted)
    figures = find_figures(text, held, setting, mentions, measures, numbers)
    exclusions = account(text, held.body_start, figures, skipped, mentions)
    sections = tuple(named(held.sections))
    header = replace(held.header, issuer=setting.issuer, title=title or held.header.title)
    return Document(
        text=text,
        header=header,
        area=setting.area_name,
        area_code=setting.area.code if setting.area else "",
        period=setting.period,
        sections=sections,
        sentences=held.sentences,
        figures=tuple(figures),
        mentions=tuple(mentions),
        measures=tuple(measures),
        findings=tuple(find_doubts(text, held, setting, mentions, measures, figures, exclusions)),
        exclusions=tuple(exclusions),
        topics=tuple(find_topics(text, held, sections)),
        area_choice=setting.area_choice,
        period_choice=setting.period_choice,
        source=source,
        vocabularies=added(),
    )
