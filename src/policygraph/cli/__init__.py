"""The policygraph command: build, query, queries, view, show, serve, export, check, validate, info."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from policygraph.cli.options import parser
from policygraph.errors import PolicygraphError

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
    from policygraph.cli import building, keeping, querying, showing, verifying

    options = parser().parse_args(arguments)
    handler = {
        "build": building.build,
        "query": querying.query,
        "queries": querying.queries,
        "view": showing.view,
        "show": showing.show,
        "serve": showing.serve,
        "export": keeping.export,
        "check": verifying.check,
        "validate": verifying.validate,
        "info": keeping.info,
    }[options.command]
    return handler(options)
