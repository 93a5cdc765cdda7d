"""What a report tells as a problem or difficulty, and who delivered the report before whom."""

from __future__ import annotations

from policygraph.graph.statements import Entity
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.passages import Passages
from policygraph.graph.writer.things import Things


def describe_difficulties(context: WriterContext, passages: Passages, things: Things) -> None:
    """The difficulties in reading order, each with its passage, topics, period and area."""
    document, lines = context.document, context.lines
    for difficulty in document.difficulties:
        span = difficulty.span
        iri = context.minter.statement(context.iri, "difficulty", span.start, span.end)
        passages.statement(iri, "Difficulty", span, difficulty.rule)
        context.concepts.refer_to_period(iri, "Difficulty", difficulty.period)
        if document.home is not None:
            lines.link(iri, "Difficulty.area", things.thing(document.home))


def describe_delivery(context: WriterContext, passages: Passages, things: Things) -> None:
    """Who delivered the report, in which post, when, before which congress, and the words for it."""
    header, iri, lines = context.document.header, context.iri, context.lines
    if header.speaker:
        person = things.thing(Entity("Person", header.speaker))
        lines.link(iri, "Report.speaker", person)
        if context.document.speaker_post is not None:
            post = things.thing(context.document.speaker_post)
            lines.link(iri, "Report.speakerPost", post)
    if header.congress:
        lines.link(iri, "Report.deliveredAt", things.thing(Entity("Event", header.congress)))
    lines.say(iri, "Report.delivered", header.delivered)
    for span in header.delivery:
        lines.link(iri, "Report.deliveryEvidence", passages.span(span))
