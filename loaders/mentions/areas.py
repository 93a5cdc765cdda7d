"""Administrative areas, named or pointed at: 湖北, 红安县, 全省, 我国."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import area_entity, country, home_entity
from policygraph.loaders.mentions.area_forms import (
    OWN,
    beginnings,
    cautions,
    is_acting_with,
    is_cut,
    is_doubtful,
    is_near,
    is_own,
    lengths_of,
    resolve,
)
from policygraph.loaders.mentions.mention_context import MentionContext, words
from policygraph.loaders.mentions.phrases import may_end_name
from policygraph.loaders.words.characters import (
    COUNTRY_NAME,
    ENDING_IN_WHOLE,
    FAR_LEVELS,
    LISTED,
    POINTING,
    REACHING,
    SIZES,
)
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as words_of_class
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import COUNTRY, Area, Register, stem_of
from policygraph.ontology.rules import rule_name

_ALONE = WordPattern(r"[^\u4e00-\u9fff]|[的与和及在对是有已将经]|$")
_BOUND = WordPattern(r"{over-after|under-after}")
_TOWN = WordPattern(r"镇(?![村街])|乡(?![村镇土])|{subdistrict}")
# 民权、民乐: how many doubtful names in a row are looked past for one that is none.
_LONGEST_DOUBT = 4
# A brand in quotation marks is no longer than twice so many characters.
_BRAND = 8
_OPENED = WordPattern(r"“[\u4e00-\u9fffA-Za-z0-9·、 ]*\Z")
_CLOSED = WordPattern(rf"[\u4e00-\u9fffA-Za-z0-9·]{{0,{_BRAND}}}”")
_LINE = WordPattern(r"{line-kind}")
_LINE_ON = WordPattern(r"[\u4e00-\u9fff]{2,6}?{line-kind}")
_PORT = WordPattern(r"{port}(?![务区])")
_STATION = WordPattern(
    r"{street-kind}|线(?![上下])|[东南西北]站|[\u4e00-\u9fff]{0,3}?[一二三四]桥|[\u4e00-\u9fff]{2,4}?{facility-of-traffic}|{station-of-place}"
)
# 习水|河, 清江|流域: a river is no area; 镇安|抽水蓄能电站 stands in one.
_RIVER = WordPattern(r"(?!{no-river}){river}")
# 思南|黄牛, 静宁|苹果: what is named after a place.
_GOODS = WordPattern(r"{goods-of-place}")
_SECTION = "段"
# 平安|嘉善, 法治|嘉善: what a place is to become.
_SLOGAN = WordPattern(r"{slogan-of-place}\Z")
_HONOUR = WordPattern(r"全[\u4e00-\u9fff]{4,24}”")
# A report written after its year may name what came of an area since.
_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Place:
    """An area found in the text, and the area whose list it stands in (南京市玄武区、鼓楼区)."""

    end: int
    area: Area
    holder: Area | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The area a form directly follows, or is listed after, and the area that holds its list."""

    directly: Area | None = None
    listed: Area | None = None
    holder: Area | None = None
    seen: frozenset[str] = frozenset()


def find_areas(context: MentionContext) -> Iterator[Mention]:
    """湖北 | 红安县 | 全省 | 全国, resolved by the report's own area and year."""
    yield from _acting_region(context)
    last: Mention | None = None
    for found in _single_areas(context):
        if last is not None and _is_within(found, last):
            # 山东省日照市 is one area, 日照市, told with the one it lies in.
            start, rule = last.span.start, found.rule
            found = context.mention_of(start, found.span.end, found.entity, rule)
        elif last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _acting_region(context: MentionContext) -> Iterator[Mention]:
    """，自治区|实施“三大战略”: an autonomous region told by its level alone, where it acts."""
    region = words_of_class("autonomous-region")[0]
    area = context.area_of(region)
    if area is None:
        return
    at = context.text.find(region, context.start)
    while at >= 0:
        end = at + len(region)
        verb = lexicon().verb_at(context.text, end, len(context.text))
        acts = verb is not None and len(verb.text) > 1 and not verb.has("nominal")
        if acts and _begins(context, at):
            yield context.mention_of(at, end, area_entity(area), rule_name("area-own"))
        at = context.text.find(region, end)


def _is_within(found: Mention, last: Mention) -> bool:
    """Whether an area directly follows the one it lies in."""
    inner, outer = found.entity.area, last.entity.area
    if found.span.start != last.span.end or inner is None or outer is None:
        return False
    if last.rule == rule_name("area-own"):
        return False  # 我省|宿州市埇桥区
    return outer.code != COUNTRY and _lies_in(inner, outer)


