"""The Reconciliation API: what a client such as OpenRefine asks at /reconcile, and what it is answered.

The official schemas and examples lie beside this checkout (../shared/suites/reconciliation/0.2): they carry no
licence of their own, so they are not in the repository, and the tests that need them skip without them.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest

from ..conftest import SHARED
from .service_process import Answer, Service

HARD = Path(__file__).parents[1] / "data" / "hard-names.csv"
SUITE = SHARED / "suites" / "reconciliation" / "0.2"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BASE = "https://w3id.org/policygraph/"


def post(service: Service, **fields: Any) -> Answer:
    body = urlencode({k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()})
    return service.ask("POST", "/reconcile", body.encode(), FORM)


def candidates(service: Service, text: str, **more: Any) -> list[dict[str, Any]]:
    answer = post(service, queries={"q": {"query": text, **more}})
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.text)["q"]["result"]
    return found


def certain(service: Service, text: str, **more: Any) -> str:
    """The identifier of the certain candidate, empty where it stays open."""
    found = [each["id"] for each in candidates(service, text, **more) if each["match"]]
    assert len(found) <= 1
    return found[0] if found else ""


def known(**properties: Any) -> dict[str, Any]:
    return {"properties": [{"pid": name, "v": value} for name, value in properties.items()]}


@pytest.mark.parametrize(
    ("text", "more", "identifier"),
    [
        ("巴东县", {}, "id/area/422823"),  # no report of the store names it by this code
        ("湖北省恩施州巴东县", {}, "id/area/422823"),
        ("Badong County", {"type": "Area"}, "id/area/422823"),
        ("510107", {}, "id/area/510107"),
        ("襄樊市", {}, "id/area/420600-1980"),
        ("襄樊市", known(year=2015), "id/area/420600"),
        ("襄樊市", known(year="2015年"), "id/area/420600"),
        ("朝阳区", known(parent="北京市"), "id/area/110105"),
        ("朝阳区", known(parent={"id": "id/area/220100", "name": "长春市"}), "id/area/220104"),
        ("朝阳区", known(code="220104"), "id/area/220104"),
        ("吉林", known(level="省级"), "id/area/220000"),
        (f"{BASE}id/area/420000", {}, "id/area/420000"),
        ("湖北省乡村振兴局", {"type": "Organization"}, "id/organization/ce3220bd1be2eff5"),
        ("Hubei Provincial Rural Revitalization Administration", {}, "id/organization/ce3220bd1be2eff5"),
        ("乡村振兴局", {"type": "Organization", **known(parent="湖北省")}, "id/organization/ce3220bd1be2eff5"),
        ("GDP", {"type": "Indicator"}, "vocabulary/indicator/gdp"),
        ("刘焕鑫", {"type": "Person"}, "id/person/799cbba7a5526b67"),
        ("村庄清洁行动", {"type": ["Programme"]}, "id/programme/cdb0376ac1faa7e8"),
        ("关于2022年全省巩固拓展脱贫攻坚成果同乡村振兴有效衔接工作总结", {"type": "Document"}, "id/document/090cb592edbac444"),
    ],
)  # fmt: skip
def test_a_name_that_can_mean_one_thing_is_a_match(
    reading: Service, text: str, more: dict[str, Any], identifier: str
) -> None:
    assert certain(reading, text, **more) == identifier


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("朝阳区", {}),
        ("吉林", {}),
        ("宣武区", known(year=2015)),
        ("巴东县", known(parent="湖南省")),
        ("朝阳区", known(parent="某某省")),  # a place nobody knows decides nothing
        ("朝阳区", known(parent="北京市", year="去年")),
        ("朝阳区", known(code="110106")),
        ("乡村振兴局", {"type": "Organization"}),
        ("湖北省乡村振兴局", {"type": "Organization", **known(year=2019)}),  # it was set up in 2021
        ("脱贫人", {"type": "Group"}),
        ("襄扬市", {}),
    ],
)
def test_what_may_mean_several_or_another_stays_open(
    reading: Service, text: str, more: dict[str, Any]
) -> None:
    found = candidates(reading, text, **more)
    assert found
    assert not any(each["match"] for each in found)
    assert [each["score"] for each in found] == sorted((e["score"] for e in found), reverse=True)


def test_a_type_that_was_not_asked_for_is_no_candidate(reading: Service) -> None:
    assert candidates(reading, "湖北省", type="Person") == []
    assert candidates(reading, "湖北省", type="Q515") == []
    kinds = {each["type"][0]["id"] for each in candidates(reading, "湖北省", limit=50)}
    assert {"Area", "Organization"} <= kinds


def test_every_candidate_says_why_in_both_languages(reading: Service) -> None:
    (best, *_) = candidates(reading, "襄樊市", **known(year=2015))
    assert [feature["id"] for feature in best["features"]] == ["name", "renamed"]
    assert "更名" in best["description"]
    assert "the same area under the name or code of another year" in best["description"]


def test_a_client_of_the_first_version_asks_one_name_and_gets_a_script(reading: Service) -> None:
    plain = reading.get("/reconcile", query="武汉市")
    assert json.loads(plain.text)["result"][0]["match"] is True
    script = reading.get(
        "/reconcile", queries=json.dumps({"q": {"query": "武汉"}}), callback="jQuery1_2"
    )
    assert script.media == "application/javascript"
    called = script.text.removeprefix("/**/jQuery1_2(").removesuffix(");")
    assert json.loads(called)["q"]["result"][0]["id"] == "id/area/420100"
    assert reading.get("/reconcile", callback="alert(1)//").status == 400


def test_values_are_fetched_for_areas_of_the_register_and_things_of_the_store(
    reading: Service,
) -> None:
    wanted = ("code", "parent", "validUntil", "successor", "englishName", "figure")
    settings = {"indicator": "脱贫人口人均纯收入", "period": "2022"}
    asked = {
        "ids": ["id/area/420600-1980", "id/area/420000", "id/organization/ce3220bd1be2eff5", "id/area/999999"],
        "properties": [{"id": name, "settings": settings} for name in wanted],
    }  # fmt: skip
    found = json.loads(post(reading, extend=asked).text)
    assert [meta["id"] for meta in found["meta"]] == list(wanted)
    city = found["rows"]["id/area/420600-1980"]
    assert city["code"] == [{"str": "420600"}]
    assert city["parent"] == [{"id": "id/area/420000", "name": "湖北省"}]
    assert city["validUntil"] == [{"int": 2009}]
    assert city["successor"] == [{"id": "id/area/420600", "name": "襄阳市"}]
    assert found["rows"]["id/area/420000"]["figure"] == [{"float": 14705.0}]
    body = found["rows"]["id/organization/ce3220bd1be2eff5"]
    assert body["parent"] == [{"id": "id/area/420000", "name": "湖北省"}]
    assert body["englishName"] == [{"str": "Hubei Provincial Rural Revitalization Administration"}]
    assert set(map(str, found["rows"]["id/area/999999"].values())) == {"[]"}


def test_people_who_type_are_offered_entities_types_and_properties(reading: Service) -> None:
    def offered(path: str, **asked: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(reading.get(path, **asked).text)["result"]
        return found

    assert offered("/reconcile/suggest/entity", prefix="巴东")[0]["id"] == "id/area/422823"
    assert offered("/reconcile/suggest/entity", prefix="badong")[0]["id"] == "id/area/422823"
    assert offered("/reconcile/suggest/entity", prefix="4228")[0]["id"].startswith("id/area/4228")
    first = offered("/reconcile/suggest/entity", prefix="湖北")
    more = offered("/reconcile/suggest/entity", prefix="湖北", cursor="1")
    assert more[: len(first) - 1] == first[1:]
    people = offered("/reconcile/suggest/entity", prefix="王", type="Person")
    assert {each["notable"][0]["id"] for each in people} == {"Person"}
    assert [each["id"] for each in offered("/reconcile/suggest/type", prefix="机构")] == ["Organization"]  # fmt: skip
    assert [each["id"] for each in offered("/reconcile/suggest/property", prefix="year")] == ["year"]  # fmt: skip
    proposed = json.loads(reading.get("/reconcile/properties", type="Area", limit="3").text)
    assert len(proposed["properties"]) == 3


def test_a_preview_stands_in_the_frame_of_another_page(reading: Service) -> None:
    page = reading.get("/reconcile/preview", id="id/area/420600-1980")
    assert page.media == "text/html"
    assert "襄樊市" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert reading.get("/reconcile/flyout/entity", id="id/area/420000").status == 200
    assert reading.get("/reconcile/preview", id="id/area/999999").status == 404


def test_an_identifier_in_the_view_template_leads_to_the_page(reading: Service) -> None:
    view = json.loads(reading.get("/reconcile").text)["view"]["url"]
    assert view.startswith(reading.address)
    path = "/" + view.removeprefix(reading.address).replace("{{id}}", "id%2Farea%2F422823")
    assert "巴东县" in reading.ask("GET", path.replace("//", "/")).text


@pytest.mark.parametrize("path", ["", "/suggest/entity?prefix=x", "/preview?id=x", "/nowhere"])
def test_every_answer_may_be_read_by_pages_of_others(reading: Service, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = reading.ask(method, f"/reconcile{path}", headers={"Origin": "https://example.org"})
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"queries": "{"}, 400, "is no JSON"),
        ({"queries": "[]"}, 400, "an object of JSON"),
        ({"queries": {"q": {}}}, 400, "queries.q: query or properties is needed"),
        ({"queries": {"q": {"query": 1}}}, 400, "queries.q.query"),
        ({"queries": {"q": {"query": "x", "limit": 0}}}, 400, "limit"),
        ({"queries": {"q": {"query": "x", "type_strict": "no"}}}, 400, "type_strict"),
        ({"queries": {"q": {"query": "x", "properties": [{"p": 1}]}}}, 400, "pid and v"),
        ({"queries": '{"q": {"query": "\\ud800"}}'}, 400, "half a character"),
        ({"queries": {str(n): {"query": "x"} for n in range(101)}}, 413, "batchSize"),
        ({"extend": {"ids": ["x"]}}, 400, "extend.properties"),
        ({"extend": {"ids": ["x"], "properties": [{"id": "moon"}]}}, 400, "no such property"),
        ({"extend": {"ids": ["x"] * 1001, "properties": [{"id": "code"}]}}, 413, "1000 values"),
        ({"extend": {"ids": ["x"], "properties": [{"id": "figure"}]}}, 400, "setting indicator"),
        ({"queries": {}, "extend": {}}, 400, "send one of"),
        ({}, 400, "send queries"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    reading: Service, fields: dict[str, Any], status: int, message: str
) -> None:
    answer = post(reading, **fields)
    assert (answer.status, answer.text.count("\n")) == (status, 1), answer.text
    assert message in answer.text


def test_a_long_text_and_hostile_words_find_nothing_and_break_nothing(reading: Service) -> None:
    for text in (
        "县" * 5000,
        '省" OR "县',
        "NEAR(省 县)",
        "<script>",
        "\x00",
        "'); DROP TABLE entry",
    ):
        assert not any(each["match"] for each in candidates(reading, text))


# -- the official schemas -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validators() -> dict[str, Any]:
    """Schema by name, those they refer to among them."""
    if not SUITE.is_dir():
        pytest.skip("the official schemas (../shared/suites/reconciliation) are not beside this checkout")  # fmt: skip
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in SUITE.glob("schemas/*.json")}  # fmt: skip
    kind = schemas["type"]
    kind["properties"]["broader"]["items"] = {"type": "object"}
    manifest = schemas["manifest"]["properties"]
    manifest["defaultTypes"]["items"] = kind
    manifest["authentication"] = {"type": "object"}
    schemas["suggest-types-response"]["properties"]["result"]["items"] = kind
    for schema in schemas.values():
        schema.pop("$id", None)
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    return {
        name: jsonschema_rs.validator_for(_without_inner_names(schema))
        for name, schema in schemas.items()
        if name != "openapi"
    }


def _without_inner_names(schema: dict[str, Any]) -> dict[str, Any]:
    whole = json.dumps(schema).replace("#/properties/suggest/definitions/service_definition", "#/definitions/service")  # fmt: skip
    copy: dict[str, Any] = json.loads(whole)
    inner = copy.get("properties", {}).get("suggest", {}).pop("definitions", None)
    if inner:
        copy["definitions"] = {"service": inner["service_definition"]}
    return copy


def test_every_kind_of_answer_is_valid(reading: Service, validators: dict[str, Any]) -> None:
    get = {
        "manifest": "/reconcile",
        "suggest-entities-response": "/reconcile/suggest/entity?prefix=%E6%B9%96",
        "suggest-types-response": "/reconcile/suggest/type?prefix=a",
        "suggest-properties-response": "/reconcile/suggest/property?prefix=a",
        "data-extension-property-proposal": "/reconcile/properties?type=Area",
    }
    for name, path in get.items():
        validators[name].validate(json.loads(reading.ask("GET", path).text))
    names = ["湖北省", "朝阳区", "襄樊市", "乡村振兴局", "GDP", "不是地名", "420000", "Enshi"]
    batch = {
        str(number): {"query": text, **known(year=year)}
        for number, (text, year) in enumerate((t, y) for t in names for y in (1985, 2022))
    }
    validators["reconciliation-query-batch"].validate(batch)
    answer = json.loads(post(reading, queries=batch).text)
    assert list(answer) == list(batch)
    validators["reconciliation-result-batch"].validate(answer)
    ids = [each["id"] for row in answer.values() for each in row["result"]]
    wanted = json.loads(reading.ask("GET", get["data-extension-property-proposal"]).text)
    asked = {
        "ids": ids[:40],
        "properties": [
            {"id": each["id"], "settings": {"indicator": "地区生产总值"}}
            for each in wanted["properties"]
        ],
    }
    validators["data-extension-query"].validate(asked)
    validators["data-extension-response"].validate(json.loads(post(reading, extend=asked).text))


def test_the_answers_to_five_hundred_hard_names_are_all_valid(
    reading: Service, validators: dict[str, Any]
) -> None:
    rows = list(csv.DictReader(HARD.read_text("utf-8").splitlines()))
    invalid, answers = 0, 0
    for first in range(0, len(rows), 100):
        batch = {
            str(number): {"query": row["text"], "type": "Area", **known(**_said(row))}
            for number, row in enumerate(rows[first : first + 100], first)
        }
        invalid += not validators["reconciliation-query-batch"].is_valid(batch)
        answer = json.loads(post(reading, queries=batch).text)
        answers += len(answer)
        invalid += not validators["reconciliation-result-batch"].is_valid(answer)
        ids = [each["id"] for row in answer.values() for each in row["result"][:1]]
        asked = {"ids": ids, "properties": [{"id": "code"}, {"id": "parent"}, {"id": "centre"}]}
        extended = json.loads(post(reading, extend=asked).text)
        invalid += not validators["data-extension-response"].is_valid(extended)
        answers += len(extended["rows"])
    assert invalid == 0
    assert answers > 900


def _said(row: dict[str, str]) -> dict[str, str]:
    """What is known of a hard name besides its text."""
    return {
        name: value for name, value in (("year", row["year"]), ("parent", row["within"])) if value
    }


def test_every_official_question_is_answered_and_every_invalid_one_refused(
    reading: Service, validators: dict[str, Any]
) -> None:
    examples = SUITE / "examples" / "reconciliation-query-batch"
    for path in sorted((examples / "valid").glob("*.json")):
        answer = post(reading, queries=path.read_text("utf-8"))
        assert answer.status == 200, (path.name, answer.text)
        validators["reconciliation-result-batch"].validate(json.loads(answer.text))
    for path in sorted((examples / "invalid").glob("*.json")):
        assert post(reading, queries=path.read_text("utf-8")).status == 400, path.name


def test_the_schemas_tell_the_official_examples_apart(validators: dict[str, Any]) -> None:
    """Else a schema that says nothing would make every answer valid."""

    def valid(path: Path) -> bool:
        return bool(validators[path.parts[-3]].is_valid(json.loads(path.read_text("utf-8"))))

    checked = [path for path in SUITE.glob("examples/*/*/*.json") if path.parts[-3] in validators]
    assert len(checked) > 30
    wrong = {p.name for p in checked if valid(p) != (p.parts[-2] == "valid")}
    assert wrong <= {"bad-authentication.json", "invalid-documentation.json"}
