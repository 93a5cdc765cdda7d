"""Who delivered the report, and before whom."""

from __future__ import annotations

from policygraph.graph.statements import Entity
from policygraph.graph.writer.context import WriterContext
from policygraph.graph.writer.evidence import EvidenceWriter
from policygraph.graph.writer.things import Things


def describe_delivery(context: WriterContext, evidence: EvidenceWriter, things: Things) -> None:
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
        lines.link(iri, "Report.deliveryEvidence", evidence.span(span))
