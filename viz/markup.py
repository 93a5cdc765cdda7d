"""HTML and SVG put together so that text is escaped by construction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

_VOID = frozenset({"br", "input", "link", "meta"})
_CLOSED = frozenset({"circle", "path", "rect"})  # elements of SVG that hold nothing


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """An element; what is no Markup is escaped, an attribute of None or False is left out.

    An attribute ``class_`` or ``for_`` loses its line, ``aria_label`` becomes ``aria-label``.
    """
    head = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{head}>")
    if name in _CLOSED:
        return Markup(f"<{name}{head}/>")
    return Markup(f"<{name}{head}>{join(*children)}</{name}>")


def join(*children: Child) -> Markup:
    """Children one after the other, escaped where they are text."""
    return Markup("".join(_parts(children)))


def between(separator: str, children: Iterable[Child]) -> Markup:
    """Children with a text between each two of them."""
    return Markup(escape(separator).join(map(join, children)))


def _parts(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if isinstance(child, Markup):
            yield child
        elif isinstance(child, str):
            yield escape(child)
        elif child is not None:
            yield from _parts(child)


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def json_block(name: str, data: object) -> Markup:
    """Data for a script of the page, in an element of this id that no text in it can end."""
    return Markup(f'<script type="application/json" id="{name}">{json_text(data)}</script>')


def json_text(data: object) -> str:
    """JSON that cannot end the script element it is in; the same data gives the same text."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
