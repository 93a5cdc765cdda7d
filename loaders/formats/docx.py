"""Word files (.docx): the text of their paragraphs, tables, text boxes and notes."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from policygraph.errors import SourceError
from policygraph.loaders.formats.docx_numbering import Numbering
from policygraph.loaders.formats.docx_package import (
    WordPackage,
    child,
    is_on,
    kind_of,
    value_of,
)
from policygraph.loaders.formats.superscripts import superscript
from policygraph.loaders.formats.table_layout import LineLayout
from policygraph.loaders.source_text import Line, SourceText, assemble
from policygraph.loaders.words.cues import words

# Deleted text, field codes, ruby above characters and what only describes: none is text.
_LEFT_OUT = frozenset(
    (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "tcPr",
        "trPr",
        "sectPr",
        "sdtPr",
        "rt",
        "rubyPr",
        "?:binData",
    )
)
_TEXT_KINDS = frozenset(("t", "m:t"))
_OFF_LINE = ("superscript", "subscript")
_MARKED = frozenset(("p", "tbl", "tr", "tc"))
_CHARACTERS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
# Characters of the fonts Symbol and Wingdings, by their code in the private area or below it.
_SYMBOLS = {
    0xA2: "′", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xD7: "·", 0x25: "%", 0x2B: "+", 0x2D: "−", 0x6D: "μ", 0x61: "α", 0x62: "β", 0x44: "Δ",
}  # fmt: skip
_TICKS = {0xFC: "√", 0xFE: "☑", 0xFB: "×", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA8: "□", 0xD8: "➢"}


def read_word(data: bytes, name: str) -> SourceText:
    """The text of a .docx, a paragraph or table row a line, its notes at the end.

    Raises SourceError.
    """
    package = WordPackage(data, name)
    numbering = Numbering(package.parts.get("numbering"), package.parts.get("styles"))
    reader = _WordReader(numbering)
    body = child(package.main, "body")
    reader.read(body if body is not None else ())
    lines = _stripped(reader.layout.finish())
    lines += _note_lines(package, reader.notes)
    if not any(line.text for line in lines):
        raise SourceError(f"{name}: holds no text; if it is a scan, recognise its text first")
    return assemble(lines)


def _stripped(lines: list[Line]) -> list[Line]:
    """Lines without empty ones at either end."""
    filled = [place for place, line in enumerate(lines) if line.text]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _note_lines(package: WordPackage, notes: Sequence[tuple[str, str]]) -> list[Line]:
    """Footnotes and endnotes in the order of their marks: ¹ and what the note says."""
    lines: list[Line] = []
    for place, (part, identity) in enumerate(notes):
        root = package.parts.get(part)
        note = (
            next((n for n in root if value_of(n, "id") == identity), None)
            if root is not None
            else None
        )
        reader = _WordReader(Numbering(None, None))
        reader.layout.write(superscript(str(place + 1)) + " ")
        reader.read(note if note is not None else ())
        lines += [line for line in reader.layout.finish() if line.text]
    return [Line(""), Line(words("notes")[0]), *lines] if lines else []


class _WordReader:
    """One pass over the elements of a text to any depth: no recursion."""

    def __init__(self, numbering: Numbering) -> None:
        self.layout = LineLayout(blank_lines=True)
        self.notes: list[tuple[str, str]] = []
        self._numbering = numbering
        self._label = ""
        self._boxes: list[ElementTree.Element] = []
        self._paragraphs = 0  # how many paragraphs are open
        self._waiting: list[tuple[ElementTree.Element, bool]] = []

    def read(self, elements: Sequence[ElementTree.Element] | ElementTree.Element) -> None:
        """The text of elements and all in them, in reading order."""
        self._waiting = [(element, False) for element in reversed(list(elements))]
        while self._waiting:
            element, leaving = self._waiting.pop()
            kind = kind_of(element)
            if leaving:
                self._leave(element, kind)
            elif kind not in _LEFT_OUT and not _is_hidden(element, kind):
                self._enter(element, kind)

    def _enter(self, element: ElementTree.Element, kind: str) -> None:
        if kind in _TEXT_KINDS:
            self._write(element.text or "")
        elif kind in _CHARACTERS:
            self.layout.write(_CHARACTERS[kind])
        elif kind == "sym":
            self._write(_symbol(element))
        elif kind in ("footnoteReference", "endnoteReference"):
            self._note(element, kind)
        elif kind == "txbxContent":
            self._boxes.append(element)
        elif kind == "r" and (place := value_of(child(element, "rPr", "vertAlign"))) in _OFF_LINE:
            words = "".join(_texts(element))
            if place == "superscript":
                self._write(superscript(words))
            else:
                self.layout.write_lowered(words)
            self._descend([child for child in element if kind_of(child) != "t"])
        elif kind == "mc:AlternateContent":
            choice = child(element, "mc:Choice")
            self._descend(choice if choice is not None else list(element))
        else:
            self._open(element, kind)
            if kind in _MARKED:
                self._waiting.append((element, True))
            self._descend(element)

    def _descend(self, elements: Sequence[ElementTree.Element] | ElementTree.Element) -> None:
        self._waiting.extend((child, False) for child in reversed(list(elements)))

    def _open(self, element: ElementTree.Element, kind: str) -> None:
        if kind == "p":
            self._paragraphs += 1
            self._label = self._numbering.label(child(element, "pPr")) or self._label
        elif kind == "tbl":
            self.layout.open_table()
        elif kind == "tr":
            self.layout.open_row()
        elif kind == "tc":
            properties = child(element, "tcPr")
            span = value_of(child(properties, "gridSpan"))
            merge = child(properties, "vMerge")
            self.layout.open_cell(
                int(span) if span.isdecimal() and len(span) < 5 else 1,
                continues=merge is not None and value_of(merge) != "restart",
            )

    def _leave(self, element: ElementTree.Element, kind: str) -> None:
        if kind == "p":
            self._paragraphs -= 1
            # A paragraph whose end was deleted goes on in the next one.
            if child(element, "pPr", "rPr", "del") is None:
                self.layout.line_break()
                self._label = ""
            if not self._paragraphs and self._boxes:
                boxes, self._boxes = self._boxes, []
                for box in reversed(boxes):
                    self._descend(box)
        elif kind == "tbl":
            self.layout.close_table()
        elif kind == "tr":
            self.layout.close_row()
        elif kind == "tc":
            self.layout.close_cell()

    def _write(self, text: str) -> None:
        """Text of a paragraph; the number of a list comes before its first character."""
        if self._label and text.strip():
            self.layout.write(self._label)
            self._label = ""
        self.layout.write(text)

    def _note(self, element: ElementTree.Element, kind: str) -> None:
        identity = value_of(element, "id")
        self.notes.append((kind.replace("Reference", "s"), identity))
        if value_of(element, "customMarkFollows", "0") in ("0", "false", "off"):
            self._write(superscript(str(len(self.notes))))


def _is_hidden(element: ElementTree.Element, kind: str) -> bool:
    """Hidden runs, deleted rows and the prompts of empty controls are no text."""
    if kind == "r":
        return is_on(child(element, "rPr", "vanish"))
    if kind == "tr":
        return child(element, "trPr", "del") is not None
    if kind == "tc":
        return child(element, "tcPr", "cellDel") is not None
    return kind == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr"))


def _texts(run: ElementTree.Element) -> list[str]:
    return [piece.text or "" for piece in run if kind_of(piece) == "t"]


def _symbol(element: ElementTree.Element) -> str:
    """A character of a symbol font; one that is not known is a bullet."""
    try:
        code = int(value_of(element, "char"), 16)
    except ValueError:
        return ""
    low = code & 0xFF if code >= 0xF000 or code < 0x100 else 0
    if not low:
        return chr(code) if code < 0xD800 else ""
    wing = value_of(element, "font").lower().startswith("wing")
    return (_TICKS if wing else _SYMBOLS).get(low, "•")
