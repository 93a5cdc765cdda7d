"""Whose report it is: the country, an area of the register, or a town or zone below it.

Told by what the caller gives, else by title, issuer, header and opening, each with its words. Where
these do not tell for certain the area stays open: a name is never taken from a newspaper's dateline,
nor 中国 from a county that was made anonymous (xx县, **市).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.graph.statements import Choice, Span
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.characters import COUNTY_LEVELS, NAMED_LEVELS, PROVINCE_LEVELS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue, words_of
from policygraph.loaders.words.patterns import WordList, alternation
from policygraph.ontology.register import COUNTRY, LAST_YEAR, Area, Register
from policygraph.ontology.vocabulary import vocabulary, word_cache

LONGEST_FORM = 15
_OPENING = 600  # characters of the body in which the area may be named
_BODY = 3000  # and those in which it is, where nothing above said so
# xx县, ××市, **区, 某镇: the name was taken out.
_ANONYMOUS = WordPattern(
    r"(?:[xX×✕╳]{1,4}|(?<![A-Za-z0-9])[A-Z]{1,2}|[*＊]{1,4}|[○〇□]{2,4}|_{2,6}|某){autonomous}?[省市县区镇乡州旗盟村]"
)
_NATIONAL = WordPattern(
    r"{state-council}(?:{state-council-after}|[\u4e00-\u9fff]{2,8}{state-council-office})"
    r"|{national-congress}|{republic}(?!成[立])|{on-behalf}{state-council}"
)
# 北京日报, 新华社北京3月5日电, 本报武汉讯: who printed it and where from.
# 新疆生产建设兵团第八师|石河子市: a division and its city are one.
_DIVISION = compiled(
    r"^\s*[\u4e00-\u9fff]{0,8}第[一二三四五六七八九十]{1,3}师(?=[\u4e00-\u9fff]{2,5}市)"
)
_PRESS = WordPattern(
    r"[^\n，。：:（()）]{0,12}{press}[^\n，。]{0,6}|{agency}[^\n，。电讯]{1,12}[电讯]"
    r"|{byline}[：:／/ ][^\n]{0,40}"
)
_TITLE_GOES_ON = r"\d{4}|二[〇○零]|[“”\"'\s：:，,]|[上下]半[年]|{title-after-name}|$"
_TOWN_NAME = WordPattern(
    r"(?P<name>[\u4e00-\u9fff]{1,9}?(?:镇|(?<!城)乡(?!村)|{subdistrict}|(?<![乡农驻])村|{community}))"
    rf"(?={{town-body}}|{_TITLE_GOES_ON})"
)
# 香花桥街道|平安建设工作总结: a town before the work that its report is about.
_TOWN_OF_WORK = WordPattern(
    r"(?P<name>[\u4e00-\u9fff]{1,6}?(?:镇|(?<!城)乡(?!村)|{subdistrict}))(?=[\u4e00-\u9fff、]{2,12}?{title-work})"
)
_ZONE_NAME = WordPattern(
    rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?{{zone-head}}(?:第[一二三四五六七八九十]{{1,3}}师)?)(?={{zone-body}}|{_TITLE_GOES_ON})"
)
_SELF = WordPattern(
    r"[全我](?P<whole>[省市县区州旗盟镇乡])(?![委政]|[级域外])"
    r"|(?<![各地市县区乡镇村内外政特])(?P<body>[省市县区州旗盟镇乡])(?:委、|委[市]|{government-short})"
)
_NATION = WordPattern(
    r"{whole-nation}(?![各性人先文模重五劳道])|{own-nation|state-council|national-economy}"
)
# 江北省水利厅, 江北市2022年…; but 全省, 我市, 大城市.
_UNREGISTERED = WordPattern(
    r"[\s“\"《]*{about}?(?P<name>(?![全我本各某该])[\u4e00-\u9fff]{2,4}?(?<!城)"
    rf"(?:{'|'.join(NAMED_LEVELS)}))(?=[\u4e00-\u9fff]{{0,12}}[厅局委院办府]|\d{{4}})"
)
# 新建|县社会福利院 builds a home of the county; 新建县人民政府, 新建县委 are of 新建县.
_BUILT = WordPattern(r"(?<![省市]){new}(?=[县区](?!{town-body}|[委]))")
_OWN_NATION = WordPattern(r"{own-nation}")
# 在|曹县|第十六届人民代表大会, 2010年|曹县|农业局, 关于印发《|礼县|2019年…》: what parts a county of two characters from the words before it.
_SHORT_WITHIN = WordPattern(
    r"(?:^|(?<=[\s，。：:；;、（(《“—―在年度于届])|{*before-county}|{party-prefix})"
    r"(?P<name>[\u4e00-\u9fff][县旗])(?=第[一二三四五六七八九十百]|[\u4e00-\u9fff]{0,10}?[局委会办厅院府党报总计公]|\d{4})"
)


@dataclass(frozen=True, slots=True)
class ReportArea:
    """The area of the register, the town or zone in it (empty where it is the area itself), and why.

    ``open_at`` is where the text leaves it open, ``open_why`` what a reader is told about it.
    """

    area: Area | None = None
    locality: str = ""
    choice: Choice | None = None
    open_at: Span | None = None
    open_why: str = ""


def read_area(
    text: str, outline: Outline, *, given: str, issuer: str, year: int | None
) -> ReportArea:
    """Whose report it is; raises SourceError where the caller's area is none, or may be several."""
    if given:
        return _given(given, year)
    for source, start, words in _sources(text, outline, issuer):
        found = _told(text, source, start, words, year)
        if found is None and source != "header":
            found = _of_namesakes(text, outline, source, words, year)
            if found is not None:
                return found
        if found is not None:
            return (
                found
                if found.area or not found.locality
                else _placed(text, outline, found, issuer, year)
            )
    unknown = _unregistered(text, outline.header.title, issuer)
    if unknown is not None and unknown.open_at and unknown.open_at.quote.endswith(PROVINCE_LEVELS):
        return unknown
    found = _of_body(text, outline, year)
    if unknown and (found.area is None or _is_another(unknown, found)):
        return unknown
    return found


