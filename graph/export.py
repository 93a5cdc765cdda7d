"""The whole store as a file: RDF formats, and graphs for network programs."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import pyoxigraph as ox

from policygraph.errors import StoreError, reason
from policygraph.graph.external_sort import in_order
from policygraph.graph.formats import BY_EXTENSION, EXPORTS, Format, endings
from policygraph.graph.gexf import write_gexf
from policygraph.graph.serialization import serialize
from policygraph.graph.timing import timed
from policygraph.ontology.labels import choose
from policygraph.ontology.prefixes import PREFIXES

if TYPE_CHECKING:
    from networkx import MultiDiGraph

log = logging.getLogger(__name__)


class Quads(Protocol):
    """What can be exported: a store, or what is made of one."""

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, none twice."""
        ...


Writer = Callable[[Quads, IO[bytes]], None]
_RDF = PREFIXES["rdf"]
_TYPE = _RDF + "type"
# What a node is called: a thing by its label, a report by its title, a measure by its words.
_LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["dcterms"] + "title", PREFIXES["pg"] + "quote")
_NODES = (
    *("Area", "Organization", "Person", "Post", "Group"),
    *("Programme", "PolicyDocument", "Platform", "Event", "Report", "Measure"),
)
# Classes whose nodes carry the name of the one above them.
_NARROWER = {"FormalOrganization": "Organization", "OrganizationalUnit": "Organization"}


def export(store: Quads, suffix: str) -> bytes:
    """The store in the format a file name's ending asks for; raises StoreError."""
    out = io.BytesIO()
    write(store, suffix, out)
    return out.getvalue()


def write(store: Quads, suffix: str, out: IO[bytes]) -> None:
    """Write the store in the format a file name's ending asks for; raises StoreError.

    The RDF formats are sorted and streamed: memory does not grow with the store.
    """
    form = BY_EXTENSION.get(suffix.lower().lstrip("."))
    if form not in EXPORTS:
        known = endings(EXPORTS)
        raise StoreError(f"{suffix or 'no ending'}: unknown export format; use one of {known}")
    with timed(log, "exported the store as %s", form.name):
        _writer(form)(store, out)


def write_file(path: Path, data: bytes | Callable[[IO[bytes]], None]) -> None:
    """Write beside the target and rename, so that a reader never sees half a file.

    Instead of the data there may be a function that writes them. A link is followed; what is no file (a
    device, a pipe) is written into. Raises StoreError.
    """
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file")
    try:
        if path.exists() and not path.is_file():
            _write_to(path, data)
            return
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            _write_to(beside, data)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        log.info("wrote %s, %d bytes", path, target.stat().st_size)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise StoreError(f"{path}: cannot be written: {reason(error)}") from error


def _write_to(path: Path, data: bytes | Callable[[IO[bytes]], None]) -> None:
    with path.open("wb") as out:
        if isinstance(data, bytes):
            out.write(data)
        else:
            data(out)


def quad_lines(store: Quads) -> Iterator[str]:
    """Sorted N-Quads: the same store gives the same bytes."""
    return in_order(f"{quad} .\n" for quad in store.quads())


def _triple_lines(store: Quads) -> Iterator[str]:
    """Sorted N-Triples: a triple that several documents have is written once."""
    lines = in_order(f"{quad.triple} .\n" for quad in store.quads())
    return (line for line, _ in groupby(lines))


def _quads(store: Quads, out: IO[bytes]) -> None:
    out.writelines(line.encode() for line in quad_lines(store))


def _triples(store: Quads, out: IO[bytes]) -> None:
    out.writelines(line.encode() for line in _triple_lines(store))


def _merged(form: Format) -> Writer:
    def write(store: Quads, out: IO[bytes]) -> None:
        quads = _read(_triple_lines(store), ox.RdfFormat.N_TRIPLES)
        serialize((quad.triple for quad in quads), out, form)

    return write


def _graphs(form: Format) -> Writer:
    def write(store: Quads, out: IO[bytes]) -> None:
        # By graph first: a format that names its graphs opens each once.
        lines = in_order(f"{quad.graph_name}\t{quad} .\n" for quad in store.quads())
        quads = _read((line.partition("\t")[2] for line in lines), ox.RdfFormat.N_QUADS)
        serialize(quads, out, form)

    return write


def _read(lines: Iterator[str], rdf_format: ox.RdfFormat) -> Iterator[ox.Quad]:
    """Lines back as quads, some at a time."""
    while text := "".join(islice(lines, 1000)):
        yield from ox.parse(text.encode(), rdf_format)


def _network(save: str) -> Writer:
    """Things, reports and measures as nodes, the properties between them as edges.

    ``save`` names what writes the file: a function of networkx, or ours for GEXF.
    """

    def write(store: Quads, out: IO[bytes]) -> None:
        import networkx as nx

        file = io.BytesIO()
        save_as = write_gexf if save == write_gexf.__name__ else getattr(nx, save)
        save_as(_graph_of(list(store.quads())), file)
        out.write(file.getvalue())

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
            by_language = labels.setdefault(source, {})
            tag = target.language or ""
            by_language[tag] = min(by_language.get(tag, target.value), target.value)
        elif isinstance(target, ox.NamedNode) and target.value in types:
            edges.add((source, target.value, quad.predicate.value))
    edges.update(_between_things(quads))
    network = nx.MultiDiGraph()
    for node, kind in sorted(types.items()):
        network.add_node(node, label=_printable(choose(labels.get(node, {})) or node), type=kind)
    for source, goal, predicate in sorted(edges):
        if predicate.startswith((PREFIXES["pg"], PREFIXES["org"])):
            name = re.split("[#/]", predicate)[-1]
            network.add_edge(source, goal, key=name, relation=name)
    return network


def _between_things(quads: list[ox.Quad]) -> set[tuple[str, str, str]]:
    """What a statement says of two things: a person holds a post, a document is issued by a body."""
    pg, org = PREFIXES["pg"], PREFIXES["org"]
    said: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(pg)
        if name in ("mentions", "inPost", "issues", "actor"):
            of = said.setdefault(str(getattr(quad.subject, "value", "")), {})
            of.setdefault(name, []).append(str(getattr(quad.object, "value", "")))
    relations = (("mentions", "inPost", org + "holds"), ("issues", "actor", pg + "issuedBy"))
    return {
        (source, goal, relation)
        for of in said.values()
        for first, second, relation in relations
        for source in of.get(first, ())
        for goal in of.get(second, ())
    }


def _types(quads: list[ox.Quad]) -> dict[str, str]:
    """Node → the name of its class, for the classes that make a network."""
    wanted = {PREFIXES["pg"] + name: name for name in _NODES}
    wanted |= {PREFIXES["pg"] + narrow: name for narrow, name in _NARROWER.items()}
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


# Sorted lines need no engine.
_LINE_WRITERS: dict[str, Writer] = {"nq": _quads, "nt": _triples}


def _writer(form: Format) -> Writer:
    """The function that writes a store in a format."""
    if form.networkx:
        return _network(form.networkx)
    if form.extension in _LINE_WRITERS:
        return _LINE_WRITERS[form.extension]
    return _graphs(form) if form.named_graphs else _merged(form)
