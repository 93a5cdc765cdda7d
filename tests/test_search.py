"""Search finds names, statements and sentences by any part of their text, and never in a stale index."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.graph.statements import Document
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED
from policygraph.queries.catalogue import named
from policygraph.queries.search_index import FACETS, SearchIndex
from policygraph.queries.stated_passages import asking
from policygraph.queries.suggestions import suggest

REPORT = "湖南省2023年工作总结\n\n2023年，省教育厅新建学校5所，投入专项资金3.5亿元。\n"


@pytest.fixture(scope="module")
def index(graph: Graph) -> Iterator[SearchIndex]:
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
def test_every_sentence_that_holds_a_text_is_found(
    index: SearchIndex, hubei: Document, text: str
) -> None:
    held = {(start, end) for start, end in hubei.sentences if text in hubei.text[start:end]}
    found = index.search(text, kind="sentence", most=1000).entries
    assert held
    assert {(entry.start, entry.end) for entry in found} >= held
    assert all(hubei.text[entry.start : entry.end] == entry.text for entry in found)


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


@pytest.mark.parametrize(
    ("query", "parameter", "given", "meant"),
    [
        ("who-does-what", "actor", "省委", "中共湖北省委员会"),
        ("who-does-what", "actor", "全省", "湖北省"),
        ("figures", "scope", "全省", "湖北省"),
        ("figures", "scope", "国定脱贫县", "28个国定脱贫县"),
        ("figures", "indicator", "人均纯收入", "脱贫人口人均纯收入"),
        ("indicator-compare", "indicator", "农村居民收入", "农村居民人均可支配收入"),
        ("figures", "scope", "Hubei Province", "湖北省"),
        ("measures", "status", "已做", "done"),
    ],
)
def test_a_value_that_finds_nothing_is_told_what_it_may_have_meant(
    graph: Graph, query: str, parameter: str, given: str, meant: str
) -> None:
    likely = suggest(asking(graph.store), named(query), {parameter: given})
    assert likely[parameter][0] == meant
    assert all(len(graph.query(query, **{parameter: name})) for name in likely[parameter])


def test_suggestions_keep_to_the_other_values_and_make_none_of_nonsense(graph: Graph) -> None:
    ask = asking(graph.store)
    kept = suggest(ask, named("figures"), {"scope": "全省", "indicator": "脱贫人口人均纯收入"})
    assert kept == {"scope": ["湖北省"]}
    assert suggest(ask, named("figures"), {"scope": "，"}) == {}
    assert suggest(ask, named("figures"), {"year": "1999"}) == {}


def test_the_command_tells_on_stderr_what_was_maybe_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, report = tmp_path / "store", tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    main(["build", "--store", str(store), str(report)])
    capsys.readouterr()
    assert main(["query", "--store", str(store), "figures", "-p", "scope=湖南"]) == 0
    assert "did you mean / 是否指: 湖南省" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shengwei", "中共湖北省委员会"),
        ("tongcheng", "通城县"),
        ("xiangcunzhenx", "湖北省乡村振兴局"),
        ("全省", "湖北省"),
        ("sewage", "农村生活污水治理率"),
    ],
)
def test_a_thing_is_found_by_pinyin_by_how_reports_call_it_and_by_what_english_words_mean(
    index: SearchIndex, text: str, name: str
) -> None:
    assert name in {entry.text for entry in index.search(text, most=100).entries}


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("有多少个脱贫县", "37个"),
        ("易地搬迁贷款", "144.68亿元"),
        ("How many administrative villages?", "6453个"),
        ("relocation loans", "144.68亿元"),
        ("How much was invested by central units?", "12.83亿元"),
    ],
)
def test_the_first_figure_of_a_question_is_the_one_it_asks_for(
    index: SearchIndex, question: str, quote: str
) -> None:
    found = index.find(question, most=100, of_each=10, alike=10)
    assert next(each.text for each in found.entries if each.kind == "figure") == quote


def test_a_count_comes_before_a_threshold_and_figures_keep_what_qualifies_them() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "湖南省2023年工作总结\n\n2023年，全省建成800人以上安置区，完善配套设施。"
                "全省共有安置区1200个，累计投放贷款约3.5亿元。\n"
            )
        )
        with SearchIndex.of(graph.store) as made:
            asked = made.find("有多少个安置区", most=50, of_each=10, alike=10)
            counts = [each.text for each in asked.entries if each.kind == "figure"]
            assert counts[:2] == ["1200个", "800人"]
            (loan,) = made.search("贷款", kind="figure").entries
            assert set(loan.qualifier.split()) == {"cumulative", "approx"}


def test_the_area_of_a_question_comes_before_the_wording() -> None:
    with Graph.open() as graph:
        for area, said in (("河北省", "粮食产量760亿斤"), ("河南省", "粮食总产量1344亿斤")):
            graph.add(read_string(f"{area}2024年工作总结\n\n2024年，全省{said}。\n"))
        with SearchIndex.of(graph.store) as made:
            found = made.find("河南粮食产量是多少", most=50, of_each=10, alike=10).entries
            assert [each.text for each in found if each.kind == "figure"] == ["1344亿斤", "760亿斤"]


def test_an_english_word_finds_the_sentences_that_say_it_in_chinese(index: SearchIndex) -> None:
    found = index.search("income", kind="sentence").entries
    assert found
    assert all("收入" in entry.text or "所得" in entry.text for entry in found)


def test_facets_count_what_narrowing_to_them_finds(hubei: Document) -> None:
    with Graph.open() as graph:
        graph.add(hubei)
        graph.add(read_string(REPORT))
        with SearchIndex.of(graph.store) as made:
            whole = made.search("省", facets=True)
            assert set(whole.facets["area"]) == {"湖北省", "湖南省"}
            assert set(whole.facets["year"]) == {"2022", "2023"}
            for facet in FACETS:
                for value, count in list(whole.facets[facet].items())[:3]:
                    found = made.search("省", most=5000, **{facet: value})
                    assert sum(found.counts.values()) == count == len(found.entries)


def found_by(store: Path, *words: str) -> list[dict[str, str]]:
    out = store.with_name("found.csv")
    main(["search", "--store", str(store), "-o", str(out), *words])
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))


def test_what_is_added_is_found_and_what_is_dropped_is_not(tmp_path: Path) -> None:
    store, report = tmp_path / "store", tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    assert main(["build", "--store", str(store), str(BUNDLED)]) == 0
    assert "省教育厅" not in "".join(row["text"] for row in found_by(store, "省教育厅新建学校"))
    assert main(["build", "--store", str(store), str(report)]) == 0
    rows = found_by(store, "省教育厅新建学校", "--kind", "sentence")
    assert [REPORT[int(row["start"]) : int(row["end"])] for row in rows] == [
        row["text"] for row in rows
    ]
    with OxigraphStore(store) as opened:
        opened.drop(rows[0]["document"])
    assert "省教育厅" not in "".join(row["text"] for row in found_by(store, "省教育厅新建学校"))


def test_a_kind_takes_in_the_kinds_below_it_and_one_that_is_none_is_told(
    index: SearchIndex,
) -> None:
    found = index.search("乡村振兴局", kind="Organization")
    assert set(found.counts) == {"FormalOrganization"}
    with pytest.raises(QueryError, match=r"Nonsense: no such kind; there are .*figure"):
        index.search("乡村振兴局", kind="Nonsense")


def test_what_a_killed_process_left_half_made_is_removed(tmp_path: Path) -> None:
    store, report = tmp_path / "store", tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    assert main(["build", "--store", str(store), str(report)]) == 0
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)  # fmt: skip
    left = tmp_path / f"store.search.{gone.stdout.strip()}"
    for path in (left, left.with_name(f"{left.name}-journal")):
        path.write_bytes(b"half")
    found_by(store, "省")
    assert sorted(p.name for p in tmp_path.glob("store.search*")) == ["store.search"]


def test_an_area_or_a_year_without_reports_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    assert main(["build", "--store", str(store), str(BUNDLED)]) == 0
    asked = ["search", "--store", str(store), "脱贫", "--area", "安远县", "--year", "20x1"]
    capsys.readouterr()
    assert main(asked) == 1
    told = capsys.readouterr().err
    assert "area 安远县: no report of it; there are 湖北省" in told
    assert "year 20x1: no report of it; there are 2022" in told


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert main(["build", "--store", str(store), str(BUNDLED)]) == 0
    before = found_by(store, "通城县")
    (tmp_path / "store.search").write_bytes(b"no index")
    assert found_by(store, "通城县") == before != []


QUESTIONS = {
    "农村生活污水治理率是多少？": ("figure", "29.51%"),
    "谁到红安县调研": ("measure", "调研第一站就赴脱贫县红安县"),
    "2021年脱贫人口人均纯收入": ("figure", "14705元"),
    "43个经济强市县平均每个出了多少钱": ("figure", "4.69亿元"),
    "28个国定脱贫县农村居民收入在全国排第几": ("figure", "第1"),
    "What is the rate of sewage treatment?": ("figure", "29.51%"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_what_it_asks_about_first(index: SearchIndex, question: str) -> None:
    assert not index.search(question).entries
    kind, answer = QUESTIONS[question]
    found = index.search_parts(question, of_each=3).entries
    assert answer in [entry.text for entry in found if entry.kind == kind]


SPOKEN = """2025年云南省政府工作报告

