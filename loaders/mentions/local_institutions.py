"""Institutions of an area, a town or a village, companies by their full names, known enterprises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.area_forms import (
    is_cut,
    is_two_words,
    lengths_of,
    resolve,
)
from policygraph.loaders.mentions.home_towns import home_town_stems, home_towns
from policygraph.loaders.mentions.mention_context import (
    LEVELS,
    MentionContext,
    matches,
    name_of_owned,
    words,
)
from policygraph.loaders.mentions.mention_context import lexicon as lexicon_of
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name, phrase_start
from policygraph.loaders.mentions.villages import is_kind_of_town
from policygraph.loaders.words.characters import (
    AFTER_ACTOR,
    AFTER_VILLAGE,
    BEFORE_OWNER,
    BODY_ENDS,
    BODY_LAST,
    CLOSED_KINDS,
    COMPANION,
    JOINTS,
    LISTED,
    NEVER_IN_INSTITUTION,
    NOT_OWNING,
    NUMBERED_SCHOOL,
    ORDINALS,
    PARTY,
    PARTY_COMMITTEE,
    POINTING,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation, firsts
from policygraph.loaders.words.verbs import Verb, acting, lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_REACH = 22
_LONGEST_STEM = 14
_SHORTEST_STEM = 2
_SHORTEST_JOINT = 4
_NUMBERED = 2
_LONGER = {"协": ("作",), "学": ("生", "城"), "投": ("资", "入")}
# A short name of so many characters is read after any word.
_SURE = 4
_COUNTY_LENGTHS = range(9, 2, -1)
_LONGEST_PART = 6
# 遵义市红十字会|向|镇敬老院: a preposition after the last word of a body.
_BROKEN = WordPattern(
    rf"^[两{ORDINALS}][省市州县区]|[{NEVER_IN_INSTITUTION}]|为(?![民农老企侨])|[^\u4e00-\u9fff]"
    rf"|(?<=[会{BODY_ENDS}])[{AFTER_ACTOR}]"
)
# 县政府和|镇党委: a body that 和 joins to another.
_BODY_JOINED = WordPattern(r"(?:{government|town-party|town-watchdog}|^委){and}")
# 江格村第一书记杨建平协调|县|供销社: a level right before the last word begins the name.
_OWNED_ANEW = WordPattern(r"(?<=..)[省市县旗]\Z")
_JOINED = WordPattern(f"[{JOINTS}]")
_COMPANY = WordPattern(r"[\u4e00-\u9fffA-Za-z（）()]{2,24}")
_ZONE_COMMITTEE = WordPattern(r"(?P<zone>{zone-head})(?P<committee>{zone-body})")
_VILLAGE_COMMITTEE = WordPattern(r"(?P<village>[\u4e00-\u9fff]{2,3}?村){village-committee}")
_BRANCH_AT = WordPattern(r"[\u4e00-\u9fff]{2,3}{branch-of-school}")
_IN_NAME = WordPattern(r"{in-name|works-in-name}")
# A body that ends inside the words before another: 国资委|帮扶…学校, 一中|结成…学校.
_INNER = WordPattern(r"{inner-body}")
_FRONT = WordPattern(r"(?!{in-name})(?:{never-in-name|before-name|leading})+")


@dataclass(frozen=True, slots=True)
class Owner:
    """What an institution belongs to: ``[start, end)`` and the words that begin its full name."""

    start: int
    end: int
    name: str
    town: bool = False


@word_cache
def _roles() -> dict[str, str]:
    """Last word → where it may stand; those of areas may stand after a town too."""
    roles = ("unit", "ofTown", "ofArea", "joint")
    return {word: role for role in roles for word in words("institutions", role)}


@word_cache
def _heads() -> re.Pattern[str]:
    roles = ("ofArea", "joint", "ofTown", "unit")
    last = [word for role in roles for word in words("institutions", role)]
    return compiled(f"(?=[{firsts(last)}])(?=(?P<head>{alternation(last)}))")


@word_cache
def _brands() -> frozenset[str]:
    """What stands before the area of a branch: 国网, 农业银行, 中国移动."""
    return words("institutions", "brand") | words("institutions", "known")


@word_cache
def _town_words(role: str) -> re.Pattern[str]:
    """镇, 乡, 街道 | 村, 社区."""
    return compiled(alternation(words("institutions", role)))


@word_cache
def _named(role: str) -> re.Pattern[str]:
    """A town or a village with its name of two to four characters."""
    last = alternation(words("institutions", role))
    return compiled(rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?(?:{last}))")


@word_cache
def _set_up() -> re.Pattern[str]:
    return compiled(alternation(words("institutions", "setUp")))


@word_cache
def _ending_kind() -> re.Pattern[str]:
    """Words that make no name; those of one character where nothing stands before them: 3家|医院, but 文家|中学."""
    kinds = words("institutions", "kind")
    long = alternation(kind for kind in kinds if len(kind) > 1)
    short = alternation(kind for kind in kinds if len(kind) == 1)
    return compiled(rf"(?:{long}|(?:^|[^\u4e00-\u9fff])(?:{short}))$")


@word_cache
def _full_heads() -> re.Pattern[str]:
    return compiled(alternation(words("institutions", "full")))


@word_cache
def _known() -> re.Pattern[str]:
    company = alternation(words("institutions", "companyWord"))
    return compiled(f"(?:{alternation(words('institutions', 'known'))})(?:{company})?")


def find_local_institutions(context: MentionContext) -> Iterator[Mention]:
    """县人民医院 | 县防汛抗旱指挥部 | 石会镇中心小学 | 华康医疗股份有限公司 | 华能集团."""
    for m in matches(_heads(), context):
        head = m["head"]
        owner = _owner(context, m.start(), head)
        if owner is not None:
            yield _of_owner(context, _branded(context, owner), m.start(), head)
            yield from _government_beside(context, owner, m.start() + len(head))
            yield from _listed_beside(context, owner, m.start() + len(head))
    for m in matches(_joint_heads(), context):
        yield from _set_up_here(context, m)
    for m in matches(_full_heads(), context):
        yield from _company(context, m)
    for m in matches(_VILLAGE_COMMITTEE, context):
        yield from _of_village(context, m)
    for m in matches(_ZONE_COMMITTEE, context):
        yield from _of_zone(context, m)
    for m in matches(_known(), context):
        begins = _begins(context.text, m.start(), context.start)
        short = len(m[0]) == _SHORTEST_STEM and m[0] not in class_words("sure-name")
        ends = not short or may_end_name(context.text, m.end())
        if (len(m[0]) < _SURE and not begins) or not ends:
            continue  # 李|华为, 上汽|时代
        start, area = _branch(context, m.start())
        end = _part_end(context.text, m.end())
        entity = organization_entity(area + context.text[m.start() : end], context.context)
        yield context.mention_of(start, end, entity, rule_name("institution-known"))


@word_cache
def _joint_heads() -> re.Pattern[str]:
    return compiled(alternation(class_words("joint-last")))


def _set_up_here(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """成立|环境卫生整治领导小组: a joint body right after the verb that sets it up."""
    text, floor = context.text, max(context.start, m.start() - _REACH)
    start = max((found.end() for found in _set_up().finditer(text, floor, m.start())), default=0)
    stem = text[start : m.start()]
    named = start and _SHORTEST_JOINT <= len(stem) <= _LONGEST_STEM and not _BROKEN.search(stem)
    if named and not stem.startswith((*LEVELS, *class_words("before-name"))):
        entity = organization_entity(text[start : m.end()], context.context)
        yield context.mention_of(start, m.end(), entity, rule_name("institution-local"))


def _of_village(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """石桥|村委会: the committee of a village whose last character it shares."""
    if may_begin_name(context.text, m.start()) and not is_kind_of_town(m["village"]):
        name = m["village"] + class_words("village-committee-full")[0]
        entity = organization_entity(name, context.context)
        yield context.mention_of(*m.span(), entity, rule_name("institution-local"))


def _of_zone(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """开发区管委会: the committee of a zone told by its kind, in the area or the zone of the report."""
    text, (start, end) = context.text, m.span()
    if may_begin_name(text, start) and may_end_name(text, end):
        home = context.context.locality or context.context.area_name
        own = home.endswith(m["zone"])
        name = home + (m["committee"] if own else m[0])
        entity = organization_entity(name, context.context)
        yield context.mention_of(start, end, entity, rule_name("institution-local"))


def _government_beside(context: MentionContext, owner: Owner, at: int) -> Iterator[Mention]:
    """松烟镇党委、|政府, 白云街道党工委、|办事处: the government of a town after its committee."""
    text = context.text
    beside = (*class_words("government"), *class_words("town-office"))
    word = next((word for word in beside if text.startswith(word, at + 1)), "")
    if not owner.town or text[at : at + 1] not in tuple(LISTED) or not word:
        return
    end = at + 1 + len(word)
    if not text.startswith(class_words("not-government"), end):
        entity = organization_entity(name_of_owned(word, owner.name), context.context)
        yield context.mention_of(at + 1, end, entity, rule_name("institution-local"))


def _listed_beside(context: MentionContext, owner: Owner, at: int) -> Iterator[Mention]:
    """镇派出所、|司法所、|卫生院, 县图书馆、|文化馆: the offices of a town or an area listed after its first."""
    text, of_area = context.text, _is_own_level(context.text, owner)
    if not of_area and (not owner.town or owner.name.startswith(text[owner.start : owner.end])):
        return  # only after a bare level: what follows 石会镇中心小学 may be another town's
    known = words("institutions", "ofArea" if of_area else "ofTown")
    while text[at : at + 1] in tuple(LISTED):
        offices = (word for word in known if text.startswith(word, at + 1))
        word = max(offices, key=len, default="")
        if of_area and word in class_words("unspecific-institution"):
            return
        if not word or not may_end_name(text, at + 1 + len(word)):
            return
        entity = organization_entity(name_of_owned(word, owner.name), context.context)
        yield context.mention_of(at + 1, at + 1 + len(word), entity, rule_name("institution-local"))
        at += 1 + len(word)


def _is_own_level(text: str, owner: Owner) -> bool:
    """Whether an institution is told by the level of the report's own area: 县|图书馆."""
    return not owner.town and text[owner.start : owner.end] in LEVELS


