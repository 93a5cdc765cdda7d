"""What XML cannot hold is refused, whichever way XML is written; what it can hold comes back as it was."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from policygraph import Graph
from policygraph.errors import FormatError
from policygraph.graph.export import export
from policygraph.graph.formats import BY_EXTENSION
from policygraph.graph.serialization import serialized
from policygraph.queries.results import write
from policygraph.service import result_writer

NO_XML = ('"a\\u0001b"', '"\\uFFFE"', '"x"')
PLAIN = '"a\\rb\\n\\tc <&> \\U0001F600"'


@pytest.mark.parametrize("value", [*NO_XML, PLAIN])
def test_what_xml_cannot_hold_is_refused_and_never_malformed(value: str) -> None:
    """RDF/XML and SPARQL results in XML, of the command line, the service and an export."""
    predicate = "<http://e/1>" if value == '"x"' else "<http://e/p>"
    with Graph.open() as graph:
        graph.store.update(f"INSERT DATA {{ GRAPH <a:g> {{ <a:s> {predicate} {value} }} }}")
        store = graph.store
        rows, triples = "SELECT ?o { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
        written = [
            (lambda: export(store, ".rdf"), value),
            (lambda: write(store.query(rows), "xml"), value if value != '"x"' else PLAIN),
            (lambda: served(store.query(rows), "xml"), value if value != '"x"' else PLAIN),
            (lambda: served(store.query(triples), "rdf"), value),
            (lambda: serialized(store.triples("a:g"), BY_EXTENSION["rdf"]), value),
        ]
        for make, holds in written:
            if holds == PLAIN:
                root = ElementTree.fromstring(make())
                if value == PLAIN:
                    assert "a\rb\n\tc <&> \U0001f600" in [e.text for e in root.iter()]
            else:
                with pytest.raises(FormatError, match="XML cannot hold"):
                    make()


def served(answer: object, extension: str) -> bytes:
    """An answer as the service's worker writes it, in small pieces."""
    parts: list[bytes] = []
    result_writer.write(answer, BY_EXTENSION[extension], result_writer.Sink(parts.append), 0, 0)  # type: ignore[arg-type]
    return b"".join(parts)
