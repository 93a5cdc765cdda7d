"""Exclusions, findings and policygraph check: nothing dropped silently, nothing unverified."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import Graph
from policygraph.graph.check import Verdict, numbers, total
from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED
from policygraph.ontology.vocabulary import vocabulary

from .processes import run_text

DOCS = Path(__file__).parents[1] / "docs"
PG = (
    "PREFIX pg: <https://w3id.org/policygraph/ontology#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)


def verdict_of(document: Document) -> Verdict:
    with Graph.open() as graph:
        graph.add(document)
        return graph.check()[0]


def command(*arguments: str) -> CompletedProcess[str]:
    return run_text(*arguments)


def codes(text: str) -> set[str]:
    return {finding.code for finding in read_string(text).findings}


def test_every_number_of_the_bundled_report_is_a_figure_or_excluded(hubei: Document) -> None:
    verdict = verdict_of(hubei)
    assert verdict.holds
    assert verdict.found == len(numbers(hubei.text)) > 150
    assert verdict.findings == len(hubei.findings)


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789.，。、%亿万元个第一三十年位（)《》“增长达到农村 \n", max_size=80)
)
def test_every_number_of_any_text_is_a_figure_or_excluded(text: str) -> None:
    document = read_string("湖北省2022年工作总结\n\n" + text)
    assert verdict_of(document).holds


@pytest.mark.parametrize(
    "tampering",
    [
        'DELETE { GRAPH ?g { ?d pg:text ?t } } INSERT { GRAPH ?g { ?d pg:text "14705元" } } '
        "WHERE { GRAPH ?g { ?d pg:text ?t } }",
        'DELETE { GRAPH ?g { ?f pg:quote "14705元" } } INSERT { GRAPH ?g { ?f pg:quote "14706元" } } '
        'WHERE { GRAPH ?g { ?f pg:quote "14705元" } }',
        "DELETE { GRAPH ?g { ?f pg:start ?s } } INSERT { GRAPH ?g { ?f pg:start 7 } } "
        'WHERE { GRAPH ?g { ?f a pg:Figure ; pg:quote "14705元" ; pg:start ?s } }',
        "DELETE { GRAPH ?g { ?e a pg:Exclusion } } WHERE { GRAPH ?g { ?e a pg:Exclusion ; "
        'pg:quote "“832”" } }',
        "DELETE { GRAPH ?g { ?s rdfs:label ?h } } "
        'INSERT { GRAPH ?g { ?s rdfs:label "一、强化组织领导"@zh } } '
        'WHERE { GRAPH ?g { ?s a pg:Section ; pg:number "1" ; rdfs:label ?h } }',
        "DELETE { GRAPH ?g { ?s pg:start ?n } } INSERT { GRAPH ?g { ?s pg:start 7 } } "
        'WHERE { GRAPH ?g { ?s a pg:Section ; pg:number "2" ; pg:start ?n } }',
    ],
    ids=["text", "quote", "offset", "exclusion", "heading", "section"],
)
def test_a_tampered_store_fails_the_check(hubei: Document, tampering: str) -> None:
    with Graph.open() as graph:
        graph.add(hubei)
        graph.store.update(PG + tampering)
        assert not graph.check()[0].holds


def test_the_command_prints_counts_and_fails_when_a_number_is_lost(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert command("build", "--store", str(store), str(BUNDLED)).returncode == 0
    fine = command("check", "--store", str(store), "--json")
    said = json.loads(fine.stdout)
    assert fine.returncode == 0
    (document,) = said["documents"].values()
    for counts in (said["total"], document):
        assert counts["quotes"]["wrong"] == counts["numbers"]["unaccounted"] == 0
        numbers = counts["numbers"]
        assert numbers["found"] == numbers["figures"] + numbers["excluded"]
        assert counts["quotes"]["checked"] > 500
    with Graph.open(store) as graph:
        graph.store.update(
            PG + 'DELETE WHERE { GRAPH ?g { ?e a pg:Exclusion ; pg:quote "“832”" ; ?p ?o } }'
        )
    lost = command("check", "--store", str(store))
    assert lost.returncode == 1
    assert "unaccounted number at 2574-2577" in lost.stdout
    assert "【832】" in lost.stdout


def test_the_totals_of_the_check_add_up(hubei: Document) -> None:
    one = verdict_of(hubei)
    whole = total([one, one])
    assert whole.found == 2 * one.found
    assert whole.quotes == 2 * one.quotes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("湖北省2022年工作总结\n\n改造农村危房8612。", "unit-missing"),
        ("湖北省2022年工作总结\n\n落实《项目管理办法,持续发挥效益。", "unbalanced-mark"),
        ("全国2022年工作总结\n\n支持鼓楼区发展。", "namesake-open"),
        ("湖北省2022年工作总结\n\n有关部门出台实施细则。", "subject-unresolved"),
        ("湖北省2022年工作总结\n\n" + "建设" * 250 + "。", "clause-skipped"),
    ],
)
def test_a_doubtful_reading_is_a_finding(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_named_area_that_is_clear_is_no_doubt() -> None:
    assert "namesake-open" not in codes("江苏省2022年政府工作报告\n\n支持南京市鼓楼区发展。")


@pytest.mark.parametrize("name", ["exclusions", "findings"])
def test_the_page_lists_every_code(name: str) -> None:
    page = (DOCS / "findings.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE))
    assert {concept.key for concept in vocabulary(name)} <= listed


def test_every_code_used_is_in_its_vocabulary(hubei: Document) -> None:
    kinds = {concept.key for concept in vocabulary("findings")}
    reasons = {concept.key for concept in vocabulary("exclusions")}
    assert {finding.code for finding in hubei.findings} <= kinds
    assert {exclusion.reason for exclusion in hubei.exclusions} <= reasons
