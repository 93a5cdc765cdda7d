"""The same quads wherever the Hubei graph is loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.graph.validation import SHAPES
from policygraph.graph.writer import nquads
from policygraph.queries.standard_profile import StandardProfile

from . import jena
from .conftest import absent


@pytest.fixture(scope="module")
def lines(hubei: Document) -> str:
    return nquads(hubei)


@pytest.fixture(scope="module")
def file(lines: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quads") / "hubei.nq"
    path.write_text(lines, "utf-8")
    return path


@pytest.fixture(scope="module")
def jena_path(java: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    if not jena.installed():
        absent("Apache Jena (libapache-jena-java)")
    return jena.class_path(tmp_path_factory.mktemp("jena"))


def test_no_line_is_written_twice(lines: str) -> None:
    written = lines.splitlines()
    assert len(written) == len(set(written)) > 5_000


def test_no_triple_is_in_two_graphs(lines: str) -> None:
    triples = [line.rpartition(" <")[0] for line in lines.splitlines()]
    assert len(triples) == len(set(triples))


def test_oxigraph_has_every_line_as_a_quad(lines: str, file: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    assert len(store) == lines.count("\n")


def test_rdflib_has_every_line_as_a_quad(lines: str, file: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(file, format="nquads")
    assert sum(1 for _ in dataset.quads()) == lines.count("\n")


def test_jena_has_every_line_as_a_quad_and_finds_nothing_wrong(
    lines: str, file: Path, java: str, jena_path: str
) -> None:
    counted = jena.riot(java, jena_path, "--count", str(file))
    (count,) = re.findall(r"Quads = ([\d,]+)", counted.stdout + counted.stderr)
    assert int(count.replace(",", "")) == lines.count("\n")
    checked = jena.riot(java, jena_path, "--validate", str(file))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_jenas_shacl_engine_finds_the_graph_as_ours_do(
    graph: Graph, java: str, jena_path: str, tmp_path: Path
) -> None:
    """As the standard profile has it: Jena is not told which classes stand above ours. One value is made wrong."""
    triples = "".join(f"{quad.triple} .\n" for quad in StandardProfile(graph.store).quads())
    bad = tmp_path / "bad.nt"
    value = '#value> "14705"^^'
    bad.write_text(triples.replace(value, '#value> "x"^^'), "utf-8")
    report = jena.shacl(java, jena_path, SHAPES, bad)
    assert re.search(r"sh:conforms\s+false", report)
    assert report.count("sh:resultSeverity") == 1
