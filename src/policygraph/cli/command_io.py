"""What every command does around its work: opening its store, writing its output to a file or to stdout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import UsageError

if TYPE_CHECKING:
    from policygraph.graph.stores import Store


def open_store(options: argparse.Namespace, *, read_only: bool = True) -> Store:
    """The store a command works on; raises StoreError."""
    from policygraph.graph import stores

    store = stores.open_store(
        options.store,
        read_only=read_only,
        update_url=options.update_url,
        graph_store_url=options.graph_store_url,
    )
    if not store.checks_version:
        store.check_version()
    return store


def on_terminal(output: str) -> bool:
    """Whether the output goes to a terminal."""
    return output == "-" and sys.stdout.isatty()


def refuse_other_endings(output: str, endings: Sequence[str], known: str) -> None:
    """Refuse a file whose name ends as another format does; ``known`` is said instead.

    Raises UsageError.
    """
    ending = Path(output).suffix.lower().lstrip(".")
    if ending and ending not in endings:
        raise UsageError(f"{output}: is not written as .{ending}; use one of {known}")


def write_out(output: str, data: bytes) -> None:
    """Write to a file, or to stdout for -."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from policygraph.graph.export import write_file

    write_file(Path(output), data)
