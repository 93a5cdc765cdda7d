"""Clients that people use, each doing one task against the running service."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import GET, POST, SPARQLWrapper

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.graph.stores.http_client import Credentials
from policygraph.graph.stores.sparql_server import ServerStore
from policygraph.loaders.reader import read_string

from ..conftest import absent
from ..servers import Server
from .service_process import Service, service

NPM = Path(__file__).parent.parent / "npm"
PG = "https://w3id.org/policygraph/ontology#"
# Percent signs, quotes and Chinese characters: what clients and services encode once too often.
MONEY = f"""
PREFIX pg: <{PG}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?text ?value WHERE {{
  GRAPH pg:things {{ ?unit skos:prefLabel "元"@zh }}
  GRAPH ?document {{ ?figure pg:unit ?unit ; pg:quote ?text ; pg:value ?value }}
  FILTER (STRSTARTS(?text, "4.69亿") || ?text = "100%")
}}"""
PEOPLE = f"CONSTRUCT {{ ?s a <{PG}Person> }} WHERE {{ ?s a <{PG}Person> }}"
PERSON = f"ASK {{ ?s a <{PG}Person> }}"
LEADER = "王蒙徽"


@pytest.fixture(scope="module")
def people(graph: Graph) -> int:
    found = list(graph.select(f"SELECT DISTINCT ?s WHERE {{ ?s a <{PG}Person> }}"))
    assert found
    return len(found)


def ran(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if not found:
        absent(f"{name} ({package})")
    assert found
    return found


# -- Python -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_gets_rows_in_every_format(reading: Service, method: str, form: str) -> None:
    client = SPARQLWrapper(f"{reading.address}sparql")
    client.setMethod(method)
    client.setQuery(MONEY)
    client.setReturnFormat(form)
    converted = client.queryAndConvert()
    if form == "json":
        rows = [row["text"]["value"] for row in converted["results"]["bindings"]]
    elif form == "xml":
        rows = [e.firstChild.data for e in converted.getElementsByTagName("literal")][::2]
    else:
        rows = [
            line.split(b"," if form == "csv" else b"\t")[0] for line in converted.splitlines()[1:]
        ]
        rows = [row.decode().strip('"') for row in rows]
    assert rows == ["4.69亿元"]


# SPARQLWrapper 2.0 makes its graphs of an rdflib class that rdflib 7 has renamed.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", ["turtle", "xml", "n3", "json-ld"])
def test_sparqlwrapper_gets_a_graph_in_every_format(
    reading: Service, people: int, method: str, form: str
) -> None:
    client = SPARQLWrapper(f"{reading.address}sparql")
    client.setMethod(method)
    client.setQuery(PEOPLE)
    client.setReturnFormat(form)
    converted = client.queryAndConvert()
    if isinstance(converted, bytes):
        converted = rdflib.Graph().parse(data=converted, format=form)
    assert len(converted) == people


def test_sparqlwrapper_gets_a_yes(reading: Service) -> None:
    client = SPARQLWrapper(f"{reading.address}sparql")
    client.setQuery(PERSON)
    client.setReturnFormat("json")
    assert client.queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_it_as_a_store_of_its_own(reading: Service, people: int, method: str) -> None:
    remote = rdflib.Graph(SPARQLStore(f"{reading.address}sparql", method=method))
    label = rdflib.Literal(LEADER, lang="zh")
    found = list(remote.subjects(rdflib.RDFS.label, label))
    assert len(found) == 1
    assert (
        len(list(remote.triples((None, rdflib.RDF.type, rdflib.URIRef(PG + "Person"))))) == people
    )


def test_pandas_reads_the_address_of_a_named_query(reading: Service, graph: Graph) -> None:
    import pandas

    frame = pandas.read_csv(f"{reading.address}queries/money.csv")
    rows = graph.query("money")
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == len(rows)
    assert frame["value"].max() == max(float(row["value"]) for row in rows)


# -- programs ----------------------------------------------------------------------------------------


def test_curl_posts_a_query_from_a_file(reading: Service, tmp_path: Path) -> None:
    query = tmp_path / "money.rq"
    query.write_text(MONEY, "utf-8")
    asked = [program("curl", "curl"), "-sSf", "-H", "Accept: text/csv"]
    address = f"{reading.address}sparql"
    form = ran([*asked, address, "--data-urlencode", f"query@{query}"])
    kind = "Content-Type: application/sparql-query"
    direct = ran([*asked, address, "-H", kind, "--data-binary", f"@{query}"])
    assert form.split() == direct.split() == ["text,value", "4.69亿元,469000000"]


def test_roqet_asks_over_the_protocol(reading: Service, tmp_path: Path) -> None:
    query = tmp_path / "money.rq"
    query.write_text(MONEY, "utf-8")
    roqet = program("roqet", "rasqal-utils")
    said = ran([roqet, "-q", "-r", "csv", "-p", f"{reading.address}sparql", str(query)])
    assert said.split() == ["text,value", "4.69亿元,469000000"]


def test_comunica_asks_over_the_protocol(reading: Service) -> None:
    comunica = NPM / "node_modules" / ".bin" / "comunica-sparql"
    if not comunica.exists():
        absent("Comunica (npm ci in tests/npm)")
    endpoint = f"sparql@{reading.address}sparql"
    media = "application/sparql-results+json"
    said = ran([program("node", "nodejs"), str(comunica), endpoint, "-q", MONEY, "-t", media])
    rows = json.loads(said)["results"]["bindings"]
    assert [row["text"]["value"] for row in rows] == ["4.69亿元"]


# -- federation --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second(reading: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of another province that may ask the first one."""
    store = tmp_path_factory.mktemp("second") / "store"
    with Graph.open(store) as graph:
        graph.add(hunan())
    with service(store, "--allow-service", f"{reading.address}sparql", "--workers", "1") as served:
        yield served


