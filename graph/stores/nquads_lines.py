"""N-Quads of one named graph, checked line by line before a store gets them."""

from __future__ import annotations

import re

from policygraph.errors import StoreError

_BLANK = re.compile(r"^_:|> _:\S+ *\.$")


def triples_of(graph: str, nquads: str) -> list[str]:
    """The lines without the graph's name; raises StoreError on a line of another graph.

    What is left is read as N-Triples into this graph, so nothing can land in another one.
    """
    tail = f" <{graph}> ."
    lines = [line.rstrip("\r") for line in nquads.split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        if not line.endswith(tail):
            raise StoreError(f"line {number} is not a quad of <{graph}>: {line[:80]}")
    triples = [line.removesuffix(tail) + " ." for line in lines]
    for number, line in enumerate(triples, 1):
        if "_:" in line and _BLANK.search(line):
            raise StoreError(
                f"line {number} has a blank node, which cannot be replaced: {line[:80]}"
            )
    return triples
