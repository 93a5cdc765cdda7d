"""A small page of one entity for the frame a client shows it in, and the same as a part of a page."""

from __future__ import annotations

from policygraph.graph.reconciliation.entity_schema import both, properties, types
from policygraph.service.reconciliation.matches import Match
from policygraph.viz.frame import frame
from policygraph.viz.markup import Markup, tag

# Any page may show it in a frame: it holds nothing but what is said of one entity, and takes no clicks but links.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_STYLE = "body{font:14px/1.5 system-ui,sans-serif;margin:.6em}p{margin:.2em 0}small{color:GrayText}"


def page(entity: Match, address: str) -> str:
    """The page of an entity; ``address`` is where its own page is."""
    return frame(
        entity.name,
        tag("style", Markup(_STYLE)),
        tag("body", part(entity, address)),
        lang="zh-Hans",
    )


def part(entity: Match, address: str) -> Markup:
    """Name, type and what tells the entity from its namesakes."""
    return tag(
        "div",
        tag("p", tag("a", tag("b", entity.name), href=address, target="_blank", rel="noopener")),
        tag("p", tag("small", both(types()[entity.type].label))),
        tag("p", entity.description) if entity.description else None,
    )


def of_schema(kind: str, name: str) -> Markup | None:
    """A type or a property with its comment; None where there is none of the name."""
    known = types().get(name) if kind == "type" else properties().get(name)
    if known is None:
        return None
    return tag("div", tag("p", tag("b", both(known.label))), tag("p", both(known.comment)))
