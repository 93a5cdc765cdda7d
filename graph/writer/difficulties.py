"""What a report tells as a problem or difficulty, and who delivered the report before whom."""

from __future__ import annotations

from policygraph.graph.statements import Document
from policygraph.graph.writer.concepts import Concepts
from policygraph.graph.writer.passages import Passages
from policygraph.graph.writer.quad_lines import Lines
from policygraph.graph.writer.things import Things
from policygraph.ontology.iris import Minter


def describe_difficulties(
    document: Document,
    lines: Lines,
    minter: Minter,
    passages: Passages,
    concepts: Concepts,
    things: Things,
) -> None:
    """The difficulties in reading order, each with its passage, topics, period and area."""
    home = things.home() if document.difficulties else ""
    for difficulty in document.difficulties:
        span = difficulty.span
        iri = minter.statement(passages.iri, "difficulty", span.start, span.end)
        passages.statement(iri, "Difficulty", span, difficulty.rule)
        lines.say(iri, "Difficulty.period", difficulty.period)
        when = concepts.period(difficulty.period)
        if when:
            lines.link(iri, "Difficulty.refPeriod", when)
        if home:
            lines.link(iri, "Difficulty.area", home)


def describe_delivery(document: Document, lines: Lines, passages: Passages, things: Things) -> None:
    """Who delivered the report, in which post, when, before which congress, and the words for it."""
    header, iri = document.header, passages.iri
    if header.speaker:
        person = things.thing("Person", header.speaker)
        lines.link(iri, "Report.speaker", person)
        if header.post:
            post = things.thing("Post", header.post)
            lines.link(iri, "Report.speakerPost", post)
            lines.link(person, "org:holds", post)
    if header.congress:
        lines.link(iri, "Report.deliveredAt", things.thing("Event", header.congress))
    lines.say(iri, "Report.delivered", header.delivered)
    for span in header.delivery:
        lines.link(iri, "Report.deliveryEvidence", passages.span(span))
