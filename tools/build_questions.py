"""Write docs/questions.md from the headers of the named queries and the bundled report.

tools/build_questions.py [--check]: with --check only says whether the page is up to date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from policygraph import read
from policygraph.loaders.sources import BUNDLED
from policygraph.ontology.vocabulary import vocabulary
from policygraph.queries.catalogue import NamedQuery, bundled

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"
TOP = """# What can be asked: the competency questions

Each question is answered by one named query (`queries/NAME.rq`). 每个问题由一个命名查询回答。

```sh
policygraph queries                # all of them, by theme / 全部，按主题
policygraph queries 资金            # those about a word, with their parameters / 有关某词的，并列参数
policygraph query money --format csv -o money.csv
```

Every query takes `-p document=IRI` to look at one report only (`policygraph query documents` lists them); the
first cell of a row, where it is `?document`, is the report it comes from, `start` and `end` are the place in its text.
每个查询都可用 `-p document=IRI` 只看一份报告。 A query marked ◇ makes a graph (`--format ttl`). ◇ 号的查询得到图。

This page is written by `tools/build_questions.py`; a test keeps it true.
"""
ASKED = (
    ("system-measures", "是什么、做了什么", "what is it, what is done"),
    ("system-instruments", "靠什么", "by what means"),
    ("system-actors", "谁来做", "who runs it"),
    ("system-people", "哪些领导和机构", "which leaders and bodies"),
    ("system-places", "在哪里", "on what area"),
    ("system-groups", "针对、惠及谁", "on whom"),
    ("system-money", "用了什么钱", "with what money"),
    ("system-results", "成效如何", "what came of it"),
    ("system-evidence", "哪里说的", "where does the text say so"),
)


def page() -> str:
    """The whole page."""
    return "\n".join([TOP, *_systems(), *_themes()]) + "\n"


def _themes() -> Iterator[str]:
    for (zh, en), queries in bundled().themes().items():
        yield f"## {zh} · {en}\n"
        yield "| 问题 | question | query |"
        yield "| --- | --- | --- |"
        for query in queries:
            mark = " ◇" if query.makes_graph else ""
            yield f"| {query.question[0]} | {query.question[1]} | `{_command(query)}`{mark} |"
        yield ""


def _command(query: NamedQuery) -> str:
    """An example: what the query requires, else its first parameter that is not the report."""
    required = [p for p in query.parameters if not p.optional]
    chosen = required or [p for p in query.parameters if p.name not in ("document", "topic")][:1]
    given = "".join(f" -p {_quoted(f'{p.name}={p.example}')}" for p in chosen)
    return f"policygraph query {query.name}{given}"


def _quoted(word: str) -> str:
    """A word as a shell takes it."""
    return f"'{word}'" if re.search(r"[\s();&|<>]", word) else word


def _systems() -> Iterator[str]:
    yield "## 湖北省 2022：十七个工作系统 · The seventeen working systems of the Hubei report\n"
    yield "Of each is asked, with its name as `-p system=`: 对每个系统可问：\n"
    for name, zh, en in ASKED:
        yield f"- {zh} · {en}: `{_command(bundled().named(name))}`"
    yield "\n`policygraph query systems` gives the overview, `network-system` the graph.\n"
    yield "| 工作系统 | working system | 报告中的标题 |"
    yield "| --- | --- | --- |"
    for zh, en, heading in _told():
        yield f"| {zh} | {en} | {heading} |"
    yield ""


def _told() -> Iterator[tuple[str, str, str]]:
    """The working systems of the bundled report with the heading that names each."""
    topics = {concept.key: concept for concept in vocabulary("topics")}
    opening = [c for c in topics.values() if c.value("role") == "opening"]
    for concept in opening:
        yield concept.label, concept.english, "(第一个标题之前)"
    for section in read(BUNDLED).sections:
        for key in section.topics if section.parent else ():
            yield topics[key].label, topics[key].english, section.heading.quote


def main() -> int:
    if "--check" in sys.argv[1:]:
        return PAGE.read_text("utf-8") != page()
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
