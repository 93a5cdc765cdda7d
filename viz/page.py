"""A view as one self-contained HTML page: no request leaves it, labels and quotes are escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from policygraph.viz.layout import Layout, layered, levels, spring
from policygraph.viz.marks import LETTER, MARKS, extent, wrap
from policygraph.viz.markup import json_text
from policygraph.viz.views import View

ASSETS = Path(__file__).parent / "assets"
THUMB_WIDTH, THUMB_HEIGHT = 300, 132  # pixels of a view's small picture


def render(view: View, home: str = "") -> str:
    """The page of a view, with a link back to home if given; the same view gives the same bytes."""
    layout = arrange(view)
    network = _pyvis(view, layout)
    types = sorted(
        {held["type"] for _, held in view.network.nodes(data=True)}, key=list(MARKS).index
    )
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "types": [
            {"key": t, "shape": MARKS[t].shape, "colour": MARKS[t].colour}
            | {"zh": MARKS[t].zh, "en": MARKS[t].en}
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
    script, vis, style = asset("view.js"), vis_network(), asset("page.css")
    return Template(asset("view.html")).substitute(
        title=escape(f"{view.question.title[0]} {view.question.title[1]} · policygraph"),
        style=style,
        policy=policy(vis, script),
        data=json_text(data),
        vis=vis,
        script=script,
    )


def arrange(view: View) -> Layout:
    """Where a view's nodes stand."""
    return (layered if view.question.layered else spring)(view.network)


def thumbnail(view: View) -> str:
    """A view as a small SVG picture without words."""
    positions = arrange(view).positions
    if not positions:
        return ""
    left, right = min(x for x, _ in positions.values()), max(x for x, _ in positions.values())
    top, low = min(y for _, y in positions.values()), max(y for _, y in positions.values())
    scale = min((THUMB_WIDTH - 24) / max(right - left, 1), (THUMB_HEIGHT - 24) / max(low - top, 1))

    def at(node: str) -> tuple[str, str]:
        x, y = positions[node]
        across = THUMB_WIDTH / 2 + (x - (left + right) / 2) * scale
        return f"{across:.1f}", f"{THUMB_HEIGHT / 2 + (y - (top + low) / 2) * scale:.1f}"

    lines = "".join(
        "M{} {}L{} {}".format(*at(source), *at(target)) for source, target in view.network.edges
    )
    dots = "".join(
        '<circle cx="{}" cy="{}" r="{}" fill="{}"/>'.format(
            *at(node), 2.5 + min(view.network.degree(node), 8) * 0.5, MARKS[held["type"]].colour
        )
        for node, held in view.network.nodes(data=True)
    )
    return (
        f'<svg viewBox="0 0 {THUMB_WIDTH} {THUMB_HEIGHT}" aria-hidden="true">'
        f'<path d="{lines}"/>{dots}</svg>'
    )


def policy(*scripts: str) -> str:
    """The Content-Security-Policy of a page that runs these scripts and loads nothing."""
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts) or "'none'"
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src 'unsafe-inline'; script-src {allowed}"
    )


def asset(name: str) -> str:
    """The text of a bundled asset."""
    return (ASSETS / name).read_text("utf-8")


def _pyvis(view: View, layout: Layout) -> Any:
    """The network as pyvis holds it, with positions given and physics off."""
    from pyvis.network import Network

    # A directed network spares pyvis its search through all edges for each one.
    held = Network(directed=True, cdn_resources="in_line")
    held.toggle_physics(False)
    for node, data in view.network.nodes(data=True):
        mark = MARKS[data["type"]]
        x, y = layout.positions[node]
        held.add_node(
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
            reach=[round(side / 2) for side in extent(data["label"], data["type"])],
        )
    for source, target, data in view.network.edges(data=True):
        label = "、".join(data["relations"][:2])
        held.add_edge(source, target, label=label, quotes=data["quotes"])
    return held


@cache
def vis_network() -> str:
    """vis-network (Apache-2.0 or MIT, notice kept) as pyvis ships it."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    held = path.read_text("utf-8")
    # A source map would be looked for outside the page.
    return re.sub(r"//# sourceMappingURL=.*", "", held).replace("</script", "<\\/script")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
