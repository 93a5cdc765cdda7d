"""PDF files: the text of their pages, without running heads and page numbers, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from policygraph.errors import SourceError
from policygraph.loaders.source_text import SourceText

_PAGE_NUMBER = re.compile(r"[\s\-—–―·第]*\d{1,4}[\s\-—–―·页]*(?:[/共]\s*\d{1,4}\s*页?)?")
_ENDS = "。！？!?；;：:”」）)"
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）])"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_APART = 2.0  # heights of a line between two pieces of it that are columns of a table
_EDGE = 2  # lines at the top and bottom of a page that may be running heads
_FULL = 0.8  # of the widest usual line: a shorter one ends its paragraph


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text of a PDF, a paragraph a line. Raises SourceError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        said = str(error)
        if "assword" in said:
            raise SourceError(f"{name}: is protected by a password; save it without one") from error
        raise SourceError(f"{name}: is cut off or no PDF ({said}); get it again") from error
    try:
        pages = [_lines(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"{name}: a page cannot be read ({error}); get it again") from error
    finally:
        document.close()
    text = join_lines(_without_heads(pages))
    if not text.strip():
        raise SourceError(
            f"{name}: holds pictures of pages, no text; recognise its text (OCR) first"
        )
    return SourceText(text)


@dataclass(slots=True)
class _Line:
    """What stands at one height of a page, in points from its foot."""

    bottom: float
    top: float
    right: float
    words: str

    def holds(self, bottom: float, top: float) -> bool:
        """Whether a stretch of text stands at this height: half of the lower one overlaps."""
        shared = min(self.top, top) - max(self.bottom, bottom)
        return shared > 0.5 * min(self.top - self.bottom, top - bottom)


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """The lines of a page from top to bottom, put together by where their pieces stand."""
    page = document[number]
    held = page.get_textpage()
    lines: list[_Line] = []
    for place in range(held.count_rects()):
        left, bottom, right, top = held.get_rect(place)
        words = _CONTROLS.sub("", held.get_text_bounded(left, bottom, right, top)).strip("\r\n")
        line = next((line for line in lines[-3:] if line.holds(bottom, top)), None)
        if line is None:
            lines.append(_Line(bottom, top, right, words))
        else:
            apart = left - line.right > _APART * (top - bottom)
            line.words += (" " if apart else "") + words
            line.right, line.top = right, max(line.top, top)
            line.bottom = min(line.bottom, bottom)
    page.close()
    lines.sort(key=lambda line: -line.top)
    return [line.words.strip() for line in lines if line.words.strip()]


def _without_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines but page numbers and those that stand at the edge of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    often = max(3, (len(pages) + 1) // 2)
    kept = []
    for page in pages:
        for place, line in enumerate(page):
            edge = place < _EDGE or place >= len(page) - _EDGE
            repeated = edge and edges[_shape(line)] >= often
            if not repeated and not (edge and _PAGE_NUMBER.fullmatch(line.strip())):
                kept.append(line)
    return kept


def _shape(line: str) -> str:
    """A running head with its page number taken out."""
    return re.sub(r"\d+", "#", line.strip())


def join_lines(lines: Sequence[str]) -> str:
    """Lines of a page as paragraphs: a full line that ends no sentence goes on in the next."""
    lengths = sorted(len(line) for line in lines)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[str] = []
    open_line = False
    for line in lines:
        words = line.strip()
        begins = line.startswith(("　", "    ")) or _HEADING.match(words)
        if open_line and not begins:
            paragraphs[-1] += words
        else:
            paragraphs.append(words)
        full = len(line) >= _FULL * usual
        open_line = full and not (words[-1:] in _ENDS and len(line) < usual * 0.97)
    return "\n".join(paragraphs)
