"""A view as one self-contained HTML page: no request leaves it, labels and quotes are escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from policygraph.viz.layout import layered, spring
from policygraph.viz.views import View

ASSETS = Path(__file__).parent / "assets"
LABEL_WIDTH = 9  # characters of a label before it goes to the next line
LABEL_LINES = 3
# Shape and colour by type; names of types in Chinese and English.
STYLES: dict[str, tuple[str, str, str, str]] = {
    "Organization": ("box", "#1f4e79", "机构", "Organization"),
    "Group": ("ellipse", "#b7791f", "群体", "Group"),
    "Area": ("dot", "#2f855a", "地区", "Area"),
    "Person": ("star", "#9b2c2c", "人物", "Person"),
    "Post": ("hexagon", "#c05621", "职务", "Post"),
    "Programme": ("box", "#6b46c1", "项目", "Programme"),
    "PolicyDocument": ("box", "#4a5568", "文件", "Document"),
    "Platform": ("diamond", "#0987a0", "平台", "Platform"),
    "Event": ("triangle", "#97266d", "活动", "Event"),
    "Figure": ("ellipse", "#4a7c1f", "资金", "Money"),
}
_TEXT_INSIDE = frozenset({"box", "ellipse"})


def render(view: View) -> str:
    """The page of a view; the same view gives the same bytes."""
    network = _pyvis(view)
    types = sorted({held["type"] for _, held in view.network.nodes(data=True)})
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "types": [
            {
                "key": t,
                "shape": STYLES[t][0],
                "colour": STYLES[t][1],
                "zh": STYLES[t][2],
                "en": STYLES[t][3],
            }
            for t in types
        ],
        "title": view.question.title,
        "question": view.question.question,
        "leftOut": view.left_out,
    }
    script = (ASSETS / "view.js").read_text("utf-8")
    vis = _vis_network()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src '{_hash(vis)}' '{_hash(script)}'"
    )
    return Template((ASSETS / "view.html").read_text("utf-8")).substitute(
        title=_escape(f"{view.question.title[0]} {view.question.title[1]} · policygraph"),
        style=(ASSETS / "page.css").read_text("utf-8"),
        policy=policy,
        data=_json(data),
        vis=vis,
        script=script,
    )


def _pyvis(view: View) -> Any:
    """The network as pyvis holds it, with positions given and physics off."""
    from pyvis.network import Network

    place = layered if view.question.layered else spring
    positions = place(view.network)
    # A directed network spares pyvis its search through all edges for each one.
    held = Network(directed=True, cdn_resources="in_line")
    held.toggle_physics(False)
    for node, data in view.network.nodes(data=True):
        shape, colour, _, _ = STYLES[data["type"]]
        x, y = positions[node]
        held.add_node(
            node,
            label=_wrap(data["label"]),
            shape=shape,
            color=colour,
            font={"color": "#ffffff" if shape in _TEXT_INSIDE else "#1a202c"},
            size=9 + 2 * min(view.network.degree(node), 8),
            x=x,
            y=y,
            kind=data["type"],
            name=data["label"],
            quotes=data["quotes"],
        )
    for source, target, data in view.network.edges(data=True):
        held.add_edge(source, target, label="、".join(data["relations"][:2]), quotes=data["quotes"])
    return held


def _wrap(label: str) -> str:
    lines = [label[at : at + LABEL_WIDTH] for at in range(0, len(label), LABEL_WIDTH)]
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1][:-1] + "…"]
    return "\n".join(lines)


@cache
def _vis_network() -> str:
    """vis-network (Apache-2.0 or MIT, notice kept) as pyvis ships it."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    held = path.read_text("utf-8")
    # A source map would be looked for outside the page.
    return re.sub(r"//# sourceMappingURL=.*", "", held).replace("</script", "<\\/script")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def _escape(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _json(data: object) -> str:
    """JSON that cannot end the script element it stands in."""
    held = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return held.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
