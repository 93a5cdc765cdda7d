"""Lines of pages as paragraphs: a full line that ends no sentence goes on in the next."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.loaders.formats.pdf_lines import PageLine
from policygraph.loaders.tables.cell_values import is_blank, is_number
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.headings import WHOLE_HEADING

_ENDS = "。！？!?；;：:”」）)"
_CELLS = compiled(r"[ \u3000]{2,}")
_WORDS = compiled(r"[ \u3000]+")
_FULL = 0.8  # of the widest usual line: a shorter one ends its paragraph
_TALLER = 1.12  # times the height of the next line: a title, which is set in larger type
_LEADERS = compiled(r"(?:[.．·…]{3,}|[ 　]{2,})\s*\d{1,4}$")


def join_lines(lines: Sequence[PageLine]) -> list[str]:
    """The paragraphs of the lines of all pages, and the rows of their tables each on its line."""
    texts = [line.text.strip() for line in lines]
    rows = _rows(texts)
    lengths = sorted(len(text) for text, row in zip(texts, rows, strict=True) if not row)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[str] = []
    open_line = False
    for place, (line, words) in enumerate(zip(lines, texts, strict=True)):
        begins = line.text.startswith(("　", "    ")) or WHOLE_HEADING.match(words) or rows[place]
        begins = begins or (place > 0 and _is_taller(lines[place - 1], line))
        if open_line and not begins:
            paragraphs[-1] += words
        else:
            paragraphs.append(words)
        full = len(words) >= _FULL * usual and not rows[place] and not _LEADERS.search(words)
        open_line = full and not (words[-1:] in _ENDS and len(words) < usual * 0.97)
    return paragraphs


def _is_taller(above: PageLine, below: PageLine) -> bool:
    """Whether a line of words is set larger than the one below it."""
    return len(above.text) > 4 and len(below.text) > 4 and above.height > _TALLER * below.height


def _rows(texts: Sequence[str]) -> list[bool]:
    """Which lines are rows of a table: pieces far apart, most of them numbers, and their headings."""
    cells = [_CELLS.split(text) for text in texts]
    rows = [
        len(row) > 1
        and all(len(cell) <= 30 for cell in row)
        and 2 * sum(is_number(cell) or is_blank(cell) for cell in row[1:]) >= len(row) - 1
        for row in cells
    ]
    for place in range(len(texts) - 1, 0, -1):
        above = place - 1
        if rows[place] and not rows[above] and "。" not in texts[above]:
            width = len(cells[place])
            rows[above] = width in (len(cells[above]), len(_WORDS.split(texts[above])))
    return rows
