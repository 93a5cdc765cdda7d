"""Bodies of every level: their names through the reforms, what they are, and what became of them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_extractor import find_mentions
from policygraph.loaders.numbers import find_numbers
from policygraph.loaders.reader import read_string
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import outline
from policygraph.ontology.bodies import Body, body_above, body_of
from policygraph.ontology.english import body_name, post_name, role_of
from policygraph.ontology.iris import Minter
from policygraph.ontology.reforms import changes
from policygraph.ontology.register import COUNTRY, Area, Register
from policygraph.ontology.vocabulary import extended, vocabulary

TABLE = Path(__file__).parent / "data" / "bodies.csv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def area(name: str, year: int | None = 2022) -> Area:
    register = Register.load()
    found = register.by_code(COUNTRY) if name == "中国" else None
    found = found or register.resolve(name, within=None, year=year)
    assert found is not None
    return found


def mentions(text: str, name: str, year: int) -> list[Mention]:
    setting = ReportContext(area(name, year), str(year), year)
    return find_mentions(text, outline(text), setting, find_numbers(text, 0))


def body(name: str, year: int = 2022) -> Body:
    found = body_of(name, None, year)
    assert found is not None, name
    return found


def test_the_bodies_of_the_table_resolve_as_it_says() -> None:
    """A form in a report of an area and a year means the body the table says, or none."""
    wrong = []
    for case in CASES:
        found = mentions(f"{case['form']}研究部署。", case["area"], int(case["year"]))
        names = [m.name for m in found if m.span.quote == case["form"]]
        if names != ([] if case["name"] == "no body" else [case["name"]]):
            wrong.append((case, [(m.span.quote, m.name) for m in found]))
    assert wrong == []
    assert len(CASES) > 200
    assert all(case["reason"] for case in CASES)


def test_the_name_of_every_body_of_the_table_says_which_body_it_is() -> None:
    names = {(c["name"], c["area"], int(c["year"])) for c in CASES if c["name"] != "no body"}
    unknown = {
        name
        for name, where, year in names
        if not re.search("[两三]级", name) and body_of(name, area(where, year), year) is None
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("name", "year", "before", "after"),
    [
        ("湖北省乡村振兴局", 2022, "湖北省扶贫开发办公室", "湖北省农业农村厅"),
        ("红安县乡村振兴局", 2022, "红安县扶贫开发办公室", "红安县农业农村局"),
        ("四川省扶贫开发局", 2019, "", "四川省乡村振兴局"),
        ("四川省乡村振兴局", 2022, "", "四川省农业农村厅"),
        ("湖北省农业厅", 2017, "", "湖北省农业农村厅"),
        ("湖北省国土资源厅", 2017, "", "湖北省自然资源厅"),
        ("宜昌市环境保护局", 2017, "", "宜昌市生态环境局"),
        ("湖北省卫生和计划生育委员会", 2016, "湖北省卫生厅", "湖北省卫生健康委员会"),
        ("湖北省工商行政管理局", 2017, "", "湖北省市场监督管理局"),
        ("湖北省文化厅", 2017, "", "湖北省文化和旅游厅"),
        ("湖北省地方金融监督管理局", 2020, "", "湖北省地方金融管理局"),
        ("中共湖北省委农村工作办公室", 2016, "", "中共湖北省委农村工作领导小组办公室"),
        ("国务院扶贫开发领导小组办公室", 2019, "", "国家乡村振兴局"),
        ("国家乡村振兴局", 2022, "国务院扶贫开发领导小组办公室", "农业农村部"),
        ("中国银行保险监督管理委员会", 2020, "中国银行业监督管理委员会", "国家金融监督管理总局"),
        ("湖北省税务局", 2022, "湖北省国家税务局", ""),
        ("朝阳区卫生健康委员会", 2022, "朝阳区卫生和计划生育委员会", ""),
        ("浙江省监察厅", 2016, "", ""),
        ("重庆市农业农村委员会", 2022, "重庆市乡村振兴局", ""),
        ("重庆市乡村振兴局", 2022, "重庆市扶贫开发办公室", ""),
    ],
)
def test_a_body_has_the_predecessors_and_successors_of_its_reform(
    name: str, year: int, before: str, after: str
) -> None:
    body = body_of(name, area("北京市"), year)
    assert body is not None
    above = Register.load().ancestors(body.area, year)
    found = [change for change in changes(body, above) if not change.transfer]
    earlier = [b.name for c in found if body in c.after for b in c.before]
    later = [b.name for c in found if body in c.before for b in c.after]
    assert (before in earlier) if before else not earlier
    assert (after in later) if after else not later


def test_every_reform_has_a_plan_with_its_source_a_date_and_known_bodies() -> None:
    text = (Path(__file__).parents[1] / "ontology/vocabularies/reforms.ttl").read_text("utf-8")
    known = {c.iri for n in ("departments", "bodies", "ministries") for c in vocabulary(n)}
    reforms = vocabulary("reforms")
    plans = {concept.iri: concept for concept in reforms if not concept.broader}
    for concept in reforms:
        if concept.iri in plans:
            block = text.partition(f"\n:{concept.key} a ")[2].partition(" .\n")[0]
            assert "dcterms:source" in block
            continue
        assert concept.broader in plans
        sides = [concept.properties[side] for side in ("original", "resulting")]
        assert {iri for side in sides for iri in side} <= known
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", concept.value("date"))


def test_a_name_is_in_force_when_its_reform_says_so() -> None:
    """No body ends before the reform that ended it or begins after the one that made it."""
    bodies = {c.iri: c for n in ("departments", "bodies", "ministries") for c in vocabulary(n)}
    for reform in vocabulary("reforms"):
        if not reform.broader or reform.value("role") == "transfer":
            continue
        year = int(reform.value("date")[:4])
        for iri in reform.properties["original"]:
            assert int(bodies[iri].value("validUntil", "9999")) >= year, iri
        for iri in reform.properties["resulting"]:
            assert int(bodies[iri].value("validFrom", "0")) <= year, iri


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("湖北省乡村振兴局", "Hubei Provincial Rural Revitalization Administration"),
        ("中共湖北省委员会", "CPC Hubei Provincial Committee"),
        ("湖北省人民政府", "Hubei Provincial People's Government"),
        ("湖北省农业农村厅", "Hubei Provincial Department of Agriculture and Rural Affairs"),
        ("湖北省住房和城乡建设厅", "Hubei Provincial Department of Housing and Urban-Rural Development"),
        ("中共广西壮族自治区委员会", "CPC Guangxi Zhuang Autonomous Region Committee"),
        ("恩施土家族苗族自治州人民政府", "Enshi Tujia and Miao Autonomous Prefecture People's Government"),
        ("武汉市财政局", "Wuhan Municipal Finance Bureau"),
        ("红安县人民政府", "Hong'an County People's Government"),
        ("红安县人民法院", "Hong'an County People's Court"),
        ("黄冈市中级人民法院", "Huanggang Intermediate People's Court"),
        ("湖北省高级人民法院", "High People's Court of Hubei Province"),
        ("湖北省人民代表大会常务委员会", "Standing Committee of the Hubei Provincial People's Congress"),
        ("财政部", "Ministry of Finance"),
    ],
)  # fmt: skip
def test_english_names_are_put_together(name: str, english: str) -> None:
    found = body(name)
    assert body_name(found, found.area.english) == english


@pytest.mark.parametrize(
    ("post", "held_in", "english"),
    [
        ("中共湖北省委书记", "中共湖北省委员会", "Secretary of the CPC Hubei Provincial Committee"),
        ("中共湖北省委副书记", "中共湖北省委员会", "Deputy Secretary of the CPC Hubei Provincial Committee"),
        ("湖北省省长", "湖北省人民政府", "Governor of Hubei Province"),
        ("武汉市副市长", "武汉市人民政府", "Vice Mayor of Wuhan"),
        ("红安县县长", "红安县人民政府", "Head of Hong'an County"),
        ("国家乡村振兴局局长", "国家乡村振兴局", "Director of the National Rural Revitalization Administration"),
        ("中共中央总书记", "中国共产党中央委员会", "General Secretary of the CPC Central Committee"),
    ],
)  # fmt: skip
def test_a_post_has_its_english_name(post: str, held_in: str, english: str) -> None:
    role, found = role_of(post), body(held_in)
    assert role is not None
    place = found.area.english
    assert post_name(role, body_name(found, place), place) == english


def test_without_the_english_of_the_area_there_is_none() -> None:
    found, role = body("湖北省财政厅"), role_of("湖北省省长")
    assert role is not None
    assert (body_name(found, ""), post_name(role, "", "")) == ("", "")


def test_every_pattern_has_an_english_one() -> None:
    nameless = {
        concept.key
        for concept in vocabulary("bodies")
        if not concept.value("english") and not concept.value("function")
    }
    assert nameless == set()


def test_units_stand_inside_a_body_of_its_own() -> None:
    office, department = body("中共湖北省委员会办公厅"), body("湖北省财政厅")
    assert (office.unit, department.unit) == (True, False)
    for unit, above in ((office, "中共湖北省委员会"), (department, "湖北省人民政府")):
        whole = body_above(unit)
        assert whole is not None
        assert (whole.name, whole.unit) == (above, False)
    assert body_above(body("湖北省气象局")) is None


SENTENCE = "省乡村振兴局、省委办公厅联合发文，省委书记王蒙徽、国家乡村振兴局刘焕鑫局长出席。"


def ask(graph: Graph, query: str, **bound: ox.NamedNode) -> list[tuple[str, ...]]:
    prefixes = (
        "PREFIX org: <http://www.w3.org/ns/org#> PREFIX pg: <https://w3id.org/policygraph/ontology#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    )
    names = re.findall(r"\?(\w+)", query.partition("WHERE")[0])
    return sorted(
        tuple(str(getattr(row[name], "value", "")) for name in names)
        for row in graph.select(prefixes + query, bound)
    )


def test_the_graph_tells_what_became_of_a_body() -> None:
    with Graph.open() as graph:
        graph.add(read_string("湖北省2022年工作总结\n\n" + SENTENCE))
        found = ask(
            graph,
            """SELECT ?before ?after ?date ?plan WHERE { GRAPH ?g {
            ?change a pg:Succession ; dcterms:date ?date ; pg:reform/skos:prefLabel ?plan ;
              org:originalOrganization ?x ; org:resultingOrganization ?y .
            ?x org:changedBy ?change ; rdfs:label ?before . ?y org:resultedFrom ?change ; rdfs:label ?after
            FILTER (LANG(?before) = "zh" && LANG(?after) = "zh" && LANG(?plan) = "zh") } }""",
        )
    assert {row[:3] for row in found} == {
        ("中华人民共和国农业部", "农业农村部", "2018-03-17"),
        ("湖北省农业厅", "湖北省农业农村厅", "2018"),
        ("国务院扶贫开发领导小组办公室", "国家乡村振兴局", "2021-02-25"),
        ("国家乡村振兴局", "农业农村部", "2023-03-10"),
        ("湖北省乡村振兴局", "湖北省农业农村厅", "2024"),
        ("湖北省扶贫开发办公室", "湖北省乡村振兴局", "2021"),
    }


def test_the_graph_tells_what_a_body_is() -> None:
    minter = Minter()
    with Graph.open() as graph:
        graph.add(read_string("湖北省2022年工作总结\n\n" + SENTENCE))
        kinds = {
            row[0]: row[1:]
            for row in ask(
                graph,
                """SELECT ?name ?kind ?level ?function ?whole WHERE { GRAPH ?g {
                ?body a ?kind ; pg:tier ?level ; rdfs:label ?name ; org:classification ?function
                FILTER (?kind IN (pg:FormalOrganization, pg:OrganizationalUnit) && LANG(?name) = "zh")
                OPTIONAL { ?body a ?kind ; org:unitOf ?whole } } }""",
            )
        }
        roles = ask(
            graph,
            """SELECT ?post ?role WHERE { GRAPH ?g { ?x org:role ?r ; rdfs:label ?post .
            ?r a org:Role ; skos:prefLabel ?role
            FILTER (LANG(?post) = "zh" && LANG(?role) = "zh") } }""",
        )
    pg = "https://w3id.org/policygraph/ontology#"
    province, centre = (minter.concept("level", key) for key in ("province", "centre"))
    assert kinds["中共湖北省委员会办公厅"] == (
        pg + "OrganizationalUnit",
        province,
        minter.concept("body", "party-office"),
        minter.thing("Organization", "中共湖北省委员会"),
    )
    revitalization = minter.concept("department", "revitalization")
    assert kinds["湖北省乡村振兴局"] == (pg + "FormalOrganization", province, revitalization, "")
    assert kinds["国家乡村振兴局"] == (pg + "FormalOrganization", centre, revitalization, "")
    assert roles == [("中共湖北省委书记", "书记"), ("国家乡村振兴局局长", "局长")]


def test_a_company_is_an_organization_and_no_body() -> None:
    company = "中国移动通信集团"
    with Graph.open() as graph:
        graph.add(read_string(f"湖北省2022年工作总结\n\n{company}捐资。"))
        said = ask(
            graph,
            "SELECT ?company ?p ?o WHERE { GRAPH ?g { ?company ?p ?o FILTER (ISIRI(?o)) } }",
            company=ox.NamedNode(Minter().thing("Organization", company)),
        )
    pg, org = "https://w3id.org/policygraph/ontology#", "http://www.w3.org/ns/org#"
    assert pg + "FormalOrganization" in [value for _, _, value in said]
    assert org + "classification" not in [name for _, name, _ in said]


def test_a_body_of_ones_own_is_read_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix pg: <https://w3id.org/policygraph/ontology#> .
        <https://example.org/low-altitude> a skos:Concept ; pg:full "低空经济发展" ;
          skos:inScheme <https://w3id.org/policygraph/vocabulary/department> ;
          skos:prefLabel "低空"@zh-Hans , "low-altitude economy"@en .""",
        "utf-8",
    )
    text = "省低空办印发方案。"
    assert "湖北省低空经济发展办公室" not in [m.name for m in mentions(text, "湖北省", 2025)]
    with extended(file):
        assert "湖北省低空经济发展办公室" in [m.name for m in mentions(text, "湖北省", 2025)]
        found = body("湖北省低空经济发展办公室", 2025)
        english = body_name(found, found.area.english)
    assert english == "Hubei Provincial Low-Altitude Economy Office"
    assert "湖北省低空经济发展办公室" not in [m.name for m in mentions(text, "湖北省", 2025)]


def test_every_body_and_post_of_the_report_has_both_languages(hubei_graph: Graph) -> None:
    """Those a pattern makes; companies and schools have their own names only."""
    rows = ask(
        hubei_graph,
        """SELECT ?thing ?name WHERE { GRAPH ?g {
        { ?thing pg:tier ?tier } UNION { ?thing org:role ?role } ?thing rdfs:label ?name } }""",
    )
    tags: dict[str, int] = {}
    for thing, _ in dict.fromkeys(rows):
        tags[thing] = tags.get(thing, 0) + 1
    assert len(tags) > 20
    assert {thing for thing, count in tags.items() if count != 2} == set()
