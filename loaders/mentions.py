"""Who and what is named: areas, bodies, people, posts, groups, programmes, documents, events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from policygraph.graph.statements import Mention, MentionType, Span
from policygraph.loaders.numbers import Number
from policygraph.loaders.setting import Setting
from policygraph.loaders.structure import Outline
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import vocabulary

LONGEST_AREA = 15
_TITLE = re.compile(r"《([^《》\n]{1,80})》|《([^《》\n，,。；;]{2,40})(?=[，,。；;\n])")
_SELF = {"全省": 2, "我省": 2, "全市": 4, "我市": 4, "全县": 6, "我县": 6, "全区": 0, "我区": 0, "全州": 4, "我州": 4}
_LEVEL_CHARS = {"province": "省", "prefecture": "市", "county": "县"}
_STEM_EDGE = re.compile(r"[^\u4e00-\u9fff“”+A-Za-z0-9]|[以在将对了的等个]|针对|各类|(?<=\d)[年月]")
_WIDENING = re.compile(
    r"(?:农村|国定|乡村振兴|省级|中央|新型|省直|省派|省内|市县|社会|防返贫|外出务工|农业产业化|雨露计划|相关)+$"
)
_SHARED = re.compile(
    r"省委、省政府(?:主要|分管|有关)领导|市县(?:乡)?(?:党委和政府|党委政府(?:主要负责人|分管负责人)?|乡村振兴局干部)"
    r"|各级(?:各部门|党委和政府|党委农村工作领导小组|党委政府|党组织)|省直(?:相关|有关)?(?:行业)?(?:部门|单位)|省市县(?:机关年轻干部)?"
    r"|(?:革命老|民族地|边疆地|脱贫地|山)区"
)
_HAN = r"[\u4e00-\u9fff]"


def find_mentions(
    text: str, outline: Outline, setting: Setting, numbers: Sequence[Number]
) -> list[Mention]:
    """The mentions of a report in reading order; flat, the longest at each place wins."""
    return _Finder(text, outline, setting, numbers).find()


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, MentionType]]:
    table: dict[str, MentionType] = {}
    for concept in vocabulary("mention-heads"):
        for label in concept.labels:
            table[label] = concept.value("type")  # type: ignore[assignment]
    longest = sorted(table, key=lambda label: (-len(label), label))
    return re.compile("|".join(map(re.escape, longest))), table


@cache
def _labels(name: str) -> dict[str, tuple[str, str, str]]:
    """Label → (key, full form, body) of one vocabulary."""
    return {
        label: (c.key, c.value("full"), c.value("body"))
        for c in vocabulary(name)
        for label in c.labels
    }


@cache
def _alternation(*names: str) -> str:
    labels = {label for name in names for label in _labels(name)}
    return "|".join(map(re.escape, sorted(labels, key=lambda label: (-len(label), label))))


@cache
def _surnames() -> str:
    labels = [label for c in vocabulary("surnames") for label in c.labels]
    return "|".join(sorted(labels, key=lambda label: (-len(label), label)))


class _Finder:
    """Gathers candidates of every kind and keeps the longest of those that overlap."""

    def __init__(
        self, text: str, outline: Outline, setting: Setting, numbers: Sequence[Number]
    ) -> None:
        self.text = text
        self.start = outline.body_start
        self.setting = setting
        self.numbers = {number.end: number for number in numbers}
        self.found: list[Mention] = []

    def find(self) -> list[Mention]:
        """All kept mentions."""
        for reader in (
            self._documents,
            self._central,
            self._bodies,
            self._posts_and_persons,
            self._named,
            self._groups,
            self._level_groups,
            self._areas,
        ):
            self.found += reader()
        ranked = sorted(self.found, key=lambda m: (-(m.span.end - m.span.start), m.span.start))
        taken = bytearray(len(self.text))
        kept = []
        for mention in ranked:
            if not any(taken[mention.span.start : mention.span.end]):
                taken[mention.span.start : mention.span.end] = b"\1" * (
                    mention.span.end - mention.span.start
                )
                kept.append(mention)
        return sorted(kept, key=lambda m: m.span.start)

    def _mention(
        self, start: int, end: int, kind: MentionType, name: str, rule: str, **more: object
    ) -> Mention:
        span = Span(start, end, self.text[start:end])
        return Mention(span, kind, name, f"mention/{rule}", **more)  # type: ignore[arg-type]

    def _documents(self) -> Iterator[Mention]:
        """《湖北省乡村建设行动推进方案》, also where the closing mark is missing."""
        for m in _TITLE.finditer(self.text, self.start):
            yield self._mention(m.start(), m.end(), "Document", m[1] or m[2], "title-marks")

    def _central(self) -> Iterator[Mention]:
        """党中央、国务院."""
        for m in re.finditer(_alternation("central-bodies"), self.text[self.start :]):
            if m[0] == "中央" or re.match(r"[央国家]", self.text[self.start + m.end()]):
                continue
            key, full, _ = _labels("central-bodies")[m[0]]
            start = self.start + m.start()
            yield self._mention(
                start, start + len(m[0]), "Organization", full, f"central/{key}", area="中国"
            )

    def _level(self, char: str) -> str:
        """The full name of the area that 省, 市 or 县 points at in this report, or nothing."""
        area = self.setting.area
        if area is None:
            return ""
        chain = [area, *Register.load().ancestors(area, self.setting.year)]
        wanted = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture"}.get(
            char, "county"
        )
        for held in chain:
            if held.level == wanted or (held.level == "province" and held.name.endswith(char)):
                return held.name
        return ""

    def _level_groups(self) -> Iterator[Mention]:
        """省委、省政府分管领导 | 市县党委和政府: heads shared by several bodies are one group."""
        for m in _SHARED.finditer(self.text, self.start):
            yield self._mention(m.start(), m.end(), "Group", m[0], "group/shared-head")

    def _bodies(self) -> Iterator[Mention]:
        """省委 | 省农业农村厅 | 湖北省人民政府 | 市委农办."""
        pattern = re.compile(
            rf"(?P<area>{_HAN}{{1,9}}?[省市县区州])?(?P<level>省|市|县|区|州|自治区)"
            rf"(?P<short>{_alternation('bodies')})(?!书记|副书记|员)"
        )
        for m in pattern.finditer(self.text, self.start):
            area = self._level(m["level"])
            if not area:
                continue
            key, full, _ = _labels("bodies")[m["short"]]
            start = m.start("level")
            if key == "party-committee" and m["short"] == "委" and self._follows(m.end()):
                continue
            name = full.replace("{area}委", area + ("委" if area else "")).replace("{area}", area)
            name = name.replace("{short}", m["short"])
            yield self._mention(
                start, m.end(), "Organization", name, f"body/{key}", area=area
            )

    def _follows(self, end: int) -> bool:
        """Whether 委 begins a longer word (委托, 委员)."""
        return self.text[end : end + 1] in ("托", "员", "派", "会")

    def _posts_and_persons(self) -> Iterator[Mention]:
        """省委副书记、省长王忠林 | 国家乡村振兴局刘焕鑫局长."""
        person = rf"(?P<name>(?:{_surnames()}){_HAN}{{1,2}})"
        posts = _alternation("posts")
        before = re.compile(rf"(?P<posts>(?:{posts})(?:、(?:{posts}))*) ?{person}")
        for m in before.finditer(self.text, self.start):
            name, end = self._trim(m["name"], m.start("name"))
            yield self._mention(m.start("name"), end, "Person", name, "person/after-post")
            for post in re.finditer(posts, m["posts"]):
                at = m.start("posts") + post.start()
                yield self._post(at, post[0], "")
        after = re.compile(rf"{person}(?P<post>总书记|局长|厅长|部长|主任|省长|市长|县长)")
        for m in after.finditer(self.text, self.start):
            body = next(
                (f for f in self.found if f.span.end == m.start("name")), None
            )
            yield self._mention(m.start("name"), m.end("name"), "Person", m["name"], "person/before-post")
            yield self._post(m.start("post"), m["post"], body.name if body else "")

    def _trim(self, name: str, start: int) -> tuple[str, int]:
        """A given name of two characters whose second begins a common word is one."""
        if len(name) == 3 and name[2] in "到在对作的亲赴强主多出":
            name = name[:2]
        return name, start + len(name)

    def _post(self, at: int, word: str, body: str) -> Mention:
        _, full, within = _labels("posts")[word]
        level = next((c for c in ("自治区", "省", "市", "县", "州", "区") if c in word), "省")
        area = self._level(level) or self.setting.area_name
        parts = {"area": area, "short": word, "body": body}
        return self._mention(
            at,
            at + len(word),
            "Post",
            full.format(**parts),
            "post",
            area=area,
            parent=within.format(**parts),
        )

    def _named(self) -> Iterator[Mention]:
        """强县工程 | “头雁”培训行动 | 全国乡村建设工作会议: back from the head to the phrase's start."""
        pattern, table = _heads()
        for m in pattern.finditer(self.text, self.start):
            kind = table[m[0]]
            if kind not in ("Programme", "Platform", "Event"):
                continue
            stem = self._stem(m.start(), kind)
            if len(stem.strip("“”")) < 2 or stem[-2:] in ("全年", "年度", "各类", "等"):
                continue
            name = re.sub("[“”]", "", stem + m[0])
            yield self._mention(m.start() - len(stem), m.end(), kind, name, f"head/{m[0]}")

    def _stem(self, head: int, kind: MentionType) -> str:
        """What stands before a head and belongs to the name."""
        left = self.text[max(self.start, head - 24) : head]
        edge = [b.end() for b in _STEM_EDGE.finditer(left)]
        left = left[edge[-1] if edge else 0 :]
        wide = re.search("全国|国家|中央|全省", left)
        if wide and kind == "Event":
            return left[wide.start() :]
        quoted = re.search("“[^”]*”[^“”]*$", left)
        if quoted:
            return left[quoted.start() :]
        verb = _verbs().search(left)
        if verb and verb.start() <= 4:
            left = left[verb.end() :]
        return left.lstrip("了起好和与及把").replace("”", "")

    def _groups(self) -> Iterator[Mention]:
        """28个国定脱贫县 | 农村低收入人口: the count before belongs to it."""
        pattern, table = _heads()
        for m in pattern.finditer(self.text, self.start):
            if table[m[0]] != "Group":
                continue
            left = self.text[max(self.start, m.start() - 16) : m.start()]
            edge = [b.end() for b in re.finditer(r"[^\u4e00-\u9fff]", left)]
            first = m.start() - len(left) + (edge[-1] if edge else 0)
            number = next(
                (self.numbers[at] for at in range(first, m.start() + 1) if at in self.numbers),
                None,
            )
            if number is not None and self._is_one_noun(number.end, m.start(), m.end()):
                yield self._mention(
                    number.start,
                    m.end(),
                    "Group",
                    self.text[number.end : m.end()],
                    f"group/{m[0]}",
                    count=number.value,
                )
            elif len(m[0]) > 2 or m[0] in ("县市", "市县", "市州"):
                wide = _WIDENING.search(self.text[first : m.start()])
                start = m.start() - (len(wide[0]) if wide else 0)
                name = self.text[start : m.end()]
                if len(m[0]) > 2:
                    yield self._mention(start, m.end(), "Group", name, f"group/{m[0]}")

    def _is_one_noun(self, start: int, head: int, end: int) -> bool:
        """Whether nothing but modifiers stands between a count and a group's head."""
        between = self.text[start:head]
        if end - head == 1:
            return not between and self.text[end : end + 1] not in tuple("域级城里乡外内委（")
        return not re.search("的|和|等|在|共|带动|纳入|参与", between.removesuffix("的"))

    def _areas(self) -> Iterator[Mention]:
        """湖北 | 红安县 | 全省 | 全国, resolved by the report's own area and year."""
        register = Register.load()
        forms = register.forms()
        home, year = self.setting.area, self.setting.year
        at = self.start
        while at < len(self.text) - 1:
            pointed = self.text[at : at + 2]
            if pointed in _SELF and home:
                yield self._mention(at, at + 2, "Area", home.name, "area/own", code=home.code)
                at += 2
                continue
            if pointed in ("全国", "我国"):
                yield self._mention(at, at + 2, "Area", "中国", "area/country", code="000000")
                at += 2
                continue
            for length in range(min(LONGEST_AREA, len(self.text) - at), 1, -1):
                form = self.text[at : at + length]
                if form in forms and (
                    register.is_full(form) or self._is_bare_place(form, at, at + length)
                ):
                    place = register.resolve(form, within=home, year=year)
                    if place is not None:
                        yield self._mention(
                            at, at + length, "Area", place.name, "area/register", code=place.code
                        )
                    at += length
                    break
            else:
                at += 1


    def _is_bare_place(self, form: str, start: int, end: int) -> bool:
        """武汉 | 黄冈、黄石、荆州: a short form of an area of the report's own province.

        A county's short form also needs a list beside it: 咸安 in prose may be another word.
        """
        home = self.setting.area
        if home is None or home.code == "000000":
            return False
        place = Register.load().resolve(form, within=home, year=self.setting.year)
        if place is None or place.code[:2] != home.code[:2]:
            return False
        if place.level == "prefecture":
            return True
        beside = self.text[start - 1 : start] + self.text[end : end + 1]
        return "、" in beside or self.text[end : end + 1] == "等"


@cache
def _verbs() -> re.Pattern[str]:
    labels = {label for c in vocabulary("actions") for label in c.labels if len(label) > 1}
    return re.compile("|".join(sorted(map(re.escape, labels), key=lambda x: (-len(x), x))))
