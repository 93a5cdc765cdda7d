"""What every part of the writer shares while it writes one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from policygraph.graph.statements import Document
from policygraph.graph.writer.concepts import Concepts
from policygraph.graph.writer.quad_lines import Lines
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Register

# The datatype of a date, by the length of what is written.
DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@dataclass(frozen=True, slots=True)
class WriterContext:
    """One document and its IRI, the quads gathered so far, and what IRIs and areas come from."""

    document: Document
    iri: str
    lines: Lines
    minter: Minter
    register: Register
    concepts: Concepts

    @classmethod
    def of(cls, document: Document, minter: Minter, register: Register) -> Self:
        """A document of which nothing is written yet."""
        iri = minter.document(document.version)
        lines = Lines(iri)
        return cls(document, iri, lines, minter, register, Concepts(lines, minter))
