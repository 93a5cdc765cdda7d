"""The vocabularies are sound SKOS, bilingual, sourced and open."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from words_in_code import words_in_code

from policygraph import Graph
from policygraph.loaders.reader import read_string
from policygraph.loaders.words.cues import words
from policygraph.ontology import prepared
from policygraph.ontology import vocabulary as vocabularies
from policygraph.ontology.concepts import meaning
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.ontology.vocabulary import FOLDER, extended, vocabulary

FILES = sorted(FOLDER.glob("*.ttl"))
SKOS = PREFIXES["skos"]
Triples = dict[str, dict[str, list[tuple[str, str]]]]


def gather(*files: Path) -> Triples:
    """Subject → predicate → (value, language)."""
    triples: Triples = {}
    for file in files:
        for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
            said = triples.setdefault(str(getattr(quad.subject, "value", "")), {})
            language = str(getattr(quad.object, "language", None) or "").lower()
            value = str(getattr(quad.object, "value", ""))
            said.setdefault(quad.predicate.value, []).append((value, language))
    return triples


def concepts(triples: Triples) -> dict[str, dict[str, list[tuple[str, str]]]]:
    kind = (SKOS + "Concept", "")
    return {iri: said for iri, said in triples.items() if kind in said.get(expand("rdf:type"), ())}


@pytest.fixture(scope="module")
def whole() -> Triples:
    return gather(*FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scheme_is_bilingual_sourced_and_open(file: Path) -> None:
    triples = gather(file)
    kind = (SKOS + "ConceptScheme", "")
    (scheme,) = [iri for iri, said in triples.items() if kind in said.get(expand("rdf:type"), ())]
    for name in ("dcterms:title", "rdfs:comment"):
        assert sorted(tag for _, tag in triples[scheme][expand(name)]) == ["en", "zh-hans"], name
    assert triples[scheme][expand("dcterms:license")] == [
        ("https://creativecommons.org/licenses/by/4.0/", "")
    ]
    assert triples[scheme][expand("dcterms:source")]
    for iri, said in concepts(triples).items():
        assert said[SKOS + "inScheme"] == [(scheme, "")], iri
        assert sorted(tag for _, tag in said[SKOS + "prefLabel"]) == ["en", "zh-hans"], iri
        assert bool(said.get(SKOS + "topConceptOf")) != bool(said.get(SKOS + "broader")), iri


def test_labels_are_disjoint(whole: Triples) -> None:
    """S13, S14: one preferred label a language, and no label preferred and alternative at once."""
    for iri, said in concepts(whole).items():
        preferred, others = said[SKOS + "prefLabel"], said.get(SKOS + "altLabel", [])
        assert not set(preferred) & set(others), iri
        assert max(Counter(others).values(), default=1) == 1, iri


def test_relations_are_disjoint_and_point_at_concepts(whole: Triples) -> None:
    """S9, S27, S46: no scheme is a concept, nothing is related and broader, or matched and broader."""
    known = concepts(whole)
    for iri, said in known.items():
        assert (SKOS + "ConceptScheme", "") not in said[expand("rdf:type")], iri
        above = {value for value, _ in said.get(SKOS + "broader", ())}
        assert above <= set(known), iri
        assert iri not in above
        for name in ("related", "exactMatch"):
            assert not above & {value for value, _ in said.get(SKOS + name, ())}, iri


def test_what_a_concept_points_at_is_there(whole: Triples) -> None:
    """Decisions, reforms and bodies name concepts of the vocabularies that exist."""
    known = concepts(whole)
    base = "https://w3id.org/policygraph/vocabulary/"
    for iri, said in known.items():
        for name, values in said.items():
            if name.startswith(PREFIXES["pg"]):
                missing = [v for v, _ in values if v.startswith(base) and v not in known]
                assert missing == [], f"{iri} {name}"


def test_a_decision_has_a_reason_and_no_wording_is_decided_twice() -> None:
    known = {name: vocabulary(name) for name in ("indicators", "named-groups", "programmes")}
    schemes = {concept.iri: name for name, concepts in known.items() for concept in concepts}
    labels = {
        name: {label for c in concepts for label in c.labels} for name, concepts in known.items()
    }
    decided: Counter[tuple[str, str]] = Counter()
    reasons = gather(FOLDER / "merges.ttl")
    for merge in vocabulary("merges"):
        name = schemes[merge.value("into")]
        notes = reasons[merge.iri][SKOS + "editorialNote"]
        assert sorted(tag for _, tag in notes) == ["en", "zh-hans"], merge.key
        for wording in merge.properties["wording"]:
            assert wording not in labels[name], wording
            decided[name, wording] += 1
    assert [pair for pair, times in decided.items() if times > 1] == []


def test_a_decision_taken_back_is_not_followed(tmp_path: Path) -> None:
    merges = {merge.key: merge for merge in vocabulary("merges")}
    merge = merges["indicator-gdp-nation"]
    before = meaning("indicators", "国内生产总值")
    assert before is not None
    assert (before.concept.label, before.merge) == ("地区生产总值", merge)
    file = tmp_path / "mine.ttl"
    file.write_text(
        f"""@prefix skos: <{SKOS}> . @prefix pg: <{PREFIXES["pg"]}> .
        <{merge.iri}> a pg:Merge, skos:Concept ; skos:inScheme <{merge.scheme}> ;
          skos:prefLabel "撤销"@zh-Hans ; pg:into <{merge.value("into")}> ;
          pg:wording "国内生产总值"@zh-Hans ; pg:undone true .""",
        "utf-8",
    )
    with extended(file):
        assert meaning("indicators", "国内生产总值") is None
    assert meaning("indicators", "国内生产总值") == before


def test_units_that_qudt_lacks_are_converted() -> None:
    units = {concept.label: concept for concept in vocabulary("units")}
    known = {concept.iri: concept for concept in units.values()}
    mu = units["亩"]
    assert round(Decimal(mu.value("conversion")) * 10_000, 2) == Decimal("666.67")  # m²
    for concept in units.values():
        target = known.get(concept.value("convertedTo"))
        assert (target is None) == (not concept.value("conversion")), concept.key
        if target is not None:
            assert not concept.matches
            assert Decimal(concept.value("conversion")) > 0
    with Graph.open() as graph:
        graph.add(read_string("湖北省2023年工作总结\n\n建成高标准农田300万亩。"))
        rows = graph.select(
            """PREFIX pg: <https://w3id.org/policygraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            SELECT ?match WHERE { GRAPH ?g { ?figure pg:unit ?unit } GRAPH pg:things {
            ?unit pg:convertedTo ?other . ?other skos:exactMatch ?match } }""",
            {},
        )
        assert [row["match"] for row in rows] == [ox.NamedNode("http://qudt.org/vocab/unit/HA")]


# -- words are data, once -----------------------------------------------------------------------

CLASSES = ("figure-words", "clause-words", "name-words", "document-words")


def test_a_unit_stands_once_and_measures_one_of_the_dimensions() -> None:
    head = (
        (FOLDER / "units.ttl").read_text("utf-8").partition("# pg:dimension: ")[2].partition(".")[0]
    )
    dimensions = set(re.findall(r"[a-z]+", head.partition(",")[0])) | {"amount"}
    units = vocabulary("units")
    assert {unit.value("dimension") for unit in units} == dimensions
    labels = Counter(label for unit in units for label in unit.labels)
    assert [label for label, times in labels.items() if times > 1] == []


def test_no_verb_stands_in_two_places() -> None:
    """A verb has one concept, which says what it does; no class repeats it."""
    verbs = Counter(label for concept in vocabulary("verbs") for label in concept.labels)
    assert [verb for verb, times in verbs.items() if times > 1] == []
    classes = [concept for name in CLASSES for concept in vocabulary(name)]
    typed = {label for concept in classes for label in concept.labels[1:]}
    assert sorted(typed & set(verbs)) == []


def test_a_class_of_words_has_words_and_a_key_of_its_own() -> None:
    keys = Counter(concept.key for name in CLASSES for concept in vocabulary(name))
    assert [key for key, times in keys.items() if times > 1] == []
    assert [key for key in keys if not words(key)] == []


def test_every_verb_that_tells_an_action_is_one_of_the_actions() -> None:
    concepts = {concept.iri: concept for concept in vocabulary("verbs")}
    for concept in concepts.values():
        assert not concept.broader or not concepts[concept.broader].broader, concept.key


def test_no_word_stands_in_the_code_of_the_reader() -> None:
    """``python tools/words_in_code.py --list`` shows them."""
    assert words_in_code() == {}


def test_the_parts_of_a_collective_noun_are_read_in_its_place() -> None:
    document = read_string(
        "三次产业结构为6.8:39.2:54.0。城乡居民人均可支配收入分别达到52000元、25000元。",
        area="山东省",
        period="2023",
    )
    assert [figure.indicator for figure in document.figures] == [
        "第一产业比重",
        "第二产业比重",
        "第三产业比重",
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
    ]


def test_a_name_may_hold_what_only_looks_like_the_end_of_a_verb() -> None:
    """一体化推进 inside a name, and before one."""
    document = read_string(
        "建立招商和服务一体化推进机制。一体化推进海岸带修复工程。", area="山东省", period="2023"
    )
    names = [mention.name for mention in document.mentions if mention.type == "Programme"]
    assert names == ["招商和服务一体化推进机制", "海岸带修复工程"]


def test_one_filter_finds_chinese_labels_in_the_files_and_in_the_graph(graph: Graph) -> None:
    query = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?label WHERE { ?unit skos:prefLabel ?label FILTER (LANGMATCHES(LANG(?label), "zh")) }"""
    files = rdflib.Graph().parse(FOLDER / "units.ttl")
    in_files = {str(row[0]) for row in files.query(query)}  # type: ignore[index]
    in_graph = {row["label"].value for row in graph.select(query)}
    assert {"亿元", "人"} & in_files & in_graph


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of one vocabulary, and nothing prepared of any."""
    monkeypatch.setattr(prepared, "FILE", tmp_path / "vocabularies.prepared")
    prepared._lines.cache_clear()
    vocabularies._bundled.cache_clear()
    yield Path(shutil.copy(FOLDER / "roles.ttl", tmp_path))
    prepared._lines.cache_clear()
    vocabularies._bundled.cache_clear()


def test_a_prepared_vocabulary_says_what_its_file_says_until_that_changes(fresh: Path) -> None:
    read = vocabularies._bundled(fresh)
    prepared.prepare({fresh: vocabularies.read_bundled(fresh)})
    prepared._lines.cache_clear()
    vocabularies._bundled.cache_clear()
    assert prepared.prepared(fresh) is not None
    assert vocabularies._bundled(fresh) == read
    said = fresh.read_text("utf-8")
    label = read.concepts[0].label
    fresh.write_text(said.replace(f'"{label}"', f'"{label}子"'), "utf-8")
    vocabularies._bundled.cache_clear()
    assert vocabularies._bundled(fresh).concepts[0].label == f"{label}子"


@pytest.mark.parametrize("broken", ["", "roles\n", "roles {digest} [\n", "\xff"])
def test_what_was_prepared_badly_is_read_anew(broken: str, fresh: Path) -> None:
    digest = hashlib.sha256(fresh.read_bytes()).hexdigest()
    prepared.FILE.write_bytes(broken.format(digest=digest).encode("latin-1"))
    assert vocabularies._bundled(fresh).concepts
