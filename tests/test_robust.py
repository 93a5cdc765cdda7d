"""Any text at all is read: no exception, every quote where it stands, the same result twice."""

from __future__ import annotations

import fuzz_reports
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policygraph import Graph, read
from policygraph.errors import SourceError, StoreError
from policygraph.graph.statements import plain_form
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text

TEXT = read_text(BUNDLED)
CLAUSES = [clause for clause in TEXT.replace("。", "，").split("，") if clause]


@given(st.text(max_size=300))
@example("支持武汉")
@example("1-2-3-4-5个")
@example("\ud800增长5%")
@settings(max_examples=20, deadline=None)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert fuzz_reports.fault(text) == ""
    assert fuzz_reports.fault(fuzz_reports.HEADER + text) == ""


@given(st.lists(st.sampled_from(CLAUSES), max_size=25), st.sampled_from("，。；、\n　"))
@settings(max_examples=20, deadline=None)
def test_shuffled_clauses_are_read_without_a_fault(clauses: list[str], mark: str) -> None:
    assert fuzz_reports.fault(fuzz_reports.HEADER + mark.join(clauses)) == ""


@given(
    st.text(
        alphabet="省市县区委厅局办0123456789.%万亿元个，。、：（）《》“”其中分别增长", max_size=200
    )
)
@settings(max_examples=20, deadline=None)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    assert nquads(read_string(text)) == nquads(read_string(text))


def test_mutated_reports_are_read_without_a_fault() -> None:
    assert fuzz_reports.run(100, 20221231, [TEXT]) == []


LONG = 10_000  # ten times what Python calls itself


@pytest.mark.parametrize(
    "piece",
    ["省", "1", "一", "第", "《", "（", "“", "　", "1-", "A1", "1.", "其中", "和", "建设推进", "省委厅局", "武汉市", "脱贫人口、", "增长", "2022年", "书记王蒙", "5:", "投入5亿元", "全省新增就业三万人和建设", "农村", "工程", "省长、", "和乡村振兴", "全省", "委员会议"],
)  # fmt: skip
def test_a_sentence_without_end_is_read(piece: str) -> None:
    text = fuzz_reports.HEADER + (piece * LONG)[:LONG]
    document = read_string(text)
    assert all(
        text[statement.span.start : statement.span.end] == statement.span.quote
        for statement in (*document.figures, *document.mentions, *document.measures)
    )


def test_a_line_of_many_firms_is_read_in_time_that_grows_with_it() -> None:
    text = (
        fuzz_reports.HEADER + "华为、中兴、比亚迪等" * 8_000
    )  # a minute where it grows with the square
    assert len(read_string(text).mentions) > 8_000


def test_a_line_of_blanks_is_looked_at_once() -> None:
    blanks = "甲" + " \t" * 500_000 + "乙"  # hours where every blank looks for the end of the line
    assert plain_form(blanks) == blanks
    assert plain_form(f"{blanks} \t\r\n丙  \n\n 丁\t") == f"{blanks}\n丙\n\n 丁"


@pytest.mark.parametrize("period", ["2022-02-30", "2022-13", "2024/2022", "2022-12-31/2022-01-01"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(SourceError, match=period):
        read_string("湖北省工作总结\n\n新建学校5所。", period=period)


def test_a_day_that_is_not_in_the_calendar_dates_nothing() -> None:
    (figure,) = read_string("湖北省2023年工作总结\n\n2023年2月30日，新建学校5所。").figures
    assert figure.period == "2023"


@pytest.mark.parametrize("digits", [28, 29, 400])
def test_a_count_of_any_length_is_read(digits: int) -> None:
    document = read_string(f"湖北省2022年工作总结\n\n全省新增{'1' * digits}个项目。")
    assert document.text.count("1") == digits


def test_a_mistyped_override_is_an_error() -> None:
    with pytest.raises(TypeError, match="perid"):
        read(BUNDLED, perid="2022")


def test_a_store_of_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(StoreError, match="htp://localhost"):
        Graph.open("htp://localhost:7878")


@pytest.mark.parametrize("end", ["\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_ends_a_line(end: str) -> None:
    text = "湖北省2022年工作总结\n\n一、工作成效\n\n新建学校5所。\n投入资金3亿元。\n"
    plain, other = read_string(text), read_string(text.replace("\n", end))
    assert len(plain.figures) == 2
    assert [f.value for f in other.figures] == [f.value for f in plain.figures]
    assert [s.heading.quote for s in other.sections] == [s.heading.quote for s in plain.sections]
    assert other.header.title == plain.header.title
