"""Named towns and villages, areas below the register: 七里坪镇、永佳河镇获评…, 万店镇塔儿湾村."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import home_entity
from policygraph.loaders.mentions.area_forms import resolve
from policygraph.loaders.mentions.home_towns import (
    full_name_of,
    home_town_stems,
    home_towns,
    is_town,
    is_town_of_province,
)
from policygraph.loaders.mentions.mention_context import MentionContext, matches, words
from policygraph.loaders.mentions.phrases import may_begin_name
from policygraph.loaders.numerals import numeral_value
from policygraph.loaders.words.characters import (
    AFTER_TOWN,
    COUNTY_LEVELS,
    LISTED,
    ORDINALS,
    OWN_LEVELS,
    PEOPLE,
    REACHED,
    TOWN_LEVELS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.register import Area, Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_SHORTEST, _LONGEST = 2, 4
_LONGEST_COUNTY = 15
_LONGEST_SHORT, _LIST_REACH = 3, 40
# 周郎嘴|回族|镇: the people whose town it is stands in the name.
_OF_PEOPLE = 5
_SHORT_NAMES = WordPattern(r"[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,5})+\Z")
# 甲秀、白果坨等4个|贫困村: what the names of those counted end with.
_VILLAGES = WordPattern(r"(?:村|{community})\Z")
_FRONT = WordPattern(r"{before-name|leading|never-in-name}")
# 次到|早齐村: a preposition stands before the name.
_NUMERAL = WordPattern(rf"\d{{1,3}}|[{ORDINALS}两]{{1,3}}")
_MOVING = WordPattern("[到赴把将的是在了个每]")
# 组对|八一街道; 对坪镇 begins with it.
_TO = WordPattern("(?<!^)对")
_HAN = WordPattern(r"[\u4e00-\u9fff]+")
# 村|级, 村|民, 村|委会: the character belongs to a word of these.
_WORD_OF_VILLAGE = WordPattern(
    "[级民组委干两里内容庄史情医官支企社落寨口道头部党域规务集镇庙貌屯财账均]"
)
# 社区 and 街道 are kinds of places too: 易地搬迁社区|群众.
_SURE_LAST = TOWN_LEVELS
_HOLDS_BODY = WordPattern(r"{government|town-party|town-watchdog}|^[省市州县区旗]委[和与及]")
# 镇|级, 镇|区: the character belongs to a word of these.
_PART_OF_TOWN = WordPattern("[级区域内容村街]")
_OF = "的"
# 百县千|乡, 一乡一|镇: round numbers of places, one of each.
_MANY = WordPattern(rf"[一百千万][{OWN_LEVELS}{TOWN_LEVELS}][一百千万]\Z")
_QUOTED = 12
_OPENED = WordPattern(r"“[\u4e00-\u9fff]*\Z")
_CLOSED = WordPattern(r"[\u4e00-\u9fff]{0,8}”")
_BEFORE_LIST = WordPattern(r"[，、。；：在对]")


@word_cache
def _last() -> re.Pattern[str]:
    last = (*words("institutions", "townWord"), *words("institutions", "villageWord"))
    return compiled(alternation(last))


@word_cache
def _upper() -> re.Pattern[str]:
    """A town or a county right before a village or a town: 万店镇|塔儿湾村, 随县|洪山镇."""
    upper = alternation((*words("institutions", "townWord"), *words("institutions", "countyWord")))
    return compiled(rf"(?:{upper})\Z")


@word_cache
def _generic() -> re.Pattern[str]:
    """示范镇, 行政村, 乡镇: kinds of towns, no names."""
    kinds = alternation(words("area-cautions", "town"))
    front = alternation(words("area-cautions", "townFront"))
    end = alternation(words("area-cautions", "townEnd"))
    return compiled(rf"{kinds}|^(?:{front})[\u4e00-\u9fff]{{2}}|(?:{end})$")


def is_kind_of_town(name: str) -> bool:
    """Whether words in 镇, 乡 or 村 name a kind of towns and no town: 示范镇, 各乡镇, 农村."""
    last = [m.start() for m in _last().finditer(name)]
    stem = name[: last[-1]] if last else name
    if _HOLDS_BODY.search(stem):
        return True  # 县政府和|镇党委, 镇党委和|镇政府
    if len(stem) < _SHORTEST or _is_countryside(name) or _is_sight(name) or _MANY.search(stem):
        return True
    if (
        stem[-1] in ORDINALS + "两"
        and name[last[-1]] in TOWN_LEVELS[: 3 if stem[-1] == "两" else 2]
    ):
        return True  # 固村三|镇, 西岭两|村
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(stem).values())
    plain = _HAN.fullmatch(stem) and not _MOVING.search(stem) and not _TO.search(stem)
    if stem.startswith(tuple(words("area-cautions", "townNamed"))):
        return not plain
    told = stem.removesuffix(class_words("people-of-town")[0]) if len(stem) > _LONGEST else stem
    return acting or bool(_generic().search(told)) or not plain


def _is_sight(name: str) -> bool:
    """彝人古镇, 水乡古镇: an old town to visit, unless the register knows a town of the name (万古镇)."""
    return name.endswith(tuple(words("area-cautions", "townSight"))) and not is_town(name)


def _is_countryside(name: str) -> bool:
    """农村, 中心城镇, 小集镇; but 郑集镇 and 张家集镇, whose names end as these words do."""
    last = words("area-cautions", "countryside")
    word = next((word for word in last if name.endswith(word)), "")
    stem = name[: -len(word)] if word else ""
    named = word in words("area-cautions", "townLike") and 1 <= len(stem) <= _SHORTEST
    return bool(word) and not (named and stem not in words("area-cautions", "townSize"))


def find_villages(context: MentionContext) -> Iterator[Mention]:
    """Towns and villages by name; after their county alone in reports of the country, or where no town of the province bears it."""
    yield from _own(context)
    home = context.context.area
    local = home is None or home.level in ("county", "prefecture")
    if local:
        yield from _before_count(context)
    last: Mention | None = None
    held: Area | None = None  # the county of the list: 麻城市龟山镇、城关镇
    for match in matches(_last(), context):
        listed = last is not None and _is_next(context.text, last.span.end, match.start())
        if context.text.startswith(tuple(class_words("community")), match.end()):
            continue  # 桃源新村|社区
        start = _start_of(context, match, last, listed=listed, local=local)
        if start is None:
            continue
        if context.text[start : match.end()] in words("groups", "head"):
            continue  # 软弱涣散村
        if _is_quoted_within(context.text, start, match.end()):
            continue
        county = _county_before(context, start)
        name = context.text[start : match.end()]
        if not local and county is None and not is_town_of_province(context, name):
            continue
        whole = start
        if last is not None and last.span.end == start and _upper().search(last.span.quote):
            whole = last.span.start
        held = county or (held if listed else None)
        rule = rule_name("area-town")
        last = context.mention(whole, match.end(), "Area", name, rule, within=held)
        yield last


def _start_of(
    context: MentionContext,
    match: re.Match[str],
    last: Mention | None,
    *,
    listed: bool,
    local: bool,
) -> int | None:
    """Where the name of a town or village begins that ends in this word; none where it is no name."""
    text, floor = context.text, last.span.end if last else context.start
    known = _known_start(context, match)
    noun = known is None and not listed and not _may_end(text, match.end())
    if noun and not (_is_before_noun(text, match) or _is_under(last, match)):
        return None
    start = known if known is not None else _start(text, match.start(), floor)
    if start is None and local:
        start = _worded(text, match, floor)
    if start is None and local:
        start = _right_under(text, match, last)
    return None if start is None or (noun and not _is_marked(text, start, match.end())) else start


def _right_under(text: str, match: re.Match[str], last: Mention | None) -> int | None:
    """池河镇|明星村: a word that tells of a kind elsewhere is a name right after a town."""
    if not _is_under(last, match) or last is None:
        return None
    start, name = last.span.end, text[last.span.end : match.end()]
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(name).values())
    kind = name in words("groups", "head") or _is_countryside(name) or name[0] in ORDINALS
    short = match.start() - start <= _LONGEST_SHORT and match[0] in _SURE_LAST
    return start if short and not acting and not kind and _HAN.fullmatch(name) else None


def _known_start(context: MentionContext, last: re.Match[str]) -> int | None:
    """严田镇|龙云移民安置点: where a town of the report's own county begins, whatever stands after it."""
    text, end = context.text, last.end()
    if _PART_OF_TOWN.match(text, end):
        return None
    known = home_towns(context)
    longest = last.start() - _LONGEST - _OF_PEOPLE
    starts = range(max(context.start, longest), last.start() - 1)
    return next((at for at in starts if text[at:end] in known), None)


