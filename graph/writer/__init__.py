"""Statements → N-Quads: one document becomes one named graph, in reading order.

The text is the same on every run and machine. What stands where is in docs/model.md.
"""

from __future__ import annotations

from policygraph.graph.statements import Document
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.delivery import describe_delivery
from policygraph.graph.writer.difficulties import describe_difficulties
from policygraph.graph.writer.evidence import EvidenceWriter
from policygraph.graph.writer.report import ReportWriter
from policygraph.graph.writer.statement_writer import StatementWriter
from policygraph.graph.writer.things import Things
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import extended


def nquads(
    document: Document, minter: Minter | None = None, register: Register | None = None
) -> str:
    """The document's named graph as N-Quads text, a line a quad, none twice."""
    with extended(*document.vocabularies):
        context = WriterContext.of(document, minter or Minter(), register or Register.load())
        evidence, things = EvidenceWriter(context), Things(context)
        ReportWriter(context, evidence, things).write()
        StatementWriter(context, evidence, things).write()
        describe_difficulties(context, evidence, things)
        describe_delivery(context, evidence, things)
    return context.lines.text()
