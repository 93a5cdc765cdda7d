"""What statements mean: the entities that actors, objects, scopes and places carry."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string

TITLE = "湖南省2021年工作总结\n\n"


def read(sentence: str) -> Document:
    return read_string(TITLE + sentence + "\n")


@pytest.mark.parametrize(
    ("sentence", "scope", "kind", "name"),
    [
        ("15个脱贫县整合资金32.5亿元。", "15个脱贫县", "Group", "脱贫县"),
        ("脱贫户增收。2.5万脱贫户申请贷款3.6亿元。", "2.5万脱贫户", "Group", "脱贫户"),
        ("衡阳市建成大棚320个。", "衡阳市", "Area", "衡阳市"),
        ("衡阳、邵阳生产总值突破4000亿元。", "衡阳市、邵阳市", "Group", "衡阳市、邵阳市"),
        ("生产总值增长7.7%。", "湖南省", "Area", "湖南省"),
    ],
)
def test_a_scope_is_the_thing_without_its_count(
    sentence: str, scope: str, kind: str, name: str
) -> None:
    said = read(sentence).figures[-1].scope
    assert said.text == scope
    assert [(entity.kind, entity.name) for entity in said.entities] == [(kind, name)]


def test_objects_and_targets_are_the_things_their_words_name() -> None:
    document = read("省财政厅印发《奖补办法》。")
    (measure,) = document.measures
    assert [(e.kind, e.name) for e in measure.object.entities] == [("Document", "奖补办法")]
    assert [(e.kind, e.name) for e in measure.actors] == [("Organization", "湖南省财政厅")]
    assert "#issues> " in nquads(document)


def test_a_place_is_the_area_the_text_tells_from_its_namesakes() -> None:
    title = "2021年全国民政工作总结\n\n"
    for city, code in (("北京市", "110105"), ("长春市", "220104")):
        document = read_string(f"{title}在{city}朝阳区开展试点。\n", area="中国")
        (measure,) = document.measures
        assert [place.name for place in measure.places] == ["朝阳区"]
        assert measure.places[-1].code == code
        assert f"ontology#place> <https://w3id.org/policygraph/id/area/{code}>" in nquads(document)


def test_a_former_area_is_not_the_one_it_became() -> None:
    document = read_string("湖北省2021年工作总结\n\n原襄樊市更名为襄阳市。\n")
    keys = [m.entity.key for m in document.mentions if m.entity.code == "420600"]
    assert keys == ["420600-1980", "420600-2010"]
    written = nquads(document)
    assert all(
        f"ontology#mentions> <https://w3id.org/policygraph/id/area/{name}>" in written
        for name in ("420600-1980", "420600")
    )


def test_a_thing_named_across_a_line_break_is_the_object_all_the_same() -> None:
    line = "全省各地加快推进乡村建设和产业发展不断提高农民收入水平"
    last = "省政府及时总结经验全面推进乡村振兴，今年表彰省财\n政厅。\n"
    document = read(f"{line}\n" * 7 + last)
    (measure,) = [m for m in document.measures if m.action == "表彰"]
    assert [entity.name for entity in measure.object.entities] == ["湖南省财政厅"]


def test_a_person_holds_the_posts_beside_the_name() -> None:
    document = read("省委副书记、省长王大明出席。省长调研。")
    (person,) = [mention for mention in document.mentions if mention.type == "Person"]
    assert {post.name for post in person.posts} == {"中共湖南省委副书记", "湖南省省长"}


def test_groups_and_towns_carry_the_area_of_their_report() -> None:
    document = read_string(
        "红安县2021年工作总结\n\n脱贫户增收，七里坪镇、永佳河镇获评示范镇，柏林寺村获评示范村。\n"
    )
    keys = {mention.name: mention.entity.key for mention in document.mentions}
    assert keys["脱贫户"] == keys["柏林寺村"] == "红安县"
    assert keys["七里坪镇"] == "421122101-1980"