def _branch(context: MentionContext, at: int) -> tuple[int, str]:
    """市|工商银行: where a branch of the report's own area begins, and that area's name."""
    for level in LEVELS:
        start, area = at - len(level), context.area_of(level)
        if context.text.endswith(level, context.start, at) and area is not None:
            return (start, area.name) if may_begin_name(context.text, start) else (at, "")
    return at, ""


@word_cache
def _parts() -> re.Pattern[str]:
    parts = alternation(words("institutions", "branch"))
    return compiled(rf"(?P<of>[\u4e00-\u9fff]{{0,{_LONGEST_PART}}}?)(?:{parts})")


def _part_end(text: str, end: int) -> int:
    """华为|青浦研发中心, 中国移动|齐鲁创新院: where the name of its part ends, if one follows."""
    part = _parts().match(text, end)
    if part is None or _BROKEN.search(part["of"]) or _JOINED.search(part["of"]):
        return end
    acts = any(len(verb.text) > 1 for verb in lexicon().all_verbs(part["of"]).values())
    return part.end() if not acts and may_end_name(text, part.end()) else end


def _of_owner(context: MentionContext, owner: Owner, at: int, head: str) -> Mention:
    end = at + len(head)
    if branch := _BRANCH_AT.match(context.text, end):
        end = branch.end()  # 北京小学|郧阳分校
    name = owner.name + context.text[owner.end : end]
    full = lexicon_of("institutions")[head].value("full")
    if _is_of_party(context.text, owner):
        name = PARTY + name  # 市委|审计委员会
    if owner.end == at and full:
        name = full.format(town=owner.name, owner=owner.name)
    entity = organization_entity(name, context.context)
    return context.mention_of(owner.start, end, entity, rule_name("institution-local"))


