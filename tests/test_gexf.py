"""GEXF as Gephi's schema for 1.3 has it: its elements, their order, their attributes and the types of these."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from policygraph import Graph
from policygraph.graph.export import export
from policygraph.graph.gexf import NAMESPACE
from policygraph.graph.statements import Document

# Element → attributes it must have, attributes it may have, and the elements it may hold, in this order.
SCHEMA: dict[str, tuple[set[str], set[str], tuple[str, ...]]] = {
    "gexf": ({"version"}, {"variant"}, ("meta", "graph")),
    "meta": (set(), {"lastmodifieddate"}, ("creator", "keywords", "description")),
    "creator": (set(), set(), ()),
    "graph": (set(), {"defaultedgetype", "idtype", "mode"}, ("attributes", "nodes", "edges")),
    "attributes": ({"class"}, set(), ("attribute",)),
    "attribute": ({"id", "title", "type"}, set(), ("default", "options")),
    "nodes": (set(), {"count"}, ("node",)),
    "node": ({"id"}, {"label"}, ("attvalues",)),
    "edges": (set(), {"count"}, ("edge",)),
    "edge": ({"source", "target"}, {"id", "type", "label", "weight", "kind"}, ("attvalues",)),
    "attvalues": (set(), set(), ("attvalue",)),
    "attvalue": ({"for", "value"}, set(), ()),
}


def test_gexf_is_as_gephis_schema_has_it(hubei: Document) -> None:
    with Graph.open() as graph:
        graph.add(hubei)
        root = ElementTree.fromstring(export(graph.store, ".gexf"))
    assert root.attrib == {"version": "1.3"}
    for element in root.iter():
        space, _, name = element.tag[1:].partition("}")
        must, may, children = SCHEMA[name]
        assert space == NAMESPACE
        assert must <= element.attrib.keys() <= must | may, (name, element.attrib)
        inner = [child.tag.rpartition("}")[2] for child in element]
        assert inner == sorted(inner, key=children.index)
    found = {name: list(root.iter(f"{{{NAMESPACE}}}{name}")) for name in SCHEMA}
    declared = {element.get("id") for element in found["attribute"]}
    assert {element.get("for") for element in found["attvalue"]} <= declared
    nodes = [element.get("id") for element in found["node"]]
    assert len(nodes) == len(set(nodes)) > 100
    assert {e.get(end) for e in found["edge"] for end in ("source", "target")} <= set(nodes)
    # Between two nodes each edge has a kind of its own: Gephi merges those of the same.
    edges = [(e.get("source"), e.get("target"), e.get("kind")) for e in found["edge"]]
    assert len(edges) == len(set(edges)) > 100
    assert all(re.fullmatch(r"\w+", kind or "") for _, _, kind in edges)
