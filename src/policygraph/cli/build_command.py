"""The command that reads reports into a store."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.store_commands import open_store
from policygraph.errors import SourceError
from policygraph.ontology.labels import counted

if TYPE_CHECKING:
    from policygraph.graph.statements import Document
    from policygraph.graph.versions import Addition, Works

log = logging.getLogger(__name__)
TOGETHER = 8  # reports written to the store in one transaction: what a kill may cost


def build(options: argparse.Namespace) -> int:
    """Read reports into the store; exit status 1 where one of many could not be read."""
    from policygraph.ontology.vocabulary import extended

    with extended(*map(Path, options.vocabulary)):
        return _build_all(options)


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.graph.versions import Works
    from policygraph.loaders.sources import BUNDLED, find_sources

    began = time.perf_counter()
    sources = find_sources([name for name in options.sources if name != "-"])
    sources += [Path("-")] * ("-" in options.sources)
    sources = sources or [BUNDLED]
    failed = 0
    totals = dict.fromkeys(("document", "figure", "mention", "measure", "quad"), 0)
    waiting: list[Document] = []
    with open_store(options, read_only=False) as store:
        works = Works(store)
        for number, source in enumerate(sources, 1):
            document = _read_among(source, options, alone=len(sources) == 1)
            if document is None:
                failed += 1
                continue
            waiting.append(document)
            if len(waiting) == TOGETHER:
                _add(works, waiting, totals, keep_versions=options.keep_versions)
                _progress(number, len(sources), document.source)
        if waiting:
            _add(works, waiting, totals, keep_versions=options.keep_versions)
            _progress(len(sources), len(sources), sources[-1].name)
    seconds = time.perf_counter() - began
    counts = ", ".join(counted(count, name) for name, count in totals.items())
    print(f"{counts}, {seconds:.2f} seconds → {options.store}", file=sys.stderr)
    if failed:
        print(f"policygraph: {failed} of {len(sources)} sources were not read", file=sys.stderr)
    return 1 if failed else 0


def _read_among(source: Path, options: argparse.Namespace, *, alone: bool) -> Document | None:
    """The report of a source, None where it cannot be read and others may; that is told on stderr.

    Raises what reading raises where the source is ``alone``.
    """
    try:
        return _read(source, options)
    except SourceError as error:
        if alone:
            raise
        print(f"policygraph: {' '.join(str(error).split())}", file=sys.stderr)
    except Exception as error:
        # A fault of ours in one file costs no other.
        if alone:
            raise
        message = " ".join(str(error).split())[:200]
        said = f"{source}: was not read: {type(error).__name__}: {message}; please report it"
        print(f"policygraph: {said}", file=sys.stderr)
    return None


def _add(
    works: Works, documents: list[Document], totals: dict[str, int], *, keep_versions: bool
) -> None:
    """Write documents to the store, count them and tell what they replace; the list is empty afterwards."""
    from policygraph.graph.timing import timed
    from policygraph.ontology.iris import Minter

    names = ", ".join(document.source for document in documents)
    with timed(log, "wrote the statements of %s to the store", names):
        additions = works.add(documents, Minter(), keep_versions=keep_versions)
    for document, addition in zip(documents, additions, strict=True):
        _tell(document.source, addition, keep_versions=keep_versions)
        totals["document"] += 1
        totals["figure"] += len(document.figures)
        totals["mention"] += len(document.mentions)
        totals["measure"] += len(document.measures)
        totals["quad"] += addition.quads
    documents.clear()


def _tell(source: str, addition: Addition, *, keep_versions: bool) -> None:
    """Say on stderr which documents of the store a new one replaces, or stands beside."""
    told = f"policygraph: {source}: "
    if addition.before is not None:
        name = addition.before.source or "a document in the store"
        print(f"{told}the same version as {name}, which it replaces", file=sys.stderr)
    for other in addition.others:
        what = f"another version of {other.source or 'a document in the store'} (<{other.iri}>)"
        if keep_versions:
            print(f"{told}{what}; both are kept", file=sys.stderr)
        else:
            print(f"{told}{what}, which it replaces; --keep-versions keeps both", file=sys.stderr)


def _read(source: Path, options: argparse.Namespace) -> Document:
    from policygraph.graph.timing import timed
    from policygraph.loaders.reader import read, read_extracted
    from policygraph.loaders.sources import extract_source
    from policygraph.loaders.statistics.table_reader import is_table

    overrides = {name: getattr(options, name) for name in ("area", "period", "issuer", "title")}
    with timed(log, "read %s", source):
        if is_table(source):
            return _read_table(source, options)
        if source != Path("-"):
            return read(source, **overrides)
        extracted = extract_source(sys.stdin.buffer.read(), "stdin")
        return read_extracted(extracted, source="stdin", **overrides)


def _read_table(source: Path, options: argparse.Namespace) -> Document:
    """Read a table of statistics, and say what was taken for what before it is written."""
    from policygraph.cli.table_summary import summary
    from policygraph.loaders.statistics.table_reader import read_table

    document = read_table(source, Path(options.mapping) if options.mapping else None)
    print(f"{source.name}: 统计表 table: {document.header.title}", file=sys.stderr)
    for line in summary(document):
        print(f"  {line}", file=sys.stderr)
    return document


def _progress(done: int, total: int, name: str) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // total
    end = "\n" if done == total else ""
    bar = "█" * filled + "░" * (24 - filled)
    print(f"\r{bar} {done}/{total} {name[:30]:30}", end=end, file=sys.stderr, flush=True)