def _is_of_party(text: str, owner: Owner) -> bool:
    """Whether 委 after a level makes the body one of the party's: 市|委审计委员会."""
    committee = text[owner.end : owner.end + 1] == PARTY_COMMITTEE
    return committee and text.endswith(LEVELS, owner.start, owner.end) and not owner.town


def _is_longer_word(text: str, at: int, end: int) -> bool:
    """Whether a last word is the first half of another: 扶贫协|作, 县一中|学生, 市城投|资金, 杭州六小|龙."""
    head = text[at:end]
    if text.startswith(tuple(class_words("office-last")), end):
        return True  # 中心小学校|长
    if text.startswith(_LONGER.get(head[-1], ()), end):
        return True
    numbered = len(head) == _NUMBERED and head[-1] in NUMBERED_SCHOOL
    return numbered and not (may_end_name(text, end) or _BRANCH_AT.match(text, end))


def _owner(context: MentionContext, at: int, head: str) -> Owner | None:
    """The first area, town or village before a last word whose name reaches up to it."""
    text = context.text
    if _is_longer_word(text, at, at + len(head)):
        return None
    joint, unit = _roles()[head] == "joint", _roles()[head] == "unit"
    floor = max(context.start, at - _REACH)
    if unit and not _may_be_unit(text, at, at + len(head)):
        return None
    open_end = unit and not may_end_name(text, at + len(head))
    if joint:  # 县巩固拓展脱贫攻坚成果领导小组 holds verbs, but none of those that set it up
        floor = max((m.end() for m in _set_up().finditer(text, floor, at)), default=floor)
    else:
        floor = _from_town(context, phrase_start(context, at, floor))
    for start in range(floor, at):
        if not _begins(text, start, floor):
            continue
        owner = _owner_at(context, start, at, head)
        if owner is None or start in context.ends:
            continue  # 9家|省基础科学中心
        stem = text[owner.end : at]
        if (
            len(stem) <= _LONGEST_STEM
            and (joint or _is_plain(stem, owner))
            and not _BROKEN.search(stem)
            and not _BODY_JOINED.search(stem)
            and not _OWNED_ANEW.search(stem)
            and not (unit and (_is_no_unit(context, owner, at, head) or _organises(stem)))
            and not _is_built(owner, stem, head)
            and not (open_end and not _is_sure(text, start, at + len(head)))
        ):
            return owner
    return None


