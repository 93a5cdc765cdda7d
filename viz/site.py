"""The pages that show a store: an index with its reports and tables, and the four views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from policygraph.errors import ViewError
from policygraph.viz.page import asset, policy, render, thumbnail
from policygraph.viz.views import FOLDER, VIEWS, Select, View, view

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
    """Write index.html and a page a view into the folder; returns the index. Raises ViewError."""
    views = {name: view(name, select) for name in VIEWS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, held in views.items():
            _write(folder / f"{name}.html", render(held, home=INDEX))
        _write(folder / INDEX, index_page(select, views))
    except OSError as error:
        raise ViewError(f"{folder}: cannot be written: {error.strerror}") from error
    return folder / INDEX


def _write(path: Path, page: str) -> None:
    # Bytes, so that no platform turns line ends.
    path.write_bytes(page.encode())


def index_page(select: Select, views: Mapping[str, View] | None = None) -> str:
    """The page that says what is in the store and leads to the views beside it."""
    held = views if views is not None else {name: view(name, select) for name in VIEWS}
    reports = _ask(select, "reports")
    script = asset("index.js")
    title = (reports[0]["title"] if len(reports) == 1 else "") or "policygraph"
    return Template(asset("index.html")).substitute(
        title=escape(title),
        policy=policy(script),
        style=asset("page.css"),
        script=script,
        reports=_reports(reports),
        counts="\n".join(map(_count, _ask(select, "counts"))),
        views="\n".join(_card(name, held[name]) for name in VIEWS),
        tables="\n".join(_table(table, _ask(select, table.rows)) for table in TABLES),
    )


def _ask(select: Select, name: str) -> list[Row]:
    return list(select((FOLDER / f"{name}.rq").read_text("utf-8")))


def _both(zh: str, en: str) -> str:
    return f'<span class="zh">{escape(zh)}</span><span class="en">{escape(en)}</span>'


def _reports(rows: list[Row]) -> str:
    """One report by its title and facts, several as a list, none as what to do about it."""
    if not rows:
        empty = _both("库是空的", "The store is empty")
        hint = _both("先读入一份报告：", "Read a report first: ")
        return f'<h1>{empty}</h1><p class="facts">{hint}<code>policygraph build</code></p>'
    if len(rows) == 1:
        return f'<h1>{_title(rows[0])}</h1><p class="facts">{_facts(rows[0])}</p>'
    count = _both(f"{len(rows)} 份报告", f"{len(rows)} reports")
    items = "".join(f"<li>{_title(row)} <span>{_facts(row)}</span></li>" for row in rows[:LISTED])
    more = len(rows) - LISTED
    rest = f"<li>{_both(f'另有 {more} 份', f'{more} more')}</li>" if more > 0 else ""
    return f'<h1>{count}</h1><ul class="reports">{items}{rest}</ul>'


def _title(row: Row) -> str:
    return escape(row["title"] or row["document"] or "")


def _facts(row: Row) -> str:
    names = ("issuer", "issued", "area", "period")
    return " · ".join(escape(row[name] or "") for name in names if row[name])


def _count(row: Row) -> str:
    name = (row["class"] or "").rpartition("#")[2]
    if name not in CLASSES:
        return ""
    return f"<div><b>{escape(row['count'] or '')}</b>{_both(*CLASSES[name])}</div>"


def _card(name: str, held: View) -> str:
    drawn, links = len(held.network), held.network.number_of_edges()
    zh, en = f"{drawn} 个节点，{links} 条联系", f"{drawn} nodes, {links} links"
    if held.left_out:
        zh, en = f"{zh}，另有 {held.left_out} 个未画出", f"{en}, {held.left_out} left out"
    return (
        f'<a href="{name}.html">{thumbnail(held)}<div><b>{_both(*held.question.title)}</b>'
        f"{_both(*held.question.question)}<small>{_both(zh, en)}</small></div></a>"
    )


def _table(table: Table, rows: Iterable[Row]) -> str:
    """The rows under their heading; nothing at all where there are none."""
    columns = [(name, ' class="number"' if name in NUMERIC else "") for name, _, _ in table.columns]
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(row[name] or '')}</td>" for name, kind in columns)
        + "</tr>"
        for row in rows
    )
    if not body:
        return ""
    head = "".join(
        f"<th{kind}>{_both(zh, en)}</th>"
        for (_, zh, en), (_, kind) in zip(table.columns, columns, strict=True)
    )
    more = _both("全部：", "All of it: ")
    return (
        f"<h2>{_both(*table.heading)}</h2>"
        f"<p>{more}<code>policygraph query {table.query}</code></p>"
        f'<div class="scroll"><table><tr>{head}</tr>\n{body}</table></div>'
    )