def hunan(income: str = "15000元", area: str = "湖南省") -> Document:
    """A report of one sentence, of the indicator and the year of the bundled one."""
    text = f"{area}2022年工作总结\n\n全省脱贫人口人均纯收入{income}。\n"
    return read_string(text, area=area, period="2022")


def compared(address: str) -> str:
    """The same indicator of the same year here and there, each with its words and its report."""
    stated = """
          GRAPH ?{0}Document {{
            ?{0} pg:indicator ?indicator ; pg:scope ?{0}Scope ; pg:refPeriod ?period ; pg:kind ?kind ;
              pg:value ?{0}Value ; pg:quote ?{0}Quote .
          }}
          GRAPH pg:things {{ ?{0}Scope rdfs:label ?{0}Area }}
          FILTER (LANG(?{0}Area) = "zh")"""
    return f"""
        PREFIX pg: <{PG}>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?hereArea ?hereQuote ?thereArea ?thereQuote (?thereValue - ?hereValue AS ?more) WHERE {{
          {stated.format("here")}
          SERVICE <{address}> {{ {stated.format("there")} }}
          FILTER (STRENDS(STR(?kind), "/amount"))
        }}"""


def test_two_services_compare_two_provinces(reading: Service, second: Service) -> None:
    said = second.query(compared(f"{reading.address}sparql"), "text/csv")
    assert said.status == 200, said.text
    assert said.text.splitlines()[1:] == ["湖南省,15000元,湖北省,14705元,-295"]


def test_a_service_compares_a_province_with_one_in_virtuoso(
    virtuoso_server: Server, tmp_path: Path
) -> None:
    address = virtuoso_server.query.replace("sparql-auth", "sparql")
    credentials = Credentials(virtuoso_server.user, virtuoso_server.password)
    there = ServerStore(virtuoso_server.query, virtuoso_server.update, credentials=credentials)
    with Graph.open(tmp_path / "store") as graph:
        graph.add(hunan())
    before = there.graphs()
    try:
        Graph(there).add(hunan("14500.5元", "安徽省"))
        with service(tmp_path / "store", "--allow-service", address, "--workers", "1") as served:
            said = served.query(compared(address), "text/csv")
            refused = served.query(compared(f"{address}/"))
    finally:
        for graph_iri in set(there.graphs()) - set(before):
            there.drop(graph_iri)
    # Beside what other tests have in that Virtuoso.
    assert "湖南省,15000元,安徽省,14500.5元,-499.5" in said.text.splitlines()
    assert refused.status == 403


def federated(address: str) -> str:
    return f"""
        SELECT ?name WHERE {{
          SERVICE <{address}sparql> {{
            ?person a <{PG}Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?name
          }}
        }} ORDER BY ?name"""


def test_a_second_policygraph_asks_the_first(
    reading: Service, second: Service, people: int
) -> None:
    said = second.query(federated(reading.address), "text/csv")
    assert said.status == 200, said.text
    names = said.text.split()[1:]
    assert len(names) == people
    assert LEADER in names


def test_virtuoso_asks_it_in_a_federated_query(
    reading: Service, virtuoso_server: Server, people: int
) -> None:
    for right in (
        "grant select on DB.DBA.SPARQL_SINV_2",
        "grant execute on DB.DBA.SPARQL_SINV_IMP",
    ):
        subprocess.run(
            [*virtuoso_server.isql, f'exec={right} to "SPARQL";'], check=True, capture_output=True
        )
    client = SPARQLWrapper(virtuoso_server.query.replace("sparql-auth", "sparql"))
    client.setQuery(federated(reading.address))
    client.setReturnFormat("json")
    rows = client.queryAndConvert()["results"]["bindings"]
    names = [row["name"]["value"] for row in rows]
    assert len(names) == people
    assert LEADER in names


def test_hubei_is_what_they_all_were_asked(hubei: Document) -> None:
    assert LEADER in hubei.text
    assert "4.69亿元" in hubei.text