def _single_areas(context: MentionContext) -> Iterator[Mention]:
    """Each area by itself."""
    text, next_at, lengths = context.text, context.start, lengths_of()
    last: Place | None = None
    seen: set[str] = set()
    for at in beginnings(text, context.start):
        if at < next_at or _ends_bound(context, at):
            continue
        pair = text[at : at + 2]
        found = _pointed(context, at, pair)
        if found is None and text.startswith(cautions("skipped"), at):
            next_at = at + 2
            continue
        neighbours = _neighbours(text, at, last, frozenset(seen))
        if found is None and pair in lengths:
            found = _named(context, at, lengths[pair], neighbours)
        if found is None:
            continue
        yield found
        next_at = found.span.end
        area = found.entity.area
        last = Place(next_at, area, _holder(area, neighbours)) if area else None
        if area is not None:
            seen.add(area.code)


def _ends_bound(context: MentionContext, at: int) -> bool:
    """300个以|上海洋经济项目: 以上 after a number begins no area."""
    return at - 1 in context.ends and bool(_BOUND.match(context.text, at - 1))


# -- what stands beside -----------------------------------------------------------------------


def _neighbours(text: str, at: int, last: Place | None, seen: frozenset[str]) -> Neighbours:
    if last is not None and last.end == at:
        return Neighbours(directly=last.area, seen=seen)
    if last is not None and last.end == at - 1 and text[at - 1] in LISTED:
        return Neighbours(listed=last.area, holder=last.holder, seen=seen)
    return Neighbours(seen=seen)


def _holder(area: Area, neighbours: Neighbours) -> Area | None:
    """The area that goes on holding what is listed after this one."""
    return next(
        (above for above in (neighbours.directly, neighbours.holder) if _lies_in(area, above)), None
    )


def _lies_in(area: Area, above: Area | None) -> bool:
    return above is not None and area.code != above.code and Register.load().inside(area, above)


def _next_listed(context: MentionContext, end: int) -> Area | None:
    """The area listed next, if a sure one comes within a few: 公安、石首, 和政、广河."""
    text, lengths = context.text, lengths_of()
    for _ in range(_LONGEST_DOUBT):
        if text[end : end + 1] not in tuple(LISTED):
            return None
        at = end + 1
        for length in lengths.get(text[at : at + 2], ()):
            form = text[at : at + length]
            area = resolve(context, form, context.context.area)
            if area is not None and _is_known_here(context, form, area):
                if not is_doubtful(form, area):
                    return area
                end = at + length
                break
        else:
            return None
    return None


def _is_known_here(context: MentionContext, form: str, area: Area) -> bool:
    """Whether a form is a province's, or short for an area of the report's own province."""
    known = area.level == "province" or _is_national_city(context, area) or is_own(context, area)
    return known and (area.level == "province" or area.valid(context.context.year))


def _is_national_city(context: MentionContext, area: Area) -> bool:
    """深圳、珠海 in a report of the country: cities listed together need not say 市."""
    home = context.context.area
    return home is not None and home.code == COUNTRY and area.level == "prefecture"


def _is_national_county(context: MentionContext, form: str, area: Area) -> bool:
    """汶川、玉树、舟曲 in a report of the country: counties whose short names are no other words."""
    home = context.context.area
    national = home is not None and home.code == COUNTRY
    return national and area.level == "county" and not is_doubtful(form, area)


# -- all of it, or a name ---------------------------------------------------------------------


def _pointed(context: MentionContext, at: int, pair: str) -> Mention | None:
    """全省, 我省 | 全国, 我国, 中国."""
    text = context.text
    if pair in words_of_class("country"):
        barred = cautions("notChina") if pair == COUNTRY_NAME else cautions("within")
        if text.startswith(barred, at + 2) or _is_torn(context, at) or _is_honour(text, at):
            return None
        if pair == COUNTRY_NAME and text[at - 1 : at] in tuple(SIZES):
            return None  # 庆祝新|中国70华诞 tells a time
        # 中国长城博物馆 is a name; 中国经济 speaks of the country only where it is spoken of.
        if pair == COUNTRY_NAME and _is_local(context) and not _ALONE.match(text, at + 2):
            return None
        return context.mention_of(at, at + 2, country(), rule_name("area-country"))
    torn = _is_torn(context, at) or _is_honour(text, at)
    if pair[0] in POINTING and pair[1] in OWN and not torn:
        area = context.area_of(pair[1])
        if area is not None:
            return context.mention_of(at, at + 2, area_entity(area), rule_name("area-own"))
    if pair in words_of_class("whole-of-region") and not torn:
        region = next((a for a in context.chain if pair[1] in a.name[:3]), None)
        if region is not None and region.level == "province":
            return context.mention_of(at, at + 2, area_entity(region), rule_name("area-own"))
    home = home_entity(context.context)
    is_town = bool(context.context.locality) and home is not None and home.name.endswith(pair[1])
    if pair[0] in POINTING and home is not None and is_town and not _is_torn(context, at):
        # 全镇 in a town's report.
        return context.mention_of(at, at + 2, home, rule_name("area-own"))
    return None


