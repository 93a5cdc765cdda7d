"""Every rule of the reader stands in one table, fires on its example and is described in the docs."""

from __future__ import annotations

import build_rules
import pytest

from policygraph import Graph
from policygraph.errors import VocabularyError
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.ontology.rules import Rule, rule_name, rule_of, rules

GLOSS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label ?gloss WHERE { GRAPH ?g { ?plan a <http://www.w3.org/ns/prov#Plan> ; rdfs:label ?label ; rdfs:comment ?gloss } }
"""


def followed(rule: Rule) -> list[tuple[str, str]]:
    """The rules that the example's statements follow, with what they quote."""
    document = read_string(rule.example, area=rule.area, period=rule.period)
    statements = (
        *document.mentions,
        *document.measures,
        *document.figures,
        *document.difficulties,
    )
    found = [(statement.rule, statement.span.quote) for statement in statements]
    return found + [(f"finding/{f.code}", f.span.quote) for f in document.findings]


# Of files, not of their text: tests/test_formats_*.py and tests/test_statistics.py have files of the kind.
OF_FILES = {
    "figure-statistics",
    "finding-broken-bytes",
    "finding-mojibake",
    "finding-page-without-text",
    "finding-text-left-out",
}


def test_every_rule_of_texts_has_an_example() -> None:
    assert {rule.id for rule in rules() if not rule.example} == OF_FILES


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if rule.example], ids=lambda rule: rule.id
)
def test_a_rule_fires_on_its_example(rule: Rule) -> None:
    read_by = [(rule_of(name).id, quote) for name, quote in followed(rule)]
    assert (rule.id, rule.quote) in read_by


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_says_what_it_does_in_two_languages(rule: Rule) -> None:
    assert rule.chinese
    assert rule.english
    assert rule.quote in rule.example


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(VocabularyError, match=r"figure-guess.*rules\.ttl"):
        rule_name("figure-guess", kind="rate")
    with pytest.raises(VocabularyError, match=r"no such rule"):
        rule_of("mention/area/guess")


def test_the_heads_of_programmes_are_told_from_programmes_known_by_name() -> None:
    assert rule_of("mention/programme/工程").id == "programme-head"
    assert rule_of("mention/programme/thousand-villages").id == "programme-known"


def test_the_graph_says_what_each_rule_does() -> None:
    document = read_string(read_text(BUNDLED))
    with Graph.open() as graph:
        graph.add(document)
        told = {(str(row["label"]), str(row["gloss"])) for row in graph.query(GLOSS)}
    statements = (
        *document.mentions,
        *document.measures,
        *document.figures,
        *document.difficulties,
    )
    for name in {statement.rule for statement in statements}:
        rule = rule_of(name)
        assert (name, rule.chinese) in told, name
        assert (name, rule.english) in told, name


def test_the_page_of_rules_marks_the_words_a_rule_quotes() -> None:
    """The first 2万亿元 of the example is the end of 3.2万亿元."""
    page = build_rules.PAGE.read_text("utf-8")
    assert "其中出口**2万亿元**" in page
    assert "****" not in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == len(rules()) + 2


def test_the_page_of_rules_is_that_of_the_table() -> None:
    """``python tools/build_rules.py`` makes it."""
    assert build_rules.PAGE.read_text("utf-8") == build_rules.page()
