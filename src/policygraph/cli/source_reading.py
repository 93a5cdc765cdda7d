"""Reads sources into quads one by one: what `build` writes, or why there is nothing to write."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.graph.statements import Document, digest, plain_form
from policygraph.graph.timing import timed
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_extracted
from policygraph.loaders.reading_digest import reading_digest
from policygraph.loaders.source_text import SourceText
from policygraph.loaders.sources import extract_source, read_source
from policygraph.loaders.statistics.table_reader import is_table
from policygraph.ontology.iris import Minter
from policygraph.ontology.vocabulary import added

log = logging.getLogger(__name__)
STDIN = Path("-")
# A message: the source, the reason, and behind it what is particular to this file or what to do.
_REASON = re.compile(r"(?:.*?: )?([^(;:]*)")


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What the caller says of all sources, and which reports need not be read.

    ``stored`` is the reading digest of every document in the store, by IRI; ``mapping`` the file that
    says what stands where in tables of statistics.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)
    vocabularies: tuple[Path, ...] = ()
    stored: Mapping[str, str] = field(default_factory=dict)
    mapping: Path | None = None


@dataclass(frozen=True, slots=True)
class SourceReading:
    """One source read into quads, or unchanged in the store (no quads), or failed (no IRI).

    ``counts`` are the statements by kind, ``told`` lines for the user; ``failure`` is one line,
    ``reason`` its kind.
    """

    source: str
    iri: str = ""
    quads: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    failure: str = ""
    reason: str = ""
    told: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the store holds the report as it would be read now."""
        return bool(self.iri) and not self.quads


def read_all(sources: Sequence[Path], settings: ReadSettings) -> Iterator[SourceReading]:
    """Read sources in their order in this process; the error of an only one is raised."""
    for source in sources:
        yield read_one(source, settings) if len(sources) == 1 else attempt(source, settings)


def attempt(source: Path, settings: ReadSettings) -> SourceReading:
    """One source as read_one has it, or why it could not be read: it costs no other."""
    try:
        return read_one(source, settings)
    except SourceError as error:
        message = " ".join(str(error).split())
        return SourceReading(str(source), failure=message, reason=reason_of(message))
    except Exception as error:  # noqa: BLE001 (a fault of ours costs no other file)
        message = " ".join(str(error).split())[:200]
        kind = type(error).__name__
        failure = f"{source}: was not read: {kind}: {message}; please report it"
        return SourceReading(str(source), failure=failure, reason=f"a fault of the reader ({kind})")


def reason_of(message: str) -> str:
    """The kind of a failure: what a message says whatever the file is called."""
    found = _REASON.match(message)
    return re.sub(r"\d+", "N", found[1].strip()) if found else message


def read_one(source: Path, settings: ReadSettings) -> SourceReading:
    """One source read into quads, unless the store holds it as it would be read.

    Raises SourceError.
    """
    if is_table(source):
        return _read_table(source, settings.mapping)
    extracted, name = _extracted(source)
    iri = Minter().document(digest(plain_form(extracted.text)))
    before = settings.stored.get(iri)
    if before and before == reading_digest(extracted.text, name, settings.overrides, added()):
        return SourceReading(name, iri)
    with timed(log, "read %s", source):
        document = read_extracted(extracted, source=name, **settings.overrides)
    return _written(document, name)


def _read_table(source: Path, mapping: Path | None) -> SourceReading:
    """A table of statistics, with what was taken for what. Raises SourceError."""
    from policygraph.cli.table_summary import summary
    from policygraph.loaders.statistics.table_reader import read_table

    with timed(log, "read %s", source):
        document = read_table(source, mapping)
    told = (f"{source.name}: 统计表 table: {document.header.title}", *(f"  {x}" for x in summary(document)))  # fmt: skip
    return _written(document, source.name, told)


def _written(document: Document, name: str, told: tuple[str, ...] = ()) -> SourceReading:
    """A document as quads."""
    iri = Minter().document(document.version)
    with timed(log, "wrote the statements of %s as quads", name):
        quads = nquads(document)
    counts = {
        "figure": len(document.figures),
        "mention": len(document.mentions),
        "measure": len(document.measures),
    }
    return SourceReading(name, iri, quads, tuple(counts.items()), told=told)


def _extracted(source: Path) -> tuple[SourceText, str]:
    """What a source holds, and its name."""
    if source == STDIN:
        return extract_source(sys.stdin.buffer.read(), "stdin"), "stdin"
    return read_source(source), source.name