def _before_count(context: MentionContext) -> Iterator[Mention]:
    """洪集、姚李|3个乡镇, 石店、白莲|等15个乡镇: towns by their short names before their number."""
    text = context.text
    for match in matches(_counted(), context):
        run = _SHORT_NAMES.search(
            text, max(context.start, match.start() - _LIST_REACH), match.start()
        )
        if run is None:
            continue
        at, last = run.start(), _VILLAGES.search(match[0])
        names = run[0].split("、")
        told = len(names) > 1 and _how_many(match[0]) == len(names)  # 灵溪、龙港|两镇
        for place, name in enumerate(names):
            start = at if place else _first_name(text, at, at + len(name))
            named = text[start : at + len(name)] if start is not None else ""
            listed = any(name in home_town_stems(context) for name in names)
            known = named in home_town_stems(context) or _is_short_town(named, told=told)
            if start is not None and (known or (listed and place)):
                full = full_name_of(context, named)
                kind = last[0] if last is not None else match[0][-1] if told else ""
                full += kind if full == named else ""
                yield context.mention(start, at + len(name), "Area", full, rule_name("area-town"))
            at += len(name) + 1


@word_cache
def _counted() -> re.Pattern[str]:
    """等15个乡镇, 三个自然村 after a list of towns."""
    kinds = alternation(words("area-cautions", "countedTown"))
    numbered = rf"等?(?:\d{{1,3}}|[{ORDINALS}两]{{1,3}})个(?:{kinds})"
    # 九集|等镇, 黄陂、青塘、固村|三镇
    bare = rf"等?[{ORDINALS[1:]}两](?:{kinds})(?![级域内民委中一二三四五六七八九十]|小(?=[学]))"
    return compiled(rf"{numbered}|等(?:{kinds})(?![级域内民委])|{bare}")


