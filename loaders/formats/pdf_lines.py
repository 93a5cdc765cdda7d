"""The lines of a PDF page in reading order: pieces put together by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from policygraph.loaders.formats.superscripts import superscript

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RAISED = re.compile(r"\d{1,2}")
_APART = 2.0  # heights of a line between two pieces of it that are columns of a table
_SMALL = 0.7  # of the height of a line: a digit below it that stands high is raised
_HIGH = 0.3  # of the height of a line, from its foot to that of a raised digit
_FEWEST = 4  # lines of a column
_LONG = 8  # characters of a line of running text, on average; cells of a table have fewer
_CROSSING = 0.3  # the share of lines that may reach over the gap between two columns


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text and where it stands, in points from the left and the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """From its foot to its top."""
        return self.top - self.bottom


@dataclass(slots=True)
class PageLine:
    """What stands at one height of a page or a column of it, in points from the foot."""

    bottom: float
    top: float
    right: float
    text: str
    pieces: int = 1

    @property
    def height(self) -> float:
        """From its foot to its top."""
        return self.top - self.bottom

    def holds(self, piece: _Piece) -> bool:
        """Whether a piece stands at this height: half of the lower one overlaps."""
        shared = min(self.top, piece.top) - max(self.bottom, piece.bottom)
        return shared > 0.5 * min(self.height, piece.height)


def page_lines(page: pypdfium2.PdfPage) -> list[PageLine]:
    """The lines of a page from top to bottom, those of a left column before the right one."""
    held = page.get_textpage()
    pieces = []
    for place in range(held.count_rects()):
        left, bottom, right, top = held.get_rect(place)
        text = _CONTROLS.sub("", held.get_text_bounded(left, bottom, right, top)).strip("\r\n")
        pieces.append(_Piece(left, bottom, right, top, text))
    width, _ = page.get_size()
    page.close()
    gap = _gap(pieces, width)
    lines = []
    for part in _in_columns(pieces, gap) if gap else [pieces]:
        lines += _lines(part)
    return [line for line in lines if line.text.strip()]


def _lines(pieces: Sequence[_Piece]) -> list[PageLine]:
    lines: list[PageLine] = []
    for piece in pieces:
        line = next((line for line in lines[-3:] if line.holds(piece)), None)
        if line is None:
            lines.append(PageLine(piece.bottom, piece.top, piece.right, piece.text))
        else:
            _add(line, piece)
    for line in lines:
        line.text = _closed_up(line)
    lines.sort(key=lambda line: -line.top)
    return lines


def _add(line: PageLine, piece: _Piece) -> None:
    """Go on in a line; a small digit that stands high is a note mark or an exponent."""
    raised = (
        piece.height < _SMALL * line.height
        and piece.bottom - line.bottom > _HIGH * line.height
        and _RAISED.fullmatch(piece.text.strip())
    )
    if raised:
        line.text = line.text.rstrip(" ") + superscript(piece.text)
    else:
        apart = piece.left - line.right > _APART * piece.height
        line.text += (" " if apart else "") + piece.text
        line.top = max(line.top, piece.top)
        line.bottom = min(line.bottom, piece.bottom)
    line.pieces += 1
    line.right = piece.right


def _closed_up(line: PageLine) -> str:
    """A line that was set glyph by glyph with letter spacing, without the spaces."""
    bare = re.sub(" +", "", line.text)
    return bare if line.pieces > 8 and len(bare) < 1.3 * line.pieces else line.text


def _gap(pieces: Sequence[_Piece], width: float) -> float:
    """Where the gap between two columns of running text stands; 0 where there is one column."""
    wide = [piece for piece in pieces if len(piece.text.strip()) > 1]
    if len(wide) < 2 * _FEWEST:
        return 0.0
    best, fewest = 0.0, len(wide)
    for step in range(35, 66):
        at = width * step / 100
        crossing = sum(piece.left < at < piece.right for piece in wide)
        if crossing < fewest:
            best, fewest = at, crossing
    left = [piece for piece in wide if piece.right <= best]
    right = [piece for piece in wide if piece.left >= best]
    if fewest > _CROSSING * len(wide) or not _is_column(left) or not _is_column(right):
        return 0.0
    return best


def _is_column(pieces: Sequence[_Piece]) -> bool:
    """Whether pieces are lines of running text that begin at about one place."""
    if len(pieces) < _FEWEST:
        return False
    begins = sorted(piece.left for piece in pieces)[len(pieces) // 2]
    even = sum(abs(piece.left - begins) < 2.5 * piece.height for piece in pieces)
    characters = sum(len(piece.text.strip()) for piece in pieces)
    return even >= 0.7 * len(pieces) and characters >= _LONG * len(pieces)


def _in_columns(pieces: Sequence[_Piece], gap: float) -> list[list[_Piece]]:
    """Pieces in reading order: between lines over the whole width, left column before right."""
    crossing = sorted(
        (piece for piece in pieces if piece.left < gap < piece.right), key=lambda piece: -piece.top
    )
    parts: list[list[_Piece]] = []
    rest = [piece for piece in pieces if not piece.left < gap < piece.right]
    for bound in [*crossing, None]:
        foot = bound.top if bound else float("-inf")
        band = [piece for piece in rest if (piece.top + piece.bottom) / 2 > foot - 1]
        rest = [piece for piece in rest if (piece.top + piece.bottom) / 2 <= foot - 1]
        parts.append([piece for piece in band if piece.right <= gap])
        parts.append([piece for piece in band if piece.right > gap])
        if bound:
            parts.append([bound])
    return [part for part in parts if part]
