"""What the reader gets right, held against gold; what any text must give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import SourceError
from policygraph.graph.statements import Document
from policygraph.loaders.numbers import find_numbers
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import extract_source


def test_every_quote_stands_where_it_says(hubei: Document) -> None:
    spans = [s.span for s in (*hubei.figures, *hubei.mentions, *hubei.measures, *hubei.findings)]
    assert len(spans) > 400
    assert [s for s in spans if hubei.text[s.start : s.end] != s.quote] == []


def test_the_header_and_the_tree_of_sections_are_read(hubei: Document) -> None:
    assert hubei.header.index_number == "K26058003/2023-30909"
    assert hubei.header.issuer == "湖北省乡村振兴局"
    assert hubei.header.issued == "2023-04-24"
    assert (hubei.area, hubei.area_code, hubei.period) == ("湖北省", "420000", "2022")
    tree = {s.number: s.heading.quote for s in hubei.sections}
    assert tree["1.2"] == "二)坚决落实牵头责任"  # its opening bracket is missing
    assert tree["3"].startswith("三、强化有效衔接")
    assert [s.number for s in hubei.sections if s.level == 1] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.77万人", "17700", "人"),
        ("4.69亿元", "469000000", "元"),
        ("26.75万脱贫户。", "267500", "户"),
        ("620多万套", "6200000", "套"),
        ("１４％", "14", "%"),
        ("突破万亿元大关", "1000000000000", "元"),
        ("占四分之一", "25", "%"),
        ("翻一番", "100", "%"),
        ("1,234人", "1234", "人"),
        ("提高1.1个百分点", "1.1", "个百分点"),
    ],
)
def test_numbers_with_their_units(text: str, value: str, unit: str) -> None:
    (number,) = find_numbers(text)
    assert (format(number.value.normalize(), "f"), number.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "2022年",
        "截至12月底",
        "“832”平台",
        "《办法（2022）》",
        "第十二次党代会",
        "第一书记",
        "5G基站",
    ],
)
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    assert find_numbers(text) == []


def test_a_report_of_next_year_reviews_this_one() -> None:
    text = (
        "2025年湖南省政府工作报告\n\n一、2024年工作回顾\n全省新建农村公路100公里。\n"
        "二、2025年工作安排\n新建农村公路200公里。\n"
    )
    done, planned = read_string(text).figures
    assert (done.period, done.scope.text, "planned" in done.qualifier) == ("2024", "湖南省", False)
    assert (planned.period, "planned" in planned.qualifier) == ("2025", True)


def test_what_the_caller_says_goes_before_what_the_text_says(hubei: Document) -> None:
    document = read_string(hubei.text, area="湖南省", period="2020", title="题", issuer="甲局")
    assert (document.area, document.period) == ("湖南省", "2020")
    assert (document.header.title, document.header.issuer) == ("题", "甲局")


def test_line_ends_bom_and_gb18030_read_alike(hubei: Document) -> None:
    for data in (
        hubei.text.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + hubei.text.encode(),
        hubei.text.encode("gb18030"),
    ):
        assert extract_source(data, "x").text == hubei.text


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xfe\xfd" * 9],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        extract_source(data, "x.txt")
    assert "\n" not in str(error.value)
    assert "x.txt" in str(error.value)


def test_text_without_structure_gives_an_honest_empty_result() -> None:
    document = read_string("hello world\nnothing here\n")
    assert (document.figures, document.sections, document.area) == ((), (), "")


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from(
            "全省委市县第一二三十万亿元人个%12.3,，。、;:()（）《》“”年月日新增达到等将和\n\t　 a\ud800"
        ),
        max_size=200,
    )
    | st.text(max_size=120)
)
def test_any_text_is_read_the_same_twice_with_true_quotes(text: str) -> None:
    document = read_string(text)
    assert document == read_string(text)
    for row in (*document.figures, *document.mentions, *document.measures):
        assert document.text[row.span.start : row.span.end] == row.span.quote != ""
