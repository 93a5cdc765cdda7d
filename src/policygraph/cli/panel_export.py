"""The part of the export command that writes panels for statistics programs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from policygraph.cli.command_io import open_store, write_out
from policygraph.errors import UsageError
from policygraph.ontology.labels import counted


def export_panel(options: argparse.Namespace) -> int:
    """Write a panel as CSV, and what goes beside it: the codebook of a wide one, CSVW metadata. Raises UsageError."""
    from policygraph.queries import panels

    _refuse(options)
    with open_store(options) as store:
        if options.panel == "targets":
            rows = panels.growth_targets(store)
            write_out(options.output, panels.written(panels.TARGETS, rows))
            print(counted(len(rows), "target"), file=sys.stderr)
            return 0
        rows = panels.long_panel(store)
    if options.panel == "long":
        write_out(options.output, panels.written(panels.LONG, rows))
        print(counted(len(rows), "figure"), file=sys.stderr)
    else:
        wide = panels.wide_panel(rows)
        write_out(options.output, wide.table())
        if options.output != "-":
            path = Path(options.output)
            write_out(str(path.with_name(f"{path.stem}-codebook.csv")), wide.codebook())
        print(
            f"{counted(len(wide.rows), 'row')}, {counted(len(wide.variables), 'variable')}, "
            f"{counted(len(wide.open_cells), 'cell')} left empty because its sources disagree",
            file=sys.stderr,
        )
    if options.csvw:
        path = Path(options.output)
        described = panels.metadata(path.name, panels.LONG)
        text = json.dumps(described, ensure_ascii=False, indent=1)
        write_out(f"{path}-metadata.json", f"{text}\n".encode())
    return 0


def _refuse(options: argparse.Namespace) -> None:
    if options.csvw and (options.panel != "long" or options.output == "-"):
        raise UsageError("--csvw: describes the file of --panel long; give both, and -o FILE.csv")
    if options.bulk or options.gzip or options.profile != "stored":
        raise UsageError("--panel: is written as CSV; --bulk, --gzip and --profile are for graphs")
    if options.output != "-" and Path(options.output).suffix.lower() != ".csv":
        raise UsageError(f"{options.output}: a panel is written as CSV; name the file so")
