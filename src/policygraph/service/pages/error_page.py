"""The page of a request that cannot be answered: what went wrong in the reader's language, and where to go on."""

from __future__ import annotations

from urllib.parse import unquote

from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page
from policygraph.service.pages.search_page import search_box
from policygraph.viz.markup import tag

_TOLD = (400, 403, 404, 405, 406, 413, 414, 500, 502, 503)


def error_page(status: int, message: str, path: str, reader: PageReader) -> str:
    """The page of a status; ``message`` is the line that programs get."""
    title = reader.say(f"error_{status if status in _TOLD else 400 if status < 500 else 500}")
    asked = unquote(path.rstrip("/").rpartition("/")[2]) if status == 404 else ""
    return page(
        reader,
        title,
        reader.path("/"),
        main(
            tag("p", str(status), class_="kind"),
            tag("h1", title),
            tag("p", tag("code", message, lang="en", dir="auto"), class_="note", role="alert"),
            search_box(reader, asked),
            tag("p", tag("a", reader.say("error_home"), href=reader.at("/")), class_="ways"),
            class_="error",
        ),
    )
