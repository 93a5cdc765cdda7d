"""Statements → N-Quads: one document becomes one named graph, in reading order.

The text is the same on every run and machine. What stands where is in docs/model.md.
"""

from __future__ import annotations

from policygraph.graph.statements import Document
from policygraph.graph.writer.concepts import Concepts
from policygraph.graph.writer.difficulties import describe_delivery, describe_difficulties
from policygraph.graph.writer.facts import Facts
from policygraph.graph.writer.passages import Passages
from policygraph.graph.writer.quad_lines import Lines
from policygraph.graph.writer.report import Report
from policygraph.graph.writer.things import Things
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import extended


def nquads(
    document: Document, minter: Minter | None = None, register: Register | None = None
) -> str:
    """The document's named graph as N-Quads text, a line a quad, none twice."""
    minter, register = minter or Minter(), register or Register.load()
    iri = minter.document(document.sha256)
    lines = Lines(iri)
    with extended(*document.vocabularies):
        concepts = Concepts(lines, minter)
        things = Things(document, lines, minter, register, concepts)
        passages = Passages(document, lines, minter, iri, concepts)
        Report(document, lines, minter, passages, concepts, things).describe()
        Facts(document, lines, minter, passages, concepts, things).describe()
        describe_difficulties(document, lines, minter, passages, concepts, things)
        describe_delivery(document, lines, passages, things)
    return lines.text()
