"""The commands that check a store against its texts, and any RDF against the shapes."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store
from policygraph.ontology.labels import counted

if TYPE_CHECKING:
    from policygraph.graph.check import Verdict
    from policygraph.graph.validation import Outcome

log = logging.getLogger(__name__)
ALIKE = 5  # problems of one kind shown in full


def check(options: argparse.Namespace) -> int:
    """Exit status 1 when a quote, a digest or a number does not hold."""
    import json

    from policygraph.graph.check import check, total

    verdicts = []
    with open_store(options) as store:
        for verdict in check(store):
            log.info("checked <%s>: %d quotes", verdict.document, verdict.quotes)
            verdicts.append(verdict)
            if not options.json:
                _print_verdict(verdict)
    whole = total(verdicts)
    if options.json:
        documents = {verdict.document: verdict.as_json() for verdict in verdicts}
        print(json.dumps({"total": whole.as_json(), "documents": documents}, indent=2))
    else:
        print(f"{counted(len(verdicts), 'document')}: {_counts(whole)}")
    return 0 if whole.holds else 1


def _print_verdict(verdict: Verdict) -> None:
    """One line per document, and one for each thing that does not hold."""
    print(f"{verdict.title or verdict.document}: {_counts(verdict)}")
    if not verdict.sha256:
        print("  the text does not match its sha256")
    for fault in verdict.wrong:
        print(f"  wrong quote at {fault.start}-{fault.end}: {fault.message}")
    for fault in verdict.unaccounted:
        print(f"  unaccounted number at {fault.start}-{fault.end}: {fault.message}")


def _counts(verdict: Verdict) -> str:
    return (
        f"{counted(verdict.quotes, 'quote')} checked, {len(verdict.wrong)} wrong; "
        f"{counted(verdict.found, 'run')} of digits = {verdict.figures} in figures + {verdict.excluded} excluded "
        f"+ {len(verdict.unaccounted)} unaccounted; {counted(verdict.findings, 'finding')}"
    )


def validate(options: argparse.Namespace) -> int:
    """Exit status 1 when something is violated."""
    import json

    from policygraph.graph.validation import SHAPES, validate

    shapes = Path(options.shapes) if options.shapes else SHAPES
    outcome = validate(options.data, shapes)
    if options.json:
        problems = [problem.as_json() for problem in outcome.problems]
        print(
            json.dumps({"holds": outcome.holds, "problems": problems}, ensure_ascii=False, indent=2)
        )
    else:
        _print_problems(outcome)
    return 0 if outcome.holds else 1


def _print_problems(outcome: Outcome) -> None:
    """The first of each kind of problem, how many more there are, and the sum."""
    from itertools import groupby

    for _, group in groupby(outcome.problems, key=lambda problem: (problem.path, problem.messages)):
        alike = list(group)
        for problem in alike[:ALIKE]:
            place = " ".join(filter(None, (problem.path, problem.value)))
            print(f"{problem.severity} {problem.focus}: {place or problem.constraint}")
        if len(alike) > ALIKE:
            print(f"  … {len(alike) - ALIKE} more / 另有 {len(alike) - ALIKE} 处")
        for _, text in alike[0].messages:
            print(f"  {text}")
    violated, warned = outcome.count("Violation"), outcome.count("Warning")
    print(
        f"{counted(outcome.triples, 'triple')}: {counted(violated, 'violation')}, "
        f"{counted(warned, 'warning')}"
    )
