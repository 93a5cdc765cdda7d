"""Arithmetic on stated figures: right values, intervals the rounding allows, and every caveat that applies."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.graph.statements import Document
from policygraph.queries.arithmetic import (
    OPERATIONS,
    Derivation,
    StatedFigure,
    derivations,
    derive,
)
from policygraph.queries.comparability import caveats, operation_words
from policygraph.queries.intervals import printed_interval
from policygraph.queries.stated_figures import find_figures, short_reference
from policygraph.queries.stated_passages import asking

OTHER = "云南省2021年工作总结\n\n2021年，全省投入衔接资金3.5亿元，其中省级1.2亿元。\n"


def figure(quote: str, value: str, unit: str = "元", **more: str) -> StatedFigure:
    qualifiers = tuple(more.pop("qualifier", "").split())
    plain = {"indicator": "收入", "scope": "湖北省", "period": "2022", "kind": "amount", **more}
    return StatedFigure(quote + plain["period"], quote, Decimal(value), unit, qualifiers=qualifiers, **plain)  # fmt: skip


def codes(derivation: Derivation) -> set[str]:
    return {caveat.code for caveat in caveats(derivation)}


LEVEL = figure("14705元", "14705")
CHANGE = figure("14%", "14", "%", kind="change", whole=LEVEL.iri)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "low", "high"),
    [
        ("239.82亿元", "23982000000", "元", "23981500000", "23982500000"),
        ("2.1万个", "21000", "个", "20500", "21500"),
        ("120万人", "1200000", "人", "1195000", "1205000"),
        ("14705元", "14705", "元", "14705", "14705"),
        ("14%", "14", "%", "13.5", "14.5"),
        ("5.0%", "5", "%", "4.95", "5.05"),
        ("2％", "-2", "%", "-2.5", "-1.5"),
        ("１，２３４．５吨", "1234.5", "吨", "1234.45", "1234.55"),
        ("5000—8000元", "8000", "元", "8000", "8000"),
        ("三成", "30", "%", "30", "30"),
    ],
)
def test_a_printed_number_stands_for_all_that_rounds_to_it(
    quote: str, value: str, unit: str, low: str, high: str
) -> None:
    interval, _ = printed_interval(quote, Decimal(value), unit)
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_the_level_of_the_year_before_has_the_interval_the_rounding_of_the_growth_allows() -> None:
    found = derive("earlier", [CHANGE, LEVEL])
    assert (found.text(), found.bounds(), found.period) == ("12,899元", "12,843–12,956元", "2021")
    assert found.formula == "14705元 ÷ (1 + 14%)"
    assert not caveats(found)


def test_a_fall_and_a_change_in_the_units_of_the_level_lead_back_too() -> None:
    level = figure("150万人", "1500000", "人")
    fall = figure("2%", "-2", "%", kind="change", whole=level.iri)
    assert derive("earlier", [level, fall]).result.value.quantize(Decimal(1)) == 1530612
    risen = figure("20万人", "200000", "人", kind="change", whole=level.iri)
    assert derive("earlier", [level, risen]).result.value == 1300000
    points = figure("1.5个百分点", "1.5", "个百分点", kind="change")
    rate = figure("62%", "62", "%", kind="rate")
    assert derive("earlier", [rate, points]).result.value == Decimal("60.5")


@pytest.mark.parametrize(
    ("operation", "text", "bounds"),
    [
        ("share", "20.419%", "20.4169–20.4220%"),
        ("remainder", "190.85亿元", "190.84–190.86亿元"),
        ("sum", "288.79亿元", "288.78–288.80亿元"),
        ("difference", "190.85亿元", "190.84–190.86亿元"),
    ],
)
def test_parts_and_wholes(operation: str, text: str, bounds: str) -> None:
    whole = figure("239.82亿元", "23982000000", indicator="衔接资金")
    part = figure("48.97亿元", "4897000000", indicator="省级", whole=whole.iri, qualifier="part")
    for order in ((whole, part), (part, whole)):
        if operation == "difference" and order[0] is part:
            continue
        found = derive(operation, order)
        assert (found.text(), found.bounds()) == (text, bounds)
    assert ("part-in-whole" in codes(derive(operation, [whole, part]))) == (operation == "sum")


def test_growth_puts_the_later_year_first_and_doubts_two_figures_of_one_year() -> None:
    now, before = figure("120元", "120"), figure("100元", "100", period="2021")
    assert derive("growth", [before, now]).result.value == 20
    assert derive("growth", [now, before]).period == "2021 → 2022"
    assert "one-period" in codes(derive("growth", [now, figure("100元", "100")]))


def test_units_that_convert_are_converted_and_others_are_refused() -> None:
    mu, hectare = figure("30亩", "30", "亩"), figure("1公顷", "1", "公顷")
    assert derive("sum", [hectare, mu]).result.value.quantize(Decimal("0.001")) == 3
    with pytest.raises(QueryError, match="different units"):
        derive("sum", [mu, LEVEL])
    with pytest.raises(QueryError, match="a level and a rate"):
        derive("ratio", [LEVEL, CHANGE])
    assert derive("ratio", [LEVEL, mu]).unit == "元/亩"


@pytest.mark.parametrize(
    ("operation", "changed", "code"),
    [
        ("sum", {"scope": "37个脱贫县"}, "overlap"),
        ("sum", {"quote": "9元"}, "same-thing"),
        ("sum", {"qualifier": "cumulative"}, "mixed-cumulative"),
        ("sum", {"qualifier": "planned"}, "mixed-planned"),
        ("sum", {"period": "2021"}, "periods"),
        ("sum", {"indicator": "支出"}, "indicators"),
        ("sum", {"unit": ""}, "unit-missing"),
        ("sum", {"quote": "一万元"}, "in-words"),
        ("sum", {"qualifier": "over"}, "loose"),
        ("sum", {"document": "b", "title": "另一份"}, "reports"),
        ("average", {}, "unweighted"),
        ("difference", {"scope": "云南省"}, "scopes"),
        ("share", {}, "not-stated-as-part"),
        ("remainder", {"value": "99999"}, "more-than-whole"),
    ],
)
def test_every_doubt_is_told_where_it_applies_and_in_both_languages(
    operation: str, changed: dict[str, str], code: str
) -> None:
    given = {"quote": "10000元", "value": "10000", "unit": "元", **changed}
    quote, value = given.pop("quote"), given.pop("value")
    found = derive(operation, [LEVEL, figure(quote, value, **given)])
    told = {caveat.code: caveat for caveat in caveats(found)}
    assert code in told
    assert told[code].zh and told[code].en and "{" not in told[code].zh + told[code].en


def test_areas_beside_each_other_do_not_overlap_and_one_within_another_does() -> None:
    base = "https://w3id.org/policygraph/id/area/"

    def of(code: str) -> StatedFigure:
        return figure("1元", "1", scope=code, group=base + code)

    assert "overlap" not in codes(derive("sum", [of("420000"), of("530000")]))
    assert "overlap" in codes(derive("sum", [of("420000"), of("421000-1994")]))
    assert "overlap" not in codes(derive("sum", [of("421000-1994"), of("420100")]))


def test_rates_do_not_add_up_and_ranks_only_have_differences() -> None:
    assert "rates-added" in codes(derive("sum", [CHANGE, figure("3%", "3", "%", kind="change")]))
    rank = figure("第3", "3", "", kind="rank")
    with pytest.raises(QueryError, match="is a rank"):
        derive("sum", [rank, LEVEL])
    with pytest.raises(QueryError, match="may be zero"):
        derive("ratio", [LEVEL, figure("0元", "0")])
    with pytest.raises(QueryError, match="no such operation"):
        derive("cube", [LEVEL])
    with pytest.raises(QueryError, match="needs 2 figures"):
        derive("growth", [LEVEL])


def test_only_what_means_something_is_derived_and_everything_has_a_name() -> None:
    assert [found.operation for found in derivations([LEVEL, CHANGE])] == ["earlier"]
    assert all(all(operation_words(operation)) for operation in OPERATIONS)


@pytest.fixture(scope="module")
def store(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("derive")
    (folder / "other.txt").write_text(OTHER, "utf-8")
    with Graph.open(folder / "store") as graph:
        graph.add(hubei)
        graph.add(read(folder / "other.txt"))
    return folder / "store"


@pytest.fixture(scope="module")
def one_report(graph: Graph) -> Iterator[Graph]:
    yield graph


def test_a_figure_is_found_by_iri_by_span_and_by_its_words(
    store: Path, hubei: Document, one_report: Graph
) -> None:
    span = next(f.span for f in hubei.figures if f.span.quote == "239.82亿元")
    short = f"{hubei.sha256[:16]}/{span.start}-{span.end}"
    with Graph.open(store) as graph:
        ask = asking(graph.store)
        (by_words,) = find_figures(ask, ["239.82亿元"])
        for reference in (by_words.iri, short, short.replace("/", ":")):
            assert find_figures(ask, [reference]) == [by_words]
        assert short_reference(by_words.iri) == short
        assert by_words.sentence.endswith("其中省级48.97亿元。")
        assert by_words.section == "(三)抓好衔接资金使用管理"
        with pytest.raises(QueryError, match="the store has 2 reports"):
            find_figures(ask, ["1-2"])
        with pytest.raises(QueryError, match="no report dead"):
            find_figures(ask, ["dead/1-2"])
    alone = asking(one_report.store)
    assert find_figures(alone, [f"{span.start}-{span.end}"]) == [by_words]
    with pytest.raises(QueryError, match="no figure of this store"):
        find_figures(alone, ["1-2"])
    with pytest.raises(QueryError, match="figures read so; give one of"):
        find_figures(alone, ["28个"])
    with pytest.raises(QueryError, match="no figure reads so"):
        find_figures(alone, ["没有"])


def test_the_command_writes_results_and_figures_with_their_sentences(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["derive", "--store", str(store), "share", "239.82亿元", "48.97亿元"])
    said = capsys.readouterr().out
    assert "占比 share: 48.97亿元 ÷ 239.82亿元 = 20.419% (20.4169–20.4220%)" in said
    assert "其中省级48.97亿元。" in said
    main(["derive", "--store", str(store), "--format", "csv", "all", "3.5亿元", "239.82亿元"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    results = [row for row in rows if row["role"] == "result"]
    assert {"sum", "growth"} <= {row["operation"] for row in results}
    growth = next(row for row in results if row["operation"] == "growth")
    assert "来自不同报告" in growth["caveats_zh"] and "different reports" in growth["caveats_en"]
    assert [row["quote"] for row in rows if row["role"] == "figure"] == ["3.5亿元", "239.82亿元"]
    assert all(row["sentence"] and row["iri"] for row in rows if row["role"] == "figure")
    out = tmp_path / "sum.json"
    main(["derive", "--store", str(store), "sum", "3.5亿元", "1.2亿元", "-o", str(out)])
    first = json.loads(out.read_text("utf-8"))["results"]["bindings"][0]
    assert first["value"]["value"] == "470000000"


def test_a_rate_or_a_growth_has_no_growth_but_a_difference_in_points() -> None:
    now = figure("61.2%", "61.2", "%", kind="rate", period="2024")
    before = figure("60.1%", "60.1", "%", kind="rate", period="2023")
    with pytest.raises(QueryError, match="difference"):
        derive("growth", (now, before))
    risen = derive("difference", (now, before))
    assert (risen.result.value, risen.unit) == (Decimal("1.1"), "个百分点")
    faster = [figure(f"{n}%", n, "%", kind="change", period=year) for n, year in (("6", "2024"), ("5", "2023"))]  # fmt: skip
    assert "growth" not in [each.operation for each in derivations(faster)]


def test_the_formula_says_the_unit_of_a_cell_of_a_table() -> None:
    cells = [figure(quote, value, period=year) for quote, value, year in (("16478.1", "1647810000000", "2024"), ("16470.7", "1647070000000", "2023"))]  # fmt: skip
    assert derive("sum", cells).formula == "16478.1亿元 + 16470.7亿元"