def _is_another(unknown: ReportArea, found: ReportArea) -> bool:
    """清源县民政局2023年工作总结 that names 红安县: another county than the one whose report it is."""
    name = unknown.open_at.quote if unknown.open_at else ""
    return found.area is not None and name[-1:] == found.area.name[-1:] and name != found.area.name


def _given(given: str, year: int | None) -> ReportArea:
    """The area the caller names: 湖北省, 北京市通州区, 红安县七里坪镇, 420000."""
    # Imported where it is needed: its words take a while, and most reports say themselves whose they are.
    from policygraph.graph.reconciliation.area_matching import match_area

    register = Register.load()
    area = register.resolve(given, within=None, year=year)
    found = match_area(given, register, year=year) if area is None else ()
    if found and found[0].match:
        area = found[0].area
    if area is None:
        raise SourceError(f"area {given}: {_not_one([each.area for each in found], year)}")
    if area.level == "township":
        return ReportArea(register.ancestors(area)[0], area.name, Choice("given"))
    return ReportArea(area, choice=Choice("given"))


def _not_one(areas: list[Area], year: int | None) -> str:
    """Why a name is no one area: those it may mean, each by its names from the province down and its code."""
    if not areas:
        return "not in the register; name a province, city or county"
    register = Register.load()
    said = []
    for area in [area for area in areas if area.valid(year or LAST_YEAR)] or areas:
        above = (each.name for each in register.ancestors(area) if each.code != COUNTRY)
        said.append(f"{''.join(reversed([area.name, *above]))} ({area.code})")
    return f"not certain which; there are {', '.join(said)}; give one of these names or codes"


def _unregistered(text: str, title: str, issuer: str) -> ReportArea | None:
    """江北省水利厅2022年工作总结: a title or an issuer with an area that the register does not hold."""
    for words in (title, issuer):
        named = _UNREGISTERED.match(words)
        if named:
            why = f"{named['name']} is no area of the register"
            return _left_open(_span(text, named["name"], max(0, text.find(words))), why)
    return None