def _first_name(text: str, at: int, end: int) -> int | None:
    """Where the first name of a list begins: 涉及|洪集, 解决|东湾."""
    for start in range(at, end - 1):
        if _MOVING.match(text, start):
            continue  # 在|东山
        if end - start <= _LONGEST_SHORT and _may_begin(text, start, at):
            return start if start > at or not _HAN.fullmatch(text[at - 1 : at]) else None
    return None


def _how_many(counted: str) -> int:
    """How many towns 两镇 or 3个乡镇 tells; 0 where others are meant too (等15个乡镇)."""
    numeral = _NUMERAL.match(counted)
    return int(numeral_value(numeral[0])) if numeral else 0


def _is_short_town(name: str, *, told: bool = False) -> bool:
    """Whether two or three characters may be a town's short name: no verb, no kind of towns, no area but in a list ``told`` to be of towns."""
    kind = _generic().search(name) or _MOVING.search(name)
    acting = any(len(verb.text) > 1 for verb in lexicon().all_verbs(name).values())
    short = _SHORTEST <= len(name) <= _LONGEST_SHORT
    return short and not kind and not acting and (told or name not in Register.load().forms())


def _own(context: MentionContext) -> Iterator[Mention]:
    """民族街道 in its own report, by its whole name."""
    home = home_entity(context.context) if context.context.locality else None
    for match in re.finditer(re.escape(home.name), context.text) if home is not None else ():
        elsewhere = _county_before(context, match.start()) not in (None, context.context.area)
        if match.start() >= context.start and home is not None and not elsewhere:
            rule = rule_name("area-town")
            yield context.mention_of(match.start(), match.end(), home, rule)


def _is_quoted_within(text: str, start: int, end: int) -> bool:
    """“党建引领信用村”: a part of the words in quotation marks names no village."""
    opened, closed = _OPENED.search(text, max(0, start - _QUOTED), start), _CLOSED.match(text, end)
    return bool(opened and closed) and text[start - 1] + text[end] != "“”"


def _is_next(text: str, last: int, at: int) -> bool:
    """Whether 、 and a name of two to four characters stand between a town and another: 中童镇、春涛|镇."""
    return (
        text[last : last + 1] in tuple(LISTED + REACHED) and _SHORTEST <= at - last - 1 <= _LONGEST
    )


def _county_before(context: MentionContext, at: int) -> Area | None:
    """The county or city whose full name stands right before: 黄梅县|小池镇, 麻城市的|龟山镇; with its town it is one area."""
    register, text = Register.load(), context.text
    at -= text.startswith(_OF, at - 1)
    forms = (text[start:at] for start in range(max(context.start, at - _LONGEST_COUNTY), at - 1))
    areas = (resolve(context, f, context.context.area) for f in forms if register.is_full(f))
    found = next((area for area in areas if area is not None), None)
    return found or _short_county_before(context, at)


def _short_county_before(context: MentionContext, at: int) -> Area | None:
    """凤县|双石铺镇: a county of two characters, mentioned as such, right before."""
    form = context.text[max(context.start, at - 2) : at]
    if context.text[at] in REACHED:
        return None  # 洋县|至西乡
    if form[-1:] not in COUNTY_LEVELS or form not in Register.load().forms():
        return None
    area = resolve(context, form, context.context.area)
    return area if area is not None and area.name == form else None


