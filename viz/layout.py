"""Where nodes stand, computed before the page is written, the same each time."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from policygraph.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import networkx as nx

SEED = 20220423
SPREAD = 105.0  # pixels a node takes on average
ROW = 190.0  # pixels between two levels
SLOT = 165.0  # pixels between two nodes of a level
WIDEST = 9  # nodes of a level beside each other before the row is folded


def spring(network: nx.DiGraph[str]) -> dict[str, tuple[float, float]]:
    """Positions in pixels by force, component by component, the largest first."""
    import networkx as nx

    parts = sorted(
        nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part))
    )
    placed: dict[str, tuple[float, float]] = {}
    shelf_x = shelf_y = shelf_height = 0.0
    width = SPREAD * math.sqrt(max(len(network), 1)) * 2.0
    for part in parts:
        held = _spring_of(network, sorted(part))
        left, top = min(x for x, _ in held.values()), min(y for _, y in held.values())
        right, bottom = max(x for x, _ in held.values()), max(y for _, y in held.values())
        if shelf_x and shelf_x + right - left > width:
            shelf_x, shelf_y, shelf_height = 0.0, shelf_y + shelf_height + SPREAD, 0.0
        for node, (x, y) in held.items():
            placed[node] = (round(x - left + shelf_x, 1), round(y - top + shelf_y, 1))
        shelf_x += right - left + 1.6 * SPREAD
        shelf_height = max(shelf_height, bottom - top)
    return placed


def _spring_of(network: nx.DiGraph[str], nodes: list[str]) -> dict[str, tuple[float, float]]:
    import rustworkx as rx

    graph: rx.PyGraph[str, None] = rx.PyGraph()
    place = {node: index for index, node in enumerate(nodes)}
    graph.add_nodes_from(nodes)
    graph.add_edges_from_no_data(
        [(place[a], place[b]) for a, b in network.edges if a in place and b in place]
    )
    scale = SPREAD * math.sqrt(len(nodes)) * 0.9
    held = rx.spring_layout(graph, k=2.2 / math.sqrt(len(nodes)), num_iter=400, seed=SEED)
    return {
        node: (float(held[index][0]) * scale * 1.5, float(held[index][1]) * scale)
        for node, index in place.items()
    }


def layered(network: nx.DiGraph[str]) -> dict[str, tuple[float, float]]:
    """Positions in pixels in rows from the centre down to the village."""
    rows: dict[int, list[str]] = {}
    for node, held in network.nodes(data=True):
        rows.setdefault(level_of(held["label"], held["type"]), []).append(node)
    placed: dict[str, tuple[float, float]] = {}
    y = 0.0
    for level in sorted(rows):
        nodes = sorted(
            rows[level], key=lambda n: (network.nodes[n]["type"], network.nodes[n]["label"])
        )
        for start in range(0, len(nodes), WIDEST):
            folded = nodes[start : start + WIDEST]
            for slot, node in enumerate(folded):
                stagger = 34 if slot % 2 else 0
                placed[node] = ((slot - (len(folded) - 1) / 2) * SLOT, y + stagger)
            y += ROW * 0.62
        y += ROW * 0.38
    return placed


@cache
def _levels() -> tuple[tuple[str, int], ...]:
    pairs = [
        (label, int(concept.value("rank")))
        for concept in vocabulary("levels")
        for label in concept.labels
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def level_of(label: str, kind: str) -> int:
    """0 centre, 1 province, 2 city, 3 county, 4 township, 5 village and below."""
    found = [rank for word, rank in _levels() if word in label]
    if not found:
        return 5 if kind == "Group" else 1
    return max(found) if kind == "Group" else min(found)
