"""The positions of nodes, computed before the page is written, the same each time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from policygraph.ontology.vocabulary import vocabulary
from policygraph.viz.node_styles import extent

if TYPE_CHECKING:
    import networkx as nx

SEED = 20220423
ASPECT = 1.9  # width of a picture over its height
EDGE = 118.0  # pixels between neighbours on average, space for the words on the edge
STRETCH = 1.35  # labels are wider than tall
GAP = 26.0  # pixels kept free between two nodes
WORDS = (56.0, 18.0)  # pixels more across and down where there are words on the edge between them
ROW = 94.0  # pixels between two lines of a level
BAND = 22.0  # pixels more between two levels
EDGE_OF_BAND = (ROW + BAND) / 2
WIDEST = 1750.0  # pixels of a level before it is folded onto another line
SWEEPS = 8  # times the lines are put in order
UNKNOWN = 9  # the level of what names none

Positions = dict[str, tuple[float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A stripe of a layered picture: a level and where it begins and ends, in pixels."""

    level: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of the nodes and, where the picture has levels, their bands."""

    positions: Positions
    bands: tuple[Band, ...] = ()


def spring(network: nx.DiGraph[str]) -> Layout:
    """Positions in pixels by force, part by part, the largest part first."""
    import networkx as nx

    parts = sorted(
        nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part))
    )
    sizes = {n: reach(attributes) for n, attributes in network.nodes(data=True)}
    return Layout(_shelve([_place(network, sorted(part), sizes) for part in parts], sizes))


def _place(
    network: nx.DiGraph[str], nodes: list[str], sizes: dict[str, tuple[float, float]]
) -> Positions:
    """One connected part, spread until no two labels overlap."""
    import rustworkx as rx

    graph: rx.PyGraph[str, None] = rx.PyGraph()
    place = {node: index for index, node in enumerate(nodes)}
    graph.add_nodes_from(nodes)
    graph.add_edges_from_no_data(
        [(place[a], place[b]) for a, b in network.edges if a in place and b in place]
    )
    positions = rx.spring_layout(graph, k=1.8 / math.sqrt(len(nodes)), num_iter=500, seed=SEED)
    points = {
        node: (float(positions[index][0]), float(positions[index][1]))
        for node, index in place.items()
    }
    points = _lay_down(points)
    lengths = [
        math.dist(points[a], points[b]) for a, b in network.edges if a in place and b in place
    ]
    scale = EDGE * len(lengths) / max(sum(lengths), 1e-9)
    spread = {node: [x * scale * STRETCH, y * scale] for node, (x, y) in points.items()}
    return _part(spread, sizes, {frozenset(edge) for edge in network.edges})


def _lay_down(points: Positions) -> Positions:
    """Turn a part so that it is longest from left to right, as screens are."""
    count = len(points)
    mean_x = sum(x for x, _ in points.values()) / count
    mean_y = sum(y for _, y in points.values()) / count
    xx = sum((x - mean_x) ** 2 for x, _ in points.values())
    yy = sum((y - mean_y) ** 2 for _, y in points.values())
    xy = sum((x - mean_x) * (y - mean_y) for x, y in points.values())
    angle = math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return {
        node: ((x - mean_x) * cos + (y - mean_y) * sin, (y - mean_y) * cos - (x - mean_x) * sin)
        for node, (x, y) in points.items()
    }


def _part(
    points: dict[str, list[float]],
    sizes: dict[str, tuple[float, float]],
    linked: set[frozenset[str]],
) -> Positions:
    """Push overlapping boxes apart along the shorter axis until none overlap."""
    nodes = sorted(points)
    pairs = [
        (points[a], points[b], *_apart(sizes[a], sizes[b], frozenset((a, b)) in linked))
        for at, a in enumerate(nodes)
        for b in nodes[at + 1 :]
    ]
    for _ in range(200):
        # Every pair is pushed in every round, so the list is made before it is looked at.
        moved = [_push(*pair) for pair in pairs]
        if not any(moved):
            break
    return {node: (x, y) for node, (x, y) in points.items()}


def _apart(a: tuple[float, float], b: tuple[float, float], linked: bool) -> tuple[float, float]:
    """How far apart two boxes are to be across and down; linked ones have words between them."""
    words_x, words_y = WORDS if linked else (GAP, 0.0)
    return (a[0] + b[0]) / 2 + GAP + words_x, (a[1] + b[1]) / 2 + GAP + words_y


def _push(a: list[float], b: list[float], across: float, down: float) -> bool:
    over_x = across - abs(a[0] - b[0])
    over_y = down - abs(a[1] - b[1])
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    axis, over = (0, over_x) if over_x < over_y * ASPECT else (1, over_y)
    step = over / 2 if a[axis] < b[axis] else -over / 2
    a[axis] -= step
    b[axis] += step
    return True


def _shelve(parts: list[Positions], sizes: dict[str, tuple[float, float]]) -> Positions:
    """Parts beside each other on shelves, as wide as lets the whole be drawn largest."""
    boxes = [_bounds(part, sizes) for part in parts]
    widest = max((right - left for left, _, right, _ in boxes), default=0.0)
    area = sum((right - left) * (low - top) for left, top, right, low in boxes)
    tries = [max(widest, math.sqrt(area * ASPECT) * (0.8 + 0.1 * step)) for step in range(12)]
    corners = min((_corners(boxes, width) for width in tries), key=_need, default=[])
    return {
        node: (round(x - box[0] + corner[0], 1), round(y - box[1] + corner[1], 1))
        for part, box, corner in zip(parts, boxes, corners, strict=True)
        for node, (x, y) in part.items()
    }


def _corners(boxes: list[Box], width: float) -> list[Box]:
    """The place of each box: as high, then as far left, as fits within a width."""
    placed: list[Box] = []
    for left, top, right, low in boxes:
        wide, tall = right - left + GAP * 3, low - top + GAP * 1.5
        columns = sorted({0.0, *(box[2] for box in placed)})
        rows = sorted({0.0, *(box[3] for box in placed)})
        free = (
            (y, x)
            for y in rows
            for x in columns
            if (x == 0 or x + wide <= width) and not _taken(placed, (x, y, x + wide, y + tall))
        )
        y, x = next(free)
        placed.append((x, y, x + wide, y + tall))
    return placed


def _taken(placed: list[Box], wanted: Box) -> bool:
    left, top, right, low = wanted
    return any(a < right and left < c and b < low and top < d for a, b, c, d in placed)


def _need(boxes: list[Box]) -> float:
    """The size of a screen, of the usual proportions, that holds the boxes."""
    if not boxes:
        return 0.0
    return max(max(box[2] for box in boxes), max(box[3] for box in boxes) * ASPECT)


def _bounds(part: Positions, sizes: dict[str, tuple[float, float]]) -> Box:
    return (
        min(x - sizes[n][0] / 2 for n, (x, _) in part.items()),
        min(y - sizes[n][1] / 2 for n, (_, y) in part.items()),
        max(x + sizes[n][0] / 2 for n, (x, _) in part.items()),
        max(y + sizes[n][1] / 2 for n, (_, y) in part.items()),
    )


def layered(network: nx.DiGraph[str]) -> Layout:
    """Positions in pixels in bands from the centre down to the village."""
    lines, levels = _lines(network)
    positions = _set_out(network, lines, levels)
    for sweep in range(SWEEPS):
        # Down and up in turn, each line by the places its neighbours have got by now.
        for at in range(len(lines)) if sweep % 2 == 0 else reversed(range(len(lines))):
            middles = {node: _middle(network, node, positions) for node in lines[at]}
            lines[at] = [node for _, node in sorted((x, n) for n, x in middles.items())]
            positions = _set_out(network, lines, levels)
    bands = []
    for level in sorted(set(levels)):
        heights = [
            positions[n][1]
            for line, k in zip(lines, levels, strict=True)
            if k == level
            for n in line
        ]
        bands.append(Band(level, min(heights) - EDGE_OF_BAND, max(heights) + EDGE_OF_BAND))
    return Layout(positions, tuple(bands))


def _lines(network: nx.DiGraph[str]) -> tuple[list[list[str]], list[int]]:
    """The nodes of each level, folded onto as many lines as they need."""
    # People stand above the posts they hold, posts above the bodies they are in.
    order = {"Person": 0, "Post": 1, "Area": 1}
    rows: dict[tuple[int, int], list[str]] = {}
    for node in sorted(network):
        key = (_level_in(network, node), order.get(network.nodes[node]["type"], 2))
        rows.setdefault(key, []).append(node)
    lines: list[list[str]] = []
    levels: list[int] = []
    for (level, _), nodes in sorted(rows.items()):
        wide = sum(_width(network, node) for node in nodes)
        size = math.ceil(len(nodes) / max(1, math.ceil(wide / WIDEST)))
        for start in range(0, len(nodes), size):
            lines.append(nodes[start : start + size])
            levels.append(level)
    return lines, levels


def _set_out(network: nx.DiGraph[str], lines: list[list[str]], levels: list[int]) -> Positions:
    """Positions of lines in their order, each line over the whole width."""
    positions: Positions = {}
    y, last = 0.0, None
    for line, level in zip(lines, levels, strict=True):
        if last is not None:
            y += ROW + (BAND if level != last else 0)
        last = level
        widths = [_width(network, node) for node in line]
        spare = max(0.0, min(WIDEST - sum(widths), len(line) * 120.0)) / len(line)
        x = -(sum(widths) + spare * len(line)) / 2
        for node, width in zip(line, widths, strict=True):
            positions[node] = (round(x + (width + spare) / 2, 1), round(y, 1))
            x += width + spare
    return positions


def _width(network: nx.DiGraph[str], node: str) -> float:
    attributes = network.nodes[node]
    return reach(attributes)[0] + GAP


def _middle(network: nx.DiGraph[str], node: str, positions: Positions) -> float:
    """The mean of its neighbours' places: lines ordered by it cross less."""
    beside = [*network.predecessors(node), *network.successors(node)]
    return round(sum(positions[n][0] for n in beside) / len(beside), 1) if beside else 0.0