def _start(text: str, at: int, floor: int) -> int | None:
    """Where the name that ends in 镇 or 村 at ``at`` begins: after a mark, a particle or a verb."""
    longest = _LONGEST if text[at - 1 : at] != PEOPLE else _LONGEST + _OF_PEOPLE
    if text.startswith(class_words("pasture"), at):
        longest += _OF_PEOPLE  # 额尔登布拉格|苏木
    for length in range(longest, _SHORTEST - 1, -1):
        start = at - length
        if start < floor or not _HAN.fullmatch(text[start:at]):
            continue
        name = text[start : at + 1]
        if _holds_county(text[start:at]):
            continue
        if _may_begin(text, start, floor) and not is_kind_of_town(name) and not _has_front(name):
            return start
    return None


def _holds_county(stem: str) -> bool:
    """歙县|深渡镇: a county of two characters before the name of its town."""
    return (
        len(stem) == _LONGEST and stem[1] in COUNTY_LEVELS and stem[:2] in Register.load().forms()
    )


def _worded(text: str, last: re.Match[str], floor: int) -> int | None:
    """发展村、永胜村: a name that is a verb elsewhere, between a mark and a village listed with it."""
    start = last.start() - _SHORTEST
    listed = compiled(rf"[{LISTED}][\u4e00-\u9fff]{{2,3}}{last[0]}")
    between = start == floor or bool(start > floor and _BEFORE_LIST.match(text, start - 1))
    word = text[start : last.start()]
    verb = lexicon().verbs.get(word)
    next_to = (
        listed.match(text, last.end()) or text[start - 1 - len(last[0]) : start - 1] == last[0]
    )
    return start if between and verb is not None and next_to else None


def _has_front(name: str) -> bool:
    """力争|大坪村: a word of two characters before a name; 新马桥镇 begins with one of one."""
    front = _FRONT.match(name)
    return front is not None and len(front[0]) > 1


def _may_begin(text: str, at: int, floor: int) -> bool:
    before = text[at - 1 : at]
    reached = at == floor + 1 and before in REACHED  # 院背村至|东谷村
    if at == floor or reached or not _HAN.fullmatch(before) or _upper().search(text[at - 2 : at]):
        return True
    torn = text[at - 1 : at + 1] in lexicon().verbs  # 建|设杨柳村
    return may_begin_name(text, at) and not torn and not _in_county(text, at)


def _in_county(text: str, at: int) -> bool:
    """Whether 从|江县 would cut the name of a county in two."""
    forms = Register.load().forms()
    return any(text[at - 1 : at + length] in forms for length in (2, 3, 4))


def _is_before_noun(text: str, last: re.Match[str]) -> bool:
    """桑梓村|残疾人, 源南乡|西部: a noun that stands right after the name of a village or a town."""
    if last[0] not in _SURE_LAST:
        return False
    known = text.startswith(class_words("after-village"), last.end())
    return known or (last[0] == _SURE_LAST[-1] and not _WORD_OF_VILLAGE.match(text, last.end()))


def begins_word_of_village(text: str, at: int) -> bool:
    """Whether the character after 村 belongs to a word with it: 村|委会, 村|民, 村|级."""
    return text[at - 1] == _SURE_LAST[-1] and bool(_WORD_OF_VILLAGE.match(text, at))


def _is_under(last: Mention | None, match: re.Match[str]) -> bool:
    """安福寺镇|桃缘社区农村家宴中心: a village right after its town is told by that."""
    if last is None or not _upper().search(last.span.quote):
        return False
    return _SHORTEST <= match.start() - last.span.end <= _LONGEST


def _is_marked(text: str, at: int, end: int) -> bool:
    """Whether a mark, a town or a verb stands before: no word whose end the name could be."""
    if not _HAN.fullmatch(text[at - 1 : at]) or _upper().search(text[at - 2 : at]):
        return True
    verb = lexicon().verbs.get(text[at - 2 : at])  # 流转|下石村土地
    return verb is not None and end - at > _SHORTEST


def _may_end(text: str, at: int) -> bool:
    """Whether the name of a town may end here: before a mark, a particle, a verb or an adverb."""
    after = text[at : at + 1]
    if not _HAN.fullmatch(after) or after in AFTER_TOWN:
        return True
    if lexicon().verb_at(text, at, len(text)) or lexicon().adverb_at(text, at, len(text)):
        return True
    return bool(_last().search(text, at + _SHORTEST, at + _LONGEST + 2))
