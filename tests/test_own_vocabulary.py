"""A vocabulary of one's own: its concepts are read at once, and stand in the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

import policygraph
from policygraph import Graph, VocabularyError
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.validation import validate
from policygraph.loaders.reader import read_string
from policygraph.ontology.vocabulary import added, extended

from .processes import run_text

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
  FILTER(STRSTARTS(STR(?concept), "https://example.org/mine/") && LANG(?label) = "en") }
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
    report = mine.with_name("report.txt")
    done = run_text("build", "--store", store, "--vocabulary", mine, report)
    assert done.returncode == 0, done.stderr
    with OxigraphStore(store, read_only=True) as written:
        assert "https://example.org/mine/cage" in {str(row["o"]) for row in written.select(UNITS)}
    assert validate(store).problems == ()


UNITS = "SELECT ?o WHERE { GRAPH ?g { ?s <https://w3id.org/policygraph/ontology#unit> ?o } }"


def test_a_vocabulary_takes_effect_after_others_were_read_without_it(mine: Path) -> None:
    """What was remembered of the words is forgotten when they change, and again afterwards."""
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
    done = run_text("build", "--store", tmp_path / "store", "--vocabulary", file)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not (tmp_path / "store").exists()


WORDS = (
    PREFIXES
    + """
@prefix fw: <https://w3id.org/policygraph/vocabulary/figure-word/> .
@prefix nw: <https://w3id.org/policygraph/vocabulary/name-word/> .
:rear a skos:Concept ; skos:inScheme v:verb ; pg:strong true ;
  pg:wordClass fw:counting-verb , nw:never-in-name ; skos:prefLabel "蓄育"@zh-Hans , "rear"@en .
:burst a skos:Concept ; skos:inScheme v:figure-word ; pg:wordClass fw:over , fw:link ;
  skos:prefLabel "冲破"@zh-Hans , "burst through"@en .
:dock a skos:Concept ; skos:inScheme v:figure-word ; pg:wordClass fw:graded ;
  skos:prefLabel "船坞"@zh-Hans , "dock"@en .
:offensive a skos:Concept ; skos:inScheme v:noun ; pg:names "Programme" ;
  skos:prefLabel "攻势"@zh-Hans , "offensive"@en .
"""
)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    (tmp_path / "words.ttl").write_text(WORDS, "utf-8")
    return tmp_path / "words.ttl"


def test_a_verb_of_ones_own_acts_counts_and_ends_names(words: Path) -> None:
    text = "蓄育鱼苗300万尾。全省蓄育碧海提升工程。"
    with extended(words):
        document = read_string(text, area="山东省", period="2023")
    assert [measure.action for measure in document.measures] == ["蓄育", "蓄育"]
    assert document.measures[0].rule == "rear"
    assert [figure.indicator for figure in document.figures] == ["鱼苗"]
    assert "碧海提升工程" in {mention.name for mention in document.mentions}
    assert "蓄育" not in {m.action for m in read_string(text, area="山东省").measures}


def test_words_of_ones_own_are_of_the_classes_they_name(words: Path) -> None:
    text = "海洋产业营业收入冲破500亿元。建成5万吨级船坞2座。"
    before = read_string(text, area="山东省", period="2023")
    with extended(words):
        document = read_string(text, area="山东省", period="2023")
    assert "over" in document.figures[0].qualifier
    assert document.figures[0].indicator == "海洋产业营业收入"
    assert "over" not in before.figures[0].qualifier
    assert [figure.span.quote for figure in document.figures] == ["500亿元", "2座"]
    assert [figure.span.quote for figure in before.figures] != ["500亿元", "2座"]


def test_the_last_word_of_a_name_may_be_ones_own(words: Path) -> None:
    with extended(words):
        document = read_string("实施碧海蓝天攻势。", area="山东省", period="2023")
        graph = Graph.open()
        graph.add(document)
    assert {(m.type, m.name) for m in document.mentions} == {("Programme", "碧海蓝天攻势")}


def test_a_class_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text(WORDS.replace("fw:graded", "fw:greatness"), "utf-8")
    with pytest.raises(VocabularyError, match="figure-word/greatness> is not a class of words"):
        policygraph.read(file.with_name("bad.ttl"), vocabularies=[file])