def _from_town(context: MentionContext, at: int) -> int:
    """建设|新靖镇中心卫生院: a town of the report's own whose name begins with what may be a word before a name."""
    towns, text = home_towns(context), context.text
    lengths = range(3, 6)
    return at - 1 if any(text[at - 1 : at - 1 + n] in towns for n in lengths) else at


def _is_built(owner: Owner, stem: str, head: str) -> bool:
    """湘阴县|改造农村|中小学: whether an area builds schools, no school of its own is named."""
    verb = lexicon().verb_at(stem, 0, len(stem))
    builds = verb is not None and "builds" in verb.facets and 1 < len(verb.text) < len(stem)
    public = head.endswith(class_words("public-building"))
    return builds and public and owner.end - owner.start > 1


def _may_be_unit(text: str, at: int, end: int) -> bool:
    """Whether 办 ends no verb (举办) and 院 no longer word."""
    verbs, roles = lexicon().verbs, _roles()
    closed = text[end - 1] in CLOSED_KINDS
    longer = closed and any(text[start:end] in roles for start in range(max(0, end - 6), at))
    last = text[end - 2 : end]
    word = last in verbs or text.endswith(class_words("no-unit"), 0, end)
    return not word and not longer


def _is_sure(text: str, start: int, end: int) -> bool:
    """市教科所|立项: after a mark a unit needs no verb behind it that is known, if no longer word goes on."""
    marked = not "\u4e00" <= text[start - 1 : start] <= "\u9fff"
    return marked and not text.startswith(class_words("after-unit"), end)