def _is_reached(context: MentionContext, at: int, end: int) -> bool:
    """赴|深圳、合肥|招商: a city elsewhere, where someone goes to or deals with it."""
    text = context.text
    before, listed = text[at - 1 : at], text[end : end + 1] in tuple(LISTED)
    return before in REACHING and (listed or may_end_name(text, end))


def _is_honour(text: str, at: int) -> bool:
    """“全国先进工作者”, “全省优秀法官”: a title of honour in quotation marks names no area."""
    return text[at - 1 : at] == "“" and bool(_HONOUR.match(text, at))


def _is_local(context: MentionContext) -> bool:
    """Whether the report is that of a province, a city or a county."""
    home = context.context.area
    return home is not None and home.code != COUNTRY


def _is_torn(context: MentionContext, at: int) -> bool:
    """健|全国资监管, 安|全区域: the 全 ends another word."""
    text = context.text
    return text[at] == "全" and at > context.start and text[at - 1] in ENDING_IN_WHOLE


def _named(
    context: MentionContext, at: int, lengths: tuple[int, ...], neighbours: Neighbours
) -> Mention | None:
    """The longest form that may be read as an area here."""
    text, forms = context.text, Register.load().forms()
    for length in lengths:
        end = at + length
        form = text[at:end]
        if len(form) < length or form not in forms or is_cut(text, end, form[-1]):
            continue
        # 通山镇, 洪山镇: a town that bears the short name of a county elsewhere.
        if _TOWN.match(text, end) and form[-1] not in OWN:
            continue
        area = _resolved(context, at, form, neighbours)
        if area is None or is_acting_with(context, form, area):
            continue
        if area.valid(context.context.year):
            rule = _accepted(context, at, form, area, neighbours)
        elif form == area.name and is_own(context, area):
            rule = _of_another_year(context, at, area)
            if not rule and _hides(text, end, form):
                return None
        else:
            continue
        if rule:
            return context.mention_of(at, end, area_entity(area), rule)
    return None


def _accepted(
    context: MentionContext, at: int, form: str, area: Area, neighbours: Neighbours
) -> str:
    """The rule by which a form is read as an area, empty where it is not."""
    text, end, full = context.text, at + len(form), Register.load().is_full(form)
    follows_its_city = _lies_in(area, neighbours.directly) or _lies_in(area, neighbours.holder)
    # 鲁中山区 holds no 中山区: districts elsewhere are named with their city.
    if (
        form[-1] == "区"
        and area.level == "county"
        and not follows_its_city
        and not is_near(context, area)
        and area.code not in neighbours.seen  # 北京市通州区 … 与通州区
    ):
        return ""
    named = form == area.name
    if not named and _is_in_name(text, at, end, area):
        return ""
    if named and full and len(form) > 2:
        return rule_name("area-register")
    if text.startswith(cautions("after"), end) or text[at - 1 : end] in words(
        "area-cautions", "holding"
    ):
        return ""
    own_province = area.level == "province" and area in context.chain
    sure = not is_doubtful(form, area) or own_province or _is_listed(context, end, area, neighbours)
    if full and sure:
        return rule_name("area-register")
    named_alone = _is_national_city(context, area) or _is_national_county(context, form, area)
    if named_alone and sure and _is_listed(context, end, area, neighbours):
        return rule_name("area-short")
    if not is_own(context, area):
        reached = sure and _is_told_far(context, at, form, area, neighbours)
        return rule_name("area-short") if reached else ""
    # 阳泉市城区 | ，新县红色旅游: a name of two characters where it cannot be half a word.
    if named and (follows_its_city or (form[-1] != "区" and _begins(context, at))):
        return rule_name("area-register")
    return rule_name("area-short") if sure else ""


def _is_told_far(
    context: MentionContext, at: int, form: str, area: Area, neighbours: Neighbours
) -> bool:
    """Whether the short name of an area elsewhere stands where one does: 博州, 锡盟 anywhere, 赴|深圳、合肥."""
    if form != area.name and form[-1] in FAR_LEVELS:
        return True
    near = neighbours.listed is not None or _is_reached(context, at, at + len(form))
    return (area.level == "prefecture" and near) or _lies_in(area, neighbours.directly)


