"""The service before a store that is itself a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from .service_process import Service, service
from .test_addresses import one


@pytest.fixture(scope="module")
def before(reading: Service) -> Iterator[Service]:
    with service(f"{reading.address}sparql", "--workers", "1") as served:
        yield served


@pytest.mark.parametrize(
    "path", ["/queries/money.csv", "/queries/documents.json", "/queries/people.tsv"]
)
def test_named_queries_answer_the_same(reading: Service, before: Service, path: str) -> None:
    there, here = reading.get(path), before.get(path)
    assert here.status == 200, here.text
    if path.endswith(".json"):
        assert json.loads(here.body)["results"] == json.loads(there.body)["results"]
    else:
        assert here.body == there.body


def test_things_and_graphs_answer_the_same(reading: Service, before: Service) -> None:
    path = one(reading, "Figure")
    assert (
        before.get(path, "application/n-triples").body
        == reading.get(path, "application/n-triples").body
    )
    report = "/store?graph=https://w3id.org/policygraph" + path.partition("/figure/")[0]
    there = reading.get(report, "application/n-triples").text.splitlines()
    assert sorted(before.get(report, "application/n-triples").text.splitlines()) == sorted(there)
    assert before.get("/store?graph=a:b").status == 404


def test_a_service_over_a_server_refuses_what_one_over_a_folder_refuses(before: Service) -> None:
    assert before.query("SELECT nonsense").status == 400
    assert before.update("CLEAR ALL").status == 403
    assert before.get("/id/nothing").status == 404


def test_a_service_over_a_server_counts_its_data(before: Service) -> None:
    assert "void:classPartition" in before.get("/.well-known/void").text


def test_a_service_over_a_server_passes_writes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "0123456789abcdef0123456789abcdef"
    (tmp_path / "token").write_text(token)
    (tmp_path / "token").chmod(0o600)
    monkeypatch.setenv("POLICYGRAPH_TOKEN", token)
    guarded = ("--allow-update", "--workers", "1", "--token-file", str(tmp_path / "token"))
    with service(tmp_path / "store", *guarded) as behind:
        address = f"{behind.address}sparql"
        options = (
            "--allow-update",
            "--workers",
            "1",
            "--graph-store-url",
            f"{behind.address}store",
        )
        with service(address, *options) as served:
            assert served.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }").status == 204
            turtle = {"Content-Type": "text/turtle"}
            assert served.ask("PUT", "/store?graph=a:h", b"<a:a> <a:b> 2 .", turtle).status == 201
            assert served.ask("DELETE", "/store?graph=a:g").status == 204
            assert served.query("SELECT ?o { <a:a> <a:b> ?o }", "text/csv").text == "o\r\n2\r\n"
            assert behind.query("SELECT ?o { <a:a> <a:b> ?o }", "text/csv").text == "o\r\n2\r\n"