def _is_no_unit(context: MentionContext, owner: Owner, at: int, head: str) -> bool:
    """新建|县养老服务中心 sets up a facility; 镇安|抽水蓄能电站 stands at a place."""
    text = context.text
    building = (*acting("builds"), *class_words("building"))
    built = text.endswith(building, max(0, owner.start - 4), owner.start)
    if text.endswith(tuple(_brands()), context.start, owner.start):
        return built  # 国家统计局|商洛调查队, 武警|抚州支队
    short = not owner.town and not text.endswith(LEVELS, owner.start, owner.end)
    stem = text[owner.end : at]
    return built or short or len(stem) < _SHORTEST_STEM or bool(set(stem) & set(BODY_LAST))


def _acts(stem: str) -> bool:
    """Whether a verb with its object stands in a stem: 镇党委|表彰各乡镇|卫生院, but 文旅投资|公司."""
    return any(
        len(verb.text) > 1 and not _IN_NAME.match(stem, at) and _takes_object(stem, at, verb)
        for at, verb in lexicon().all_verbs(stem).items()
    )


def _organises(stem: str) -> bool:
    """人大|组织|代表评议镇直站…: who has others act is named before that."""
    return any(at > 1 and verb.has("organizing") for at, verb in lexicon().all_verbs(stem).items())


def _takes_object(stem: str, at: int, verb: Verb) -> bool:
    """Whether a verb is one here: 表彰, and after a body any: 国资委|帮扶, 一中|结成对口帮扶."""
    objected = verb.has("strong") and len(verb.text) < len(stem) - at - 2
    return objected or _INNER.search(stem, 0, at) is not None


def _branded(context: MentionContext, owner: Owner) -> Owner:
    """国网 | 农业银行 before the area of a branch: 国网罗田县供电公司."""
    text = context.text
    for start in range(max(context.start, owner.start - 8), owner.start - 1):
        brand = text[start : owner.start]
        if brand in _brands():
            return Owner(start, owner.end, brand + owner.name)
    return owner


def _is_plain(stem: str, owner: Owner) -> bool:
    """Whether the words between owner and last word may be a name's."""
    if _acts(stem) or _JOINED.search(stem) or (stem and _FRONT.match(stem)):
        return False
    if stem.startswith(class_words("government")):
        return False  # 市政府|共建产业研究院
    return owner.town or not _ending_kind().search(stem)


@word_cache
def _openings() -> tuple[str, ...]:
    """得到了|县红十字会, 邀请|县第一中学: words before a name; not 高新|区第三幼儿园."""
    found = (*class_words("before-name"), *class_words("never-in-name"))
    return ("了", *(word for word in found if len(word) > 1))


def _begins(text: str, at: int, floor: int) -> bool:
    """Whether a name may begin here: after a mark, a particle, a joint or a verb."""
    if at == floor or not "\u4e00" <= text[at - 1] <= "\u9fff" or text[at - 1] in BEFORE_OWNER:
        return True
    if text.endswith(_openings(), floor, at):
        return True
    known = _leading()
    return any(text[max(floor, at - length) : at] in known for length in range(2, 9))


@word_cache
def _leading() -> frozenset[str]:
    """Verbs and brands, which a name may begin after."""
    return frozenset(lexicon().verbs) | _brands()


def _owner_at(context: MentionContext, start: int, at: int, head: str) -> Owner | None:
    role = _roles()[head]
    if role == "ofTown":
        return _town_at(context, start, at)
    return (
        _level_at(context, start, at)
        or _area_at(context, start, at)
        or (_town_at(context, start, at) if role in ("ofArea", "unit", "joint") else None)
    )


def _level_at(context: MentionContext, start: int, at: int) -> Owner | None:
    """县 in 县人民医院: the report's own area of the level."""
    text = context.text
    level = next((level for level in LEVELS if text.startswith(level, start)), "")
    end = start + len(level)
    whole = text.startswith(tuple(words("institutions", "afterLevel")), end)
    if not level or end > at or (text[end] in NOT_OWNING and not whole):
        return None
    if text[start - 1 : start] in tuple(POINTING):
        return None  # 全|县供销社系统
    if is_cut(text, end, level[-1]) and not whole:
        return None
    area = context.area_of(level)
    return Owner(start, end, area.name) if area is not None else None


