"""The report itself: what it says of itself, its sections and sentences, the run that read it."""

from __future__ import annotations

import re

from policygraph.graph.statements import Section, TableSource
from policygraph.graph.writer.context import DATE_TYPES, WriterContext
from policygraph.graph.writer.evidence import EvidenceWriter
from policygraph.graph.writer.things import Things
from policygraph.version import __version__

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class ReportWriter:
    """Writes one document's description and structure."""

    def __init__(self, context: WriterContext, evidence: EvidenceWriter, things: Things) -> None:
        self.document = context.document
        self.iri = context.iri
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.evidence = evidence
        self.things = things

    def write(self) -> None:
        """The report, the run that read it, its sections and its sentences."""
        self._header()
        self._choices()
        self._reading()
        for section in self.document.sections:
            self._section(section)
        for start, end in self.document.sentences:
            self._sentence(start, end)

    def _header(self) -> None:
        document, header, iri, lines = self.document, self.document.header, self.iri, self.lines
        lines.is_a(iri, "Report")
        lines.label(iri, "dcterms:title", header.title)
        lines.label(iri, "dcterms:subject", header.subject)
        lines.say_foreign(iri, "dcterms:identifier", header.index_number)
        date = DATE_TYPES[len(header.issued)] if _DATE.fullmatch(header.issued) else ""
        lines.say_foreign(iri, "dcterms:issued", header.issued, date)
        lines.say(iri, "Report.documentNumber", header.document_number)
        lines.say(iri, "Report.sha256", document.sha256)
        lines.say(iri, "Report.readingDigest", document.reading_digest)
        lines.say(iri, "Report.text", document.text)
        lines.say(iri, "Report.source", document.source)
        if document.table is not None:
            self._table(document.table)
        if document.issuer is not None:
            issuer = self.things.thing(document.issuer)
            lines.link(iri, "Report.issuer", issuer)
        if document.implied_actor is not None:
            lines.link(iri, "Report.impliedActor", self.things.thing(document.implied_actor))

    def _table(self, table: TableSource) -> None:
        """That the document is a table, the file it was read from, its notes and its source."""
        iri, lines = self.iri, self.lines
        lines.is_a(iri, "StatisticalTable")
        lines.say(iri, "StatisticalTable.fileSha256", table.sha256)
        for note in table.notes:
            lines.say(iri, "StatisticalTable.tableNote", note)
        lines.label(iri, "dcterms:source", table.source)

    def _choices(self) -> None:
        """Whose report it is and of when, and the words that say so."""
        document, iri, lines = self.document, self.iri, self.lines
        self.concepts.refer_to_period(iri, "Report", document.period)
        if document.home is not None:
            lines.link(iri, "Report.area", self.things.thing(document.home))
        for name, choice in (("area", document.area_choice), ("period", document.period_choice)):
            if choice:
                lines.say(iri, f"Report.{name}From", choice.source)
                if choice.span:
                    span = self.evidence.span(choice.span)
                    lines.link(iri, f"Report.{name}Evidence", span)

    def _reading(self) -> None:
        """The run that made the statements, and the software that ran."""
        lines, reading = self.lines, self.evidence.reading
        software = self.minter.software(__version__)
        lines.is_a(reading, "prov:Activity")
        lines.link(reading, "prov:used", self.iri)
        lines.link(reading, "prov:wasAssociatedWith", software)
        lines.is_a(software, "prov:SoftwareAgent")
        lines.say_foreign(software, "rdfs:label", f"policygraph {__version__}")
        lines.say_foreign(software, "schema:softwareVersion", __version__)

    def _section(self, section: Section) -> None:
        iri, lines = self.minter.section(self.iri, section.number), self.lines
        lines.is_a(iri, "Section")
        lines.label(iri, "rdfs:label", section.heading.quote)
        lines.say(iri, "Section.number", section.number)
        lines.say(iri, "Section.depth", section.level)
        lines.say(iri, "Section.start", section.span_start)
        lines.say(iri, "Section.end", section.span_end)
        for topic in section.topics:
            lines.link(iri, "Section.topic", self.concepts.topic(topic))
        if section.parent:
            parent = self.minter.section(self.iri, section.parent)
            lines.link(iri, "Section.parentSection", parent)

    def _sentence(self, start: int, end: int) -> None:
        iri, lines = self.minter.sentence(self.iri, start, end), self.lines
        lines.is_a(iri, "Sentence")
        lines.say(iri, "Sentence.start", start)
        lines.say(iri, "Sentence.end", end)