def _sources(text: str, outline: Outline, issuer: str) -> Iterator[tuple[str, int, str]]:
    """Title, issuer and header in this order: what each is, where it stands, its words."""
    header = outline.header
    head = text[: header.body_start]
    yield "title", max(0, text.find(header.title)) if header.title else 0, header.title
    yield "issuer", max(0, text.find(issuer)) if issuer else 0, issuer
    yield "header", 0, head


def _told(text: str, source: str, start: int, words: str, year: int | None) -> ReportArea | None:
    """What one source tells of the area: nothing, an area, a town, or that it was taken out."""
    for unsaid in (_PRESS, _DIVISION):
        words = unsaid.sub(lambda m: " " * len(m[0]), words)
    register = Register.load()
    anonymous = _ANONYMOUS.search(words)
    if anonymous:
        return _left_open(_span(text, anonymous[0], start), "the area's name was taken out")
    area, end = _narrowed(words, year)
    if area is None and source != "header":
        area, end = _short_name(words, year)
    if area is None:
        area, end = _short_within(words, year)
    nation = _NATIONAL.search(words)
    if nation and (area is None or nation.start() < end):
        country = register.by_code(COUNTRY)
        return ReportArea(country, choice=Choice(source, _span(text, nation[0], start)))
    if area is None and source != "header" and _opens_with_ministry(words):
        country = register.by_code(COUNTRY)
        return ReportArea(country, choice=Choice(source, _span(text, words[:5].strip(), start)))
    locality = _locality(words, end) if source != "header" else ""
    said = words[_begin(words, area, end) : end] if area is not None and locality else ""
    if area is not None and said != area.name and _is_kind(locality):
        locality = (
            said + locality
        )  # 北京|经济技术开发区, 新疆|生产建设兵团: a name only with that of its place
        end = _begin(words, area, end)
    if area is None and not locality:
        return None
    said = locality if area is None else words[_begin(words, area, end) : end] + locality
    return ReportArea(area, locality, Choice(source, _span(text, said, start)))


@word_cache
def _ministries() -> WordList:
    labels = [w for c in vocabulary("ministries") for w in c.labels if len(w) > 3]
    return WordList((*labels, *words_of("document-state-council")))


def _opens_with_ministry(words: str) -> bool:
    """农业农村部, 国家统计局 at the head of a title or an issuer: a body of the country."""
    said = words.lstrip()
    return any(
        said.startswith(about) and _ministries().begins(said, len(about))
        for about in ("", *words_of("about"))
    )


def _left_open(span: Span | None, why: str) -> ReportArea:
    return ReportArea(open_at=span, open_why=why)


def _begin(words: str, area: Area, end: int) -> int:
    """Where the area's name begins that ends at ``end``."""
    forms = (area.name, *area.short_forms, area.name[:2])
    return max((words.rfind(form, 0, end) for form in forms if form), default=0) if end else 0


def _span(text: str, words: str, start: int) -> Span | None:
    at = text.find(words, start) if words else -1
    at = text.find(words) if at < 0 and words else at
    return Span(at, at + len(words), words) if at >= 0 else None