def _area_at(context: MentionContext, start: int, at: int) -> Owner | None:
    """罗田县 in 罗田县城投公司: an area named."""
    text, forms = context.text, Register.load().forms()
    for length in lengths_of().get(text[start : start + 2], ()):
        end = start + length
        form = text[start:end]
        if end > at or form not in forms or is_cut(text, end, form[-1]) or text[end] in NOT_OWNING:
            continue
        area = resolve(context, form, context.context.area)
        if area is not None and not is_two_words(context, form, area, form[-1]):
            return Owner(start, end, form)
    return None


def _town_at(context: MentionContext, start: int, at: int) -> Owner | None:
    """石会镇 in 石会镇中心小学, 镇 in the report of a town, 北街社区 in 北街社区居委会."""
    text, own = context.text, context.context.area_name
    locality = context.context.locality
    for name in (locality, locality[:-1]):  # 洪口镇党委, 洪口中心小学 in 洪口镇
        if len(name) > 1 and text.startswith(name, start) and start + len(name) <= at:
            return Owner(start, start + len(name), name, town=True)
    if text[start:at] in home_town_stems(context):
        return Owner(start, at, text[start:at], town=True)  # 枫田卫生院 in 安福县
    level = _town_words("townWord").match(text, start, at)
    if level and own.endswith(level[0]):
        return Owner(start, level.end(), own, town=True)
    if level and own.endswith(tuple(words("institutions", "villageWord"))):  # 乡党委 in its report
        holder = own[: own.rfind(level[0], 0, -1) + len(level[0])] if level[0] in own[:-1] else ""
        return Owner(start, level.end(), holder or level[0], town=bool(holder))
    village = _town_words("villageWord").match(text, start, at)
    torn = village is not None and text[village.end()] in AFTER_VILLAGE
    if village and own.endswith(village[0]) and not torn:  # 村|党支部 in the report of a village
        return Owner(start, village.end(), own, town=True)
    inner = _after_county(text, start, at)
    for role in ("townWord", "villageWord"):
        found = _named(role).match(text, inner, at)
        owned = found and text[found.end()] not in NOT_OWNING  # 镇|直站所
        if found and owned and not is_kind_of_town(found["name"]) and not _is_verb(text, inner):
            return Owner(start, found.end(), text[start : found.end()], town=True)
    return None


def _after_county(text: str, start: int, at: int) -> int:
    """Past the county before a town: 建水县|临安镇中心卫生院."""
    forms = (text[start : start + length] for length in _COUNTY_LENGTHS)
    county = next((form for form in forms if Register.load().is_full(form)), "")
    return (
        start + len(county) if len(county) > _SHORTEST_STEM and start + len(county) < at else start
    )


def _is_verb(text: str, at: int) -> bool:
    """Whether a verb begins here: 改造|农村."""
    verb = lexicon().verb_at(text, at, at + 4)
    return verb is not None and len(verb.text) > 1


def _company(context: MentionContext, m: re.Match[str]) -> Iterator[Mention]:
    """A company by its full name, from the verb or mark before it."""
    text, end = context.text, m.end()
    start = phrase_start(context, m.start(), max(context.start, m.start() - _REACH))
    start = max(start, text.rfind(COMPANION, start, m.start()) + 1)
    verb = lexicon().verb_at(text, start, m.start() - 2)
    if verb is not None and len(verb.text) > 1:
        start += len(verb.text)
    start = max(
        (found.end() for found in _set_up().finditer(text, start, m.start())), default=start
    )
    stem = text[start : m.start()]
    if _COMPANY.fullmatch(stem) and not _ending_kind().search(stem):
        entity = organization_entity(text[start:end], context.context)
        yield context.mention_of(start, end, entity, rule_name("institution-full-name"))
