"""Diagrams of cards: each a heading over rows, lines run from a row to the card it points at.

Columns of cards, each as near as can be to the rows that point at it; nothing overlaps by construction,
and the same cards give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from policygraph.viz.reference.reading import Both

HEAD, ROW, SIDE, GAP, GUTTER, ASIDE = 48, 25, 13, 16, 68, 16  # pixels
LETTER, SMALL = 14, 12  # pixels of a Chinese letter in headings and of one in rows
SPACE = 6  # pixels of the gap between the two languages of a row
_WIDEST = 0x2E7F  # letters above are as wide as they are high


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a card: its label, a value flush right, the card it points at."""

    label: Both
    value: Both = ("", "")
    target: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A box with a heading in both languages, rows, a fill colour (none: paper) and a link."""

    key: str
    label: Both
    column: int = 0
    rows: tuple[Row, ...] = ()
    colour: str = ""
    link: str = ""
    aside: tuple[str, ...] = ()  # small lines beside a card of a tree, under it where it branches
    wide: float = 0  # pixels of its column

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return HEAD + ROW * len(self.rows) + (6 if self.rows else 0)

    @property
    def width(self) -> float:
        """Pixels of its column, or else what the heading and the widest row take."""
        if self.wide:
            return self.wide
        rows = (
            _room(row.label) + (_room(row.value) + 16 if row.value[0] else 0) for row in self.rows
        )
        heads = breadth(self.label[0], LETTER), breadth(self.label[1], SMALL)
        return round(max(*heads, *rows, 76) + 2 * SIDE)


Place = tuple[float, float]


def breadth(text: str, letter: float) -> float:
    """The room a text takes, in pixels."""
    return sum(letter if ord(sign) > _WIDEST else letter * 0.6 for sign in text)


def _room(text: Both) -> float:
    """The room of a text in both languages side by side; what is the same in both stands once."""
    apart = breadth(text[1], SMALL) + SPACE if text[1] != text[0] else 0
    return breadth(text[0], SMALL) + apart


def even(cards: list[Card]) -> list[Card]:
    """The same cards, those of a column as wide as the widest of them."""
    widest: dict[int, float] = {}
    for card in cards:
        widest[card.column] = max(card.width, widest.get(card.column, 0))
    return [replace(card, wide=widest[card.column]) for card in cards]


def columns(cards: list[Card]) -> dict[str, Place]:
    """Where each card stands: column by column, near the rows that point at it or that it points from."""
    placed: dict[str, Place] = {}
    held = {card.key: card for card in cards}
    left = {0: 0.0}
    numbers = sorted({card.column for card in cards})
    # The first column is placed again once there is something to be level with.
    for column in (*numbers, numbers[0]):
        members = [card for card in cards if card.column == column]
        wanted = {card.key: _wanted(card, held, placed) for card in members}
        after = -float("inf")
        for card in sorted(members, key=lambda c: wanted[c.key]):
            top = max(after, wanted[card.key])
            placed[card.key] = (left[column], top)
            after = top + card.height + GAP
        left[column + 1] = left[column] + max(card.width for card in members) + GUTTER
    top = min(y for _, y in placed.values())
    return {key: (x, round(y - top, 1)) for key, (x, y) in placed.items()}


def _wanted(card: Card, held: dict[str, Card], placed: dict[str, Place]) -> float:
    """The top that puts a card's heading level with what it is linked to on the left."""
    heights = [
        placed[other][1] + _row_middle(at) - HEAD / 2
        for other in placed
        for at, row in enumerate(held[other].rows)
        if row.target == card.key
    ]
    heights += [
        placed[row.target][1] + HEAD / 2 - _row_middle(at)
        for at, row in enumerate(card.rows)
        if row.target in placed
    ]
    return sum(heights) / len(heights) if heights else 0.0


def _row_middle(at: int) -> float:
    return HEAD + ROW * at + ROW / 2


def tree(cards: list[Card], above: dict[str, str]) -> dict[str, Place]:
    """Where each card of a forest stands: children right of the one above, level with it."""
    placed: dict[str, Place] = {}
    below: dict[str, list[Card]] = {}
    for card in cards:
        below.setdefault(above.get(card.key, ""), []).append(card)
    wide = {
        column: max(card.width for card in cards if card.column == column)
        for column in {card.column for card in cards}
    }

    def stand(card: Card, top: float) -> float:
        """Place a card and all below it from a height on; returns the height after them."""
        left = sum(wide[at] + GUTTER / 2 for at in range(card.column))
        bottom = top
        for child in below.get(card.key, ()):
            bottom = stand(child, bottom)
        under = ASIDE * len(card.aside) if card.key in below else 0
        bottom = max(bottom, top + HEAD + 10 + 2 * under)
        middle = (top + bottom - 10) / 2
        placed[card.key] = (left, round(middle - HEAD / 2, 1))
        return bottom

    top = 0.0
    for root in below.get("", ()):
        top = stand(root, top)
    return placed


