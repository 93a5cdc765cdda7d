"""Bars as SVG: a line of words and a bar for each value, as wide as the page gives room; each bar leads to its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policygraph.viz.markup import Markup, join, tag

_WIDEST, _SHORTEST = 64, 30  # of a hundred: the longest bar; the words of its value stand beside it
_LETTER = 2.1  # of a hundred: a narrow letter on a narrow screen
_BAR, _LINE, _GAP = 15, 21, 9  # heights in pixels: of a bar, of a line of words, between two rows
_LETTERS = 22  # wide letters of a name that a narrow screen has room for
_YEAR = re.compile(r" \d{4}\b[^·]*$")  # the year of a name, and what is told of it
_DWARFS = 10  # so many times the next largest is cut
_FEWEST = 3  # values that set the scale at least
_BEYOND = Decimal("1.3")  # how far a bar that is cut reaches beyond the others
_SLITS = (0.84, 0.88)  # of the length of a bar that is cut
_THINNEST = 0.5  # of a hundred: what is very little is seen all the same


@dataclass(frozen=True, slots=True)
class Bar:
    """A value as a bar: what stands beside it, where its evidence is; ``kind`` is its style (planned, untold).

    ``told`` is what a listener hears of it; it ends with the words.
    """

    value: Decimal
    words: str
    address: str
    told: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """A name with its bars, the first on top."""

    name: str
    bars: tuple[Bar, ...]


def bar_chart(
    rows: Sequence[BarRow], title: str, description: str, name: str, *, apart: bool = False
) -> Markup:
    """The rows as a picture that names and describes itself; ``name`` begins its ids.

    Bars share one scale from zero on, or each row has its own where the rows are in different units
    (``apart``). Values below zero go to the left. A bar that would leave the others too short to be compared
    is cut, as its mark says.
    """
    widest = _widest([bar.words for row in rows for bar in row.bars])
    spans = [_Span.of([bar.value for bar in row.bars]) for row in rows]
    values = [bar.value for row in rows for bar in row.bars]
    whole = _Span.of([value * (_BEYOND if is_cut(values) else 1) for value in _comparable(values)])
    drawn, top = [], 0
    for row, own in zip(rows, spans, strict=True):
        drawn.append(_row(row, own if apart else whole, top, widest))
        top += _LINE + len(row.bars) * _LINE + _GAP
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", description, id=f"{name}-desc"),
        drawn,
        width="100%",
        height=str(max(top - _GAP, 1)),
        class_="bars",
        role="group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )


def is_cut(values: Sequence[Decimal]) -> bool:
    """Whether a chart of these values shortens some of its bars."""
    return len(_comparable(values)) < len(values)


def _comparable(values: Sequence[Decimal]) -> list[Decimal]:
    """The values without the few that dwarf all others: 67.7万亿元 of a country among provinces."""
    ordered = sorted(values, key=abs)
    while len(ordered) > _FEWEST and abs(ordered[-1]) > _DWARFS * abs(ordered[-2]) > 0:
        ordered.pop()
    return ordered


@dataclass(frozen=True, slots=True)
class _Span:
    """From the least to the most of some values, zero among them."""

    least: Decimal
    most: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> _Span:
        return cls(min([*values, Decimal(0)]), max([*values, Decimal(0)]))

    def at(self, value: Decimal, widest: float) -> float:
        """Where a value stands, in hundredths of the width, of which they take ``widest``; what is beyond, at its end."""
        wide = self.most - self.least
        value = min(max(value, self.least), self.most)
        return float((value - self.least) / wide) * widest if wide else 0.0


def _widest(words: Sequence[str]) -> float:
    """How long the longest bar is, so that the words beside it have room on a narrow screen."""
    letters = max((sum(map(_breadth, each)) for each in words), default=0)
    return max(_SHORTEST, min(_WIDEST, 100 - letters * _LETTER))


def _breadth(letter: str) -> int:
    """How many narrow letters a letter is wide."""
    return 2 if ord(letter) > 0x2E7F else 1


def _row(row: BarRow, span: _Span, top: int, widest: float) -> Markup:
    short = _short(row.name)
    return join(
        tag(
            "text",
            short,
            tag("title", row.name) if short != row.name else None,
            x="0",
            y=str(top + _LINE - 6),
            class_="name",
        ),
        *_bars(row, span, top + _LINE, widest),
    )


def _bars(row: BarRow, span: _Span, top: int, widest: float) -> Iterator[Markup]:
    zero = span.at(Decimal(0), widest)
    for bar in row.bars:
        end = span.at(bar.value, widest)
        left, wide = min(zero, end), max(abs(end - zero), _THINNEST)
        told = bar.told or f"{row.name} {bar.words}"
        cut = not span.least <= bar.value <= span.most
        yield tag(
            "a",
            tag(
                "rect",
                x=f"{left:.2f}%",
                y=str(top),
                width=f"{wide:.2f}%",
                height=str(_BAR),
                rx="2",
                class_=" ".join(filter(None, ("bar", bar.kind, "below" if bar.value < 0 else ""))),
            ),
            *(_slit(left + wide * part, top) for part in _SLITS if cut),
            tag("text", bar.words, x=f"{left + wide:.2f}%", y=str(top + _BAR - 3), dx="7"),
            href=bar.address,
            aria_label=told,
        )
        top += _LINE


def _slit(left: float, top: int) -> Markup:
    """One of the gaps that show that a bar is cut."""
    return tag("rect", x=f"{left:.2f}%", y=str(top), width="3", height=str(_BAR), class_="slit")


def _short(name: str) -> str:
    """A name that fits on a narrow screen, its year with it; whole where it is pointed at."""
    year = _YEAR.search(name)
    end = year[0] if year and sum(map(_breadth, year[0])) <= _LETTERS else ""
    if sum(map(_breadth, name)) <= _LETTERS * 2:
        return name
    room, kept = _LETTERS * 2 - sum(map(_breadth, end)), ""
    for letter in name[: len(name) - len(end)]:
        room -= _breadth(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept.rstrip()}…{end}"
