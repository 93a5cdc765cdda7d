"""The policygraph command: build, load, query, queries, search, derive, compare, view, show, serve, export, materialise, check, validate, link, info."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NoReturn

from policygraph.cli import standard_streams
from policygraph.cli.options import PATHS, parser
from policygraph.errors import PolicygraphError, UsageError, reason
from policygraph.graph.timing import timed

log = logging.getLogger(__name__)
# Nearly all a command makes stays until its end: looking for garbage takes a tenth of a build.
COLLECTED = (400_000, 20, 20)
USAGE = 2  # exit status for wrong usage and unreadable input


def run() -> NoReturn:
    """Run the command and leave with its status; an error is one line on stderr."""
    standard_streams.prepare()
    gc.set_threshold(*COLLECTED)
    try:
        status = _main_or_help(sys.argv[1:])
        sys.stdout.flush()
    except PolicygraphError as error:
        _say(str(error))
        status = USAGE
    except BrokenPipeError:
        standard_streams.discard_output()
        status = 0
    except (OSError, RuntimeError) as error:
        _say_fault(error)
        status = USAGE
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # it may stand in a line of progress
        status = 130
    gc.freeze()  # the process ends: all it holds goes at once, which takes longer piece by piece
    sys.exit(status)


def _say_fault(error: Exception) -> None:
    """Say what went wrong while rows were read and written; raises what is no such fault."""
    from policygraph.graph.stores.oxigraph import in_words

    words = in_words(error)  # of the store, or of what SERVICE fetched
    if not words and not isinstance(error, OSError):
        raise error
    # Files and stores that a command reads or writes report their own errors: this was the output.
    standard_streams.discard_output()
    _say(
        words
        or f"{getattr(error, 'filename', None) or 'the output cannot be written'}: {reason(error)}"
    )


def _main_or_help(arguments: Sequence[str]) -> int:
    """The status of the command, also of one that only prints its help or wrong usage."""
    try:
        return main(arguments)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else USAGE


def _say(message: str) -> None:
    """Print an error as one line on stderr, as far as that takes it."""
    with suppress(OSError):
        print(f"policygraph: {' '.join(message.split())}", file=sys.stderr)


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status. Raises PolicygraphError."""
    from policygraph.cli import (
        build_command,
        check_commands,
        derive_command,
        link_command,
        load_command,
        query_commands,
        store_commands,
        view_commands,
    )

    options = parser().parse_args(arguments)
    _refuse_empty(arguments)
    _refuse_undecodable(options)
    _refuse_items()
    handler = {
        "build": build_command.build,
        "load": load_command.load,
        "query": query_commands.query,
        "queries": query_commands.queries,
        "search": query_commands.search,
        "derive": derive_command.derive,
        "compare": derive_command.compare,
        "view": view_commands.view,
        "show": view_commands.show,
        "serve": view_commands.serve,
        "export": store_commands.export,
        "materialise": store_commands.materialise,
        "check": check_commands.check,
        "validate": check_commands.validate,
        "link": link_command.link,
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


def _refuse_undecodable(options: argparse.Namespace) -> None:
    """Refuse text whose bytes are none in the terminal's encoding; names of files may be any bytes.

    Raises UsageError.
    """
    for name, given in vars(options).items():
        for text in given if isinstance(given, list) else [given]:
            if isinstance(text, str) and name not in PATHS and not _is_text(text):
                raise UsageError(
                    f"{name} {text!a}: its bytes are not {sys.getfilesystemencoding()}; type it in a "
                    "terminal, or under a locale (LC_ALL=C.UTF-8), that has this encoding"
                )


def _refuse_items() -> None:
    """Read a file of items of one's own, where the environment names one, before anything else. Raises SourceError."""
    if os.environ.get("POLICYGRAPH_WIKIDATA"):
        from policygraph.ontology.register.wikidata import items

        items()


def _is_text(given: str) -> bool:
    """Whether all bytes of an argument could be decoded: Python keeps others as surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in given)


@contextmanager
def _logging_to_stderr(verbose: bool) -> Iterator[None]:
    """Let the loggers of policygraph write their warnings to stderr, and all they say where that is wanted."""
    logger = logging.getLogger("policygraph")
    handler = logging.StreamHandler(sys.stderr)
    who = "%(name)s" if verbose else "policygraph"
    handler.setFormatter(logging.Formatter(f"{who}: %(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
