"""The whole store as a file: RDF formats, and graphs for network programs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.ontology.labels import choose
from policygraph.ontology.prefixes import PREFIXES

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_RDF = PREFIXES["rdf"]
_TYPE = _RDF + "type"
# What a node is called: a thing by its label, a report by its title, a measure by its words.
_LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["dcterms"] + "title", PREFIXES["pg"] + "quote")
_NODES = (
    *("Area", "Organization", "Person", "Post", "Group"),
    *("Programme", "PolicyDocument", "Platform", "Event", "Report", "Measure"),
)


def export(store: OxigraphStore, suffix: str) -> bytes:
    """The store in the format a file name's ending asks for; raises StoreError."""
    writer = _WRITERS.get(suffix.lower().lstrip("."))
    if writer is None:
        known = " ".join("." + name for name in _WRITERS)
        raise StoreError(f"{suffix or 'no ending'}: unknown export format; use one of {known}")
    return writer(store)


def write_file(path: Path, data: bytes) -> None:
    """Write beside the target and rename, so that a reader never sees half a file."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error


def _lines(store: OxigraphStore) -> bytes:
    """Sorted N-Quads: the same store gives the same bytes."""
    return "".join(sorted(f"{quad} .\n" for quad in store.quads())).encode()


def _triple_lines(store: OxigraphStore) -> bytes:
    return "".join(sorted({f"{quad.triple} .\n" for quad in store.quads()})).encode()


def _merged(rdf_format: ox.RdfFormat) -> Callable[[OxigraphStore], bytes]:
    def write(store: OxigraphStore) -> bytes:
        triples = sorted({quad.triple for quad in store.quads()}, key=str)
        return _written(ox.serialize(triples, None, rdf_format, prefixes=PREFIXES))

    return write


def _graphs(rdf_format: ox.RdfFormat) -> Callable[[OxigraphStore], bytes]:
    def write(store: OxigraphStore) -> bytes:
        quads = sorted(store.quads(), key=str)
        return _written(ox.serialize(quads, None, rdf_format, prefixes=PREFIXES))

    return write


def _written(data: bytes | None) -> bytes:
    return data or b""


def _network(save: str) -> Callable[[OxigraphStore], bytes]:
    """Things, reports and measures as nodes, the properties between them as edges.

    ``save`` names the networkx function that writes the file.
    """

    def write(store: OxigraphStore) -> bytes:
        import io

        import networkx as nx

        out = io.BytesIO()
        getattr(nx, save)(_graph_of(list(store.quads())), out)
        # networkx dates a GEXF file, and the same store is to give the same bytes.
        return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)

    return write


def _graph_of(quads: list[ox.Quad]) -> MultiDiGraph:
    """The nodes with label and type, in the order of their IRIs, and the edges between them."""
    import networkx as nx

    types = _types(quads)
    labels: dict[str, dict[str, str]] = {}
    edges: set[tuple[str, str, str]] = set()
    for quad in quads:
        source, target = str(getattr(quad.subject, "value", "")), quad.object
        if source not in types:
            continue
        if isinstance(target, ox.Literal) and quad.predicate.value in _LABELS:
            held = labels.setdefault(source, {})
            tag = target.language or ""
            held[tag] = min(held.get(tag, target.value), target.value)
        elif isinstance(target, ox.NamedNode) and target.value in types:
            edges.add((source, target.value, quad.predicate.value))
    network = nx.MultiDiGraph()
    for node, kind in sorted(types.items()):
        network.add_node(node, label=_printable(choose(labels.get(node, {})) or node), type=kind)
    for source, goal, predicate in sorted(edges):
        if predicate.startswith((PREFIXES["pg"], PREFIXES["org"])):
            name = re.split("[#/]", predicate)[-1]
            network.add_edge(source, goal, key=name, relation=name)
    return network


def _types(quads: list[ox.Quad]) -> dict[str, str]:
    """Node → the name of its class, for the classes that make a network."""
    wanted = {PREFIXES["pg"] + name: name for name in _NODES}
    return {
        str(getattr(quad.subject, "value", "")): wanted[quad.object.value]
        for quad in quads
        if quad.predicate.value == _TYPE
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in wanted
    }


def _printable(text: str) -> str:
    """XML takes no control characters."""
    return "".join(char for char in text if char.isprintable() or char == " ")


def _jsonld(store: OxigraphStore) -> bytes:
    """JSON-LD with one object a graph."""
    data = _graphs(ox.RdfFormat.JSON_LD)(store)
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1).encode() + b"\n"


_WRITERS: dict[str, Callable[[OxigraphStore], bytes]] = {
    "ttl": _merged(ox.RdfFormat.TURTLE),
    "trig": _graphs(ox.RdfFormat.TRIG),
    "nq": _lines,
    "nt": _triple_lines,
    "jsonld": _jsonld,
    "rdf": _merged(ox.RdfFormat.RDF_XML),
    "graphml": _network("write_graphml"),
    "gexf": _network("write_gexf"),
}
