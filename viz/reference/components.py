"""Components of the pages of the reference, in two languages side by side."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.viz.bilingual import Both, both, tongue
from policygraph.viz.markup import Child, Markup, tag

Facts = list[tuple[Both, Markup | str | None]]  # label → value


def pair(zh: Child, en: Child, kind: str = "") -> Markup:
    """Text in both languages, side by side where the page is wide."""
    return tag(
        "div",
        tag("div", zh, class_="zh", lang="zh-Hans"),
        tag("div", en, class_="en", lang="en"),
        class_=f"pair {kind}".rstrip(),
    )


def paragraphs(text: Both, kind: str = "") -> Markup:
    """A paragraph in each language."""
    zh, en = text
    return pair(tag("p", zh), tag("p", en), kind)


def titled(text: Both) -> Markup:
    """The heading of a page: both languages side by side, or the one there is."""
    zh, en = text
    if zh == en:
        return tag("h1", zh, lang=tongue(zh))
    return pair(tag("h1", zh), tag("h1", en), "title")


def heading(level: int, anchor: str, text: Both) -> Markup:
    """A heading that can be linked to."""
    return tag(f"h{level}", tag("a", both(text), href=f"#{anchor}"), id=anchor)


def facts(rows: Facts) -> Markup | None:
    """A list of facts; rows without a value are left out."""
    pairs = [(tag("dt", both(name)), tag("dd", value)) for name, value in rows if value]
    return tag("dl", pairs, class_="facts") if pairs else None


def listed(texts: Iterable[Markup]) -> Markup | None:
    """Links one after the other, if any."""
    items = [tag("span", one) for one in texts]
    return tag("span", items, class_="list") if items else None


def row(*cells: Child, id: str | None = None) -> Markup:
    """A row of a table."""
    return tag("tr", (tag("td", cell) for cell in cells), id=id)


def tabulate(rows: Child, *heads: Markup, kind: str = "scroll") -> Markup:
    """Rows under their headings, if any, in a box that scrolls where the page is narrow."""
    top = tag("thead", tag("tr", heads)) if heads else None
    return tag("div", tag("table", top, tag("tbody", rows)), class_=kind)


def figure(svg: Markup, title: Both, says: Both, anchor: str, lead: Markup | None = None) -> Markup:
    """A diagram with its title and what leads up to it above, and what it says below."""
    return tag(
        "figure",
        tag("h3", both(title)),
        lead,
        tag(
            "div",
            svg,
            class_="canvas",
            tabindex="0",
            role="group",
            aria_label=" · ".join(title),
        ),
        tag("figcaption", pair(*says)),
        id=anchor,
    )
