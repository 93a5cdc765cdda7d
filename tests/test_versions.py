"""A report is a work with versions: one text is one version, another version replaces it or is kept beside it."""

from __future__ import annotations

import re
from functools import cache
from itertools import permutations
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.graph.export import export
from policygraph.graph.statements import Document
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.loaders.reader import read_string
from policygraph.ontology.prefixes import expand
from policygraph.queries.comparison import compare
from policygraph.queries.panels import long_panel
from policygraph.queries.standard_profile import StandardProfile
from policygraph.queries.stated_figures import find_figures
from policygraph.queries.stated_passages import asking

from .service.service_process import service

TEXT = "湖北省2022年工作总结\n\n2022年，全省新建学校5所（含改建）。\n省教育厅投入资金3万元。\n"
OTHER = TEXT.replace("5所", "6所")
THIRD = TEXT.replace("5所", "7所")
NUMBERED = "索引号\nK26058003/2023-1\n"
MODEL = (Path(__file__).parents[1] / "docs" / "model.md").read_text("utf-8")


def titles(graph: Graph) -> dict[str, str]:
    """The file of each document with its version as the named query tells it."""
    return {str(r["source"]): str(r["version"]) for r in graph.query("documents")}


@pytest.mark.parametrize(
    "typed",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\u2028"),
        TEXT.replace("\n", "  \n"),
        TEXT.rstrip("\n"),
        TEXT + "\n\n",
        "\ufeff" + TEXT,
        TEXT.replace("，", ",").replace("（", "("),
        TEXT.replace("2022", "２０２２").replace("5", "５"),
    ],
)
def test_the_same_text_typed_in_another_way_is_the_same_version(typed: str) -> None:
    with Graph.open() as graph:
        first = graph.add(read_string(TEXT, source="a.txt"))
        assert graph.add(read_string(typed, source="b.txt"), keep_versions=True) == first
        assert titles(graph) == {"b.txt": "current"}
        assert all(verdict.holds for verdict in graph.check())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, OTHER),
        (f"甲总结\n{NUMBERED}\n新建学校5所。", f"乙总结\n{NUMBERED}\n新建学校6所。"),
        (TEXT.replace("\n\n", "\n\n发布机构\n湖北省教育厅\n\n", 1), OTHER),
    ],
)
def test_another_version_replaces_the_one_there(one: str, other: str) -> None:
    with Graph.open() as graph, Graph.open() as fresh:
        graph.add(read_string(one))
        graph.add(read_string(other))
        fresh.add(read_string(other))
        assert export(graph.store, "nq") == export(fresh.store, "nq")


@pytest.mark.parametrize(
    "other",
    [
        OTHER.replace("湖北省", "湖南省"),
        OTHER.replace("2022年", "2021年"),
        OTHER.replace("工作总结", "工作要点"),
        OTHER.replace("湖北省2022年", ""),
    ],
)
def test_another_work_replaces_nothing(other: str) -> None:
    with Graph.open() as graph:
        graph.add(read_string(TEXT))
        graph.add(read_string(other))
        assert len(graph.store.documents()) == 2


def test_two_bodies_of_one_area_and_year_write_two_works() -> None:
    issued = "\n\n发布机构\n湖北省{}\n\n"
    with Graph.open() as graph:
        for name, text in (("教育厅", TEXT), ("财政厅", OTHER)):
            graph.add(read_string(text.replace("\n\n", issued.format(name), 1)))
        assert len(graph.store.documents()) == 2


@pytest.mark.parametrize("store", [None, "rdflib"])
def test_kept_versions_say_which_is_current_and_stay_so(store: str | None) -> None:
    texts = (("a.txt", TEXT), ("b.txt", OTHER), ("c.txt", THIRD))
    opened = Graph(RdflibStore(rdflib.Dataset(default_union=True))) if store else Graph.open()
    with opened as graph:
        for source, text in texts:
            graph.add(read_string(text, source=source), keep_versions=True)
        told = {"a.txt": "replaced", "b.txt": "replaced", "c.txt": "current"}
        assert titles(graph) == told
        before = export(graph.store, "nq")
        for source, text in texts:
            graph.add(read_string(text, source=source), keep_versions=True)
        assert export(graph.store, "nq") == before
        assert [r["source"] for r in graph.query("documents", version="current")] == ["c.txt"]
        replaced = f"<{expand('dcterms:isReplacedBy')}>".encode()
        assert export(StandardProfile(graph.store), "nq").count(replaced) == 3
        graph.drop(str(next(r["document"] for r in graph.query("documents", version="current"))))
        assert titles(graph) == {"a.txt": "replaced", "b.txt": "current"}
        graph.add(read_string(THIRD, source="c.txt"))
        assert titles(graph) == {"c.txt": "current"}


