"""A diagram as SVG: lines first, cards over them."""

from __future__ import annotations

from policygraph.viz.bilingual import Both
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.reference.drawing import (
    ASIDE,
    GUTTER,
    HEAD,
    ROW,
    SIDE,
    SMALL,
    Card,
    Place,
    Row,
    breadth,
    row_middle,
)

_ROUND = 8  # pixels of a card's corners


def draw(
    name: str,
    title: Both,
    says: Both,
    cards: list[Card],
    placed: dict[str, Place],
    above: dict[str, str] | None = None,
) -> Markup:
    """The SVG element, with title and description for screen readers."""
    by_key = {card.key: card for card in cards}
    lines = [
        _line(by_key, placed, card.key, at, row.target)
        for card in cards
        for at, row in enumerate(card.rows)
        if row.target in by_key and abs(by_key[row.target].column - card.column) == 1
    ]
    lines += [_branch(by_key, placed, up, down) for down, up in (above or {}).items()]
    width = max(placed[c.key][0] + c.width + _aside(c) for c in cards)
    height = max(placed[c.key][1] + c.height for c in cards)
    branching = set((above or {}).values())
    return tag(
        "svg",
        tag("title", " · ".join(title), id=f"{name}-title"),
        tag("desc", " ".join(says), id=f"{name}-says"),
        lines,
        (_box(card, *placed[card.key], card.key in branching) for card in cards),
        class_="diagram",
        viewBox=f"-2 -2 {width + 4:g} {height + 4:g}",
        style=f"max-width:{width + 4:g}px;min-width:{min(width, 640):g}px",
        role="group",
        aria_labelledby=f"{name}-title {name}-says",
    )


def _aside(card: Card) -> float:
    return max((breadth(text, SMALL) + 14 for text in card.aside), default=0)


def _line(
    by_key: dict[str, Card], placed: dict[str, Place], source: str, at: int, target: str
) -> Markup:
    """A curve from a row to the heading of a card, with its arrow head."""
    (x, y), (to_x, to_y) = placed[source], placed[target]
    forward = by_key[source].column < by_key[target].column
    begin = x + by_key[source].width if forward else x
    end = to_x if forward else to_x + by_key[target].width
    direction = 1 if forward else -1
    from_y, level = y + row_middle(at), to_y + HEAD / 2
    bend = abs(end - begin) * 0.5 * direction
    curve = (
        f"M{begin:g} {from_y:g}C{begin + bend:g} {from_y:g} "
        f"{end - bend:g} {level:g} {end - 7 * direction:g} {level:g}"
    )
    return join(
        tag("path", class_="line", d=curve),
        tag("path", class_="tip", d=f"M{end:g} {level:g}l{-9 * direction} -4.5v9z"),
        tag("circle", class_="tip", cx=f"{begin:g}", cy=f"{from_y:g}", r="2.5"),
    )


def _branch(by_key: dict[str, Card], placed: dict[str, Place], up: str, down: str) -> Markup:
    """A bent line from a card to one below it in the tree."""
    (x, y), (to_x, to_y) = placed[up], placed[down]
    begin, middle = x + by_key[up].width, to_x - GUTTER / 4
    bent = f"M{begin:g} {y + HEAD / 2:g}H{middle:g}V{to_y + HEAD / 2:g}H{to_x:g}"
    return tag("path", class_="line", d=bent)


def _box(card: Card, x: float, y: float, branches: bool) -> Markup:
    inner = tag("g", _shape(card), _head(card), class_="on" if card.colour else "off")
    return tag(
        "g",
        tag("a", inner, href=card.link) if card.link else inner,
        (_row(row, card, HEAD + ROW * at) for at, row in enumerate(card.rows)),
        (_aside_line(card, at, branches) for at in range(len(card.aside))),
        transform=f"translate({x:g} {y:g})",
    )


def _shape(card: Card) -> Markup:
    """The box of a card; over rows, its heading is filled and round only on top."""
    kind = "card filled" if card.colour else "card"
    fill = f"fill:{card.colour}" if card.colour else None
    w, r = f"{card.width:g}", _ROUND
    if not card.rows:
        return tag("rect", class_=kind, style=fill, width=w, height=f"{HEAD}", rx=f"{r}")
    top = f"M0 {HEAD}V{r}Q0 0 {r} 0H{card.width - r:g}Q{w} 0 {w} {r}V{HEAD}z"
    return join(
        tag("rect", class_="card", width=w, height=f"{card.height:g}", rx=f"{r}"),
        tag("path", class_=kind, style=fill, d=top),
    )


def _head(card: Card) -> Markup:
    (zh, en), middle = card.label, f"{card.width / 2:g}"
    return join(
        tag("text", zh, class_="head zh", lang="zh-Hans", x=middle, y="21"),
        tag("text", en, class_="sub en", lang="en", x=middle, y="38"),
    )


def _aside_line(card: Card, at: int, branches: bool) -> Markup:
    middle = HEAD / 2 + 4 + ASIDE * (at - (len(card.aside) - 1) / 2)
    x, y = (0, HEAD + 14 + ASIDE * at) if branches else (card.width + 10, middle)
    return _text(card.aside[at], "aside", x, y)


def _row(row: Row, card: Card, y: float) -> Markup:
    label = _text(_spans(row.label), "row", SIDE, y + 19)
    if not row.value[0]:
        return label
    return join(label, _text(_spans(row.value), "value", card.width - SIDE, y + 19))


def _text(words: str, kind: str, x: float, y: float) -> Markup:
    return tag("text", words, class_=kind, x=f"{x:g}", y=f"{y:g}")


def _spans(text: Both) -> Markup:
    """Both languages side by side, once where they are the same."""
    zh, en = text
    if zh == en:
        return tag("tspan", zh, lang="zh-Hans")
    return join(
        tag("tspan", zh, class_="zh", lang="zh-Hans"),
        tag("tspan", "\u2002", class_="gap"),
        tag("tspan", en, class_="en", lang="en"),
    )