def draw(
    name: str,
    title: Both,
    says: Both,
    cards: list[Card],
    placed: dict[str, Place],
    above: dict[str, str] | None = None,
) -> str:
    """The SVG element: lines first, cards over them; title and description for those who listen."""
    held = {card.key: card for card in cards}
    lines = [
        _line(held, placed, card.key, at, row.target)
        for card in cards
        for at, row in enumerate(card.rows)
        if row.target in held and abs(held[row.target].column - card.column) == 1
    ]
    lines += [_branch(held, placed, up, down) for down, up in (above or {}).items()]
    width = max(placed[c.key][0] + c.width + _aside(c) for c in cards)
    height = max(placed[c.key][1] + c.height for c in cards)
    branching = set((above or {}).values())
    boxes = "".join(_box(card, *placed[card.key], card.key in branching) for card in cards)
    return (
        f'<svg class="diagram" viewBox="-2 -2 {width + 4:g} {height + 4:g}" '
        f'style="max-width:{width + 4:g}px;min-width:{min(width, 640):g}px" '
        f'role="img" aria-labelledby="{name}-title {name}-says">'
        f'<title id="{name}-title">{escape(" · ".join(title))}</title>'
        f'<desc id="{name}-says">{escape(" ".join(says))}</desc>'
        f"{''.join(lines)}{boxes}</svg>"
    )


def _aside(card: Card) -> float:
    return max((breadth(text, SMALL) + 14 for text in card.aside), default=0)


def _line(
    held: dict[str, Card], placed: dict[str, Place], source: str, at: int, target: str
) -> str:
    """A curve from a row to the heading of a card, with its arrow head."""
    (x, y), (to_x, to_y) = placed[source], placed[target]
    forward = held[source].column < held[target].column
    begin = x + held[source].width if forward else x
    end = to_x if forward else to_x + held[target].width
    turn = 1 if forward else -1
    from_y, level = y + _row_middle(at), to_y + HEAD / 2
    bend = abs(end - begin) * 0.5 * turn
    return (
        f'<path class="line" d="M{begin:g} {from_y:g}C{begin + bend:g} {from_y:g} '
        f'{end - bend:g} {level:g} {end - 7 * turn:g} {level:g}"/>'
        f'<path class="tip" d="M{end:g} {level:g}l{-9 * turn} -4.5v9z"/>'
        f'<circle class="tip" cx="{begin:g}" cy="{from_y:g}" r="2.5"/>'
    )


def _branch(held: dict[str, Card], placed: dict[str, Place], up: str, down: str) -> str:
    """A bent line from a card to one below it in the tree."""
    (x, y), (to_x, to_y) = placed[up], placed[down]
    begin, middle = x + held[up].width, to_x - GUTTER / 4
    return f'<path class="line" d="M{begin:g} {y + HEAD / 2:g}H{middle:g}V{to_y + HEAD / 2:g}H{to_x:g}"/>'


def _box(card: Card, x: float, y: float, branches: bool) -> str:
    kind = "card filled" if card.colour else "card"
    fill = f' style="fill:{card.colour}"' if card.colour else ""
    middle = card.width / 2
    rows = "".join(_row(row, card, HEAD + ROW * at) for at, row in enumerate(card.rows))
    asides = "".join(_aside_line(card, at, branches) for at in range(len(card.aside)))
    shape = f'<rect class="{kind}"{fill} width="{card.width:g}" height="{HEAD}" rx="8"/>'
    if card.rows:
        w, r = card.width, 8
        shape = (
            f'<rect class="card" width="{w:g}" height="{card.height:g}" rx="{r}"/>'
            f'<path class="{kind}"{fill} d="M0 {HEAD}V{r}Q0 0 {r} 0H{w - r:g}Q{w:g} 0 {w:g} {r}V{HEAD}z"/>'
        )
    head = (
        f'<text class="head zh" lang="zh-Hans" x="{middle:g}" y="21">{escape(card.label[0])}</text>'
        f'<text class="sub en" lang="en" x="{middle:g}" y="38">{escape(card.label[1])}</text>'
    )
    inner = f'<g class="{"on" if card.colour else "off"}">{shape}{head}</g>'
    if card.link:
        inner = f'<a href="{escape(card.link)}">{inner}</a>'
    return f'<g transform="translate({x:g} {y:g})">{inner}{rows}{asides}</g>'


def _aside_line(card: Card, at: int, branches: bool) -> str:
    middle = HEAD / 2 + 4 + ASIDE * (at - (len(card.aside) - 1) / 2)
    x, y = (0, HEAD + 14 + ASIDE * at) if branches else (card.width + 10, middle)
    return f'<text class="aside" x="{x:g}" y="{y:g}">{escape(card.aside[at])}</text>'


def _row(row: Row, card: Card, y: float) -> str:
    value = (
        f'<text class="value" x="{card.width - SIDE:g}" y="{y + 19:g}">{_spans(row.value)}</text>'
        if row.value[0]
        else ""
    )
    return f'<text class="row" x="{SIDE}" y="{y + 19:g}">{_spans(row.label)}</text>{value}'


def _spans(text: Both) -> str:
    """Both languages side by side; what is the same in both stands once."""
    zh, en = map(escape, text)
    if zh == en:
        return f'<tspan lang="zh-Hans">{zh}</tspan>'
    return (
        f'<tspan class="zh" lang="zh-Hans">{zh}</tspan>'
        f'<tspan class="gap">\u2002</tspan><tspan class="en" lang="en">{en}</tspan>'
    )
