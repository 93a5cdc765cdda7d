"""Reads sources into quads one by one: what `build` writes, or why there is nothing to write."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.graph.statements import Document, digest, plain_form
from policygraph.graph.timing import timed
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_extracted
from policygraph.loaders.reading_digest import reading_digest
from policygraph.loaders.remote_sources import at_hand
from policygraph.loaders.source_text import SourceText
from policygraph.loaders.sources import extract_source, is_table, read_source
from policygraph.ontology.iris import Minter
from policygraph.ontology.vocabulary import added

log = logging.getLogger(__name__)
STDIN = Path("-")
# A message: the source, the reason, and behind it what is particular to this file or what to do.
_REASON = re.compile(r"(?:.*?: )?([^(;:]*)")


@dataclass(frozen=True)
class ReadSettings:
    """What the caller says of all sources, and which reports need not be read.

    ``stored`` is the reading digest of every document in the store, by IRI; ``mapping`` the file that
    says what stands where in tables of statistics.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)
    vocabularies: tuple[Path, ...] = ()
    stored: Mapping[str, str] = field(default_factory=dict)
    mapping: Path | None = None

    @cached_property
    def documents(self) -> dict[str, str]:
        """Reading digest → the document of the store that was read with it; the first of several."""
        return {digest: iri for iri, digest in reversed([*self.stored.items()])}


@dataclass(frozen=True, slots=True)
class SourceReading:
    """One source read into quads, or unchanged in the store (no quads), or failed (no IRI).

    ``counts`` are the statements by kind, ``told`` lines for the user; ``failure`` is one line,
    ``reason`` its kind, ``passing`` whether it is the system's, not the source's, and may be gone the next
    time; ``digest`` is what the report was read with.
    """

    source: str
    iri: str = ""
    quads: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    failure: str = ""
    reason: str = ""
    told: tuple[str, ...] = ()
    digest: str = ""
    passing: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the store holds the report as it would be read now."""
        return bool(self.iri) and not self.counts


def read_anywhere(place: str, settings: ReadSettings) -> SourceReading:
    """The source at a path or an address, or why it could not be read."""
    try:
        with at_hand(place) as path:
            return attempt_at_hand(place, path, settings)
    except SourceError as error:
        return failed(place, str(error), passing=True)


def attempt_at_hand(place: str, path: Path, settings: ReadSettings) -> SourceReading:
    """The source of a place, whose file is at hand at a path, or why it could not be read."""
    reading = attempt(path, settings)
    if reading.failure and place != str(path):  # a copy, whose folder is another each time
        failure = reading.failure.replace(str(path), place)
        return replace(reading, source=place, failure=failure)
    return reading


def attempt(source: Path, settings: ReadSettings) -> SourceReading:
    """One source as read_one has it, or why it could not be read: it costs no other."""
    try:
        return read_one(source, settings)
    except SourceError as error:
        return failed(source, str(error), passing=isinstance(error.__cause__, OSError))
    except Exception as error:  # noqa: BLE001 (a fault of ours costs no other file)
        message = " ".join(str(error).split())[:200]
        kind = type(error).__name__
        failure = f"{source}: was not read: {kind}: {message}; please report it"
        reason = f"a fault of the reader ({kind})"
        passing = isinstance(error, MemoryError | OSError)
        return SourceReading(str(source), failure=failure, reason=reason, passing=passing)


def failed(source: Path | str, message: str, *, passing: bool = False) -> SourceReading:
    """A source that could not be read, with the reason."""
    message = " ".join(message.split())
    return SourceReading(str(source), failure=message, reason=reason_of(message), passing=passing)


def ended(source: Path | str, how: str) -> SourceReading:
    """A source in whose reading the process ended, and how it did."""
    failure = f"{source}: was not read: the process that read it ended ({how}); please report it"
    return SourceReading(str(source), failure=failure, reason=f"the process ended ({how})")


def reason_of(message: str) -> str:
    """The kind of a failure: what a message says whatever the file is called."""
    found = _REASON.match(message)
    return re.sub(r"\d+", "N", found[1].strip()) if found else message


def read_one(source: Path | str, settings: ReadSettings) -> SourceReading:
    """One source read into quads, unless the store holds it as it would be read.

    Raises SourceError.
    """
    source = Path(source)
    if is_table(source):
        return _read_table(source, settings)
    extracted, name = _extracted(source)
    iri = Minter().document(digest(plain_form(extracted.text)))
    before = settings.stored.get(iri)
    if before and before == reading_digest(extracted.text, name, settings.overrides, added()):
        return SourceReading(name, iri)
    with timed(log, "read %s", source):
        document = read_extracted(extracted, source=name, **settings.overrides)
    return _written(document, name)


def _read_table(source: Path, settings: ReadSettings) -> SourceReading:
    """A table of statistics, with what was taken for what, unless it is in the store. Raises SourceError."""
    from policygraph.cli.table_summary import summary
    from policygraph.loaders.statistics.table_reader import (
        digest_of_table,
        open_table,
        read_opened,
    )

    file, title = open_table(source), settings.overrides.get("title", "")
    if settings.stored:
        same = settings.documents.get(digest_of_table(file, settings.mapping, title))
        if same:
            return SourceReading(source.name, same)
    with timed(log, "read %s", source):
        document = read_opened(file, settings.mapping, title)
    given = {name: value for name, value in settings.overrides.items() if value}
    unused = [
        f"--{name}: 不用于统计表 says nothing of a table, whose cells tell it"
        for name in given
        if name != "title"
    ]
    lines = [*unused, *summary(document)]
    told = (
        f"{source.name}: 统计表 table: {document.header.title}",
        *(f"  {line}" for line in lines),
    )
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
    digest = document.reading_digest
    return SourceReading(name, iri, quads, tuple(counts.items()), told=told, digest=digest)


def _extracted(source: Path) -> tuple[SourceText, str]:
    """What a source holds, and its name."""
    if source == STDIN:
        return extract_source(sys.stdin.buffer.read(), "stdin"), "stdin"
    return read_source(source), source.name
