"""Party and state bodies: 省委, 市政府, 省农业农村厅, 国务院, with their full names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.scene import LEVELS, Scene, lexicon, matches
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.register import Area, Register

_LEVEL = "|".join(LEVELS)
# 委 is a body only where no longer word begins with it, 政府 only where none ends in it.
_NOT_AFTER = "托员派会任属聘副书"
_NOT_GOVERNMENT = (
    "投资",
    "采购",
    "债",
    "性",
    "引导",
    "补贴",
    "服务",
    "工作报告",
    "网",
    "主导",
    "部门",
    "隐性",
    "专项",
)


@cache
def _local() -> re.Pattern[str]:
    departments = alternation(lexicon("departments"))
    suffixes = alternation(lexicon("body-suffixes"))
    return re.compile(
        rf"(?P<level>{_LEVEL})(?:(?P<body>{alternation(lexicon('bodies'))})"
        rf"|(?P<department>{departments})(?P<suffix>{suffixes}))"
    )


@cache
def _next() -> re.Pattern[str]:
    """A second department after 、 that shares the level of the first."""
    departments = alternation(lexicon("departments"))
    suffixes = alternation(lexicon("body-suffixes"))
    return re.compile(rf"、(?P<department>{departments})(?P<suffix>{suffixes})")


@cache
def _central() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("ministries")))


# Bodies whose names others of theirs begin with.
_WHOLES = ("中共{area}委员会", "{area}人民政府", "{area}人民代表大会")


def find_bodies(scene: Scene) -> Iterator[Mention]:
    """省委 | 市政府 | 湖北省人民政府 | 省发展改革委、财政厅 | 党中央、国务院."""
    text = scene.text
    for m in matches(_central(), scene):
        concept = lexicon("ministries")[m[0]]
        if not text.startswith(("制", "集中统一领导"), m.end()):
            name, rule = concept.value("full"), f"central/{concept.key}"
            yield scene.mention(m.start(), m.end(), "Organization", name, rule, area="中国")
    for m in matches(_local(), scene):
        yield from _read(scene, m)


def _read(scene: Scene, m: re.Match[str]) -> Iterator[Mention]:
    text, end = scene.text, m.end()
    start, area = whose(scene, m.start(), m["level"])
    if area is None:
        return
    if m["body"]:
        if m["body"] == "委" and text[end : end + 1] in _NOT_AFTER and text[end : end + 1]:
            return
        if m["body"].endswith("政府") and text.startswith(_NOT_GOVERNMENT, end):
            return
        concept = lexicon("bodies")[m["body"]]
        # 省法院 is a 高级人民法院, 县法院 a 人民法院.
        full = concept.value(f"full{area.level.capitalize()}") or concept.value("full")
        yield _body(scene, start, end, full, area, concept.key)
        return
    yield _department(scene, start, m, area)
    following = _next().match(text, end)
    while following:
        yield _department(scene, following.start() + 1, following, area)
        following = _next().match(text, following.end())


def _department(scene: Scene, start: int, m: re.Match[str], area: Area) -> Mention:
    function = lexicon("departments")[m["department"]]
    suffix = lexicon("body-suffixes")[m["suffix"]]
    name = "{area}" + function.value("full") + suffix.value("full")
    above = "" if function.value("vertical") == "true" else f"{area.name}人民政府"
    return _body(scene, start, m.end(), name, area, function.key, above)


def _body(
    scene: Scene, start: int, end: int, full: str, area: Area, key: str, above: str = ""
) -> Mention:
    """A body with the one it belongs to: 省委宣传部 to 省委, 省财政厅 to 省政府."""
    name = full.replace("{area}", area.name)
    for whole in _WHOLES:
        held = whole.replace("{area}", area.name)
        if name.startswith(held) and name != held:
            above = held
    return scene.mention(
        start, end, "Organization", name, f"body/{key}", area=area.name, parent=above
    )


def whose(scene: Scene, at: int, level: str) -> tuple[int, Area | None]:
    """湖北省 | 咸宁市 before the body, or the area the bare level points at."""
    text, end = scene.text, at + len(level)
    register = Register.load()
    for start in range(max(scene.start, end - 12), at - 1):
        form = text[start:end]
        if form in register.forms():
            area = register.resolve(form, within=scene.setting.area, year=scene.setting.year)
            if area is not None:
                return start, area
    if at > scene.start and text[at - 1] in "省市县区州":
        return at, None
    return at, scene.area_of(level)
