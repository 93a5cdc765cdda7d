"""The lines of a PDF page in reading order: pieces put together by where they stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from policygraph.loaders.formats.superscripts import superscript
from policygraph.loaders.words.compiled import compiled

_CONTROLS = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RAISED = compiled(r"\d{1,2}")
_APART = 2.0  # heights of a line between two pieces of it that are columns of a table
_SMALL = 0.7  # of the height of a line: a digit below it that stands high is raised
_HIGH = 0.3  # of the height of a line, from its foot to that of a raised digit
_CLOSE = 1.2  # heights of a line between two pieces of one stretch
_FEWEST = 4  # lines of a column
_FEW = 2  # full lines of a column of one paragraph, which is told by more than its lines
_GUTTER = 6.0  # heights of a line between two columns of running text, at most
_RAGGED = 2.5  # heights of a line by which a full line may fall short of the widest
_EVEN = 0.35  # heights of a line by which the lines of a paragraph may differ in their distance
_BESIDE = 0.3  # heights of a character between two that stand side by side
_SENTENCE_END = compiled("[。！？；][”」）)]*$")
_LONG = 8  # characters of a line of running text, on average; cells of a table have fewer
_QUARTER = math.pi / 2
_ASKEW = math.radians(10)  # a page that was scanned a little askew is not that
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
class _Run:
    """Pieces side by side at one height, close enough to be one stretch of a line."""

    left: float
    right: float
    bottom: float
    top: float
    pieces: list[_Piece]

    @property
    def height(self) -> float:
        """From its foot to its top."""
        return self.top - self.bottom

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(len(piece.text.strip()) for piece in self.pieces)


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


def page_lines(page: pypdfium2.PdfPage) -> tuple[list[PageLine], str]:
    """The lines of a page from top to bottom, those of a left column before the right one; and what stands aslant."""
    text_page = page.get_textpage()
    pieces: list[_Piece] = []
    aslant: list[_Piece] = []
    for place in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(place)
        text = _CONTROLS.sub("", text_page.get_text_bounded(left, bottom, right, top)).strip("\r\n")
        slanted = _is_aslant(text_page, left, bottom, right, top)
        (aslant if slanted else pieces).append(_Piece(left, bottom, right, top, text))
    if not aslant and _lacks(text_page, pieces):
        pieces = _by_character(text_page)
    if not pieces:
        pieces, aslant = aslant, []  # a page that was scanned askew
    width, _ = page.get_size()
    page.close()
    runs = _runs(pieces)
    gap = _gap(runs, width)
    lines = []
    for part in _in_columns(runs, gap) if gap else [pieces]:
        lines += _lines(part)
    watermark = "".join(piece.text for piece in aslant)
    return [line for line in lines if line.text.strip()], watermark


def _lacks(text_page: pypdfium2.PdfTextPage, pieces: Sequence[_Piece]) -> bool:
    """Whether the page has characters that no stretch holds: those of a font that is not in the file have no height."""
    found = Counter(char for piece in pieces for char in piece.text)
    said = Counter(_CONTROLS.sub("", text_page.get_text_range()))
    return any(not char.isspace() for char in said - found)


def _by_character(text_page: pypdfium2.PdfTextPage) -> list[_Piece]:
    """The stretches of a page put together character by character, by where its font sets each."""
    pieces: list[_Piece] = []
    for place in range(text_page.count_chars()):
        text = _CONTROLS.sub("", text_page.get_text_range(place, 1))
        if not text.strip("\r\n"):
            continue
        left, bottom, right, top = text_page.get_charbox(place, loose=True)
        last = pieces[-1] if pieces else None
        near = last is not None and abs(left - last.right) < _BESIDE * (top - bottom)
        if last is not None and near and abs(bottom - last.bottom) < _EVEN * (top - bottom):
            height = max(last.top, top)
            pieces[-1] = _Piece(last.left, last.bottom, right, height, last.text + text)
        else:
            pieces.append(_Piece(left, bottom, right, top, text))
    return pieces


def _is_aslant(
    text_page: pypdfium2.PdfTextPage, left: float, bottom: float, right: float, top: float
) -> bool:
    """Whether a stretch is set at an angle that no running text has, as the words of a watermark are."""
    at = text_page.get_index((left + right) / 2, (bottom + top) / 2, right - left, top - bottom)
    if at is None:
        return False
    turned: float = pdfium.FPDFText_GetCharAngle(text_page, at) % _QUARTER
    return min(turned, _QUARTER - turned) > _ASKEW


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


def _runs(pieces: Sequence[_Piece]) -> list[_Run]:
    """Pieces as they follow one another, joined where they stand close on one line."""
    runs: list[_Run] = []
    for piece in pieces:
        last = runs[-1] if runs else None
        if last and _follows(last, piece):
            last.pieces.append(piece)
            last.right = piece.right
            last.bottom, last.top = min(last.bottom, piece.bottom), max(last.top, piece.top)
        else:
            runs.append(_Run(piece.left, piece.right, piece.bottom, piece.top, [piece]))
    return runs


def _follows(run: _Run, piece: _Piece) -> bool:
    shared = min(run.top, piece.top) - max(run.bottom, piece.bottom)
    level = shared > 0.5 * min(run.height, piece.height)
    return level and -run.height < piece.left - run.right < _CLOSE * run.height


def _gap(runs: Sequence[_Run], width: float) -> float:
    """Where the gap between two columns of running text stands; 0 where there is one column."""
    wide = [run for run in runs if run.length >= _LONG]
    if len(wide) < 2 * _FEW:
        return 0.0
    best, fewest = 0.0, len(wide)
    for step in range(35, 66):
        at = width * step / 100
        crossing = sum(run.left < at < run.right for run in wide)
        if crossing < fewest:
            best, fewest = at, crossing
    left = [run for run in wide if run.right <= best]
    right = [run for run in wide if run.left >= best]
    if fewest > _CROSSING * len(wide):
        return 0.0
    if (_is_column(left) and _is_column(right)) or _are_short_columns(runs, best):
        return best
    return 0.0


def _are_short_columns(runs: Sequence[_Run], gap: float) -> bool:
    """Whether a few lines on either side are one paragraph each, whose lines run on: no rows of cells do."""
    left = [run for run in runs if run.right <= gap]
    right = [run for run in runs if run.left >= gap]
    if not left or not right:
        return False
    head = min(max(run.top for run in side) for side in (left, right))
    sides = [_paragraph([r for r in side if r.bottom < head]) for side in (left, right)]
    if min(map(len, sides)) <= _FEW:
        return False
    near = min(run.left for run in sides[1]) - max(run.right for run in sides[0])
    return near < _GUTTER * sides[0][0].height and all(map(_runs_on, sides))


def _paragraph(runs: Sequence[_Run]) -> list[_Run]:
    """The lines from the top down to the last of their paragraph: one that is short, or before one that stands further below."""
    lines = sorted(runs, key=lambda run: -run.top)
    if len(lines) < _FEW:
        return lines
    pitch, reach = lines[0].top - lines[1].top, max(run.right for run in lines)
    for place in range(1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if abs(above.top - line.top - pitch) > _EVEN * line.height:
            return lines[:place]
        if not _is_full(line, reach):
            return lines[: place + 1]
    return lines


def _is_full(run: _Run, reach: float) -> bool:
    return reach - run.right < _RAGGED * run.height


def _runs_on(lines: Sequence[_Run]) -> bool:
    """Whether all lines but the last are full and begin at one place, and most break off inside a sentence."""
    full, height = lines[:-1], lines[0].height
    reach, begin = max(run.right for run in full), min(run.left for run in full)
    even = all(_is_full(run, reach) for run in full)
    flush = all(run.left - begin < 2.5 * height for run in lines)
    cut = sum(_SENTENCE_END.search(run.pieces[-1].text) is None for run in full)
    return even and flush and 2 * cut > len(full)


def _is_column(runs: Sequence[_Run]) -> bool:
    """Whether runs are lines of running text that begin at about one place."""
    if len(runs) < _FEWEST:
        return False
    begins = sorted(run.left for run in runs)[len(runs) // 2]
    even = sum(abs(run.left - begins) < 2.5 * run.height for run in runs)
    return even >= 0.7 * len(runs)


def _over_both(runs: Sequence[_Run], gap: float) -> list[_Run]:
    """Runs that reach over the gap, and rows of three and more: titles, tables of full width."""
    across = {
        id(run)
        for run in runs
        if sum(abs(run.bottom - other.bottom) < 0.5 * run.height for other in runs) > 2
    }
    return [run for run in runs if run.left < gap < run.right or id(run) in across]


def _in_columns(runs: Sequence[_Run], gap: float) -> list[list[_Piece]]:
    """Pieces in reading order: between lines over the whole width, left column before right."""
    across = sorted(_over_both(runs, gap), key=lambda run: -run.top)
    apart = {id(run) for run in across}
    rest = [run for run in runs if id(run) not in apart]
    parts: list[list[_Run]] = []
    whole: list[_Run] = []  # lines over the whole width, side by side
    for bound in [*across, None]:
        foot = bound.top - 1 if bound else float("-inf")
        band = [run for run in rest if (run.top + run.bottom) / 2 > foot]
        rest = [run for run in rest if (run.top + run.bottom) / 2 <= foot]
        if band:
            parts += [
                whole,
                [r for r in band if r.right <= gap],
                [r for r in band if r.right > gap],
            ]
            whole = []
        if bound:
            whole.append(bound)
    placed = {id(run): place for place, run in enumerate(runs)}
    return [
        [piece for run in sorted(part, key=lambda run: placed[id(run)]) for piece in run.pieces]
        for part in [*parts, whole]
        if part
    ]
