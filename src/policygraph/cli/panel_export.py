"""The part of the export command that writes panels for statistics programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store, write_out
from policygraph.errors import UsageError
from policygraph.ontology.labels import counted

if TYPE_CHECKING:
    from policygraph.queries.panels import Row, WidePanel


def export_panel(options: argparse.Namespace) -> int:
    """Write a panel as CSV, and what goes beside it: the codebook of a wide one, CSVW metadata. Raises UsageError."""
    from policygraph.queries import panels

    _refuse(options)
    with open_store(options) as store:
        rows = (
            panels.growth_targets(store) if options.panel == "targets" else panels.long_panel(store)
        )
    if options.panel == "wide":
        _wide(panels.wide_panel(rows), options)
        return 0
    columns, what = (
        (panels.TARGETS, "target") if options.panel == "targets" else (panels.LONG, "figure")
    )
    write_out(options.output, panels.written(columns, rows))
    print(counted(len(rows), what), file=sys.stderr)
    if options.csvw:
        _describe(options, columns)
    return 0


def _wide(panel: WidePanel, options: argparse.Namespace) -> None:
    """The wide panel, its codebook beside it, and which of its cells are open."""
    from policygraph.queries.panels import WIDE

    write_out(options.output, panel.table())
    if options.output != "-":
        path = Path(options.output)
        write_out(str(path.with_name(f"{path.stem}-codebook.csv")), panel.codebook())
    print(
        f"{counted(len(panel.rows), 'row')}, {counted(len(panel.variables), 'variable')}, "
        f"{counted(len(panel.open_cells), 'cell')} left empty because its sources disagree",
        file=sys.stderr,
    )
    if options.csvw:
        _describe(options, WIDE, panel.variables)


def _describe(
    options: argparse.Namespace, columns: Sequence[str], variables: Sequence[Row] = ()
) -> None:
    """The metadata for the CSV on the Web, beside the file."""
    from policygraph.queries.panel_metadata import metadata

    path = Path(options.output)
    described = metadata(options.panel, path.name, columns, variables)
    text = json.dumps(described, ensure_ascii=False, indent=1)
    write_out(f"{path}-metadata.json", f"{text}\n".encode())


def _refuse(options: argparse.Namespace) -> None:
    if options.csvw and (options.panel is None or options.output == "-"):
        raise UsageError("--csvw: describes the file of a panel; give --panel KIND and -o FILE.csv")
    if options.bulk or options.gzip or options.profile != "stored" or options.document:
        raise UsageError("--panel: is written as CSV; --bulk, --gzip and --profile are for graphs")
    if options.output != "-" and Path(options.output).suffix.lower() != ".csv":
        raise UsageError(f"{options.output}: a panel is written as CSV; name the file so")
