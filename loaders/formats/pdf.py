"""PDF files: the text of their pages, without running heads and page numbers, lines joined."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from policygraph.errors import SourceError
from policygraph.loaders.formats.pdf_edges import without_heads
from policygraph.loaders.formats.pdf_lines import PageLine, page_lines
from policygraph.loaders.formats.pdf_paragraphs import join_lines
from policygraph.loaders.source_text import ReadingNote, SourceText

_MOST_NAMED = 12  # pages named in a message


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text of a PDF, a paragraph or row of a table a line. Raises SourceError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        said = str(error)
        if "assword" in said:
            raise SourceError(f"{name}: is protected by a password; save it without one") from error
        raise SourceError(f"{name}: is cut off or no PDF ({said}); get it again") from error
    try:
        read = [page_lines(document[number]) for number in range(len(document))]
        pages = [lines for lines, _ in read]
        pictures = [
            number for number, lines in enumerate(pages) if not lines and _shows(document[number])
        ]
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"{name}: a page cannot be read ({error}); get it again") from error
    finally:
        document.close()
    lines, heads = without_heads(pages)
    text = "\n".join(join_lines(lines))
    if not text.strip():
        raise SourceError(
            f"{name}: holds pictures of pages, no text; recognise its text (OCR) first"
        )
    slanted = "words set aslant over the page were left out as a watermark"
    repeated = "lines at the edge of most pages were left out as running heads"
    notes = [
        *_without_text(pages, pictures, text),
        *_left_out([words for _, words in read], slanted, text),
        *_left_out([head for head in heads if head not in text], repeated, text),
    ]
    return SourceText(text, None, tuple(notes))


def _shows(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without text shows a picture."""
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _left_out(stretches: Sequence[str], why: str, text: str) -> list[ReadingNote]:
    """A note that quotes what of the pages is not in the text, and says why."""
    told = dict.fromkeys(words.strip() for words in stretches if words.strip())
    if not told:
        return []
    quoted = "; ".join(list(told)[:_MOST_NAMED])
    first = text.split("\n", 1)[0]
    return [ReadingNote(0, len(first), "text-left-out", f"{why}: {quoted}")]


def _without_text(
    pages: Sequence[Sequence[PageLine]], pictures: Sequence[int], text: str
) -> list[ReadingNote]:
    """A note that names the pages which hold a picture and no text."""
    if not pictures:
        return []
    named = ", ".join(str(number + 1) for number in pictures[:_MOST_NAMED])
    more = ", …" if len(pictures) > _MOST_NAMED else ""
    message = (
        f"of {len(pages)} pages, {len(pictures)} hold a picture and no text: page {named}{more}"
    )
    first = text.split("\n", 1)[0]
    return [ReadingNote(0, len(first), "page-without-text", message)]
