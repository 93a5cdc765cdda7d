"""The commands about a store as a whole."""

from __future__ import annotations

import argparse
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import on_terminal, open_store, write_out
from policygraph.errors import UsageError
from policygraph.ontology.labels import counted
from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph.graph.export import Quads
    from policygraph.graph.stores import Store


def export(options: argparse.Namespace) -> int:
    """Write the store to a file or in parts."""
    from policygraph.graph.bulk import write_parts
    from policygraph.graph.export import write, write_file

    if options.panel or options.csvw:
        from policygraph.cli.panel_export import export_panel

        return export_panel(options)
    if options.gzip and not options.bulk:
        raise UsageError("--gzip: compresses the parts of --bulk; give both, or gzip the file")
    if options.bulk and options.output != "-":
        raise UsageError("--bulk and -o: are two ways to write; give one of them")
    suffix = ".nq" if options.output == "-" else Path(options.output).suffix
    with open_store(options) as store:
        quads = _chosen(store, options)
        if options.bulk:
            written = write_parts(quads, Path(options.bulk), compress=options.gzip)
            print(
                f"{counted(len(written), 'part')} and their loaders → {options.bulk}",
                file=sys.stderr,
            )
        elif options.output == "-":
            write(quads, suffix, sys.stdout.buffer)
        else:
            write_file(Path(options.output), partial(write, quads, suffix))
    return 0


def _chosen(store: Store, options: argparse.Namespace) -> Quads:
    """The store as it is kept, one report of it, or the store as the standard profile has it. Raises UsageError."""
    from policygraph.graph.report_quads import ReportQuads
    from policygraph.queries.standard_profile import StandardProfile

    if not options.document:
        return StandardProfile(store) if options.profile == "standard" else store
    if options.profile == "standard":
        raise UsageError("--document: is written as it is stored, without --profile standard")
    return ReportQuads(store, options.document)


def materialise(options: argparse.Namespace) -> int:
    """Write what the standard profile derives into graphs of its own, or remove these."""
    from policygraph.queries.standard_profile import materialise, remove

    with open_store(options, read_only=False) as store:
        if options.remove:
            print(
                f"{counted(remove(store), 'graph')} removed from {options.store}", file=sys.stderr
            )
        else:
            print(
                f"{counted(materialise(store), 'triple')} derived → {options.store}",
                file=sys.stderr,
            )
    return 0


def info(options: argparse.Namespace) -> int:
    """Print the number of documents and quads, and the documents."""
    from policygraph.queries.catalogue import answer
    from policygraph.queries.results import write

    with open_store(options) as store:
        print(f"policygraph {__version__}, store {options.store}: ", end="")
        print(f"{counted(len(store.documents()), 'document')}, {counted(store.count(), 'quad')}")
        sys.stdout.flush()
        width = shutil.get_terminal_size().columns if on_terminal("-") else None
        write_out("-", write(answer(store, "documents"), "table", width))
    return 0
