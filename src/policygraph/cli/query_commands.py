"""The commands that query a store, and list the named queries."""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import on_terminal, open_store, refuse_other_endings, write_out
from policygraph.cli.damage_watch import ended_where_damaged
from policygraph.cli.options import FORMATS
from policygraph.errors import QueryError, UsageError, reason

if TYPE_CHECKING:
    from policygraph.graph.stores import Store
    from policygraph.queries.search_index import SearchIndex, SearchResult

LARGEST = 1_000_000  # entries of a search at most
_YIELDING = ("iri", "document", "section")  # of the columns of a search, to its words and names
_CLOSEST = 8  # entries of each kind where nothing holds the whole text


def query(options: argparse.Namespace) -> int:
    """Answer a named query, or SPARQL out of a file or stdin."""
    from policygraph.queries.catalogue import answer
    from policygraph.queries.results import has_no_rows, write

    values = {}
    for given in options.parameter:
        name, mark, value = given.partition("=")
        if not mark:
            raise QueryError(f"-p {given}: write it as name=value")
        values[name] = value
    text, form = _query_text(options.query), answer_format(options)
    with open_store(options) as store, ended_where_damaged(store):
        width = shutil.get_terminal_size().columns if on_terminal(options.output) else None
        data = write(answer(store, text, values), form, width)
        hints = _hints(store, text, values) if has_no_rows(data, form) else []
    write_out(options.output, data)
    for hint in hints:
        print(hint, file=sys.stderr)
    return 0


def _hints(store: Store, name: str, values: dict[str, str]) -> list[str]:
    """A line for each parameter of a named query that found nothing: what it may have meant."""
    from policygraph.queries.catalogue import named, names
    from policygraph.queries.stated_passages import asking
    from policygraph.queries.suggestions import known_as, suggest

    if name not in names() or not values:
        return []
    ask, query = asking(store), named(name)
    likely = suggest(ask, query, values)
    known = {} if likely else known_as(ask, query, values)
    return [
        f"nothing for {parameter}={values[parameter]}; did you mean / 是否指: {', '.join(others)}"
        for parameter, others in likely.items()
    ] + [
        f"nothing for {parameter}={values[parameter]}, which is / 它是: {', '.join(others)}"
        for parameter, others in known.items()
    ]


def search(options: argparse.Namespace) -> int:
    """Print what a text finds, and how much of each kind there is; 1 where it finds nothing.

    Where little holds the whole text, what holds most of what it asks about; where nothing does, a line says so.
    """
    from policygraph.queries.results import write
    from policygraph.queries.search_index import FACETS, SearchIndex

    if options.limit < 1:
        raise UsageError(f"--limit {options.limit}: give how many are shown, 1 or more")
    form = answer_format(options)
    with open_store(options) as store, SearchIndex.of(store, options.store) as index:
        only = {name: getattr(options, name) for name in ("kind", *FACETS)}
        most = min(options.limit, LARGEST)
        text = " ".join(options.text)
        found = index.find(text, most=most, of_each=0, alike=_CLOSEST, **only)
        unknown = _unknown(index, only)
    width = shutil.get_terminal_size().columns if on_terminal(options.output) else None
    write_out(options.output, write(found.solutions(), form, width, _YIELDING))
    counts = ", ".join(f"{kind} {count}" for kind, count in found.counts.items())
    for line in unknown:
        print(line, file=sys.stderr)
    parts = "、".join(found.parts)
    if found.entries and parts:
        print(
            f"nothing holds all of it; the closest by / 没有全部包含的，最接近的，按：{parts}",
            file=sys.stderr,
        )
    for line in (*_untold(found), *_ways(text, found)):
        print(line, file=sys.stderr)
    print(counts or "nothing found", file=sys.stderr)
    if not found.entries and parts not in ("", text):
        print(f"found apart / 分开有：{parts}", file=sys.stderr)
    return 0 if found.entries else 1


