"""The command that links the names in a table with the areas of the register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.store_commands import write_out
from policygraph.errors import UsageError

if TYPE_CHECKING:
    from policygraph.graph.reconciliation.candidates import Candidate
    from policygraph.graph.reconciliation.column_linking import Name
    from policygraph.graph.reconciliation.mapping_set import Decision
    from policygraph.graph.reconciliation.tables import Table


def link(options: argparse.Namespace) -> int:
    """Write the table with the areas its names mean, and the mapping set where one is wanted."""
    from policygraph.graph.reconciliation.column_linking import link_names
    from policygraph.graph.reconciliation.mapping_set import read_decisions, write_mappings
    from policygraph.graph.reconciliation.tables import read_table, write_linked
    from policygraph.ontology.register import Register

    register = Register.load()
    table = read_table(Path(options.table))
    names = _names(table, options)
    linked = link_names(names, register, level=options.level)
    decisions = read_decisions(Path(options.mappings), register) if options.mappings else {}
    linked = [_decided(name, found, decisions) for name, found in zip(names, linked, strict=True)]
    if options.sssom:
        title = f"{Path(options.table).name}, column {options.column}"
        data = write_mappings(names, linked, decisions, register, title=title)
        write_out(options.sssom, data)
    write_out(options.output, write_linked(table, linked, register))
    certain = sum(bool(found) and found[0].match for found in linked)
    unknown = sum(not found for found in linked)
    print(
        f"{len(names)} names: {certain} certain, {len(names) - certain - unknown} to be decided, "
        f"{unknown} unknown",
        file=sys.stderr,
    )
    return 0


def _names(table: Table, options: argparse.Namespace) -> list[Name]:
    """The names with their years and the areas above them; raises UsageError."""
    from policygraph.graph.reconciliation.column_linking import Name

    texts = table.column(options.column)
    years = table.column(options.year_column) if options.year_column else ()
    above = table.column(options.within_column) if options.within_column else ()
    return [
        Name(
            text,
            _year(years[row]) if years else options.year,
            above[row] if above else options.within,
        )
        for row, text in enumerate(texts)
    ]


def _year(text: str) -> int | None:
    digits = text[:4]
    if text and not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        raise UsageError(f"{text}: is no year in the column of years")
    return int(digits) if text else None


def _decided(
    name: Name, found: tuple[Candidate, ...], decisions: dict[Name, Decision]
) -> tuple[Candidate, ...]:
    """The candidates of a name, or what somebody decided it means."""
    from policygraph.graph.reconciliation.candidates import Candidate

    if name not in decisions:
        return found
    area = decisions[name].area
    return () if area is None else (Candidate(area, 100, ("decided",), match=True),)