def _is_branded(text: str, at: int, end: int) -> bool:
    """“水韵江苏”, “山西精品”: the name of a brand or a slogan, whose words name no area."""
    opened, closed = _OPENED.search(text, max(0, at - _BRAND), at), _CLOSED.match(text, end)
    return bool(opened and closed) and text[at - 1 : at] + text[end : end + 1] != "“”"


def _is_in_name(text: str, at: int, end: int, area: Area) -> bool:
    """Whether a short form is part of a brand, a road, a river, a facility, a slogan or a product."""
    # 平安|嘉善, “坚持科学发展、构建和谐|四川”, but 建设平安|浙江
    may_be = area.level != "province" or text.startswith("”", end)
    slogan = may_be and _SLOGAN.search(text, max(0, at - 2), at)
    river = area.level != "province" and _RIVER.match(text, end)
    goods = area.level != "province" and _GOODS.match(text, end)
    port = area.level == "county" and _PORT.match(text, end)  # 黄骅|港, 武隆|机场
    return (
        bool(slogan or river or goods or port)
        or _is_branded(text, at, end)
        or _is_on_line(text, at, end)
    )


def _is_on_line(text: str, at: int, end: int) -> bool:
    """四平至双辽高速公路, 沿江高铁武汉至宜昌段: the ends of a road or a railway are part of its name."""
    begun = text[end : end + 1] in ("至", "到") and _LINE_ON.match(text, end + 1)
    ended = text[at - 1 : at] in ("至", "到") and _LINE.match(text, end)
    section = text.startswith(_SECTION, end) and _LINE.match(text[max(0, at - 4) : at][-2:])
    return bool(begun or ended or section or _STATION.match(text, end))


def _of_another_year(context: MentionContext, at: int, area: Area) -> str:
    """原襄樊市 in a later report, 郧阳区 in one of the year before it came to be."""
    year = context.context.year or 0
    if area.first_year > year:
        return rule_name("area-later") if area.first_year <= year + _YEARS_AHEAD else ""
    before = context.text[max(context.start, at - 3) : at]
    # 潍县萝卜, 新区创新氛围: a short one of the past needs to be called so.
    sure = (
        len(area.name) > 2
        and not area.name.endswith(words_of_class("prefecture"))
        and _begins(context, at)
    )
    return rule_name("area-former") if sure or before.endswith(cautions("former")) else ""


def _hides(text: str, end: int, form: str) -> bool:
    """Whether a name of the past keeps a shorter one of today from being read in it.

    新|增城市 holds no 增城; 恩施地区生产总值 and 黄州市区 hold 恩施 and 黄州.
    """
    return not form.endswith(words_of_class("prefecture")) and text[end : end + 1] != "区"


def _begins(context: MentionContext, at: int) -> bool:
    """Whether no word stands directly before."""
    return at == context.start or not "\u4e00" <= context.text[at - 1] <= "\u9fff"


def _is_listed(context: MentionContext, end: int, area: Area, neighbours: Neighbours) -> bool:
    """和政、广河 | 与河南、安徽: a province among provinces, another area among others."""
    neighbour = neighbours.listed or _next_listed(context, end)
    province = area.level == "province"
    return neighbour is not None and (neighbour.level == "province") == province


def _resolved(context: MentionContext, at: int, form: str, neighbours: Neighbours) -> Area | None:
    """What a form means here: in the area it follows, in that of its list, in the report's."""
    for within in (neighbours.directly, neighbours.holder):
        area = resolve(context, form, within) if within is not None else None
        if area is not None and _lies_in(area, within):
            return area
    if (province := _nicknamed(context, form, at + len(form))) is not None:
        return province
    area, home = resolve(context, form, context.context.area), context.context.area
    if area is not None and area == home and form != area.name:
        return _seat(context, form, at + len(form), area, neighbours) or area
    return area


def _nicknamed(context: MentionContext, form: str, end: int) -> Area | None:
    """龙江 in a report of 黑龙江省 is the province, unless a list of its counties goes on."""
    for area in context.chain:
        if area.level == "province" and stem_of(area.name)[1:] == form:
            return None if context.text[end : end + 1] in ("县", "、") else area
    return None


def _seat(
    context: MentionContext, form: str, end: int, home: Area, neighbours: Neighbours
) -> Area | None:
    """恩施、利川、巴东 in a report of 恩施州: listed with its counties it is 恩施市."""
    neighbour = neighbours.listed or _next_listed(context, end)
    if neighbour is None or not _lies_in(neighbour, home):
        return None
    namesakes = Register.load().candidates(form, context.context.year)
    seats = [area for area in namesakes if _lies_in(area, home)]
    return seats[0] if len(seats) == 1 else None
