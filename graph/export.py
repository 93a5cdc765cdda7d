"""The whole store as a file: RDF formats, and graphs for network programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.store import OxigraphStore
from policygraph.ontology.prefixes import PREFIXES

_RDF = PREFIXES["rdf"]
_LABEL, _TYPE = PREFIXES["rdfs"] + "label", _RDF + "type"


def export(store: OxigraphStore, suffix: str) -> bytes:
    """The store in the format a file name's ending asks for; raises StoreError."""
    writer = _WRITERS.get(suffix.lower().lstrip("."))
    if writer is None:
        known = " ".join("." + name for name in _WRITERS)
        raise StoreError(f"{suffix or 'no ending'}: unknown export format; use one of {known}")
    return writer(store)


def write_file(path: Path, data: bytes) -> None:
    """Write beside the target and rename, so that a reader never sees half a file."""
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
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


def _network(kind: str) -> Callable[[OxigraphStore], bytes]:
    """Things with label and type as nodes, our properties between things as edges."""

    def write(store: OxigraphStore) -> bytes:
        import io

        import networkx as nx

        network = nx.MultiDiGraph()
        quads = sorted(store.quads(), key=str)
        for quad in quads:
            node = str(getattr(quad.subject, "value", ""))
            if quad.predicate.value == _LABEL and isinstance(quad.object, ox.Literal):
                network.add_node(node, label=_printable(quad.object.value))
            elif quad.predicate.value == _TYPE:
                kind = str(getattr(quad.object, "value", ""))
                if kind.startswith(PREFIXES["pg"]):
                    network.add_node(node, type=kind.removeprefix(PREFIXES["pg"]))
        for quad in quads:
            source, target = getattr(quad.subject, "value", ""), quad.object
            if isinstance(target, ox.NamedNode) and source in network and target.value in network:
                relation = quad.predicate.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
                network.add_edge(source, target.value, relation=relation)
        out = io.BytesIO()
        (nx.write_graphml if kind == "graphml" else nx.write_gexf)(network, out)
        return out.getvalue()

    return write


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
    "graphml": _network("graphml"),
    "gexf": _network("gexf"),
}
