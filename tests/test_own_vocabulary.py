"""A vocabulary of one's own: its concepts are read at once, and stand in the graph."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import policygraph
from policygraph import Graph, VocabularyError
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.validation import validate
from policygraph.ontology.vocabulary import added, extended

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix v: <https://w3id.org/policygraph/vocabulary/> .
@prefix : <https://example.org/mine/> .
"""
MINE = (
    PREFIXES
    + """
:green-water a skos:Concept ; skos:inScheme v:programme ; pg:full "绿水长流工程" ;
  skos:prefLabel "绿水长流"@zh-Hans , "green water programme"@en .
:cage a skos:Concept ; skos:inScheme v:unit ; pg:dimension "count" ;
  skos:prefLabel "网箱"@zh-Hans , "fish cage"@en .
:shrimp a skos:Concept ; skos:inScheme v:indicator ;
  skos:prefLabel "小龙虾养殖规模"@zh-Hans , "size of crayfish farming"@en .
:lake-office a skos:Concept ; skos:inScheme v:central-body ; pg:full "国家湖泊保护局" ;
  skos:prefLabel "国家湖泊局"@zh-Hans , "National Lake Protection Administration"@en .
:fishery a skos:Concept ; skos:inScheme v:topic ; skos:broader <https://w3id.org/policygraph/vocabulary/topic/rural> ;
  skos:prefLabel "水产养殖"@zh , "fishery"@en .
"""
)
REPORT = """湖北省2022年工作总结

一、工作回顾

(一)发展水产养殖。国家湖泊局在湖北开展调研。深入实施绿水长流,投放7.2万网箱。小龙虾养殖规模达到300万亩。
"""
ASK = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?concept ?label ?by WHERE {
  GRAPH pg:things { ?concept skos:prefLabel ?label }
  GRAPH ?g { ?thing ?by ?concept }
  FILTER(STRSTARTS(STR(?concept), "https://example.org/mine/") && LANG(?label) = "en")
}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine.ttl").write_text(MINE, "utf-8")
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    return tmp_path / "mine.ttl"


def told(graph: Graph) -> set[tuple[str, str, str]]:
    """Concepts of one's own in the graph: name, English label, what points at them."""
    return {
        (
            str(row["concept"]).rpartition("/")[2],
            str(row["label"]),
            str(row["by"]).rpartition("#")[2],
        )
        for row in graph.query(ASK)
    }


EXPECTED = {
    ("green-water", "green water programme", "concept"),
    ("cage", "fish cage", "unit"),
    ("shrimp", "size of crayfish farming", "indicator"),
    ("lake-office", "National Lake Protection Administration", "concept"),
    ("fishery", "fishery", "topic"),
}


def test_concepts_of_ones_own_are_read_and_written(mine: Path) -> None:
    before = policygraph.read(mine.with_name("report.txt"))
    document = policygraph.read(mine.with_name("report.txt"), vocabularies=[mine])
    assert added() == ()
    names = {mention.name: mention.type for mention in document.mentions}
    assert names["绿水长流工程"] == "Programme"
    assert names["国家湖泊保护局"] == "Organization"
    assert "绿水长流工程" not in {mention.name for mention in before.mentions}
    assert ("网箱", 72000) in {(figure.unit, figure.value) for figure in document.figures}
    assert "fishery" in document.sections[1].topics
    graph = Graph.open()
    graph.add(document)
    assert told(graph) >= EXPECTED


def test_the_command_builds_a_store_that_holds_them(mine: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = [sys.executable, "-m", "policygraph", "build", "--store", str(store)]
    report = str(mine.with_name("report.txt"))
    subprocess.run([*command, "--vocabulary", str(mine), report], check=True, capture_output=True)
    with OxigraphStore(store, read_only=True) as held:
        assert "https://example.org/mine/cage" in {str(row["o"]) for row in held.select(UNITS)}
    assert validate(store).problems == ()


UNITS = "SELECT ?o WHERE { GRAPH ?g { ?s <https://w3id.org/policygraph/ontology#unit> ?o } }"


def test_a_vocabulary_takes_effect_after_others_were_read_without_it(mine: Path) -> None:
    """What was remembered of the words is forgotten when they change, and again afterwards."""
    from policygraph.loaders.reader import read_string

    assert "绿水长流工程" not in {m.name for m in read_string(REPORT).mentions}
    with extended(mine):
        assert "绿水长流工程" in {m.name for m in read_string(REPORT).mentions}
    assert "绿水长流工程" not in {m.name for m in read_string(REPORT).mentions}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<urn:a", "cannot be read as Turtle"),
        ("", "no skos:Concept with a skos:prefLabel"),
        (
            ':a a skos:Concept ; skos:inScheme v:unit ; skos:prefLabel "cage"@en .',
            "no label in Chinese",
        ),
        (
            ':a a skos:Concept ; skos:inScheme v:colour ; skos:prefLabel "色"@zh .',
            "skos:inScheme must be",
        ),
        (
            ':yuan a skos:Concept ; skos:inScheme v:unit ; skos:prefLabel "圆"@zh .',
            "ends in the same name",
        ),
        (None, "cannot be read as Turtle"),
    ],
)
def test_a_bad_file_is_one_clear_line(text: str | None, said: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    if text is not None:
        file.write_text(PREFIXES + text, "utf-8")
    with pytest.raises(VocabularyError, match=said):
        policygraph.read(__file__, vocabularies=[file])
    command = [sys.executable, "-m", "policygraph", "build", "--store", str(tmp_path / "store")]
    done = subprocess.run(
        [*command, "--vocabulary", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not (tmp_path / "store").exists()