def test_the_query_of_the_page_counts_current_versions() -> None:
    section = MODEL.partition("## Versions")[2]
    found = re.search(r"```sparql\n(.*?)```", section, re.DOTALL)
    assert found
    prefixes = f"PREFIX pg: <{expand('pg:')}> PREFIX dcterms: <{expand('dcterms:')}> "
    counts = []
    for keep in (True, False):
        with Graph.open() as graph:
            for text in (TEXT, OTHER, THIRD, OTHER.replace("湖北省", "湖南省")):
                graph.add(read_string(text), keep_versions=keep)
            counts += [[int(row["figures"].value) for row in graph.select(prefixes + found[1])]]
    assert counts == [[4], [4]]


def test_the_command_line_says_what_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    for name, text in (("a.txt", TEXT), ("b.txt", TEXT + "\n"), ("c.txt", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")

    def build(*arguments: str) -> str:
        assert main(["build", "--store", store, *arguments]) == 0
        return capsys.readouterr().err

    assert "version" not in build(str(tmp_path / "a.txt"))
    assert "version" not in build(str(tmp_path / "a.txt"))
    same = build(str(tmp_path / "b.txt"))
    assert same.startswith("policygraph: b.txt: the same version as a.txt, which it replaces\n")
    kept = build("--keep-versions", str(tmp_path / "c.txt"))
    assert kept.startswith("policygraph: c.txt: another version of b.txt (<https://")
    assert "both are kept" in kept.splitlines()[0]
    gone = build(str(tmp_path / "b.txt")).splitlines()[0]
    assert gone.endswith("which it replaces; --keep-versions keeps both")
    with Graph.open(store, read_only=True) as graph:
        assert titles(graph) == {"b.txt": "current"}


def test_the_service_shows_which_version_is_current(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with Graph.open(store) as graph:
        old = graph.add(read_string(TEXT, source="a.txt"))
        new = graph.add(read_string(OTHER, source="b.txt"), keep_versions=True)
    with service(store, "--workers", "1") as served:
        assert served.get("/queries/documents.csv?version=current").text.count("b.txt") == 1
        for shown, word, linked in ((old, "Replaced by", new), (new, "Replaces", old)):
            path = shown.partition("policygraph/")[2]
            page = served.get(f"/{path}?lang=en", "text/html").text
            assert word in page
            assert linked.rpartition("/")[2] in page


WORKS = tuple(
    f"{area}{year}年工作总结\n\n{year}年，全省新建学校{number}所，投入财政资金{number}万元。\n"
    for number, (area, year) in enumerate(
        [("湖北省", 2022), ("湖北省", 2021), ("湖南省", 2022), ("襄阳市", 2022)], 3
    )
)


@cache
def works() -> tuple[Document, ...]:
    return tuple(map(read_string, WORKS))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(permutations(range(len(WORKS))))), st.booleans())
def test_the_order_of_building_does_not_matter(order: tuple[int, ...], keep: bool) -> None:
    with Graph.open() as graph, Graph.open() as fresh:
        for number in order:
            graph.add(works()[number], keep_versions=keep)
        for document in works():
            fresh.add(document)
        assert export(graph.store, "nq") == export(fresh.store, "nq")


def test_two_reports_of_one_name_with_other_texts_are_two(tmp_path: Path) -> None:
    title = "湖北省2023年工作总结\n\n"
    with Graph.open() as graph:
        graph.add(read_string(f"{title}今年以来，省教育厅新建学校4126所。全年新增就业300人。\n"))
        graph.add(read_string(f"{title}省财政厅发放补贴99.9万元，到位资金3.5亿元。\n"))
        assert len(graph.store.documents()) == 2


def test_building_a_folder_with_two_versions_again_ends_in_the_same_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store = tmp_path / "reports", tmp_path / "store"
    folder.mkdir()
    for name, text in (("a.txt", TEXT), ("b.txt", OTHER)):
        (folder / name).write_text(text, "utf-8")
    for _ in range(3):
        assert main(["build", "--store", str(store), str(folder)]) == 0
        with Graph.open(store, read_only=True) as graph:
            assert titles(graph) == {"b.txt": "current"}


GRID = "数据库：分省年度数据\n指标：地区生产总值(亿元)\n地区,2024年,2023年\n湖北省,{0},55803.6\n湖南省,53231.0,{1}\n"
LONG = "地区,年份,指标,数值,单位\n武汉市,{year},地区生产总值,{0},亿元\n武汉市,{year},常住人口,1377.4,万人\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("a.csv", GRID.format("60012.9", "5")), ("a.csv", GRID.format("59644.3", "50012.8"))),
        (("a.csv", GRID.format("60012.9", "5")), ("a (1).csv", GRID.format("59644.3", "50012.8"))),
        (("a.csv", GRID.format("1", "5")), ("a.csv", GRID.format("1", "5") + "江西省,34202.5,32200.1\n")),
        (("a.csv", LONG.format("1", year=2023)), ("a.csv", LONG.format("2", year=2023))),
    ],
)  # fmt: skip
def test_a_corrected_table_replaces_the_one_before(
    before: tuple[str, str],
    after: tuple[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = tmp_path / "store"
    for name, content in (before, after):
        (tmp_path / name).write_text(content, "utf-8")
        assert main(["build", "--store", str(store), str(tmp_path / name)]) == 0
    assert f"another version of {before[0]}" in capsys.readouterr().err
    with Graph.open(store, read_only=True) as graph:
        assert titles(graph) == {after[0]: "current"}
    (tmp_path / before[0]).write_text(before[1], "utf-8")
    assert main(["build", "--store", str(store), "--keep-versions", str(tmp_path / before[0])]) == 0
    with Graph.open(store, read_only=True) as graph:
        assert sorted(str(row["version"]) for row in graph.query("documents")) == [
            "current",
            "replaced",
        ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a.csv", LONG.format("1", year=2023)), ("a.csv", LONG.format("1", year=2022))),
        (("a.csv", LONG.format("1", year=2023)), ("b.csv", LONG.format("2", year=2023))),
        (("a.csv", GRID.format("1", "5")), ("a.csv", LONG.format("2", year=2023))),
    ],
)
def test_a_table_of_other_years_places_or_name_is_another_table(
    one: tuple[str, str], other: tuple[str, str], tmp_path: Path
) -> None:
    with Graph.open() as graph:
        for name, content in (one, other):
            (tmp_path / name).write_text(content, "utf-8")
            graph.add(read(tmp_path / name))
        assert len(list(graph.query("documents"))) == 2


GDP = "{area}2022年工作总结\n\n索引号\n{area}2023-1\n2022年，全省地区生产总值{value}亿元，增长4.3%。省教育厅新建学校5所。\n"


def test_only_current_versions_count_where_reports_are_compared_put_together_or_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [("湖北省", 53734), ("湖北省", 53735), ("湖南省", 48670)]
    for number, (area, value) in enumerate(files):
        text = GDP.format(area=area, value=value)
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    store = ["--store", str(tmp_path / "store")]
    assert main(["build", "--keep-versions", *store, *(str(tmp_path / f"{n}.txt") for n in range(3))]) == 0  # fmt: skip
    with Graph.open(tmp_path / "store", read_only=True) as graph:
        assert sorted(titles(graph).values()) == ["current", "current", "replaced"]
        ask = asking(graph.store)
        compared = compare(ask, ["地区生产总值"])
        stated = [one.figure.quote for row in compared.rows for one in row.of("level", planned=False)]  # fmt: skip
        assert sorted(stated) == ["48670亿元", "53735亿元"]
        assert {row["value"] for row in long_panel(graph.store) if row["kind"] == "amount"} == {
            "4867000000000",
            "5373500000000",
        }
        assert [figure.quote for figure in find_figures(ask, ["53735亿元"])] == ["53735亿元"]
        with pytest.raises(QueryError, match="no figure reads so"):
            find_figures(ask, ["53734亿元"])
        (old,) = (str(r["document"]) for r in graph.query("documents", version="replaced"))
    with service(tmp_path / "store", "--workers", "1") as served:
        first = served.get("/", "text/html").text
        assert first.count("2022年工作总结</a>") == 2
        assert (
            served.get(f"/views/actors?document={quote(old, safe='')}", "text/html").status == 200
        )


def test_a_build_tells_how_many_quads_its_reports_have_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("湖北省", "湖南省"):
        (tmp_path / f"{name}.txt").write_text(GDP.format(area=name, value=53734), "utf-8")
    store = tmp_path / "store"
    assert main(["build", "--store", str(store), *map(str, sorted(tmp_path.glob("*.txt")))]) == 0
    told = re.search(r"(\d+) quads", capsys.readouterr().err.replace(",", ""))
    with Graph.open(store, read_only=True) as graph:
        assert told and int(told[1]) == graph.store.count()
