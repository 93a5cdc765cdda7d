"""The frame of every page: head, links to the other pages, the switch of language."""

from __future__ import annotations

from urllib.parse import urlencode

from policygraph.service.pages.page_reader import PageReader, both
from policygraph.viz.frame import frame
from policygraph.viz.markup import Child, Markup, join, tag

ASSETS = "/assets/"
CONTENT = "content"  # the id of what a page is about
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_MENU = (
    ("queries", "/queries/"),
    ("network", "/network"),
    ("map", "/map"),
    ("compare", "/compare"),
    ("derive", "/derive"),
    ("sparql", "/query"),
    ("ontology", "/ontology"),
    ("interface", "/openapi.json"),
)


def page(
    reader: PageReader, title: str, here: str, *body: Child, head: Child = None, kind: str = "pages"
) -> str:
    """A whole page; ``here`` is its own address without the language, for the switch."""
    styles = (
        tag("link", rel="stylesheet", href=reader.path(f"{ASSETS}{name}"))
        for name in ("page.css", "pages.css")
    )
    return frame(
        f"{title} · policygraph",
        (styles, tag("script", src=reader.path(f"{ASSETS}pages.js"), defer=True), head),
        tag(
            "body",
            tag("a", reader.say("skip"), href=f"#{CONTENT}", class_="skip"),
            _bar(reader, here),
            *body,
            class_=kind,
        ),
        lang=reader.language,
    )


def _bar(reader: PageReader, here: str) -> Markup:
    """The line on top: the pages of the service and the other language."""
    path, _, asked = here.partition("?")
    kept = {"tray": ",".join(reader.tray)} if reader.tray and "tray=" not in asked else {}
    turned = urlencode({**kept, "lang": "zh" if reader.english else "en"}, safe=",/")
    other = f"{path}?{'&'.join(filter(None, (asked, turned)))}"
    return tag(
        "nav",
        tag("a", "policygraph", href=reader.at("/"), class_="brand", data_speaks=True),
        *(_menu_link(reader, name, href=reader.at(path), data_speaks=True) for name, path in _MENU),
        tag(
            "form",
            tag(
                "input",
                type="search",
                name="q",
                aria_label=reader.say("search"),
                placeholder=reader.say("search_here"),
                accesskey="s",
                title=reader.say("search_key"),
            ),
            hidden_fields(reader),
            action=reader.path("/search"),
            role="search",
            aria_label=reader.say("search_all"),
        ),
        _tray(reader) if reader.tray else None,
        _menu_link(reader, "other_language", href=other, class_="language", id="language"),
        class_="bar",
    )


def _tray(reader: PageReader) -> Markup:
    """The way to the tray, with how much is in it."""
    count = tag("b", str(len(reader.tray)))
    return tag("a", reader.say("tray"), " ", count, href=reader.at("/derive"), class_="tray-link")


def hidden_fields(reader: PageReader) -> Markup:
    """What every form carries on: the tray and the language."""
    kept = ",".join(reader.tray)
    return join(
        tag("input", type="hidden", name="tray", value=kept) if kept else None,
        tag("input", type="hidden", name="lang", value=reader.tag),
    )


def _menu_link(reader: PageReader, name: str, **attributes: str | bool) -> Markup:
    """A link that a script can turn to the other language."""
    chinese, english = both(name)
    return tag("a", reader.say(name), data_zh=chinese, data_en=english, **attributes)


def main(*children: Child, class_: str | None = None) -> Markup:
    """What a page is about; the link at the top of every page leads here."""
    return tag("main", *children, id=CONTENT, tabindex="-1", class_=class_)


def section(heading: str, *children: Child, id: str | None = None) -> Markup:
    """A part of a page under its heading."""
    return tag("section", tag("h2", heading), *children, id=id)
