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
    from policygraph.graph.stores import Store

log = logging.getLogger(__name__)
TOGETHER = 8  # reports written to the store in one transaction: what a kill may cost


def build(options: argparse.Namespace) -> int:
    """Read reports into the store; exit status 1 where one of many could not be read."""
    from policygraph.ontology.vocabulary import extended

    with extended(*map(Path, options.vocabulary)):
        return _build_all(options)


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.loaders.sources import BUNDLED, find_sources

    began = time.perf_counter()
    sources = find_sources([name for name in options.sources if name != "-"])
    sources += [Path("-")] * ("-" in options.sources)
    sources = sources or [BUNDLED]
    failed = 0
    totals = dict.fromkeys(("document", "figure", "mention", "measure", "quad"), 0)
    waiting: list[Document] = []
    with open_store(options, read_only=False) as store:
        for number, source in enumerate(sources, 1):
            try:
                document = _read(source, options)
            except SourceError as error:
                if len(sources) == 1:
                    raise
                # A file that cannot be read is reported; the others are read all the same.
                print(f"policygraph: {' '.join(str(error).split())}", file=sys.stderr)
                failed += 1
                continue
            except Exception as error:  # noqa: BLE001: a fault of ours in one file costs no other
                if len(sources) == 1:
                    raise
                message = " ".join(str(error).split())[:200]
                print(
                    f"policygraph: {source}: was not read: {type(error).__name__}: {message}; "
                    "please report it",
                    file=sys.stderr,
                )
                failed += 1
                continue
            waiting.append(document)
            if len(waiting) == TOGETHER:
                _add(store, waiting, totals)
                _progress(number, len(sources), document.source)
        if waiting:
            _add(store, waiting, totals)
            _progress(len(sources), len(sources), sources[-1].name)
    seconds = time.perf_counter() - began
    counts = ", ".join(counted(count, name) for name, count in totals.items())
    print(f"{counts}, {seconds:.2f} seconds → {options.store}", file=sys.stderr)
    if failed:
        print(f"policygraph: {failed} of {len(sources)} sources were not read", file=sys.stderr)
    return 1 if failed else 0


def _add(store: Store, documents: list[Document], totals: dict[str, int]) -> None:
    """Write documents to the store and count them; the list is empty afterwards."""
    from policygraph.graph.timing import timed
    from policygraph.graph.writer import nquads
    from policygraph.ontology.iris import Minter

    minter = Minter()
    written: list[tuple[str, str]] = []
    for document in documents:
        with timed(log, "wrote the statements of %s as quads", document.source):
            written.append((minter.document(document.sha256), nquads(document, minter)))
        totals["document"] += 1
        totals["figure"] += len(document.figures)
        totals["mention"] += len(document.mentions)
        totals["measure"] += len(document.measures)
        totals["quad"] += written[-1][1].count("\n")
    names = " ".join(f"<{iri}>" for iri, _ in written)
    with timed(log, "added %d quads to the store as %s", totals["quad"], names):
        store.add_all(written)
    documents.clear()


def _read(source: Path, options: argparse.Namespace) -> Document:
    from policygraph.graph.timing import timed
    from policygraph.loaders.reader import read, read_extracted
    from policygraph.loaders.sources import extract_source

    overrides = {name: getattr(options, name) for name in ("area", "period", "issuer", "title")}
    with timed(log, "read %s", source):
        if source != Path("-"):
            return read(source, **overrides)
        extracted = extract_source(sys.stdin.buffer.read(), "stdin")
        return read_extracted(extracted, source="stdin", **overrides)


def _progress(done: int, total: int, name: str) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // total
    end = "\n" if done == total else ""
    bar = "█" * filled + "░" * (24 - filled)
    print(f"\r{bar} {done}/{total} {name[:30]:30}", end=end, file=sys.stderr, flush=True)