# -- names ------------------------------------------------------------------------------------


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Area names in full form in reading order, the longest at each place."""
    register = Register.load()
    forms = register.forms()
    at = 0
    while at < len(text) - 1:
        for length in range(min(LONGEST_FORM, len(text) - at), 1, -1):
            form = text[at : at + length]
            if form in forms and register.is_full(form):
                yield at, form
                at += length
                break
        else:
            at += 1


def _narrowed(text: str, year: int | None) -> tuple[Area | None, int]:
    """The first area named and where its name ends.

    湖北省黄冈市红安县 narrows it down as long as names follow at once.
    """
    register = Register.load()
    found: Area | None = None
    expected = -1
    for at, form in _places(text):
        if any(area.code == COUNTRY for area in register.candidates(form)):
            continue
        if found is not None and at != expected:
            break
        place = register.resolve(form, within=found, year=year)
        if place is not None and (found is None or found in register.ancestors(place, year)):
            found = place
            expected = at + len(form)
        elif found is not None:
            break
    return _short_county(text, found, max(expected, 0), year)


def _short_county(
    text: str, found: Area | None, at: int, year: int | None
) -> tuple[Area | None, int]:
    """江苏省|沛县安国镇: a county of two characters right after the area it lies in."""
    form = text[at : at + 2]
    if found is None or form[-1:] not in COUNTY_LEVELS or form not in Register.load().forms():
        return found, at
    place = Register.load().resolve(form, within=found, year=year)
    within = place is not None and found in Register.load().ancestors(place, year)
    return (place, at + 2) if place is not None and within and place.name == form else (found, at)


_YEAR_FIRST = compiled("[0-9〇○零一二三四五六七八九]{4}年[度]?")
_ABOUT = WordPattern(r"[\s“\"《]*{about}?{party-prefix}?")


def _short_name(words: str, year: int | None) -> tuple[Area | None, int]:
    """随县, 威县: a name of two characters is one where a title or an issuer begins with it."""
    at = _ABOUT.match(words)
    start = at.end() if at else 0
    form = words[start : start + 2]
    register = Register.load()
    if form[-1:] not in COUNTY_LEVELS or form not in register.forms():
        return None, 0
    area = register.resolve(form, within=None, year=year)
    if area is None or area.name != form:
        return None, 0
    return area, start + 2


def _short_within(words: str, year: int | None) -> tuple[Area | None, int]:
    """在|曹县|第十六届人民代表大会, 2010年|单县|政府工作报告: a county of two characters that a mark or a year parts from what is before it."""
    register = Register.load()
    for match in _SHORT_WITHIN.finditer(words):
        area = register.resolve(match["name"], within=None, year=year)
        if area is not None and area.name == match["name"]:
            return area, match.end("name")
    return None, 0


@word_cache
def _kinds_of_towns() -> re.Pattern[str]:
    labels = [w for c in vocabulary("area-cautions") if c.value("role") == "town" for w in c.labels]
    return compiled(alternation(label for label in labels if len(label) > 1))


@word_cache
def _countryside() -> tuple[str, ...]:
    return tuple(
        label
        for concept in vocabulary("area-cautions")
        if concept.value("role") == "countryside"
        for label in concept.labels
    )


def _locality(words: str, end: int) -> str:
    """The town or zone that follows an area's name, or begins the words: 随县|洪山镇."""
    begin = end
    if not end:
        at = _ABOUT.match(words)
        begin = at.end() if at else 0
        dated = _YEAR_FIRST.match(words, begin)
        begin = dated.end() if dated else begin  # 2023年度|中坝镇工作总结
    for pattern in (_TOWN_NAME, _TOWN_OF_WORK, _ZONE_NAME):
        match = pattern.match(words, begin)
        # After its county even 民族街道 is a name, and no kind of streets.
        if match is None or len(match["name"]) < 3:
            continue
        # 合肥|高新技术产业开发区, 苏州|工业园区: a zone named by where it lies and what it is.
        placed = pattern is _ZONE_NAME and Register.load().begins_with_area(match["name"])
        if pattern is _TOWN_OF_WORK and match["name"].endswith(_countryside()):
            continue  # 小城镇|建设工作总结
        if end or placed or not _is_kind(match["name"]):
            return match["name"]
    return ""


def _is_kind(name: str) -> bool:
    return bool(_kinds_of_towns().search(name[:-1]))


def _placed(
    text: str, outline: Outline, found: ReportArea, issuer: str, year: int | None
) -> ReportArea:
    """A town or zone with the area it lies in, where issuer, header or opening names that before it."""
    register, forms = Register.load(), Register.load().forms()
    words = _PRESS.sub("", issuer + "\n" + text[: outline.header.body_start + _OPENING])
    for match in re.finditer(re.escape(found.locality), words):
        for length in range(min(LONGEST_FORM, match.start()), 1, -1):
            form = words[match.start() - length : match.start()]
            area = register.resolve(form, within=None, year=year) if form in forms else None
            if area is not None and (area.name == form or register.is_full(form)):
                return ReportArea(area, found.locality, found.choice)
    county = _county_of_town(text, outline, found.locality, year)
    return found if county is None else ReportArea(county, found.locality, found.choice)


