"""What the pages load: styles, the bundle of the SPARQL page, vis-network."""

from __future__ import annotations

from policygraph.viz.frame import ASSETS
from policygraph.viz.network_page import vis_network

_TYPES = {"css": "text/css", "js": "text/javascript", "txt": "text/plain"}
BUNDLE = ASSETS / "web"  # the SPARQL page as hatch_build.py builds it
_FILES = {
    "page.css": ASSETS / "page.css",
    "pages.css": ASSETS / "pages.css",
    "pages.js": ASSETS / "pages.js",
    "query.css": BUNDLE / "query.css",
    "query.js": BUNDLE / "query.js",
    "forces.js": BUNDLE / "forces.js",
    "network.css": BUNDLE / "network.css",
    "network.js": BUNDLE / "network.js",
    "licences.txt": BUNDLE / "licences.txt",
}
NAMES = (*_FILES, "vis-network.js")


def asset(name: str) -> tuple[bytes, str] | None:
    """The bytes and media type of an asset, None where there is none or it is not built."""
    if name == "vis-network.js":
        return vis_network().encode(), f"{_TYPES['js']}; charset=utf-8"
    path = _FILES.get(name)
    if path is None or not path.is_file():
        return None
    return path.read_bytes(), f"{_TYPES[path.suffix[1:]]}; charset=utf-8"
