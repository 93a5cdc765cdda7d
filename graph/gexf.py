"""A network as GEXF 1.3, the form Gephi's own schema describes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from networkx import MultiDiGraph

NAMESPACE = "http://gexf.net/1.3"
_TYPE, _RELATION = "0", "1"


def write_gexf(network: MultiDiGraph, out: IO[bytes]) -> None:
    """Write nodes with label and type, and edges with their relation, which is also their kind."""
    root = ElementTree.Element("gexf", xmlns=NAMESPACE, version="1.3")
    meta = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(meta, "creator").text = "policygraph"
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for of, identity, title in (("node", _TYPE, "type"), ("edge", _RELATION, "relation")):
        declared = ElementTree.SubElement(graph, "attributes", {"class": of})
        ElementTree.SubElement(declared, "attribute", id=identity, title=title, type="string")
    nodes = ElementTree.SubElement(graph, "nodes")
    for name, data in network.nodes(data=True):
        node = ElementTree.SubElement(nodes, "node", id=name, label=data["label"])
        _put(node, _TYPE, data["type"])
    edges = ElementTree.SubElement(graph, "edges")
    for number, (source, target, relation) in enumerate(network.edges(data="relation")):
        edge = ElementTree.SubElement(
            edges,
            "edge",
            id=str(number),
            source=source,
            target=target,
            kind=relation,
            label=relation,
        )
        _put(edge, _RELATION, relation)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)


def _put(element: ElementTree.Element, identity: str, value: str) -> None:
    """The value of a declared attribute."""
    values = ElementTree.SubElement(element, "attvalues")
    ElementTree.SubElement(values, "attvalue", {"for": identity, "value": value})
