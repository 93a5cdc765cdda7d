"""Areas on a map: where they lie, how points are drawn, and the page and rows of the service."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest

from policygraph import Graph, read
from policygraph.graph.statements import Document
from policygraph.ontology.register.centres import centre
from policygraph.viz.point_map import WIDTH, Spot, point_map

from .service.service_process import Service, service


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("420100", 30.6, 114.3), ("110000", 40.0, 116.4), ("420000", 30.9, 113.0), ("421222", 29.2, 113.8)],
)  # fmt: skip
def test_an_area_lies_where_it_is(code: str, latitude: float, longitude: float) -> None:
    point = centre(code)
    assert point is not None
    assert point == (pytest.approx(latitude, abs=0.4), pytest.approx(longitude, abs=0.4))


def test_an_area_of_which_no_point_is_known_has_none() -> None:
    assert centre("999999") is None


def spot(name: str, latitude: float, longitude: float, amount: float) -> Spot:
    return Spot(name, latitude, longitude, amount, f"{name}: {amount}", "/x")


def circles(picture: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', picture)
    return [(float(x), float(y), float(r)) for x, y, r in found]


def test_north_is_above_east_is_right_and_surface_tells_the_amount() -> None:
    picture = point_map([spot("南", 20, 100, 4), spot("北", 40, 120, 1)], "map")
    assert picture
    (x, y, large), (right, above, small) = circles(picture)
    assert right > x
    assert above < y
    assert large == pytest.approx(2 * small)


def test_every_point_is_inside_the_picture_even_one_alone_and_names_are_text() -> None:
    picture = point_map([spot("<b>", 30, 110, -3)], "map")
    assert picture
    height = float(re.search(r'viewBox="0 0 860 (\d+)"', picture)[1])  # type: ignore[index]
    ((x, y, r),) = circles(picture)
    assert r < x < WIDTH - r
    assert r < y < height - r
    assert "<b>" not in picture
    assert 'class="below"' in picture


def test_names_for_a_small_picture_are_fewer_and_stay_inside_it() -> None:
    """A phone draws the picture at two fifths of its size."""
    spots = [spot(f"第{n}县", 30 + n / 10, 110, 20 - n) for n in range(20)]
    picture = point_map([*spots, spot("东边的一个县", 31, 130, 1)], "map")
    assert picture
    usual, large = (
        re.findall("<text[^>]*>([^<]*)", part) for part in picture.split('class="names')[1:]
    )
    assert 0 < len(large) < len(usual)
    assert "东边的一个县" in large
    places = re.findall(
        r'<text x="(-?[\d.]+)"[^>]*>([^<]*)', picture.split('class="names large"')[1]
    )
    assert all(float(x) > 0 and float(x) + 30 * len(name) <= WIDTH for x, name in places)


def test_without_points_there_is_no_map() -> None:
    assert point_map([], "map") is None


COUNTIES = """黄冈市2022年文化和旅游工作总结

一、工作情况
2022年，红安县接待游客120万人次，英山县接待游客80万人次，罗田县接待游客200万人次。
2022年，红安县接待游客增长5%，英山县接待游客增长3%。仙溪村修复古宅12处。
二、下一步打算
2023年，红安县接待游客增长8%以上，英山县接待游客增长6%以上。
"""


@pytest.fixture(scope="module")
def site(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("map")
    path, report = folder / "store", folder / "counties.txt"
    report.write_text(COUNTIES, "utf-8")
    with Graph.open(path) as opened:
        opened.add(hubei)
        opened.add(read(report))
    with service(path, "--workers", "1") as served:
        yield served


def rows(site: Service, **asked: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get("/map.csv", **asked).text)))


def test_the_rows_count_what_the_report_names(site: Service, hubei: Document) -> None:
    named = [m for m in hubei.mentions if m.entity.name == "通城县"]
    found = {row["area"]: row for row in rows(site)}
    assert int(found["通城县"]["value"]) == len(named)
    assert found["通城县"]["code"] == "421222"
    assert float(found["通城县"]["latitude"]) == pytest.approx(29.2, abs=0.4)
    assert {row["level"] for row in rows(site, level="county")} == {"county"}


def test_levels_growth_and_targets_are_different_maps(site: Service) -> None:
    page = site.get("/map", "text/html", lang="zh").text
    offered = re.findall(r'<option value="([^"]*/indicator/[^"]*)"[^>]*>[^<]*游客', page)
    assert len(offered) == 1
    whole = site.get("/map", "text/html", lang="zh", indicator=offered[0]).text
    kinds = re.findall(r'<option value="([^"]*)"', whole.split('name="kind"')[1])[:3]
    shown = {
        kind: {row["area"]: row["text"] for row in rows(site, indicator=offered[0], kind=kind)}
        for kind in kinds
    }
    assert {frozenset(areas.items()) for areas in shown.values()} == {
        frozenset({"罗田县": "200万人次", "红安县": "120万人次", "英山县": "80万人次"}.items()),
        frozenset({"红安县": "8%", "英山县": "6%"}.items()),
        frozenset({"红安县": "5%", "英山县": "3%"}.items()),
    }


@pytest.mark.parametrize(("language", "said"), [("zh", "地图"), ("en", "Map")])
def test_the_page_shows_map_and_list_in_both_languages(
    site: Service, language: str, said: str
) -> None:
    page = site.get("/map", "text/html", lang=language).text
    assert f"<h1>{said}</h1>" in page
    assert "仙溪村" in page.split('class="places"')[2]  # no point of it is known
    assert page.count("<circle") == page.split('class="places"')[1].count("<li>")


def test_what_is_no_iri_is_one_line(site: Service) -> None:
    answer = site.get("/map.csv", indicator="no iri")
    assert answer.status == 400
    assert answer.text.count("\n") == 1
