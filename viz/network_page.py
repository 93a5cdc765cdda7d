"""A view as one self-contained HTML page: no request leaves it, labels and quotes are escaped."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from policygraph.viz.frame import asset, enclose
from policygraph.viz.layout import Layout, layered, levels, reach, spring
from policygraph.viz.markup import Markup, json_block, tag
from policygraph.viz.node_styles import LETTER, NODE_STYLES, wrap
from policygraph.viz.views import RELATIONS, View

THUMB_WIDTH, THUMB_HEIGHT = 300, 132  # pixels of a view's small picture


def render(view: View, home: str = "") -> str:
    """The page of a view, with a link back to home if given; the same view gives the same bytes."""
    return enclose(
        " ".join((*view.question.title, "· policygraph")),
        asset("page.css"),
        (vis_network(), asset("view.js")),
        _header(),
        tag(
            "main",
            tag("div", id="legend"),
            tag(
                "div",
                tag("div", id="network"),
                tag("aside", id="detail", hidden=True),
                id="stage",
            ),
        ),
        json_block("data", _data(view, home)),
        kind="view",
    )


def _header() -> Markup:
    """The line on top, which the script fills in the language chosen."""
    return tag(
        "header",
        tag(
            "div",
            tag("a", id="home", hidden=True),
            tag("h1", id="title"),
            tag("p", id="question"),
        ),
        tag(
            "div",
            tag("span", id="found", role="status"),
            tag("input", type="search", id="search"),
            tag("button", id="whole"),
            tag("button", id="language"),
            class_="tools",
        ),
    )


def _data(view: View, home: str) -> dict[str, object]:
    """The data of the script: nodes, edges, words."""
    layout = arrange(view)
    network = _pyvis(view, layout)
    types = sorted(
        {attributes["type"] for _, attributes in view.network.nodes(data=True)},
        key=list(NODE_STYLES).index,
    )
    return {
        "nodes": network.nodes,
        "edges": network.edges,
        "types": [
            {"key": t, "shape": NODE_STYLES[t].shape, "colour": NODE_STYLES[t].colour}
            | {"zh": NODE_STYLES[t].zh, "en": NODE_STYLES[t].en}
            for t in types
        ],
        "bands": [
            {"top": band.top, "bottom": band.bottom}
            | dict(zip(("zh", "en"), levels()[band.level], strict=True))
            for band in layout.bands
        ],
        "title": view.question.title,
        "question": view.question.question,
        "leftOut": view.left_out,
        "letter": LETTER,
        "home": home,
    }


def arrange(view: View) -> Layout:
    """The positions of a view's nodes."""
    return (layered if view.question.layered else spring)(view.network)


def thumbnail(view: View) -> Markup | None:
    """A view as a small SVG picture without words, if it has anything to show."""
    positions = arrange(view).positions
    if not positions:
        return None
    left, right = min(x for x, _ in positions.values()), max(x for x, _ in positions.values())
    top, low = min(y for _, y in positions.values()), max(y for _, y in positions.values())
    scale = min((THUMB_WIDTH - 24) / max(right - left, 1), (THUMB_HEIGHT - 24) / max(low - top, 1))

    def at(node: str) -> tuple[str, str]:
        x, y = positions[node]
        across = THUMB_WIDTH / 2 + (x - (left + right) / 2) * scale
        return f"{across:.1f}", f"{THUMB_HEIGHT / 2 + (y - (top + low) / 2) * scale:.1f}"

    def dot(node: str, kind: str) -> Markup:
        (x, y), size = at(node), 2.5 + min(view.network.degree(node), 8) * 0.5
        return tag("circle", cx=x, cy=y, r=f"{size}", fill=NODE_STYLES[kind].colour)

    lines = "".join(
        "M{} {}L{} {}".format(*at(source), *at(target)) for source, target in view.network.edges
    )
    return tag(
        "svg",
        tag("path", d=lines),
        (dot(node, attributes["type"]) for node, attributes in view.network.nodes(data=True)),
        viewBox=f"0 0 {THUMB_WIDTH} {THUMB_HEIGHT}",
        aria_hidden="true",
    )


def _pyvis(view: View, layout: Layout) -> Any:
    """The network as pyvis holds it, with positions given and physics off."""
    from pyvis.network import Network

    # A directed network spares pyvis its search through all edges for each one.
    network = Network(directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    for node, data in view.network.nodes(data=True):
        mark = NODE_STYLES[data["type"]]
        x, y = layout.positions[node]
        network.add_node(
            node,
            label=wrap(data["label"]),
            shape=mark.shape,
            color=mark.colour,
            size=9 + 1.5 * min(view.network.degree(node), 8),
            x=x,
            y=y,
            kind=data["type"],
            name=data["label"],
            quotes=data["quotes"],
            reach=[round(side / 2) for side in reach(data)],
            **(
                {"english": data["english"], "inEnglish": wrap(data["english"])}
                if data.get("english")
                else {}
            ),
        )
    for source, target, data in view.network.edges(data=True):
        told = data["relations"][:2]
        english = ", ".join(RELATIONS.get(relation, relation) for relation in told)
        network.add_edge(
            source, target, label="、".join(told), inEnglish=english, quotes=data["quotes"]
        )
    return network


@cache
def vis_network() -> str:
    """vis-network (Apache-2.0 or MIT, notice kept) as pyvis ships it."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    script = path.read_text("utf-8")
    # A source map would be looked for outside the page.
    return re.sub(r"//# sourceMappingURL=.*", "", script).replace("</script", "<\\/script")
