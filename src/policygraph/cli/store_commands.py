"""The commands about a store as a whole, and opening the store of any command."""

from __future__ import annotations

import argparse
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.ontology.labels import counted
from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph.graph.stores import Store


def open_store(options: argparse.Namespace, *, read_only: bool = True) -> Store:
    """The store a command works on; raises StoreError."""
    from policygraph.graph import stores

    return stores.open_store(
        options.store,
        read_only=read_only,
        update_url=options.update_url,
        graph_store_url=options.graph_store_url,
    )


def export(options: argparse.Namespace) -> int:
    """Write the store to a file or in parts."""
    from policygraph.graph.bulk import write_shards
    from policygraph.graph.export import write, write_file

    suffix = ".nq" if options.output == "-" else Path(options.output).suffix
    with open_store(options) as store:
        if options.bulk:
            written = write_shards(store, Path(options.bulk), compress=options.gzip)
            print(
                f"{counted(len(written), 'part')} and their loaders → {options.bulk}",
                file=sys.stderr,
            )
        elif options.output == "-":
            write(store, suffix, sys.stdout.buffer)
        else:
            write_file(Path(options.output), partial(write, store, suffix))
    return 0


def info(options: argparse.Namespace) -> int:
    """Print the number of documents and quads, and the documents."""
    from policygraph.queries.catalogue import answer
    from policygraph.queries.results import write

    with open_store(options) as store:
        print(f"policygraph {__version__}, store {options.store}: ", end="")
        print(f"{counted(len(store.graphs()), 'document')}, {counted(store.count(), 'quad')}")
        sys.stdout.flush()
        width = shutil.get_terminal_size().columns if on_terminal("-") else None
        write_out("-", write(answer(store, "documents"), "table", width))
    return 0


def on_terminal(output: str) -> bool:
    """Whether the output goes to a terminal."""
    return output == "-" and sys.stdout.isatty()


def write_out(output: str, data: bytes) -> None:
    """Write to a file, or to stdout for -."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from policygraph.graph.export import write_file

    write_file(Path(output), data)
