"""Reports into the store."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.store_commands import open_store
from policygraph.errors import SourceError

if TYPE_CHECKING:
    from policygraph.graph.statements import Document


def build(options: argparse.Namespace) -> int:
    """Read reports into the store; exit status 1 where one of many could not be read."""
    from policygraph.ontology.vocabulary import extended

    with extended(*map(Path, options.vocabulary)):
        return _build_all(options)


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.graph.writer import nquads
    from policygraph.loaders.sources import BUNDLED, find_sources
    from policygraph.ontology.iris import Minter

    began = time.perf_counter()
    sources = find_sources([name for name in options.sources if name != "-"])
    sources += [Path("-")] * ("-" in options.sources)
    sources = sources or [BUNDLED]
    minter, failed = Minter(), 0
    totals = dict.fromkeys(("documents", "figures", "mentions", "measures", "quads"), 0)
    with open_store(options, read_only=False) as store:
        for place, source in enumerate(sources):
            try:
                document = _read(source, options)
            except SourceError as error:
                if len(sources) == 1:
                    raise
                # One bad file of many is told and costs no other.
                print(f"policygraph: {' '.join(str(error).split())}", file=sys.stderr)
                failed += 1
                continue
            lines = nquads(document, minter)
            store.add(minter.document(document.sha256), lines)
            totals["documents"] += 1
            totals["figures"] += len(document.figures)
            totals["mentions"] += len(document.mentions)
            totals["measures"] += len(document.measures)
            totals["quads"] += lines.count("\n")
            _progress(place + 1, len(sources), document.source)
    seconds = time.perf_counter() - began
    said = ", ".join(f"{count} {name}" for name, count in totals.items())
    print(f"{said}, {seconds:.2f} seconds → {options.store}", file=sys.stderr)
    if failed:
        print(f"policygraph: {failed} of {len(sources)} sources were not read", file=sys.stderr)
    return 1 if failed else 0


def _read(source: Path, options: argparse.Namespace) -> Document:
    from policygraph.loaders.reader import read, read_extracted
    from policygraph.loaders.sources import extract_source

    overrides = {name: getattr(options, name) for name in ("area", "period", "issuer", "title")}
    if source == Path("-"):
        data = sys.stdin.buffer.read()
        return read_extracted(extract_source(data, "stdin"), source="stdin", **overrides)
    return read(source, **overrides)


def _progress(done: int, total: int, name: str) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // total
    end = "\n" if done == total else ""
    bar = "█" * filled + "░" * (24 - filled)
    print(f"\r{bar} {done}/{total} {name[:30]:30}", end=end, file=sys.stderr, flush=True)
