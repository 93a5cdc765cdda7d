"""Diagrams of cards: each a heading over rows, lines run from a row to the card it points at.

Columns of cards, each as near as can be to the rows that point at it; nothing overlaps by construction,
and the same cards give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from policygraph.viz.bilingual import Both

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
    """The size of a text, in pixels."""
    return sum(letter if ord(sign) > _WIDEST else letter * 0.6 for sign in text)


def _room(text: Both) -> float:
    """The size of a text in both languages side by side, once where they are the same."""
    apart = breadth(text[1], SMALL) + SPACE if text[1] != text[0] else 0
    return breadth(text[0], SMALL) + apart


def even(cards: list[Card]) -> list[Card]:
    """The same cards, those of a column as wide as the widest of them."""
    widest: dict[int, float] = {}
    for card in cards:
        widest[card.column] = max(card.width, widest.get(card.column, 0))
    return [replace(card, wide=widest[card.column]) for card in cards]


def columns(cards: list[Card]) -> dict[str, Place]:
    """The place of each card: column by column, near the rows that point at it or that it points from."""
    placed: dict[str, Place] = {}
    by_key = {card.key: card for card in cards}
    left = {0: 0.0}
    numbers = sorted({card.column for card in cards})
    # The first column is placed again once there is something to be level with.
    for column in (*numbers, numbers[0]):
        members = [card for card in cards if card.column == column]
        wanted = {card.key: _wanted(card, by_key, placed) for card in members}
        after = -float("inf")
        for card in sorted(members, key=lambda c: wanted[c.key]):
            top = max(after, wanted[card.key])
            placed[card.key] = (left[column], top)
            after = top + card.height + GAP
        left[column + 1] = left[column] + max(card.width for card in members) + GUTTER
    top = min(y for _, y in placed.values())
    return {key: (x, round(y - top, 1)) for key, (x, y) in placed.items()}


def _wanted(card: Card, by_key: dict[str, Card], placed: dict[str, Place]) -> float:
    """The top that puts a card's heading level with what it is linked to on the left."""
    heights = [
        placed[other][1] + row_middle(at) - HEAD / 2
        for other in placed
        for at, row in enumerate(by_key[other].rows)
        if row.target == card.key
    ]
    heights += [
        placed[row.target][1] + HEAD / 2 - row_middle(at)
        for at, row in enumerate(card.rows)
        if row.target in placed
    ]
    return sum(heights) / len(heights) if heights else 0.0


def row_middle(at: int) -> float:
    """Pixels from the top of a card to the middle of a row."""
    return HEAD + ROW * at + ROW / 2


def tree(cards: list[Card], above: dict[str, str]) -> dict[str, Place]:
    """The place of each card of a forest: children right of the one above, level with it."""
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
