"""The commands that calculate with stated figures, and compare them over reports."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policygraph.cli.command_io import on_terminal, open_store, write_out
from policygraph.cli.query_commands import answer_format
from policygraph.errors import QueryError

if TYPE_CHECKING:
    from policygraph.queries.arithmetic import Derivation, StatedFigure
    from policygraph.queries.comparison import Comparison

ALL = "all"  # the name of every operation that means something for the figures


def derive(options: argparse.Namespace) -> int:
    """Print what an operation makes of some figures, with its interval and its caveats."""
    from policygraph.queries import arithmetic
    from policygraph.queries.derivation_table import derivation_table
    from policygraph.queries.results import write
    from policygraph.queries.stated_figures import find_figures
    from policygraph.queries.stated_passages import asking

    form = answer_format(options)
    with open_store(options) as store:
        figures = find_figures(asking(store), options.figures)
    if options.operation == ALL:
        made = arithmetic.derivations(figures)
        if not made:
            raise QueryError("all: no operation means anything for these figures")
    else:
        made = [arithmetic.derive(options.operation, figures)]
    if form == "table":
        data = "\n".join(_lines(made, figures)).encode("utf-8", "replace") + b"\n"
    else:
        data = write(derivation_table(made), form)
    write_out(options.output, data)
    return 0


def compare(options: argparse.Namespace) -> int:
    """Print the figures of an indicator in every report; on stderr what is not comparable, and names alike."""
    from policygraph.queries import comparison
    from policygraph.queries.results import write
    from policygraph.queries.stated_passages import asking

    form = answer_format(options)
    with open_store(options) as store:
        found = comparison.compare(asking(store), options.indicators)
    if all(row.state == "absent" for row in found.rows):
        raise QueryError(_unknown(found))
    width = shutil.get_terminal_size().columns if on_terminal(options.output) else None
    write_out(options.output, write(comparison.comparison_table(found), form, width))
    for slot in comparison.SLOTS:
        for planned in (False, True):
            for caveat in found.caveats(slot, planned=planned):
                target = " (planned / 计划)" if planned else ""
                print(f"! {slot}{target}: {caveat.zh} / {caveat.en}", file=sys.stderr)
    if found.near:
        print(f"alike or narrower / 相近或更窄: {', '.join(found.near)}", file=sys.stderr)
    return 0 if any(row.stated for row in found.rows) else 1


def _unknown(found: Comparison) -> str:
    """One line for an indicator that no report names, with the names it may have meant."""
    named = " + ".join(found.names)
    near = f"; did you mean / 是否指: {', '.join(found.near)}" if found.near else ""
    return f"{named}: no report names it / 没有报告提到它{near}"


def _lines(made: Sequence[Derivation], figures: Sequence[StatedFigure]) -> Iterator[str]:
    """The results for reading: how each came about, its caveats, then what the figures are and who says so."""
    from policygraph.queries.comparability import caveats, operation_words

    for derivation in made:
        bounds = derivation.bounds()
        interval = f" ({bounds})" if bounds else ""
        period = f"  {derivation.period}" if derivation.period else ""
        name = " ".join(operation_words(derivation.operation))
        yield f"{name}: {derivation.formula} = {derivation.text()}{interval}{period}"
        for caveat in caveats(derivation):
            yield f"  ! {caveat.zh} / {caveat.en}"
    for figure in figures:
        about = " · ".join(filter(None, (figure.indicator, figure.scope, figure.period)))
        yield f"  {figure.quote}  {about}"
        yield f"    “{figure.sentence}”"
        yield f"    {' · '.join(filter(None, (figure.title, figure.section)))}  {figure.iri}"