def _untold(found: SearchResult) -> list[str]:
    """A line for what a question asks about that nothing tells, where something was found of the rest."""
    gaps = found.gaps
    areas, words = "、".join((*gaps.elsewhere, *gaps.undated)), "、".join(gaps.lacking)
    apart = "、".join(f"{area} {year}" for area, year in gaps.apart)
    unmet = " ".join((*gaps.unmet_of, gaps.unmet))
    said = {
        f"{areas}: nothing found is told of it / 找到的都不是说它的": areas,
        f"{apart}: nothing found is told of it / 找到的都不是说它的": apart,
        f"{words}: nowhere said / 没有一处有这些字": words,
        f"{unmet}: no figure among the closest answers it / 最接近的数字里没有回答它的": gaps.unmet,
        "no plan or target among the closest figures / 最接近的数字里没有计划或目标": gaps.unplanned,
        "nothing tells of difficulties / 没有讲困难和问题的": gaps.untroubled,
    }
    named = [
        f"{' '.join(filter(None, each))}: named, no value given / 提到了，没有给出数值"
        for each in gaps.valueless
    ]
    return [line for line, untold in said.items() if untold and found.entries] + named


def _ways(text: str, found: SearchResult) -> list[str]:
    """A line for each command that lists, compares or works out what a question asks for."""
    from policygraph.queries.question_doors import compared_indicator, doors
    from policygraph.queries.stated_figures import short_reference

    lines = []
    if found.working:
        figures = " ".join(short_reference(figure.iri) for figure in found.working.figures)
        made = f"{found.working.formula} {found.working.result()}".strip()
        lines.append(f"{made}: policygraph derive {found.working.operation} {figures}")
    if indicator := compared_indicator(text, found):
        lines.append(f"policygraph query indicator-compare -p indicator={shlex.quote(indicator)}")
    for door in doors(text, found):
        given = "".join(f" -p {name}={shlex.quote(value)}" for name, value in door.values.items())
        lines.append(f"{door.query.question[0]} policygraph query {door.query.name}{given}")
    near = "、".join(f"{entry.text} {entry.name}" for entry in found.nearby)
    return [*lines, f"in the same section / 同一节里有：{near}"] if near else lines


def _unknown(index: SearchIndex, only: Mapping[str, str]) -> list[str]:
    """A line for each area or year asked for of which there is no report."""
    said = {name: only[name] for name in ("area", "year") if only[name]}
    known = {name: index.known(name) for name in said}
    return [
        f"policygraph: {name} {value}: no report of it; there are {', '.join(known[name]) or 'none'}"
        for name, value in said.items()
        if value not in known[name]
    ]


def answer_format(options: argparse.Namespace) -> str:
    """The format of --format, else of the output file's ending; a table for none and for .txt.

    Raises UsageError where nothing is written in the format of that ending.
    """
    ending = Path(options.output).suffix.lower().lstrip(".")
    if options.format or ending in FORMATS:
        return str(options.format or ending)
    refuse_other_endings(options.output, ("txt",), f"{' '.join(FORMATS)}, or give --format")
    return "table"


def _query_text(given: str) -> str:
    """The query itself, of a file or of standard input. Raises QueryError."""
    if given != "-" and not given.endswith((".rq", ".sparql")):
        return given
    try:
        data = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        name = "stdin" if given == "-" else given
        raise QueryError(f"{name}: cannot be read: {reason(error)}") from error


def queries(options: argparse.Namespace) -> int:
    """Names and questions by theme; with a word, those it is about and their parameters."""
    from policygraph.queries.catalogue import bundled

    themes = bundled().themes(options.word)
    if not themes:
        raise QueryError(
            f"{options.word}: no query has this word in its name, title, question or theme; see: policygraph queries"
        )
    for (zh, en), queries in themes.items():
        print(f"{zh} {en}")
        for query in queries:
            print(f"  {query.name:23} {query.question[0]} {query.question[1]}")
            for parameter in query.parameters if options.word else ():
                need = "optional" if parameter.optional else "required"
                print(f"{'':26}-p {parameter.name}={parameter.example} ({need}): ", end="")
                print(f"{parameter.zh} {parameter.en}")
    if not options.word:
        print("\npolicygraph queries WORD: 只列有关的，并列参数 / those about it, with parameters")
    return 0
