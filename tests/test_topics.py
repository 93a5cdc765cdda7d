"""What sections and statements are about."""

from __future__ import annotations

import pytest

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string
from policygraph.loaders.topics import topics_of
from policygraph.ontology.vocabulary import vocabulary

SYSTEMS = {
    "main-responsibility": "1.1",
    "lead-responsibility": "1.2",
    "work-responsibility": "1.3",
    "support-responsibility": "1.4",
    "key-counties": "2.1",
    "guarantees": "2.2",
    "linkage-funds": "2.3",
    "industry-support": "2.4",
    "employment-support": "2.5",
    "epidemic-disaster": "2.6",
    "monitoring": "3.1",
    "low-income": "3.2",
    "relocation": "3.3",
    "rural-construction": "3.4",
    "rural-governance": "3.5",
    "rectification": "3.6",
}
ASKED = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?statement WHERE {
  GRAPH pg:things { ?narrow skos:broader* ?topic . ?topic skos:prefLabel "%s"@zh }
  GRAPH ?g { ?statement pg:topic ?narrow ; pg:producedBy ?rule }
}
"""


def test_the_working_systems_of_the_hubei_report_are_the_topics_of_their_sections(
    hubei: Document,
) -> None:
    told = {topic: section.number for section in hubei.sections for topic in section.topics}
    assert {topic: told[topic] for topic in SYSTEMS} == SYSTEMS


def test_what_stands_above_the_first_heading_sums_up_the_whole(hubei: Document) -> None:
    opening = [stretch for stretch in hubei.topics if "results" in stretch.topics]
    assert "14705元" in "".join(hubei.text[stretch.start : stretch.end] for stretch in opening)
    assert all(stretch.end <= hubei.sections[0].span_start for stretch in opening)


def test_stretches_hold_the_sentence_and_lie_side_by_side(hubei: Document) -> None:
    ends = [0, *(stretch.end for stretch in hubei.topics)]
    assert all(end <= stretch.start for end, stretch in zip(ends, hubei.topics, strict=False))
    at = hubei.text.index("大力推进消费帮扶")
    stretch = next(stretch for stretch in hubei.topics if stretch.start <= at < stretch.end)
    assert stretch.topics == ("industry-support", "consumption-support")


def test_every_statement_of_a_section_is_asked_by_its_topic_or_the_one_above(graph: Graph) -> None:
    funds = {str(row["statement"]) for row in graph.query(ASKED % "衔接资金")}
    policies = {str(row["statement"]) for row in graph.query(ASKED % "政策落实")}
    assert len(funds) > 20
    assert funds < policies


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        (
            "（七）统筹推进新型城镇化和乡村全面振兴，促进城乡融合发展",
            ("urbanisation", "rural"),
        ),
        ("(一)全力抓好防返贫动态监测帮扶", ("monitoring",)),
        ("国家乡村振兴局刘焕鑫局长", ()),
        ("落实乡村振兴重点帮扶县帮扶机制", ("key-counties",)),
        ("巩固拓展脱贫攻坚成果，守住防返贫底线", ("monitoring",)),
    ],
)
def test_words_of_a_topic_name_it(words: str, topics: tuple[str, ...]) -> None:
    assert topics_of(words) == topics


def test_a_short_sentence_heads_its_paragraph() -> None:
    text = "湖北省政府工作报告\n一、2024年工作回顾\n改革攻坚走深走实。省属企业由39家减为10家。新设基金3支。"
    document = read_string(text)
    (stretch,) = document.topics
    assert stretch.topics == ("reform",)
    assert document.text[stretch.start : stretch.end].endswith("3支。")


def test_offsets_of_topics_point_into_the_text_as_it_stands() -> None:
    text = "一、２０２２年工作回顾\n（一）强化产业帮扶。投入资金５亿元。"
    document = read_string(text)
    assert [section.topics for section in document.sections] == [(), ("industry-support",)]
    assert all(document.text[s.start : s.end].strip() for s in document.topics)


def test_no_word_names_two_topics() -> None:
    labels = [label for concept in vocabulary("topics") for label in concept.labels]
    assert len(labels) == len(set(labels))
