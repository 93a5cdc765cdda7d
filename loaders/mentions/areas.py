"""Administrative areas, named or pointed at: 湖北, 红安县, 全省, 我国."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.scene import Scene, words
from policygraph.ontology.register import COUNTRY, Area, Register
from policygraph.ontology.vocabulary import word_cache

_OWN = "省市县区州"
# 北京市场, 中心城区域: the last character of the form begins another word.
_TORN = {"市": "场民容政值", "区": "域间块位", "省": "会", "县": "域"}
_ALONE = re.compile(r"[^\u4e00-\u9fff]|[的与和及在对是有已将经]|$")
_WHOLE_WORDS = "健安完齐周保"
_COUNTRY = {"全国": "area/country", "我国": "area/country", "中国": "area/country"}


@word_cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First two characters → the lengths of the forms that begin so, longest first."""
    held: dict[str, set[int]] = {}
    for form in Register.load().forms():
        held.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in held.items()}


@word_cache
def _after(role: str) -> tuple[str, ...]:
    return tuple(sorted(words("area-cautions", role)))


@word_cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The two characters that an area, 全省 or a caution can begin with."""
    pointed = {a + b for a in "全我" for b in _OWN} | set(_COUNTRY)
    cautions = {word[:2] for word in _after("skipped")}
    return frozenset((pair[0], pair[1]) for pair in {*_lengths(), *pointed, *cautions})


def _beginnings(text: str, start: int) -> list[int]:
    """Where an area may begin; one look at each pair of characters."""
    pairs = _pairs()
    found = zip(text[start:], text[start + 1 :], strict=False)
    return [at for at, pair in enumerate(found, start) if pair in pairs]


def find_areas(scene: Scene) -> Iterator[Mention]:
    """湖北 | 红安县 | 全省 | 全国, resolved by the report's own area and year."""
    text, next_at, last = scene.text, scene.start, -1
    above: Mention | None = None  # 南京市 in 南京市鼓楼区
    lengths = _lengths()
    for at in _beginnings(text, scene.start):
        if at < next_at:
            continue
        pair = text[at : at + 2]
        found = _pointed(scene, at, pair)
        if found is None and text.startswith(_after("skipped"), at):
            next_at = at + 2
            continue
        if found is None and pair in lengths:
            listed = text[at - 1 : at] in "、和与" and last == at - 1
            within = above if last == at else None
            found = _named(scene, at, lengths[pair], within, listed=listed)
        if found is None:
            continue
        yield found
        next_at = last = found.span.end
        above = found


def _pointed(scene: Scene, at: int, pair: str) -> Mention | None:
    """全省, 我省 | 全国, 我国, 中国."""
    text = scene.text
    if pair in _COUNTRY:
        barred = _after("notChina") if pair == "中国" else _after("within")
        if text.startswith(barred, at + 2) or _is_torn(scene, at):
            return None
        # 中国长城博物馆 is a name; 中国经济 speaks of the country only where it is spoken of.
        if pair == "中国" and _is_local(scene) and not _ALONE.match(text, at + 2):
            return None
        return _area(scene, at, at + 2, "中国", COUNTRY, _COUNTRY[pair])
    if pair[0] in "全我" and pair[1] in _OWN and not _is_torn(scene, at):
        area = scene.area_of(pair[1])
        if area is not None:
            return _area(scene, at, at + 2, area.name, area.code, "area/own")
    return None


def _is_local(scene: Scene) -> bool:
    """Whether the report is that of a province, a city or a county."""
    home = scene.setting.area
    return home is not None and home.code != COUNTRY


def _is_torn(scene: Scene, at: int) -> bool:
    """健|全国资监管, 安|全区域: the 全 ends another word."""
    text = scene.text
    return text[at] == "全" and at > scene.start and text[at - 1] in _WHOLE_WORDS


def _named(
    scene: Scene, at: int, lengths: tuple[int, ...], within: Mention | None, *, listed: bool
) -> Mention | None:
    register, text = Register.load(), scene.text
    forms = register.forms()
    for length in lengths:
        form = text[at : at + length]
        if len(form) < length or form not in forms or _torn(text, at + length, form[-1]):
            continue
        area = _resolved(scene, form, within)
        # A name of another year is more often two words (新增城市) than a place.
        if area is None or not area.valid(scene.setting.year):
            continue
        end = at + length
        # 鲁中山区 holds no 中山区: districts elsewhere are named with their city.
        if form[-1] == "区" and area.level == "county" and not _near(scene, area):
            continue
        if register.is_full(form) and len(form) > 2 and form == area.name:
            return _area(scene, at, end, area.name, area.code, "area/register")
        if text.startswith(_after("after"), end):
            continue
        if register.is_full(form) and not _doubtful(form):
            return _area(scene, at, end, area.name, area.code, "area/register")
        if _own(scene, area) and (listed or not _doubtful(form)):
            return _area(scene, at, end, area.name, area.code, "area/short")
    return None


def _torn(text: str, end: int, last: str) -> bool:
    return end < len(text) and text[end] in _TORN.get(last, "")


def _doubtful(form: str) -> bool:
    return form in words("area-cautions", "common")


def _near(scene: Scene, area: Area) -> bool:
    home = scene.setting.area
    return home is None or home.code == COUNTRY or area.code[:2] == home.code[:2]


def _own(scene: Scene, area: Area) -> bool:
    """Short forms are read only inside the report's own province."""
    home = scene.setting.area
    return home is not None and home.code != COUNTRY and area.code[:2] == home.code[:2]


def _resolved(scene: Scene, form: str, within: Mention | None) -> Area | None:
    register, year = Register.load(), scene.setting.year
    above = register.by_code(within.code, year) if within and within.code else None
    area = register.resolve(form, within=above or scene.setting.area, year=year)
    return area if area is not None and area.code != COUNTRY else None


def _area(scene: Scene, start: int, end: int, name: str, code: str, rule: str) -> Mention:
    return scene.mention(start, end, "Area", name, rule, code=code)
