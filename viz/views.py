"""Which nodes and edges answer a view's question: SPARQL rows → a capped networkx graph."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.errors import ViewError
from policygraph.graph.sparql.data import one_of
from policygraph.graph.timing import timed
from policygraph.ontology.prefixes import PREFIXES
from policygraph.viz.node_styles import NODE_STYLES

if TYPE_CHECKING:
    import networkx as nx

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "sparql"
BATCH = 500  # things asked about in one query
CAP = 72  # nodes drawn at most; more cannot be read on one page
QUOTES = 3  # quotes a tooltip shows at most

Select = Callable[[str], Iterable[Mapping[str, str | None]]]


@dataclass(frozen=True, slots=True)
class Question:
    """What a view answers, in Chinese and English, and the row sets it is drawn from."""

    title: tuple[str, str]
    question: tuple[str, str]
    rows: tuple[str, ...]
    layered: bool = False


VIEWS = {
    "actors": Question(
        ("行动者", "Actors"),
        ("谁对谁做了什么？", "Who did what, and to whom?"),
        ("actors",),
    ),
    "responsibility": Question(
        ("责任体系", "Responsibility"),
        (
            "从中央到村，谁担任什么职务、对谁负责？",
            "From the centre to the village, who holds which post and answers for whom?",
        ),
        ("responsibility",),
        layered=True,
    ),
    "programmes": Question(
        ("项目与资金", "Programmes and money"),
        (
            "哪些项目由谁实施、惠及谁、花了多少钱？",
            "Which programmes ran, by whom, for whom, with what money?",
        ),
        ("programmes", "money"),
    ),
    "places": Question(
        ("地区", "Places"),
        (
            "提到了哪些地区，它们属于哪里，说了它们什么？",
            "Which areas are named, where do they belong, what is said of them?",
        ),
        ("places",),
    ),
}
NAMES = tuple(VIEWS)
# Relations that are no verb of a report → their English names.
RELATIONS = {
    "担任": "holds the post",
    "任职于": "serves in",
    "上级": "stands under",
    "属于": "lies in",
    "设在": "sits in",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """The thing a node represents: its label, its type, for an area its level, and its English label if it has one."""

    label: str
    kind: str
    level: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A network ready to lay out: nodes carry label, type, level, quotes; edges relations and quotes."""

    name: str
    question: Question
    network: nx.DiGraph[str]
    left_out: int


def view(name: str, select: Select) -> View:
    """Query the graph for a view's network; raises ViewError on an unknown name."""
    import networkx as nx

    if name not in VIEWS:
        raise ViewError(f"{name}: no such view; choose one of {', '.join(NAMES)}")
    network: nx.DiGraph[str] = nx.DiGraph()
    found: list[Mapping[str, str | None]] = []
    for rows in VIEWS[name].rows:
        with timed(log, "queried the %s of view %s", rows, name):
            found += select((FOLDER / f"{rows}.rq").read_text("utf-8"))
    things = _things(select, {row[end] or "" for row in found for end in ("source", "target")})
    for row in found:
        _add(network, things, row)
    kept = network.subgraph(_rank(network)[:CAP])
    # A node whose neighbours were all left out says nothing.
    drawn = sorted(node for node in kept if kept.degree(node))
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_nodes_from((node, network.nodes[node]) for node in drawn)
    ordered.add_edges_from(sorted(kept.edges(data=True), key=lambda edge: edge[:2]))
    return View(name, VIEWS[name], ordered, len(network) - len(ordered))


def _things(select: Select, iris: set[str]) -> dict[str, Thing]:
    """Those of these that can be a node."""
    query = Template((FOLDER / "things.rq").read_text("utf-8"))
    remaining = iter(sorted(iris - {""}))
    found: dict[str, Thing] = {}
    while batch := list(islice(remaining, BATCH)):
        asked = one_of("thing", map(ox.NamedNode, batch))
        for row in select(query.substitute(things=asked)):
            kind = (row["type"] or "").removeprefix(PREFIXES["pg"])
            if kind in NODE_STYLES:
                thing = Thing(
                    row["label"] or "", kind, row.get("level") or "", row.get("english") or ""
                )
                found.setdefault(row["thing"] or "", thing)
    return found


def _rank(network: nx.DiGraph[str]) -> list[str]:
    """The nodes, those to keep first: the most connected, then the leaves of each in turn.

    Taken in turn, the leaves of one busy node do not crowd out everyone else's.
    """
    degree = {node: int(network.degree(node)) for node in network}
    hubs = sorted((n for n in network if degree[n] > 1), key=lambda n: (-degree[n], n))
    place = {node: at for at, node in enumerate(hubs)}
    counts: dict[str, int] = {}
    leaves = []
    for node in sorted(n for n in network if degree[n] == 1):
        beside = next(iter((*network.predecessors(node), *network.successors(node))))
        counts[beside] = counts.get(beside, 0) + 1
        leaves.append((counts[beside], place.get(beside, len(hubs)), node))
    return [*hubs, *(node for _, _, node in sorted(leaves))]


def _add(network: nx.DiGraph[str], things: dict[str, Thing], row: Mapping[str, str | None]) -> None:
    matter = row.get("matter") or ""
    source = row["source"] or ""
    target = row["target"] or (f"matter:{matter}" if matter else "")
    if matter and not row["target"]:
        things[target] = Thing(matter, "Matter")
    if source not in things or target not in things or source == target:
        return
    quote = row["quote"] or ""
    for iri in (source, target):
        if iri not in network:
            thing = things[iri]
            network.add_node(
                iri,
                label=thing.label,
                type=thing.kind,
                level=thing.level,
                english=thing.english,
                quotes=[],
            )
        _note(network.nodes[iri]["quotes"], quote)
    if not network.has_edge(source, target):
        network.add_edge(source, target, relations=[], quotes=[])
    edge = network.edges[source, target]
    _note(edge["relations"], row["relation"] or "")
    _note(edge["quotes"], quote)


def _note(texts: list[str], text: str) -> None:
    if text and text not in texts and len(texts) < QUOTES:
        texts.append(text)