——2025年1月18日在云南省第十四届人民代表大会第三次会议上
省长 王予波

各位代表：

全省粮食总产量1993.5万吨。省委书记王宁到普洱市调研，副省长张国华陪同。
"""


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("云南省省长是谁", "王予波"),
        ("云南省副省长是谁", "张国华"),
        ("云南省委书记是哪位", "王宁"),
        ("Who is the governor of Yunnan?", "王予波"),
    ],
)
def test_who_holds_a_post_comes_first(question: str, person: str) -> None:
    """The post is another name of who holds it, also of who delivers the report."""
    with Graph.open() as graph:
        graph.add(read_string(SPOKEN))
        with SearchIndex.of(graph.store) as index:
            first = index.find(question, most=9, of_each=3, alike=3).entries[0]
        assert (first.kind, first.text) == ("Person", person)
        told = {(row["person"], row["post"]) for row in graph.query("people")}
    assert ("王予波", "云南省省长") in told


PROVINCES = {
    "浙江省": "2024年，全省研发投入强度达到3.2%，粮食总产量639万吨。\n\n二、2025年工作安排\n\n全省研发投入强度达到3.3%。",
    "江苏省": "2024年，全省研发投入强度达到3.4%。\n\n二、2025年工作安排\n\n全省研发投入强度达到3.5%。",
}
ASKED_OF_AREAS = {
    "浙江省2024年研发投入强度是多少？": ("3.2%", ()),
    "江苏2025年研发投入强度目标": ("3.5%", ()),
    "How much grain was produced in Zhejiang in 2024?": ("639万吨", ()),
    "江苏2024年粮食总产量多少万吨？": ("639万吨", ("江苏省",)),
    "四川研发投入强度是多少？": (None, ("四川省",)),
}


@pytest.fixture(scope="module")
def index_of_provinces() -> Iterator[SearchIndex]:
    with Graph.open() as graph:
        for area, text in PROVINCES.items():
            graph.add(read_string(f"{area}2025年政府工作报告\n\n{text}"))
        with SearchIndex.of(graph.store) as made:
            yield made


@pytest.mark.parametrize("question", ASKED_OF_AREAS)
def test_what_is_told_of_the_area_and_year_that_is_asked_of_comes_first(
    index_of_provinces: SearchIndex, question: str
) -> None:
    first, elsewhere = ASKED_OF_AREAS[question]
    found = index_of_provinces.search_parts(question)
    figures = [entry.text for entry in found.entries if entry.kind == "figure"]
    assert figures
    assert first in (figures[0], None)
    assert found.gaps.elsewhere == elsewhere


def test_what_no_report_says_is_not_made_up_of_single_characters(index: SearchIndex) -> None:
    assert index.parts("碳达峰") == []
    assert index.search_parts("碳达峰").entries == ()


def test_a_figure_is_found_by_what_it_is_about(index: SearchIndex) -> None:
    found = index.search("财政衔接资金 2022", kind="figure").entries
    assert ("239.82亿元", "财政衔接资金（衔接推进乡村振兴补助资金） · 湖北省 · 2022") in {
        (e.text, e.name) for e in found
    }


def test_a_thing_stands_once(index: SearchIndex) -> None:
    """Neither an area by its former codes, nor a wording beside the indicator it is put under."""
    for text in ("红安县", "脱贫人口人均纯收入"):
        named = [e for e in index.search(text).entries if e.text == text and e.kind != "Concept"]
        assert len(named) == 1


def test_some_of_each_kind_are_shown_and_all_are_counted(index: SearchIndex) -> None:
    found = index.search("脱贫", of_each=2)
    shown = Counter(entry.kind for entry in found.entries)
    assert max(shown.values()) == 2 and found.counts["sentence"] > 2


def test_the_command_says_what_of_a_question_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    main(["build", "--store", str(store), str(report)])
    capsys.readouterr()
    assert main(["search", "--store", str(store), "--format", "csv", "省教育厅做了什么"]) == 0
    told = capsys.readouterr()
    assert "没有全部包含的，最接近的，按：省教育厅" in told.err
    kinds = [line.partition(",")[0] for line in told.out.splitlines()[1:]]
    assert kinds[0] == "FormalOrganization" and "湖南省教育厅" in told.out
    assert main(["search", "--store", str(store), "谁管火箭发射"]) == 1
    assert "nothing found" in capsys.readouterr().err


def test_another_name_of_what_a_query_finds_nothing_of_is_told(
    hubei_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["query", "money", "-p", "actor=省委", "--store", str(hubei_store)]
    assert main(asked) == 0
    assert "nothing for actor=省委, which is / 它是: 中共湖北省委员会" in capsys.readouterr().err


def test_letters_without_end_find_nothing(index: SearchIndex) -> None:
    assert list(index.search("a" * 5000).entries) == []


def figures_of(index: SearchIndex, question: str) -> list[str]:
    found = index.find(question, most=50, of_each=10, alike=10).entries
    return [entry.text for entry in found if entry.kind == "figure"]


def searched(text: str) -> SearchIndex:
    with Graph.open() as graph:
        graph.add(read_string(text))
        return SearchIndex.of(graph.store)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("养殖场有多少人", "320人"),
        ("养殖场花了多少钱", "850万元"),
        ("养殖场占地几公顷", "12公顷"),
        ("养殖场产值增长多少", "6.5%"),
        ("养殖场规模全市排第几", "第三"),
        ("养殖场明年产值目标", "9000万元"),
    ],
)
def test_a_figure_of_the_sort_that_is_asked_for_comes_first(question: str, first: str) -> None:
    with searched(
        "平江县2023年工作总结\n\n一、2023年工作情况\n\n2023年，全县投入养殖场建设资金850万元，养殖场占地12公顷，养殖场带动就业320人，"
        "养殖场产值8200万元，养殖场产值增长6.5%，养殖场规模居全市第三。\n\n二、2024年打算\n\n2024年，养殖场产值力争达到9000万元。\n"
    ) as index:
        assert figures_of(index, question)[0] == first


def test_another_word_counts_no_more_than_the_word_itself() -> None:
    with searched(
        "平江县2023年工作总结\n\n2023年，全县选派驻村第一书记88名、驻村工作队96支、驻村干部260人。\n"
    ) as index:
        assert figures_of(index, "选派了多少名第一书记")[0] == "88名"
        assert figures_of(index, "派了多少支驻村工作队")[0] == "96支"


def test_an_area_and_the_word_beside_it_make_no_third_word() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "福建省2024年工作总结\n\n2024年，全省接待旅游总人数6.5亿人次、游客旅游总花费8350亿元。\n"
            )
        )
        graph.add(read_string("甘肃省2024年工作总结\n\n2024年，全省旅游花费1.27万亿元。\n"))
        with SearchIndex.of(graph.store) as index:
            assert figures_of(index, "福建省旅游花了多少钱")[0] == "8350亿元"


def test_what_a_clause_says_after_its_number_is_found_too(index: SearchIndex) -> None:
    assert "92个" in figures_of(index, "后评估覆盖多少个县")
    assert "12个" in figures_of(index, "寄递物流试点有几个县")


def test_a_county_with_a_report_is_known_by_its_short_name() -> None:
    with Graph.open() as graph:
        graph.add(read_string("2024年江西省政府工作报告\n\n2024年，全省粮食产量439.7亿斤。\n"))
        graph.add(read_string("万载县2024年工作总结\n\n2024年，全县粮食总产量30.8万吨。\n"))
        with SearchIndex.of(graph.store) as index:
            assert figures_of(index, "万载粮食产量是多少")[0] == "30.8万吨"


@pytest.mark.parametrize(
    ("question", "lacking", "unmet"),
    [
        ("湖北2022年碳达峰进展如何", "碳达峰", ""),
        ("通城县整改花了多少钱", "", "花了多少钱"),
        ("帮扶车间吸纳了多少人就业", "", "多少人"),
        ("43个经济强市县平均每个出了多少钱", "", ""),
        ("全省派了多少个第一书记", "", ""),
    ],
)
def test_what_a_question_asks_for_and_nothing_says_is_told(
    index: SearchIndex, question: str, lacking: str, unmet: str
) -> None:
    found = index.search_parts(question)
    assert lacking in "".join(found.gaps.lacking)
    assert bool(found.gaps.lacking) == bool(lacking) or not lacking
    assert found.gaps.unmet == unmet


def test_what_only_shares_area_and_year_with_a_question_is_no_answer(index: SearchIndex) -> None:
    found = index.search_parts("湖北2022年GDP多少")
    assert "figure" not in found.counts
    assert found.gaps.lacking == ("gdp",)


def test_areas_of_which_something_is_found_are_not_said_to_lack_it() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string("2025年西藏政府工作报告\n\n2024年，新建村庄300个，户厕改造2.4万座。\n")
        )
        graph.add(read_string("2025年湖北省政府工作报告\n\n2024年，农村卫生厕所普及率90.2%。\n"))
        with SearchIndex.of(graph.store) as index:
            assert index.search_parts("西藏改了多少厕所").gaps.elsewhere == ()
            assert index.search_parts("西藏卫生厕所普及率").gaps.elsewhere == ("西藏自治区",)


def test_the_command_says_what_nothing_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Graph.open(tmp_path / "store") as graph:
        graph.add(read_string(REPORT))
    asked = ["search", "--store", str(tmp_path / "store")]
    assert main([*asked, "省教育厅培训了多少人"]) == 0
    assert "多少人: no figure among the closest answers it" in capsys.readouterr().err
    assert main([*asked, "新建学校的碳排放"]) == 0
    assert "nowhere said / 没有一处有这些字" in capsys.readouterr().err


BUREAU = "襄阳市财政局2023年工作总结\n\n2023年，查处违规票据214份，罚款金额36.8万元。财政收入同比下降1.8%。\n"
OTHER_BUREAU = "十堰市林业局2023年工作总结\n\n2023年，查处毁林案件31起，罚款金额12.5万元。\n"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("财政局罚款多少", "36.8万元"),
        ("襄阳财政局2023年罚款多少", "36.8万元"),
        ("市林业局罚款多少", "12.5万元"),
        ("十堰市林业局的罚款", "12.5万元"),
        ("襄阳财政局罚了多少钱", "36.8万元"),
        ("how much were the fines of 襄阳市财政局", "36.8万元"),
    ],
)
def test_a_figure_is_told_of_the_body_in_the_title_of_its_report(question: str, value: str) -> None:
    with Graph.open() as graph:
        graph.add(read_string(BUREAU))
        graph.add(read_string(OTHER_BUREAU))
        with SearchIndex.of(graph.store) as index:
            assert figures_of(index, question)[0] == value
            assert index.search_parts(question).gaps.unmet == ""


COUNTY = (
    "通山县人民政府2023年工作总结\n\n2023年，县卫健局为6.5万名老人免费体检，县教育局新建学校3所。\n"
)


@pytest.mark.parametrize("question", ["通山县有多少人口", "通山县人口有多少", "2023年通山县人口"])
def test_what_stands_only_in_the_name_of_a_body_no_report_names_is_nowhere_said(
    question: str,
) -> None:
    """The population bureau that the health bureau came from."""
    with Graph.open() as graph:
        graph.add(read_string(COUNTY))
        with SearchIndex.of(graph.store) as index:
            found = index.search_parts(question)
            assert found.gaps.lacking == ("人口",)
            assert "figure" not in found.counts


def test_the_bodies_that_a_report_names_come_before_those_that_none_does() -> None:
    with Graph.open() as graph:
        graph.add(read_string(COUNTY))
        with SearchIndex.of(graph.store) as index:
            found = index.search("通山县", kind="FormalOrganization", most=99).entries
            names = [entry.text for entry in found]
            assert {names.index("通山县卫生健康局"), names.index("通山县教育局")} < {*range(5)}
            assert names.index("通山县人口和计划生育局") > 4


def test_the_command_tells_a_fall_from_a_rise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Graph.open(tmp_path / "store") as graph:
        graph.add(read_string(f"{BUREAU}专项资金同比增长6.2%，比上年持平。\n"))
    main(["search", "--store", str(tmp_path / "store"), "同比", "--format", "csv"])
    main(["search", "--store", str(tmp_path / "store"), "资金", "--format", "csv"])
    main(["search", "--store", str(tmp_path / "store"), "财政收入", "--format", "csv"])
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    signs = {row["text"]: row["change"] for row in rows if row["kind"] == "figure"}
    assert signs["1.8%"] == "−" and signs["6.2%"] == "+"
