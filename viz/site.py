"""The pages that show a store: an index with its reports and tables, and the four views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from string import Template

from policygraph.errors import ViewError
from policygraph.viz.page import ASSETS, render
from policygraph.viz.views import VIEWS, Select, view

ROWS = 12  # rows a table on the index shows
SPARQL = Path(__file__).parent / "sparql"
# Row sets shown as tables: file, heading, columns (name, Chinese, English).
TABLES = (
    (
        "top-actors",
        ("谁做了多少事", "Who did how much"),
        (("actor", "行动者", "Actor"), ("measures", "举措", "Measures")),
    ),
    (
        "top-money",
        ("最大的几笔钱", "The largest sums"),
        (
            ("indicator", "指标", "Indicator"),
            ("text", "金额", "Amount"),
            ("scope", "范围", "Scope"),
            ("period", "时期", "Period"),
        ),
    ),
)


def write_site(select: Select, folder: Path) -> Path:
    """Write index.html and a page a view into the folder; returns the index. Raises ViewError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in VIEWS:
            (folder / f"{name}.html").write_text(render(view(name, select)), "utf-8")
        index = folder / "index.html"
        index.write_text(index_page(select), "utf-8")
    except OSError as error:
        raise ViewError(f"{folder}: cannot be written: {error.strerror}") from error
    return index


def index_page(select: Select) -> str:
    """The page that says what is in the store and leads to the views."""

    def ask(name: str) -> list[Mapping[str, str | None]]:
        return list(select((SPARQL / f"{name}.rq").read_text("utf-8")))

    reports = ask("reports")
    counts = ask("counts")
    return Template((ASSETS / "index.html").read_text("utf-8")).substitute(
        style=(ASSETS / "page.css").read_text("utf-8"),
        reports="\n".join(map(_report, reports))
        or f"<h1>{_both('库是空的', 'The store is empty')}</h1>",
        counts="\n".join(map(_count, counts)),
        views="\n".join(
            f'<a href="{name}.html"><b>{_both(*held.title)}</b>{_both(*held.question)}</a>'
            for name, held in VIEWS.items()
        ),
        tables="\n".join(_table(heading, columns, ask(name)) for name, heading, columns in TABLES),
    )


def _both(zh: str, en: str) -> str:
    return f'<span class="zh">{escape(zh)}</span><span class="en">{escape(en)}</span>'


def _report(row: Mapping[str, str | None]) -> str:
    facts = " · ".join(
        escape(row[key] or "") for key in ("issuer", "issued", "area", "period") if row[key]
    )
    return f'<h1>{escape(row["title"] or row["document"] or "")}</h1><p class="facts">{facts}</p>'


_CLASSES = {
    "Figure": ("数字", "figures"),
    "Mention": ("提及", "mentions"),
    "Measure": ("举措", "measures"),
    "Organization": ("机构", "organizations"),
    "Area": ("地区", "areas"),
    "Programme": ("项目", "programmes"),
}


def _count(row: Mapping[str, str | None]) -> str:
    name = (row["class"] or "").rpartition("#")[2]
    if name not in _CLASSES:
        return ""
    return f"<div><b>{escape(row['count'] or '')}</b>{_both(*_CLASSES[name])}</div>"


def _table(
    heading: tuple[str, str],
    columns: tuple[tuple[str, str, str], ...],
    rows: Iterable[Mapping[str, str | None]],
) -> str:
    head = "".join(f"<th>{_both(zh, en)}</th>" for _, zh, en in columns)
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td{' class=number' if (row[name] or '').isdigit() else ''}>{escape(row[name] or '')}</td>"
            for name, _, _ in columns
        )
        + "</tr>"
        for row in list(rows)[:ROWS]
    )
    return (
        f"<h2>{_both(*heading)}</h2><div class=scroll><table><tr>{head}</tr>\n{body}</table></div>"
    )