def _county_of_town(text: str, outline: Outline, town: str, year: int | None) -> Area | None:
    """练市镇2019年工作总结 that names 湖州: the county of the town of a name whose county, city or province the text names."""
    register = Register.load()
    body = text[: outline.header.body_start + _BODY]
    counties = []
    for each in register.townships_named(town):
        above = [area for area in register.ancestors(each, year) if area.code != COUNTRY]
        forms = (form for area in above for form in (area.name, *area.short_forms))
        if above and above[0].valid(year) and any(len(form) > 1 and form in body for form in forms):
            counties.append(above[0])
    return counties[0] if len(counties) == 1 else None


def _of_namesakes(
    text: str, outline: Outline, source: str, words: str, year: int | None
) -> ReportArea | None:
    """青山区卫生健康局2020年工作总结: one of several areas of a name, by the province or city that the text names in full.

    Where it names none, or those of several, the report is of an area of that name, which one stays open.
    """
    about = _ABOUT.match(words)
    start = about.end() if about else 0
    register = Register.load()
    forms = (words[start : start + length] for length in range(LONGEST_FORM, 2, -1))
    name = next((form for form in forms if form in register.forms() and register.is_full(form)), "")
    candidates = [area for area in register.candidates(name, year) if area.name == name]
    if len(candidates) < 2:
        return None
    span = _span(text, name, max(0, text.find(words)))
    body = text[: outline.header.body_start + _BODY]
    meant = [
        area
        for area in candidates
        if any(a.name in body for a in register.ancestors(area, year) if a.code != COUNTRY)
    ]
    told, _ = _narrowed(body[outline.header.body_start :], year)
    meant = [told] if told is not None and told in candidates else meant
    if len({area.code for area in meant}) == 1:
        return ReportArea(meant[-1], choice=Choice(source, span))
    return ReportArea(None, name, Choice(source, span), span, _not_one(candidates, year))


# -- how the body speaks of itself ------------------------------------------------------------


def _of_body(text: str, outline: Outline, year: int | None) -> ReportArea:
    """What the opening names, where it fits how the text speaks of itself (全县, 我省, 我国)."""
    start = outline.header.body_start
    opening, body = text[start : start + _OPENING], text[start : start + _BODY]
    anonymous = _ANONYMOUS.search(body)
    if anonymous:
        return _left_open(_span(text, anonymous[0], start), "the area's name was taken out")
    register = Register.load()
    nation = _NATIONAL.search(opening)
    own = Counter(match["whole"] or match["body"] for match in _SELF.finditer(text, start))
    if not own:
        said = nation or _nation(text, start, outline.header.title)
        if said is not None:
            country = register.by_code(COUNTRY)
            return ReportArea(country, choice=Choice("body", _span(text, said[0], said.start())))
    words = _PRESS.sub(lambda m: " " * len(m[0]), body)
    words = _BUILT.sub(lambda m: " " * len(m[0]), words)
    area, end = _narrowed(words, year)
    if area is None:
        area, end = _short_within(words, year)
    if area is None:
        told = _SELF.search(text)
        if told is None:
            return ReportArea()
        return _left_open(_span(text, told[0], told.start()), f"{told[0]} is named nowhere")
    named = _span(text, words[_begin(words, area, end) : end], start)
    if own and not _fits(area, own):
        level = own.most_common(1)[0][0]
        why = f"names {area.name}, yet speaks of itself as 全{level}"
        return _left_open(named, why)
    return ReportArea(area, choice=Choice("body", named))


def _nation(text: str, start: int, title: str) -> re.Match[str] | None:
    """我国, or 全国 in a government work report: a text that never says 全省 speaks of the country."""
    return _OWN_NATION.search(text, start) or (
        _NATION.search(text, start) if cue("national-report").search(title) else None
    )


def _fits(area: Area, own: Counter[str]) -> bool:
    """Whether a text that says 全市 may be that of an area: 北京市, not 黄冈市's 红安县."""
    level = own.most_common(1)[0][0]
    ends = {"区": ("区",), "市": ("市",)}.get(level, (level,))
    return area.name.endswith(ends)
