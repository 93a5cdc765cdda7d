"""Search finds names, statements and sentences by any part of their text, and never in a stale index."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.loaders.sources import BUNDLED
from policygraph.queries.search_index import SearchIndex, suggestions

REPORT = "湖南省2023年工作总结\n\n2023年，省教育厅新建学校5所，投入专项资金3.5亿元。\n"


@pytest.fixture(scope="module")
def index() -> Iterator[SearchIndex]:
    with Graph.open() as graph:
        graph.add(read(BUNDLED))
        with SearchIndex.of(graph.store) as made:
            yield made


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("省委", "中共湖北省委员会"),
        ("乡村振兴局", "湖北省乡村振兴局"),
        ("纯收入", "脱贫人口人均纯收入"),
        ("income", "脱贫人口人均纯收入"),
        ("Income per HEAD", "脱贫人口人均纯收入"),
        ("国定脱贫县", "国定脱贫县"),
        ("Tongcheng", "通城县"),
        ("通 城", "通城县"),
    ],
)
def test_a_thing_is_found_by_a_part_of_its_name_in_either_language(
    index: SearchIndex, text: str, name: str
) -> None:
    assert name in {entry.text for entry in index.search(text, most=100).entries}


@pytest.mark.parametrize("text", ["水", "帮扶", "14705", "脱贫人口人均纯收入达到"])
def test_every_sentence_that_holds_a_text_is_found(index: SearchIndex, text: str) -> None:
    document = read(BUNDLED)
    held = {(start, end) for start, end in document.sentences if text in document.text[start:end]}
    found = index.search(text, kind="sentence", most=1000).entries
    assert held
    assert {(entry.start, entry.end) for entry in found} >= held
    assert all(document.text[entry.start : entry.end] == entry.text for entry in found)


def test_counts_tell_how_much_of_each_kind_there_is(index: SearchIndex) -> None:
    found = index.search("脱贫", most=3)
    assert len(found.entries) == 3
    assert found.counts["sentence"] == len(
        index.search("脱贫", kind="sentence", most=10_000).entries
    )
    assert list(found.counts)[-1] == "sentence"


@pytest.mark.parametrize("text", ["", "  ", "，。", '"', "*"])
def test_a_text_without_a_word_is_refused_in_one_line(index: SearchIndex, text: str) -> None:
    with pytest.raises(QueryError, match="holds no letter"):
        index.search(text)


@pytest.mark.parametrize("text", ['省" OR "县', "a AND", "NEAR(省 县)", "body:省", "省*", "-省"])
def test_a_text_is_never_taken_for_a_search_expression(index: SearchIndex, text: str) -> None:
    index.search(text)


def test_a_name_that_is_none_is_told_what_it_may_have_meant(index: SearchIndex) -> None:
    assert suggestions(index, "省委", ("FormalOrganization",)) == ["中共湖北省委员会"]
    assert suggestions(index, "，") == []


def found_by(store: Path, *words: str) -> list[dict[str, str]]:
    out = store.with_name("found.csv")
    main(["search", "--store", str(store), "-o", str(out), *words])
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))


def test_what_is_added_is_found_and_what_is_dropped_is_not(tmp_path: Path) -> None:
    store, report = tmp_path / "store", tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    assert main(["build", "--store", str(store), str(BUNDLED)]) == 0
    assert found_by(store, "省教育厅新建学校") == []
    assert main(["build", "--store", str(store), str(report)]) == 0
    rows = found_by(store, "省教育厅新建学校", "--kind", "sentence")
    assert [REPORT[int(row["start"]) : int(row["end"])] for row in rows] == [
        row["text"] for row in rows
    ]
    with OxigraphStore(store) as opened:
        opened.drop(rows[0]["document"])
    assert found_by(store, "省教育厅新建学校") == []


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert main(["build", "--store", str(store), str(BUNDLED)]) == 0
    before = found_by(store, "通城县")
    (tmp_path / "store.search").write_bytes(b"no index")
    assert found_by(store, "通城县") == before != []
