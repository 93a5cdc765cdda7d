"""What a report tells as a problem or difficulty."""

from __future__ import annotations

from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.evidence import EvidenceWriter
from policygraph.graph.writer.things import Things


def describe_difficulties(context: WriterContext, evidence: EvidenceWriter, things: Things) -> None:
    """The difficulties in reading order, each with its passage, topics, period and area."""
    document, lines = context.document, context.lines
    for difficulty in document.difficulties:
        span = difficulty.span
        iri = context.minter.statement(context.iri, "difficulty", span.start, span.end)
        evidence.statement(iri, "Difficulty", span, difficulty.rule)
        context.concepts.refer_to_period(iri, "Difficulty", difficulty.period)
        if document.home is not None:
            lines.link(iri, "Difficulty.area", things.thing(document.home))
