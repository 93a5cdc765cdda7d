"""The pages that show a store: an index with its reports and tables, and the four views."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import ViewError
from policygraph.ontology.labels import counted
from policygraph.viz.bilingual import both, say
from policygraph.viz.frame import asset, enclose
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.network_page import render, thumbnail
from policygraph.viz.views import FOLDER, VIEWS, Select, View, view

log = logging.getLogger(__name__)
INDEX = "index.html"
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Table:
    """A row set on the index: its file, heading, the named query that gives all of it, columns.

    A column is the variable's name with its heading in Chinese and English.
    """

    rows: str
    heading: tuple[str, str]
    query: str
    columns: tuple[tuple[str, str, str], ...]


TABLES = (
    Table(
        "top-actors",
        ("谁做了多少事", "Who did how much"),
        "who-does-what",
        (("actor", "行动者", "Actor"), ("measures", "举措", "Measures")),
    ),
    Table(
        "top-measures",
        ("谁做了什么", "Who did what"),
        "measures",
        (
            ("actor", "行动者", "Actor"),
            ("action", "行动", "Action"),
            ("object", "对象", "Object"),
            ("text", "原文", "In the text"),
        ),
    ),
    Table(
        "top-money",
        ("最大的几笔钱", "The largest sums"),
        "money",
        (
            ("indicator", "指标", "Indicator"),
            ("text", "金额", "Amount"),
            ("scope", "范围", "Scope"),
            ("period", "时期", "Period"),
        ),
    ),
    Table(
        "top-people",
        ("人物与职务", "People and posts"),
        "people",
        (("person", "人物", "Person"), ("post", "职务", "Post"), ("body", "机构", "Body")),
    ),
)
CLASSES = {
    "Figure": ("数字", "figures"),
    "Mention": ("提及", "mentions"),
    "Measure": ("举措", "measures"),
    "Organization": ("机构", "bodies"),
    "Area": ("地区", "areas"),
    "Programme": ("项目", "programmes"),
}
LISTED = 23  # reports the index lists by name
NUMERIC = frozenset({"measures"})  # columns set flush right


def write_site(select: Select, folder: Path) -> Path:
    """Write index.html and one page per view into the folder; returns the index. Raises ViewError."""
    views = {name: view(name, select) for name in VIEWS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawn in views.items():
            _write(folder / f"{name}.html", render(drawn, home=INDEX))
        _write(folder / INDEX, index_page(select, views))
    except OSError as error:
        raise ViewError(f"{folder}: cannot be written: {error.strerror}") from error
    return folder / INDEX


def _write(path: Path, page: str) -> None:
    # Bytes, so that no platform changes line ends.
    path.write_bytes(page.encode())
    log.info("wrote %s, %d bytes", path, path.stat().st_size)


def index_page(select: Select, views: Mapping[str, View] | None = None) -> str:
    """The page that says what is in the store and leads to the views beside it."""
    drawn = views if views is not None else {name: view(name, select) for name in VIEWS}
    reports = _rows(select, "reports")
    title = (reports[0]["title"] if len(reports) == 1 else "") or "policygraph"
    hint = (
        "点开一张图：悬停看原文，点击看联系。",
        "Open a picture: hover for the words of the text, click for the links.",
    )
    body = tag(
        "main",
        tag("div", tag("b", "policygraph"), tag("button", "English", id="language"), class_="top"),
        _reports(reports),
        tag("div", map(_count, _rows(select, "counts")), class_="counts"),
        tag("h2", say("关系网络", "Networks")),
        tag("p", both(hint)),
        tag("div", (_card(name, drawn[name]) for name in VIEWS), class_="cards"),
        (_table(table, _rows(select, table.rows)) for table in TABLES),
    )
    return enclose(title, asset("page.css"), (asset("index.js"),), body)


def _rows(select: Select, name: str) -> list[Row]:
    return list(select((FOLDER / f"{name}.rq").read_text("utf-8")))


def _reports(rows: list[Row]) -> Markup:
    """One report by its title and facts, several as a list; where there is none, how to read one."""
    if not rows:
        hint = say("先读入一份报告：", "Read a report first: ")
        return join(
            tag("h1", say("库是空的", "The store is empty")),
            tag("p", hint, tag("code", "policygraph build"), class_="facts"),
        )
    if len(rows) == 1:
        return join(tag("h1", _title(rows[0])), tag("p", _facts(rows[0]), class_="facts"))
    items = [tag("li", _title(row), " ", tag("span", _facts(row))) for row in rows[:LISTED]]
    more = len(rows) - LISTED
    return join(
        tag("h1", say(f"{len(rows)} 份报告", f"{len(rows)} reports")),
        tag(
            "ul",
            items,
            tag("li", say(f"另有 {more} 份", f"{more} more")) if more > 0 else None,
            class_="reports",
        ),
    )


def _title(row: Row) -> str:
    return row["title"] or row["document"] or ""


def _facts(row: Row) -> str:
    names = ("issuer", "issued", "area", "period")
    return " · ".join(filter(None, (row[name] for name in names)))


def _count(row: Row) -> Markup | None:
    name = (row["class"] or "").rpartition("#")[2]
    if name not in CLASSES:
        return None
    return tag("div", tag("b", row["count"]), both(CLASSES[name]))


def _card(name: str, shown: View) -> Markup:
    drawn, links = len(shown.network), shown.network.number_of_edges()
    zh, en = (
        f"{drawn} 个节点，{links} 条联系",
        f"{counted(drawn, 'node')}, {counted(links, 'link')}",
    )
    if shown.left_out:
        zh, en = f"{zh}，另有 {shown.left_out} 个未画出", f"{en}, {shown.left_out} left out"
    words = tag(
        "div",
        tag("b", both(shown.question.title)),
        both(shown.question.question),
        tag("small", say(zh, en)),
    )
    return tag("a", thumbnail(shown), words, href=f"{name}.html")


def _table(table: Table, rows: list[Row]) -> Markup | None:
    """The rows under their heading; None where there are none."""
    if not rows:
        return None
    kinds = {name: "number" if name in NUMERIC else None for name, _, _ in table.columns}
    head = (tag("th", say(zh, en), class_=kinds[name]) for name, zh, en in table.columns)
    body = (
        tag("tr", (tag("td", row[name], class_=kind) for name, kind in kinds.items()))
        for row in rows
    )
    command = tag("code", f"policygraph query {table.query}")
    return join(
        tag("h2", both(table.heading)),
        tag("p", say("全部：", "All of it: "), command),
        tag("div", tag("table", tag("tr", head), body), class_="scroll"),
    )
