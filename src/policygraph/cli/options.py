"""What the command takes."""

from __future__ import annotations

import argparse

from policygraph.graph.formats import ANSWERS, EXPORTS, endings
from policygraph.version import __version__

STORE = ".policygraph/store"
FORMATS = tuple(form.extension for form in ANSWERS)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
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
    query.add_argument(
        "--format", choices=FORMATS, help="left out: by the ending of the file, else a table"
    )
    query.add_argument("-o", "--output", default="-", help="a file, or - for stdout")

    text = "list the named queries / 查询目录"
    listing = commands.add_parser("queries", help=text, description=text)
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
    export.add_argument(
        "-o", "--output", default="-", help=f"a file that ends in {endings(EXPORTS)}"
    )
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
