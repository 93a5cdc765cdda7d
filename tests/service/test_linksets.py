"""Links to the data of others: at the IRI of each area, as sets of links, and listed in VoID and DCAT."""

from __future__ import annotations

import pyoxigraph as ox

from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.ontology.mappings import mappings
from policygraph.ontology.prefixes import expand
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import vocabulary

from .service_process import Service

CLOSE = ox.NamedNode(expand("skos:closeMatch"))


def triples(site: Service, path: str) -> set[ox.Triple]:
    answer = site.get(path, "text/turtle")
    assert answer.status == 200, answer.text
    return {quad.triple for quad in ox.parse(answer.body, ox.RdfFormat.TURTLE)}


def test_an_area_answers_with_its_item_of_wikidata_named_by_a_report_or_not(
    reading: Service,
) -> None:
    for code, item in (("420000", "Q46862"), ("510100", "Q30002")):
        iri = ox.NamedNode(f"{DEFAULT_BASE}id/area/{code}")
        target = ox.NamedNode(f"http://www.wikidata.org/entity/{item}")
        assert ox.Triple(iri, CLOSE, target) in triples(reading, f"/id/area/{code}")


def test_indicators_and_topics_answer_with_the_goals_they_have_to_do_with(reading: Service) -> None:
    concepts = {
        concept.iri: concept.label
        for name in ("indicators", "topics")
        for concept in vocabulary(name)
    }
    rows = mappings("sdg")
    assert {row.subject: row.label for row in rows}.items() <= concepts.items()
    assert all(len(row.reason) > 20 and row.chinese and row.english for row in rows)
    assert not any(row.predicate.endswith("exactMatch") for row in rows)
    told = triples(reading, "/vocabulary/indicator/pm25")
    assert ox.NamedNode("http://metadata.un.org/sdg/11.6.2") in {
        t.object for t in told if t.predicate == CLOSE
    }


def test_an_area_that_ended_has_no_item_of_the_one_that_followed() -> None:
    register = Register.load()
    ended = [a for a in register.areas if a.last_year is not None and a.wikidata is not None]
    assert ended == []
    assert sum(area.wikidata is not None for area in register.areas) > 3000


def test_every_set_of_links_is_listed_with_its_number_and_can_be_had(reading: Service) -> None:
    for listed in (triples(reading, "/.well-known/void"), triples(reading, "/catalogue")):
        sets = {t.subject for t in listed if t.object == ox.NamedNode(expand("void:Linkset"))}
        assert len(sets) >= 2
        for each in sets:
            (count,) = [t.object.value for t in listed if t.subject == each and t.predicate == ox.NamedNode(expand("void:triples"))]  # fmt: skip
            (dump,) = [t.object.value for t in listed if t.subject == each and t.predicate == ox.NamedNode(expand("void:dataDump"))]  # fmt: skip
            path = "/" + dump.removeprefix(DEFAULT_BASE)
            answer = reading.ask("GET", path)
            assert answer.text.count("\n") == int(count) > 0
    assert reading.get("/linksets/moon").status == 404