@cache
def levels() -> dict[int, tuple[str, str]]:
    """The names of the levels in Chinese and English by their rank."""
    by_rank = {int(c.value("rank")): (c.label, c.english) for c in vocabulary("levels")}
    return {**by_rank, UNKNOWN: ("未说明", "not stated")}


@cache
def _ranks() -> dict[str, int]:
    """The rank of an area's level; the country is the centre's."""
    return {"country": 0} | {c.key: int(c.value("rank")) for c in vocabulary("levels")}


@cache
def _words() -> tuple[tuple[str, int], ...]:
    pairs = [(word, int(c.value("rank"))) for c in vocabulary("levels") for word in c.labels]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _level_in(network: nx.DiGraph[str], node: str) -> int:
    """An area stands on its own level, a person on that of the highest post held, others by name."""
    attributes = network.nodes[node]
    if attributes.get("level"):
        return _ranks().get(attributes["level"], UNKNOWN)
    if attributes["type"] != "Person":
        return level_of(attributes["label"], attributes["type"])
    posts = [n for n in network.successors(node) if network.nodes[n]["type"] == "Post"]
    return min((level_of(network.nodes[n]["label"], "Post") for n in posts), default=UNKNOWN)


def reach(attributes: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height in pixels that a node takes with its label in either language."""
    sizes = [
        extent(attributes[name], attributes["type"])
        for name in ("label", "english")
        if attributes.get(name)
    ]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def level_of(label: str, kind: str) -> int:
    """0 centre, 1 province, 2 city, 3 county, 4 township, 5 village and below, 9 not said."""
    found = []
    for word, rank in _words():
        if word in label:
            # The longest word wins: the 村 of 乡村振兴 is no village where 乡村 is a word.
            label = label.replace(word, " ")
            found.append(rank)
    found = [rank for rank in found if rank != UNKNOWN]
    if not found:
        return UNKNOWN
    return max(found) if kind == "Group" else min(found)
