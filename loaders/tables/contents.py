"""Page numbers of a table of contents, and the numbers of tables and pictures: none is a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.loaders.numbers import Skipped
from policygraph.loaders.source_text import Table
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern

_ENTRY = compiled(
    r"(?P<heading>[^\n。；！？]{2,50}?)(?P<leaders>[ \t\u3000.．·•…‥—_-]+)(?P<page>\d{1,4})[ \t\u3000]*(?=\n|$)"
)
_NUMBERED = compiled(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十\d]{1,3}[章节部篇]|\d{1,2}[.．、])"
)
_DOTTED = compiled(r"[.．·•…‥_]{2,}")
_TITLE = compiled(r"(?:^|\n)[ \t\u3000]*目[ \t\u3000]*[录次][ \t\u3000]*\n\s*$")
_CAPTION = WordPattern(
    r"(?:^|(?<=\n))[ \t\u3000(（]*{numbered-part}[ \t\u3000]?(?P<number>\d{1,3}(?:[-—.]\d{1,3})?)(?=[\s:：、.)）]|[\u4e00-\u9fff《]|$)"
    r"(?![^\n]{0,2}[项家个张人户件条份页册套篇])"
)
_FEWEST = 3  # entries of a table of contents that no title announces


def numbers_of_contents(text: str) -> list[Skipped]:
    """The page numbers of tables of contents and the numbers of 表1, 图2, 附件3."""
    found = [
        Skipped(match.start("number"), match.end("number"), "heading")
        for match in _CAPTION.finditer(text)
    ]
    run: list[re.Match[str]] = []
    at = 0
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].strip():
            continue
        match = _ENTRY.fullmatch(text, line.start(), line.end()) if len(line[0]) < 400 else None
        goes_on = match and (not run or int(match["page"]) >= int(run[-1]["page"]))
        if not goes_on:
            found += _pages(text, run, at)
            run = []
        if match:
            at = at if run else line.start()
            run.append(match)
    found += _pages(text, run, at)
    return sorted(found, key=lambda skipped: skipped.start)


def _pages(text: str, run: Sequence[re.Match[str]], start: int) -> list[Skipped]:
    """The page numbers of entries side by side, where they are those of a table of contents."""
    if not run:
        return []
    announced = _TITLE.search(text[max(0, start - 20) : start]) is not None
    dotted = sum(_DOTTED.search(match["leaders"]) is not None for match in run)
    numbered = sum(_NUMBERED.match(match["heading"]) is not None for match in run)
    listed = len(run) >= _FEWEST and 2 * numbered > len(run)
    if not (announced or listed or (2 * dotted > len(run) and len(run) > 1)):
        return []
    return [Skipped(match.start("page"), match.end("page"), "heading") for match in run]


def without_contents(tables: Sequence[Table], listed: Sequence[Skipped]) -> list[Table]:
    """Tables that are no tables of contents."""
    return [
        table
        for table in tables
        if not any(
            cell.end >= skipped.end > cell.start
            for skipped in listed
            for cell in table.cells
            if table.start <= skipped.start < table.end
        )
    ]
