"""The policygraph command: build, query, queries, view, show, serve, export, check, validate, info."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from policygraph.errors import PolicygraphError, QueryError, SourceError, StoreError
from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph.graph.check import Verdict
    from policygraph.graph.statements import Document
    from policygraph.graph.stores import Store
    from policygraph.graph.validation import Outcome

STORE = ".policygraph/store"
ALIKE = 5  # problems of one kind shown in full
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
    options = _parser().parse_args(arguments)
    handler = {
        "build": _build,
        "query": _query,
        "queries": _queries,
        "view": _view,
        "show": _show,
        "serve": _serve,
        "export": _export,
        "check": _check,
        "validate": _validate,
        "info": _info,
    }[options.command]
    return handler(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="policygraph",
        description="Chinese government work reports as a knowledge graph. "
        "政府工作报告知识图谱：读取、查询、查看。",
    )
    parser.add_argument("--version", action="version", version=f"policygraph {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        held = commands.add_parser(name, help=text, description=text)
        held.add_argument(
            "--store", default=STORE, help=f"a folder ({STORE}), or a server's SPARQL address"
        )
        held.add_argument("--update-url", metavar="URL", help="where the server takes updates")
        held.add_argument("--graph-store-url", metavar="URL", help="its Graph Store address")
        return held

    build = command("build", "read reports into the store / 读入报告")
    build.add_argument("sources", nargs="*", metavar="SOURCE", help="file, folder, glob or -")
    build.add_argument("--area", default="", help="the report's area, e.g. 湖北省")
    build.add_argument("--period", default="", help="the reporting period, ISO 8601, e.g. 2022")
    build.add_argument("--issuer", default="", help="who issued the report")
    build.add_argument(
        "--vocabulary",
        action="append",
        default=[],
        metavar="FILE",
        help="SKOS concepts of one's own, in Turtle; repeatable / 自备词表",
    )
    build.add_argument("--title", default="", help="the report's title")

    query = command("query", "answer a named query or SPARQL / 查询")
    query.add_argument("query", metavar="NAME|FILE.rq|-")
    query.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="repeatable"
    )
    formats = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld")
    query.add_argument("--format", default="table", choices=formats)
    query.add_argument("-o", "--output", default="-", help="a file, or - for stdout")

    listing = commands.add_parser("queries", help="list the named queries / 查询目录")
    listing.add_argument("word", nargs="?", default="", metavar="WORD", help="only those about it")
    listing.set_defaults(store=STORE)

    view = command("view", "write an interactive network page / 关系网络")
    view.add_argument("name", metavar="NAME", help="actors, responsibility, programmes or places")
    view.add_argument("-o", "--output", default="", help="a file (NAME.html), or - for stdout")

    show = command("show", "write the pages that show the store and print their address / 展示")
    show.add_argument("-o", "--output", default=".policygraph/site", help="a folder")

    serve = command("serve", "answer SPARQL over HTTP / 查询服务")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port, 0 for a free one (8000)")
    serve.add_argument("--base", default="", help="what the IRIs in the store start with")
    serve.add_argument("--allow-update", action="store_true", help="let clients write")
    serve.add_argument("--token-file", default="", help="a file with the token writing needs")
    serve.add_argument(
        "--allow-service",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address SERVICE and LOAD may fetch; repeatable",
    )
    for name, kind, text in (
        ("seconds", float, "seconds a query may take (30)"),
        ("rows", int, "rows an answer may have (1000000), 0 for any number"),
        ("bytes", int, "bytes an answer may have (1 GiB), 0 for any number"),
        ("workers", int, "queries that run at once (2)"),
        ("queue", int, "queries that may wait (32)"),
    ):
        serve.add_argument(f"--{name}", type=kind, default=None, help=text)

    export = command("export", "write the whole store to a file / 导出")
    export.add_argument("-o", "--output", default="-", help="FILE.ttl .trig .nq .nt .jsonld …")
    export.add_argument("--bulk", metavar="DIR", help="sorted N-Quads in parts, and bulk loaders")
    export.add_argument("--gzip", action="store_true", help="compress the parts of --bulk")

    check = command("check", "re-verify quotes, digests and the number ledger / 核对")
    check.add_argument("--json", action="store_true", help="counts as JSON")

    validate = commands.add_parser(
        "validate",
        help="validate any RDF or a store against the shapes / 校验",
        description="Check Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML, or a store, against "
        "SHACL shapes. 0: it holds, 1: something is violated, 2: it cannot be read.",
    )
    validate.add_argument("data", nargs="?", default=STORE, metavar="FILE|STORE")
    validate.add_argument("--shapes", default="", metavar="FILE", help="shapes of one's own (.ttl)")
    validate.add_argument("--json", action="store_true", help="all problems as JSON")

    command("info", "say what is in the store / 概况")
    return parser


def open_store(options: argparse.Namespace, *, read_only: bool = True) -> Store:
    """The store a command works on; raises StoreError."""
    from policygraph.graph import stores

    return stores.open_store(
        options.store,
        read_only=read_only,
        update_url=options.update_url,
        graph_store_url=options.graph_store_url,
    )


# -- build --------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from policygraph.ontology.vocabulary import extended

    with extended(*map(Path, options.vocabulary)):
        return _build_all(options)


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.graph.writer import nquads
    from policygraph.loaders.sources import BUNDLED, find_sources
    from policygraph.ontology.iris import Minter

    began = time.perf_counter()
    sources = find_sources([name for name in options.sources if name != "-"])
    sources += [Path("-")] * ("-" in options.sources)
    sources = sources or [BUNDLED]
    minter, failed = Minter(), 0
    totals = dict.fromkeys(("documents", "figures", "mentions", "measures", "quads"), 0)
    with open_store(options, read_only=False) as store:
        for place, source in enumerate(sources):
            try:
                document = _read(source, options)
            except SourceError as error:
                if len(sources) == 1:
                    raise
                # One bad file of many is told and costs no other.
                print(f"policygraph: {' '.join(str(error).split())}", file=sys.stderr)
                failed += 1
                continue
            lines = nquads(document, minter)
            store.add(minter.document(document.sha256), lines)
            totals["documents"] += 1
            totals["figures"] += len(document.figures)
            totals["mentions"] += len(document.mentions)
            totals["measures"] += len(document.measures)
            totals["quads"] += lines.count("\n")
            _progress(place + 1, len(sources), document.source)
    seconds = time.perf_counter() - began
    said = ", ".join(f"{count} {name}" for name, count in totals.items())
    print(f"{said}, {seconds:.2f} seconds → {options.store}", file=sys.stderr)
    if failed:
        print(f"policygraph: {failed} of {len(sources)} sources were not read", file=sys.stderr)
    return 1 if failed else 0


def _read(source: Path, options: argparse.Namespace) -> Document:
    from policygraph.loaders.reader import read, read_string
    from policygraph.loaders.sources import extract

    overrides = {name: getattr(options, name) for name in ("area", "period", "issuer", "title")}
    if source == Path("-"):
        return read_string(extract(sys.stdin.buffer.read(), "stdin"), source="stdin", **overrides)
    return read(source, **overrides)


def _progress(done: int, total: int, name: str) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // total
    end = "\n" if done == total else ""
    bar = "█" * filled + "░" * (24 - filled)
    print(f"\r{bar} {done}/{total} {name[:30]:30}", end=end, file=sys.stderr, flush=True)


# -- query --------------------------------------------------------------------------------------


def _query(options: argparse.Namespace) -> int:
    from policygraph.queries.catalogue import answer
    from policygraph.queries.results import write

    values = {}
    for given in options.parameter:
        name, mark, value = given.partition("=")
        if not mark:
            raise QueryError(f"-p {given}: write it as name=value")
        values[name] = value
    text = _query_text(options.query)
    with open_store(options) as store:
        width = shutil.get_terminal_size().columns if _on_terminal(options.output) else None
        data = write(answer(store, text, values), options.format, width)
    _write(options.output, data)
    return 0


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if given.endswith((".rq", ".sparql")):
        try:
            return Path(given).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{given}: cannot be read: {error}") from error
    return given


def _on_terminal(output: str) -> bool:
    return output == "-" and sys.stdout.isatty()


def _write(output: str, data: bytes) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from policygraph.graph.export import write_file

    write_file(Path(output), data)


def _queries(options: argparse.Namespace) -> int:
    """Names and questions by theme; with a word, those it is about and their parameters."""
    from policygraph.queries.catalogue import bundled

    themes = bundled().themes(options.word)
    if not themes:
        raise QueryError(f"{options.word}: no query is about it; see: policygraph queries")
    for (zh, en), queries in themes.items():
        print(f"{zh} {en}")
        for held in queries:
            print(f"  {held.name:23} {held.question[0]} {held.question[1]}")
            for parameter in held.parameters if options.word else ():
                need = "optional" if parameter.optional else "required"
                print(f"{'':26}-p {parameter.name}={parameter.example} ({need}): ", end="")
                print(f"{parameter.zh} {parameter.en}")
    if not options.word:
        print("\npolicygraph queries WORD: 只列有关的,并列参数 / those about it, with parameters")
    return 0


# -- pictures, export, info ---------------------------------------------------------------------


def _view(options: argparse.Namespace) -> int:
    from policygraph.viz.page import render
    from policygraph.viz.views import view

    with open_store(options) as store:
        page = render(view(options.name, store.select)).encode()
    output = options.output or f"{options.name}.html"
    _write(output, page)
    if output != "-":
        print(Path(output).resolve().as_uri(), file=sys.stderr)
    return 0


def _show(options: argparse.Namespace) -> int:
    from policygraph.viz.site import write_site

    with open_store(options) as store:
        index = write_site(store.select, Path(options.output))
    print(index.resolve().as_uri())
    return 0


def _serve(options: argparse.Namespace) -> int:
    from policygraph.queries.service import serving
    from policygraph.queries.service.app import application
    from policygraph.queries.service.settings import Limits, Settings
    from policygraph.viz.pages import serving as people

    if options.store.startswith(("http://", "https://")):
        raise StoreError(f"{options.store}: is a server already; serve answers from a folder")
    names = ("seconds", "rows", "bytes", "workers", "queue")
    given = {n: getattr(options, n) for n in names if getattr(options, n) is not None}
    settings = Settings(
        base=serving.choose_base(options.store, options.base),
        allow_update=options.allow_update,
        token=serving.read_token(Path(options.token_file)) if options.token_file else "",
        services=tuple(options.allow_service),
        update_url=options.update_url or "",
        graph_store_url=options.graph_store_url or "",
        limits=Limits(**given),
    )
    serving.check(options.host, settings)
    app = application(options.store, settings, pages=people.pages(), extra_routes=people.routes())
    serving.serve(app, options.host, options.port)
    return 0


def _export(options: argparse.Namespace) -> int:
    from policygraph.graph.bulk import write_shards
    from policygraph.graph.export import write, write_file

    suffix = ".nq" if options.output == "-" else Path(options.output).suffix
    with open_store(options) as store:
        if options.bulk:
            written = write_shards(store, Path(options.bulk), compress=options.gzip)
            print(f"{len(written)} parts and their loaders → {options.bulk}", file=sys.stderr)
        elif options.output == "-":
            write(store, suffix, sys.stdout.buffer)
        else:
            write_file(Path(options.output), partial(write, store, suffix))
    return 0


def _check(options: argparse.Namespace) -> int:
    """Exit status 1 when a quote, a digest or a number does not hold."""
    import json

    from policygraph.graph.check import check, total

    verdicts = []
    with open_store(options) as store:
        for verdict in check(store):
            verdicts.append(verdict)
            if not options.json:
                _tell(verdict)
    whole = total(verdicts)
    if options.json:
        documents = {verdict.document: verdict.as_json() for verdict in verdicts}
        print(json.dumps({"total": whole.as_json(), "documents": documents}, indent=2))
    else:
        print(f"{len(verdicts)} documents: {_counts(whole)}")
    return 0 if whole.holds else 1


def _tell(verdict: Verdict) -> None:
    """A line a document, and one for each thing that does not hold."""
    print(f"{verdict.title or verdict.document}: {_counts(verdict)}")
    if not verdict.sha256:
        print("  the text does not match its sha256")
    for fault in verdict.wrong:
        print(f"  wrong quote at {fault.start}-{fault.end}: {fault.message}")
    for fault in verdict.unaccounted:
        print(f"  unaccounted number at {fault.start}-{fault.end}: {fault.message}")


def _counts(verdict: Verdict) -> str:
    return (
        f"{verdict.quotes} quotes checked, {len(verdict.wrong)} wrong; "
        f"{verdict.found} numbers = {verdict.figures} in figures + {verdict.excluded} excluded "
        f"+ {len(verdict.unaccounted)} unaccounted; {verdict.findings} findings"
    )


def _validate(options: argparse.Namespace) -> int:
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
        _tell_problems(outcome)
    return 0 if outcome.holds else 1


def _tell_problems(outcome: Outcome) -> None:
    """The first of each kind of problem, how many more there are, and the sum."""
    from itertools import groupby

    for _, held in groupby(outcome.problems, key=lambda problem: (problem.path, problem.messages)):
        alike = list(held)
        for problem in alike[:ALIKE]:
            said = " ".join(filter(None, (problem.path, problem.value)))
            print(f"{problem.severity} {problem.focus}: {said or problem.constraint}")
        if len(alike) > ALIKE:
            print(f"  … {len(alike) - ALIKE} more / 另有 {len(alike) - ALIKE} 处")
        for _, text in alike[0].messages:
            print(f"  {text}")
    violated, warned = outcome.count("Violation"), outcome.count("Warning")
    print(f"{outcome.triples} triples: {violated} violations, {warned} warnings")


def _info(options: argparse.Namespace) -> int:
    from policygraph.queries.catalogue import answer
    from policygraph.queries.results import write

    with open_store(options) as store:
        print(f"policygraph {__version__}, store {options.store}: ", end="")
        print(f"{len(store.graphs())} documents, {store.count()} quads")
        sys.stdout.flush()
        width = shutil.get_terminal_size().columns if _on_terminal("-") else None
        _write("-", write(answer(store, "documents"), "table", width))
    return 0
