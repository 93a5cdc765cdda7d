"""Every term of another vocabulary that we use is in that vocabulary."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph.graph.statements import Document
from policygraph.graph.writer import nquads
from policygraph.ontology.prefixes import PREFIXES
from policygraph.ontology.vocabulary import FOLDER

PACKAGES = Path(__file__).parent / "npm" / "node_modules" / "@vocabulary"
LISTED = Path(__file__).parent / "data" / "foreign-terms.csv"
ONTOLOGY = FOLDER.parent
# Datatypes are the parsers' business; ours are tested beside the ontology.
OWN = ("pg", "xsd")


def iris(quads: Iterator[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term.value


@pytest.fixture(scope="module")
def used(hubei: Document) -> set[str]:
    """Foreign terms of the ontology, the shapes, the vocabularies and the Hubei graph."""
    files = [ONTOLOGY / "policygraph.ttl", ONTOLOGY / "shapes.ttl", *FOLDER.glob("*.ttl")]
    found = set(iris(ox.parse(nquads(hubei), ox.RdfFormat.N_QUADS)))
    for file in files:
        found.update(iris(ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE)))
    foreign = tuple(iri for prefix, iri in PREFIXES.items() if prefix not in OWN)
    return {iri for iri in found if iri.startswith(foreign) and iri not in foreign}


@pytest.fixture(scope="module")
def published() -> set[str]:
    """What the vocabularies define, as their npm packages have it, and the few listed by hand."""
    files = sorted(PACKAGES.glob("*/*.nq"))
    if not files:
        if os.environ.get("CI"):
            pytest.fail("the vocabularies are not there, and .ci/run is to install them")
        pytest.skip("the vocabularies are not there: npm ci --prefix tests/npm --ignore-scripts")
    with LISTED.open(encoding="utf-8", newline="") as rows:
        terms = {row["term"] for row in csv.DictReader(rows) if row["source"]}
    found = {PREFIXES[term.partition(":")[0]] + term.partition(":")[2] for term in terms}
    for file in files:
        subjects = {line.partition(b">")[0] for line in file.read_bytes().splitlines()}
        found.update(subject[1:].decode() for subject in subjects if subject.startswith(b"<"))
    # The package has schema.org by its older address.
    return found | {iri.replace("http://schema.org/", PREFIXES["schema"]) for iri in found}


def test_every_foreign_term_exists_in_its_vocabulary(used: set[str], published: set[str]) -> None:
    assert len(used) > 100
    assert used - published == set()


def test_a_term_that_does_not_exist_is_told(published: set[str]) -> None:
    assert PREFIXES["prov"] + "wasQuotedFrom" in published
    assert PREFIXES["prov"] + "wasQuotedBy" not in published
    assert PREFIXES["unit"] + "MU" not in published
