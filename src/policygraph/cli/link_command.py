"""The command that links the names in a table with the areas of the register, or with things of a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store, refuse_other_endings, write_out
from policygraph.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.graph.reconciliation.column_linking import Name
    from policygraph.graph.reconciliation.mapping_set import Decision
    from policygraph.graph.reconciliation.proposals import Proposal
    from policygraph.graph.reconciliation.tables import Table

AREA = "Area"
WIKIDATA = "wikidata"  # in the place of a table
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def link(options: argparse.Namespace) -> int:
    """Write the table with what its names mean, or what belongs to the links with Wikidata."""
    if options.table == WIKIDATA:
        return _wikidata(options)
    if options.result or options.federated:
        raise UsageError("RESULT and --federated are for link wikidata")
    if not options.column:
        raise UsageError("say which column holds the names: --column NAME")
    return _table(options)


def _wikidata(options: argparse.Namespace) -> int:
    """Write the query for areas without an item; of its result, the items that the register confirms."""
    from policygraph.graph.reconciliation import wikidata
    from policygraph.ontology.labels import counted
    from policygraph.ontology.register import Register
    from policygraph.ontology.register.wikidata import VARIABLE

    register = Register.load()
    areas = wikidata.areas_without_item(register)
    if not options.result:
        refuse_other_endings(options.output, ("rq", "sparql", "txt"), "rq, sparql")
        query = wikidata.item_query(areas, federated=options.federated)
        write_out(options.output, query.encode())
        print(f"areas of today without an item: {len(areas)}", file=sys.stderr)
        return 0
    refuse_other_endings(options.output, ("csv",), "csv")
    rows = wikidata.read_result(Path(options.result))
    made = wikidata.confirmed(rows, register, wikidata.items_known())
    for line in made.left_out:
        print(f"left out: {line}", file=sys.stderr)
    write_out(options.output, made.table())
    still = len({area.code for area in areas} - {code for code, *_ in made.rows})
    print(
        f"{counted(len(made.rows), 'item')} confirmed, {still} areas still without; "
        f"set {VARIABLE} to this file for build, serve and link",
        file=sys.stderr,
    )
    return 0


def _table(options: argparse.Namespace) -> int:
    """Write the table with what its names mean, and the mapping set where one is wanted."""
    from policygraph.graph.reconciliation.mapping_set import RDF, read_decisions, write_mappings
    from policygraph.graph.reconciliation.proposals import AREA_COLUMNS, ENTITY_COLUMNS
    from policygraph.graph.reconciliation.tables import read_table, write_linked

    refuse_other_endings(options.output, ("csv", "tsv", "txt"), "csv, tsv")
    refuse_other_endings(options.sssom, ("tsv", "txt", RDF.lstrip(".")), f"tsv, {RDF.lstrip('.')}")
    table = read_table(Path(options.table))
    delimiter = _DELIMITERS.get(Path(options.output).suffix.lower(), table.delimiter)
    names = _names(table, options)
    areas = options.type == AREA
    linked = _areas(names, options) if areas else _entities(names, options)
    decisions = read_decisions(Path(options.mappings)) if options.mappings else {}
    linked = [_decided(name, found, decisions) for name, found in zip(names, linked, strict=True)]
    if options.sssom:
        title = f"{Path(options.table).name}, column {options.column}"
        rdf = Path(options.sssom).suffix == RDF
        write_out(options.sssom, write_mappings(names, linked, decisions, title=title, rdf=rdf))
    columns = AREA_COLUMNS if areas else ENTITY_COLUMNS
    write_out(options.output, write_linked(table, linked, columns, delimiter))
    print(_counts(linked), file=sys.stderr)
    return 0


def _counts(linked: Sequence[Sequence[Proposal]]) -> str:
    """How many names mean one thing, may mean several, are borne by nothing but like others, and are like none."""
    certain = sum(bool(found) and found[0].match for found in linked)
    unknown = sum(not found for found in linked)
    guessed = sum(
        bool(found) and not found[0].match and all(each.guessed for each in found)
        for found in linked
    )
    decide = len(linked) - certain - guessed - unknown
    return (
        f"{len(linked)} names: {certain} certain, {decide} to be decided, "
        f"{guessed + unknown} unknown, of which {guessed} with a guess"
    )


def _areas(names: list[Name], options: argparse.Namespace) -> list[tuple[Proposal, ...]]:
    """What the names mean among the areas of the register."""
    from policygraph.graph.reconciliation.column_linking import link_names
    from policygraph.graph.reconciliation.proposals import of_area
    from policygraph.ontology.register import Register

    register = Register.load()
    linked = link_names(names, register, level=options.level)
    return [tuple(of_area(each, register) for each in found) for found in linked]


def _entities(names: list[Name], options: argparse.Namespace) -> list[tuple[Proposal, ...]]:
    """What the names mean among the things of one type that the store's reports name. Raises UsageError."""
    from policygraph.graph.reconciliation.entity_schema import types
    from policygraph.graph.reconciliation.proposals import Proposal
    from policygraph.service.reconciliation.store_names import named_in

    if options.type not in types():
        raise UsageError(f"{options.type}: no such type; there are: {', '.join(types())}")
    if options.level:
        raise UsageError("--level is for areas")
    with open_store(options) as store:
        found, base = named_in(store, options.store, options.type, names)
    return [
        tuple(
            Proposal(base + m.id, m.name, m.score, m.reasons, m.match, (base + m.id, m.name, m.type))
            for m in matches
        )
        for matches in found
    ]  # fmt: skip


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
        raise UsageError(f"{text}: is not a year; it stands in the column of years")
    return int(digits) if text else None


def _decided(
    name: Name, found: tuple[Proposal, ...], decisions: dict[Name, Decision]
) -> tuple[Proposal, ...]:
    """The proposals for a name, or what somebody decided it means. Raises SourceError."""
    from policygraph.graph.reconciliation import area_entities
    from policygraph.graph.reconciliation.candidates import Candidate
    from policygraph.graph.reconciliation.proposals import decided, of_area
    from policygraph.ontology.iris import DEFAULT_BASE
    from policygraph.ontology.register import Register

    if name not in decisions:
        return found
    decision = decisions[name]
    if not decision.iri:
        return ()
    local, register = decision.iri.removeprefix(DEFAULT_BASE), Register.load()
    if local.startswith("id/area/"):
        area = area_entities.area_of(local, register)
        if area is None:
            raise SourceError(f"{decision.iri}: no such area in the register")
        return (of_area(Candidate(area, 100, ("decided",), match=True), register),)
    kind = next((each.cells[-1] for each in found), "")
    return (decided(decision.iri, decision.label, (decision.iri, decision.label, kind)),)
