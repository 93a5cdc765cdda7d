"""Word files (.docx): the text of their paragraphs and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from policygraph.errors import SourceError
from policygraph.loaders.source_text import SourceText

LARGEST_PART = 60 * 1024 * 1024  # bytes of unpacked text; a book has a tenth of that
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset((_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK))
_PART = "word/document.xml"


def read_word(data: bytes, name: str) -> SourceText:
    """The text of a .docx, a paragraph or table row a line. Raises SourceError."""
    try:
        root = ElementTree.fromstring(_unpacked(data, name))
    except ElementTree.ParseError as error:
        raise SourceError(
            f"{name}: its text is damaged ({error}); save it again as .docx"
        ) from error
    lines = ["".join(_words(paragraph)).strip() for paragraph in _blocks(root)]
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise SourceError(f"{name}: holds no text; if it is a scan, recognise its text first")
    return SourceText(text)


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(_PART)
            if info.flag_bits & 1:
                raise SourceError(f"{name}: is protected by a password; save it without one")
            with archive.open(info) as part:
                held = part.read(LARGEST_PART + 1)
    except KeyError as error:
        raise SourceError(
            f"{name}: is no Word file (.docx) inside; give a .docx, .pdf, .html or .txt"
        ) from error
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise SourceError(f"{name}: is cut off or damaged ({error}); get it again") from error
    except (zipfile.zlib.error, RuntimeError) as error:  # type: ignore[attr-defined]
        raise SourceError(f"{name}: is cut off or damaged ({error}); get it again") from error
    if len(held) > LARGEST_PART:
        raise SourceError(
            f"{name}: unpacks to more than {LARGEST_PART // 2**20} MB; it is no report"
        )
    # A Word file declares no entities; one that does means to swell.
    head = held[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise SourceError(f"{name}: declares XML entities, which no Word file does; it is not read")
    return held


def _blocks(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs and table rows in reading order; a row's cells make one line."""
    body = root.find(_W + "body")
    for element in body if body is not None else ():
        yield from _within(element)


def _within(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    if element.tag in (_W + "p", _W + "tr"):
        yield element
    elif element.tag not in _LEFT_OUT:
        for child in element:
            yield from _within(child)


def _words(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif child.tag in (_W + "tab", _W + "tc") and element.tag != _W + "tabs":
            yield " "
            yield from _words(child)
        else:
            yield from _words(child)
