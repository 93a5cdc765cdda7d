"""Write the reference pages, with examples out of the bundled report, and print their address.

python tools/build_docs.py docs/_site
"""

from __future__ import annotations

import sys
from pathlib import Path

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED
from policygraph.queries.standard_profile import materialise
from policygraph.viz.reference import write_reference


def build(folder: Path) -> Path:
    with Graph.open() as graph:
        graph.add(read(BUNDLED))
        materialise(graph.store)  # the examples are of all that can be said
        return write_reference(folder, graph.store.select)


if __name__ == "__main__":
    print(build(Path(sys.argv[1])).resolve().as_uri())
