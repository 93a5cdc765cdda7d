"""The commands and their options."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from policygraph.graph.formats import ANSWERS, EXPORTS, endings
from policygraph.version import __version__

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

STORE = ".policygraph/store"
VERBOSE = "print each step and its duration to stderr / 说明每一步"
# Of each limit of a service its type, the least it may be, and what it is.
LIMITS = (
    ("seconds", float, 0.001, "seconds a query may take (30)"),
    ("rows", int, 0, "rows an answer may have (1000000), 0 for any number"),
    ("bytes", int, 0, "bytes an answer may have (1 GiB), 0 for any number"),
    ("workers", int, 1, "queries that run at once (2)"),
    ("queue", int, 0, "queries that may wait (32)"),
    (
        "request_seconds",
        float,
        0.001,
        "seconds the head of a request, or a pause in its body, may take (30)",
    ),
    (
        "memory",
        int,
        0,
        "bytes of memory a query may take (a quarter of the machine), 0 for any amount",
    ),
    ("connections", int, 0, "connections one address may have open (256), 0 for any number"),
)
# Options and arguments that name files, whose names may be any bytes.
PATHS = frozenset(
    {
        "sources",
        "store",
        "output",
        "data",
        "shapes",
        "vocabulary",
        "mapping",
        "token_file",
        "bulk",
        "shards",
        "table",
        "sssom",
        "mappings",
    }
)
FORMATS = tuple(form.extension for form in ANSWERS)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="policygraph",
        description="Chinese government work reports as a knowledge graph. "
        "政府工作报告知识图谱：读取、查询、查看。",
    )
    parser.add_argument("--version", action="version", version=f"policygraph {__version__}")
    parser.add_argument("-v", "--verbose", action="store_true", help=VERBOSE)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_build, _load, _query, _queries, _search, _derive, _compare, _view, _show, _serve):
        add(commands)
    for add in (_export, _materialise, _check, _validate, _link, _info):
        add(commands)
    return parser


def _command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """A command, which takes -v after its name too."""
    command = commands.add_parser(name, help=text, description=text)
    # No default here: it would undo a -v given before the name.
    command.add_argument(
        "-v", "--verbose", action="store_true", default=argparse.SUPPRESS, help=VERBOSE
    )
    return command


def _store_command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """A command that works on a store."""
    command = _command(commands, name, text)
    command.add_argument(
        "--store", default=STORE, help=f"a folder ({STORE}), or a server's SPARQL address"
    )
    command.add_argument("--update-url", metavar="URL", help="where the server takes updates")
    command.add_argument("--graph-store-url", metavar="URL", help="its Graph Store address")
    return command


def _build(commands: Commands) -> None:
    build = _store_command(commands, "build", "read reports into the store / 读入报告")
    build.add_argument("sources", nargs="*", metavar="SOURCE", help="file, folder, glob or -")
    build.add_argument(
        "--mapping",
        default="",
        metavar="FILE",
        help="JSON that says what the columns of a table are",
    )
    _described(build)
    build.add_argument(
        "--keep-versions",
        action="store_true",
        help="keep other versions of a report, which it otherwise replaces / 保留旧版本",
    )
    build.add_argument(
        "--force", action="store_true", help="also read what is unchanged / 全部重读"
    )
    _reading(build)


def _described(build: argparse.ArgumentParser) -> None:
    """What is said of the reports, in place of what they say themselves."""
    build.add_argument(
        "--area", default="", help="the report's area, e.g. 湖北省, 北京市通州区 or 110112"
    )
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


def _reading(build: argparse.ArgumentParser) -> None:
    """Where reports are read, and what into."""
    build.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that read (1) / 并行读取"
    )
    build.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="read on the Dask cluster of this scheduler: tcp://HOST:8786 / 集群读取",
    )
    build.add_argument(
        "--shards",
        default="",
        metavar="DIR",
        help="write sorted N-Quads here in place of a store, for load / 写成分片",
    )
    build.add_argument(
        "--shard-size", type=int, default=16, metavar="N", help="reports in a shard (16)"
    )


def _load(commands: Commands) -> None:
    load = _store_command(commands, "load", "load shards into the store / 载入分片")
    load.add_argument("shards", metavar="DIR", help="the folder of build --shards")
    load.add_argument(
        "--keep-versions",
        action="store_true",
        help="keep other versions of a report, which it otherwise replaces / 保留旧版本",
    )
    load.add_argument(
        "--force", action="store_true", help="also load what is unchanged in the store / 全部重载"
    )


def _query(commands: Commands) -> None:
    query = _store_command(commands, "query", "answer a named query or SPARQL / 查询")
    query.add_argument("query", metavar="NAME|FILE.rq|-")
    query.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="repeatable"
    )
    query.add_argument(
        "--format", choices=FORMATS, help="left out: by the ending of the file, else a table"
    )
    query.add_argument("-o", "--output", default="-", help="a file, or - for stdout")


def _queries(commands: Commands) -> None:
    queries = _command(commands, "queries", "list the named queries / 查询目录")
    queries.add_argument("word", nargs="?", default="", metavar="WORD", help="only those about it")
    queries.set_defaults(store=STORE)


def _search(commands: Commands) -> None:
    search = _store_command(
        commands, "search", "find names, figures, measures, sentences / 全文检索"
    )
    search.add_argument("text", nargs="+", metavar="TEXT", help="words that must all occur")
    search.add_argument(
        "--kind", default="", help="only of one kind, e.g. figure, sentence, Organization"
    )
    search.add_argument("--document", default="", metavar="IRI", help="only in one report")
    search.add_argument("--area", default="", help="only in reports of one area, e.g. 湖北省")
    search.add_argument("--year", default="", help="only in reports about one year, e.g. 2022")
    search.add_argument("--section", default="", metavar="HEADING", help="only under one heading")
    search.add_argument("--limit", type=int, default=50, help="how many are shown (50)")
    search.add_argument(
        "--format", choices=FORMATS, help="left out: by the ending of the file, else a table"
    )
    search.add_argument("-o", "--output", default="-", help="a file, or - for stdout")


def _derive(commands: Commands) -> None:
    derive = _store_command(
        commands, "derive", "calculate with stated figures / 用报告里的数字计算"
    )
    derive.description = (
        "Calculate with figures of the reports: sum, difference, ratio, growth, average, share, remainder, "
        "earlier (the level before a change), or all. Each result comes with the interval that the printed "
        "rounding allows, and with what makes it doubtful. Where the figures say which is the whole, the later "
        "or the change, their order does not matter. 合计、相差、比值、增长率、平均、占比、其余、上期水平。"
    )
    derive.add_argument("operation", metavar="OPERATION", help="one of those named above")
    derive.add_argument(
        "figures",
        nargs="+",
        metavar="FIGURE",
        help="an IRI, REPORT/START-END (090cb592edbac444/341-347), or its words where they are said once (14705元)",
    )
    derive.add_argument(
        "--format", choices=FORMATS, help="left out: by the ending of the file, else for reading"
    )
    derive.add_argument("-o", "--output", default="-", help="a file, or - for stdout")


def _compare(commands: Commands) -> None:
    compare = _store_command(commands, "compare", "one indicator over reports / 比较一项指标")
    compare.description = (
        "The figures of one indicator in every report, level, growth, rank, gap and target told apart, with the "
        "words of their tone, and the reports that have only a target, name it without a figure or do not name it."
    )
    compare.add_argument(
        "indicators", nargs="+", metavar="INDICATOR", help="its name, and others to include"
    )
    compare.add_argument(
        "--format", choices=FORMATS, help="left out: by the ending of the file, else a table"
    )
    compare.add_argument("-o", "--output", default="-", help="a file, or - for stdout")


def _view(commands: Commands) -> None:
    view = _store_command(commands, "view", "write an interactive network page / 关系网络")
    view.add_argument("name", metavar="NAME", help="actors, responsibility, programmes or places")
    view.add_argument("-o", "--output", default="", help="a file (NAME.html), or - for stdout")


def _show(commands: Commands) -> None:
    text = "write the pages that show the store and print their address / 展示"
    show = _store_command(commands, "show", text)
    show.add_argument("-o", "--output", default=".policygraph/site", help="a folder")


def _serve(commands: Commands) -> None:
    serve = _store_command(commands, "serve", "answer SPARQL over HTTP / 查询服务")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port, 0 for a free one (8000)")
    serve.add_argument("--base", default="", help="what the IRIs in the store start with")
    serve.add_argument(
        "--licence",
        default="https://creativecommons.org/licenses/by/4.0/",
        metavar="ADDRESS",
        help="the licence the catalogue gives the data (CC BY 4.0)",
    )
    serve.add_argument(
        "--publisher",
        default="policygraph",
        metavar="NAME",
        help="who publishes the data, for the catalogue",
    )
    serve.add_argument("--allow-update", action="store_true", help="let clients write")
    serve.add_argument("--token-file", default="", help="a file with the token writing needs")
    serve.add_argument(
        "--allow-service",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address SERVICE and LOAD may fetch; repeatable",
    )
    serve.add_argument(
        "--root-path", default="", metavar="PATH", help="the path a proxy serves it under: /pg"
    )
    serve.add_argument(
        "--trusted-proxy",
        action="append",
        default=[],
        metavar="IP",
        help="a proxy that tells the path and scheme, beside those on loopback; repeatable",
    )
    for name, kind, _, text in LIMITS:
        serve.add_argument(f"--{name.replace('_', '-')}", type=kind, default=None, help=text)


def _export(commands: Commands) -> None:
    export = _store_command(commands, "export", "write the whole store to a file / 导出")
    export.add_argument("-o", "--output", default="-", help=f"a file: {endings(EXPORTS)}")
    export.add_argument(
        "--profile",
        choices=("stored", "standard"),
        default="stored",
        help="standard: also in the terms of Web Annotation, PROV, Data Cube and what is above ours",
    )
    export.add_argument(
        "--document",
        metavar="IRI",
        default="",
        help="one report only, with all it points at (IRIs: policygraph query documents) / 只导出一份报告",
    )
    export.add_argument("--bulk", metavar="DIR", help="sorted N-Quads in parts, and bulk loaders")
    export.add_argument("--gzip", action="store_true", help="compress the parts of --bulk")
    export.add_argument(
        "--panel",
        choices=("long", "wide", "targets"),
        help="a panel as CSV in place of the graph: indicators by area and year, or the targets of growth",
    )
    export.add_argument(
        "--csvw",
        action="store_true",
        help="also write the metadata of --panel (CSV on the Web)",
    )


def _materialise(commands: Commands) -> None:
    text = "write what the standard profile derives into the store / 写入标准表示"
    materialise = _store_command(commands, "materialise", text)
    materialise.add_argument("--remove", action="store_true", help="remove it again / 移除")


def _check(commands: Commands) -> None:
    text = "re-verify quotes, digests and that every number is accounted for / 核对"
    check = _store_command(commands, "check", text)
    check.add_argument("--json", action="store_true", help="counts as JSON")


def _validate(commands: Commands) -> None:
    validate = _command(
        commands, "validate", "validate any RDF or a store against the shapes / 校验"
    )
    validate.description = (
        "Check Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML, or a store, against "
        "SHACL shapes. 0: it holds, 1: something is violated, 2: it cannot be read."
    )
    validate.add_argument("data", nargs="?", default=STORE, metavar="FILE|STORE")
    validate.add_argument("--shapes", default="", metavar="FILE", help="shapes of one's own (.ttl)")
    validate.add_argument("--json", action="store_true", help="all problems as JSON")


def _link(commands: Commands) -> None:
    link = _store_command(
        commands, "link", "link the names in a table with areas or things of the store / 名称对应"
    )
    link.description = (
        "Add to a CSV or TSV the area each name of a column means: IRI, name, GB/T 2260 code, level, score and why. "
        "What may mean several areas stays open, with its candidates. "
        "link wikidata writes the query for areas without an item of Wikidata; link wikidata RESULT takes its result in."
    )
    link.add_argument(
        "table", metavar="TABLE", help="a CSV or TSV file with one line of headings, or wikidata"
    )
    link.add_argument(
        "result", nargs="?", default="", metavar="RESULT", help="of link wikidata: CSV, TSV or JSON"
    )
    link.add_argument("--column", default="", help="the heading of the column of names")
    link.add_argument(
        "--federated",
        action="store_true",
        help="of link wikidata: a query for an endpoint that may ask others",
    )
    link.add_argument("-o", "--output", default="-", help="a file, or - for stdout")
    _link_names(link)


def _link_names(link: argparse.ArgumentParser) -> None:
    """What is said of the names of a table."""
    link.add_argument(
        "--type",
        default="Area",
        help="what the names are of: Area (of the register); of the store: Organization, Indicator, Group, Programme, Document, Person",
    )
    link.add_argument(
        "--year",
        type=int,
        help="the year the names are of; left out: a name is of the area that bears it today, else of the one that bore it last",
    )
    link.add_argument("--year-column", default="", metavar="COLUMN", help="the column of years")
    link.add_argument("--within", default="", help="the area all of them lie in, e.g. 湖北省")
    link.add_argument(
        "--within-column", default="", metavar="COLUMN", help="the column of that area"
    )
    link.add_argument(
        "--level",
        default="",
        choices=("province", "prefecture", "county", "township"),
        help="what they are",
    )
    link.add_argument(
        "--sssom", default="", metavar="FILE", help="also write the mapping set (SSSOM)"
    )
    link.add_argument(
        "--mappings", default="", metavar="FILE", help="a mapping set with decisions of yours"
    )


def _info(commands: Commands) -> None:
    _store_command(commands, "info", "say what is in the store / 概况")
