"""The policygraph command: build, query, queries, view, show, serve, export, materialise, check, validate, info."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from policygraph.cli.options import parser
from policygraph.errors import PolicygraphError, UsageError
from policygraph.graph.timing import timed

log = logging.getLogger(__name__)
USAGE = 2  # exit status for wrong usage and unreadable input


def run() -> NoReturn:
    """Run the command and leave with its status; an error is one line on stderr."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except PolicygraphError as error:
        print(f"policygraph: {' '.join(str(error).split())}", file=sys.stderr)
        status = USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status. Raises PolicygraphError."""
    from policygraph.cli import (
        build_command,
        check_commands,
        query_commands,
        store_commands,
        view_commands,
    )

    options = parser().parse_args(arguments)
    _refuse_empty(arguments)
    handler = {
        "build": build_command.build,
        "query": query_commands.query,
        "queries": query_commands.queries,
        "view": view_commands.view,
        "show": view_commands.show,
        "serve": view_commands.serve,
        "export": store_commands.export,
        "materialise": store_commands.materialise,
        "check": check_commands.check,
        "validate": check_commands.validate,
        "info": store_commands.info,
    }[options.command]
    with _logging_to_stderr(options.verbose), timed(log, "%s done", options.command):
        return handler(options)


def _refuse_empty(arguments: Sequence[str]) -> None:
    """An empty value is a mistake, most often of a shell variable. Raises UsageError."""
    for place, given in enumerate(arguments):
        name = arguments[place - 1] if place and arguments[place - 1].startswith("-") else ""
        if not given:
            raise UsageError(
                f"{name or 'an argument'}: has an empty value; give one or leave it out"
            )
        if given.startswith("--") and given.endswith("="):
            raise UsageError(f"{given[:-1]}: has an empty value; give one or leave it out")


@contextmanager
def _logging_to_stderr(verbose: bool) -> Iterator[None]:
    """Let the loggers of policygraph write to stderr, where that is wanted."""
    if not verbose:
        yield
        return
    logger = logging.getLogger("policygraph")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
