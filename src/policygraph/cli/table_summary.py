"""What was taken for what in a table of statistics, for the person who builds, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.statistics.table_reader import LEFT_OUT, NO_AREA

_SHOWN = 5  # of each kind of what was not understood


def summary(document: Document) -> list[str]:
    """What was taken for what: a line an indicator, then what was not understood, in Chinese and English."""
    by_indicator: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in document.figures:
        key = (figure.indicator, figure.unit, figure.kind)
        by_indicator.setdefault(key, []).append(figure)
    lines = []
    for (indicator, unit, kind), figures in by_indicator.items():
        years = sorted({figure.period for figure in figures})
        areas = {figure.scope.text for figure in figures}
        lines.append(
            f"{indicator} · {kind} · {unit} · {len(areas)} 个地区 areas · {years[0]}–{years[-1]} · {len(figures)} 个数 figures"
        )
    unknown = Counter(f.scope.text for f in document.figures if not f.scope.entities)
    if unknown:
        lines.append(f"未对应的地区 areas not in the register: {'、'.join(sorted(unknown))}")
    lines += _not_understood(document)
    if document.table is not None:
        lines += [f"注 note: {note[:80]}" for note in document.table.notes]
        if document.table.source:
            lines.append(f"数据来源 source: {document.table.source}")
    return lines


def _not_understood(document: Document) -> Iterator[str]:
    """What was left out: headings that are no year or area with their words, cells by their places."""
    left_out = [f for f in document.findings if f.message.endswith(LEFT_OUT)]
    # Names that are no area have a line of their own.
    cells = [
        f
        for f in document.findings
        if f not in left_out and f.code == "table-unread" and not f.message.endswith(NO_AREA)
    ]
    for finding in left_out[:_SHOWN]:
        yield f"未取的数 numbers left out: {finding.message}"
    if len(left_out) > _SHOWN:
        yield f"未取的数 numbers left out: {len(left_out) - _SHOWN} more headings"
    if cells:
        places = ", ".join(f.message.partition(":")[0] for f in cells[:_SHOWN])
        yield f"未读懂的单元格 cells not understood: {len(cells)} ({places})"
