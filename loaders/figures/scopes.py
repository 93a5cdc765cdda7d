"""Which area or counted group a figure is taken over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from policygraph.graph.statements import Entity, Mention, Reference, Span
from policygraph.loaders.figures.number_context import NumberContext
from policygraph.loaders.figures.quantities import is_counted
from policygraph.loaders.figures.relations import COUNTED_PLACES
from policygraph.loaders.linking import NOTHING, Linker
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.words.characters import COUNTRY_NAME, DIGITS, HAN_DIGITS, LISTED
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, cue, opening
from policygraph.loaders.words.nouns import EDGES, thing_end
from policygraph.loaders.words.time import TIME_BEFORE_SCOPE
from policygraph.ontology.rules import rule_name

_JOINT = WordPattern(r"、|{and}")
_RANKED = WordPattern(r"{ranked-after}")
_RANKS = WordPattern(r"{ranking}$")
_AREAL = compiled("(?:[省市县州盟旗乡镇村]|(?<![新园发产融贸保商化能])区)$")
_PREPOSITION = compiled("[对把将为以从由在向给按]")


_WITH_WHOM = compiled(r"\s*[与同]")  # 与|江苏省|签订协议35项
_GRANTED = WordPattern(r"{granting}了?$")
_EACH = compiled("各(?![类项种方界级地族个省市县区乡镇村])[^，,。；;：:]{0,30}$")
_ROUTE = compiled("[至到—](?!今)[\u4e00-\u9fffA-Z]")  # 贵阳|至RCEP国家国际货运航线
_PEOPLE_OF = WordPattern(r"(?:{and}|、)?(?!{counting-verb})(?:[\u4e00-\u9fff]{2})?{people-of}")
_PREDICATE_LENGTH = 4  # characters that a noun with its predicate and 、 has at least
_LEAVES = WordPattern(r"(?:{leading|predicate-adverb})*{leaves-list}")  # 28个贫困村|全部退出
_DONOR = WordPattern(r"{donor}")
_SET_BY = WordPattern(r"{assigned}(?:的|[\u4e00-\u9fff]{0,6}{completion})")
_COUNTED = compiled(rf"[{DIGITS}{HAN_DIGITS}]")
_ZONE = WordPattern(r"[\u4e00-\u9fff]{0,6}?{zone}")


class Scopes:
    """The scope in force while the numbers of a document are read in order."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], context: ReportContext, linker: Linker
    ) -> None:
        self.text = text
        self.linker = linker
        self.areas = [m for m in mentions if m.type == "Area"]
        self.starts = [m.span.start for m in self.areas]
        self.bodies = {m.span.start for m in mentions if m.type == "Organization"}
        self.own = self.linker.scope(context.area_name)
        self.current = self.own
        self.end = -1
        self.around = self.own  # what a counted group that is open stands in
        self.named = NOTHING  # what the words of the number read last name themselves
        self.paired: list[Reference] = []  # areas that wait for a number of their own each

    def reset(self) -> None:
        """A new sentence: the document's own area."""
        self.current, self.end = self.own, -1
        self.paired = []

    def is_areal(self) -> bool:
        """Whether what follows with a subject of its own is still of this area: 64个县市."""
        return self.current.text == self.own.text or _AREAL.search(self.current.text) is not None

    def is_of_group(self) -> bool:
        """Whether it is a counted group that what follows is taken over: 28个国定脱贫县."""
        return self.current.text != self.own.text and _COUNTED.match(self.current.text) is not None

    def read(self, number_context: NumberContext, start: int, group_end: int) -> Reference:
        """The scope of a number; ``start`` is where its stretch of the clause begins.

        庆阳、酒泉经济总量突破千亿元 | 28个国定脱贫县整合资金129.85亿元 (the group counts for what follows).
        """
        head = self._past_adverbs(start, number_context.number.start)
        named, end = self._areas_at(head, number_context.number.start)
        if not named.text and number_context.number.dimension == "money":
            head, named, end = self._granted(head, number_context.number.start)
        people = _PEOPLE_OF.match(self.text, end, number_context.number.start)
        with_whom = _WITH_WHOM.fullmatch(self.text, start, head)
        given = _DONOR.match(self.text, end) or _SET_BY.match(self.text, end)
        if people or with_whom or given or _ROUTE.match(self.text, end):
            named = NOTHING  # 香港、澳门和台湾同胞11029万人次, 北京市|援疆资金, 成都市|下达的任务
        self.named = named
        if named.text and not self._is_list_of(number_context, end):
            # 上海港: the area stays in the indicator's words, 厦门、福州|机场旅客吞吐量 are of each.
            listed = "、" in named.text
            facility = None if listed else opening("facility").match(self.text[end : end + 4])
            counted = COUNTED_PLACES.match(self.text[end : end + 8]) if listed else None
            end += counted.end() if counted else 0
            self.current, self.end = named, head if facility else end
            self.paired = self._each_apart(number_context, head)
        if self.paired:
            if named.text or number_context.joined:
                return self.paired.pop(0)
            self.paired = []
        if not named.text and self._begins_group(number_context, start, head):
            self.around = self.current
            self._open_group(number_context, group_end)
            return self.around
        if number_context.number.start < self.end:
            return self.around  # 6.1万户|14.2万名防返贫监测对象
        if self._begins_subject(number_context) or self._is_of_body(number_context, head):
            self.current, self.end = self.own, -1
        return self.current

    def _begins_group(self, number_context: NumberContext, start: int, head: int) -> bool:
        """Whether a number begins its clause and counts its subject: |28个国定脱贫县|整合资金129.85亿元."""
        return (
            head == number_context.number.start
            and number_context.before is None
            and is_counted(number_context)
            and not _PREPOSITION.search(self.text, start, head)
            and not cue("counting-verb").search(self.text, start, head)
        )

    def _granted(self, head: int, limit: int) -> tuple[int, Reference, int]:
        """下达|宁德市|乡村振兴资金3.6亿元, 支持|古田县|5000万元: the area that a sum is given to, and where it stands."""
        for area in self._areas_between(head, limit):
            if _GRANTED.search(self.text, head, area.span.start):
                return area.span.start, *self._areas_at(area.span.start, limit)
        return head, NOTHING, head

    def _areas_between(self, start: int, end: int) -> Sequence[Mention]:
        return self.areas[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def each(self, number_context: NumberContext) -> list[Reference]:
        """支持古田县、寿宁县各5000万元 | 东风镇、双桥村各新建广场1个: the areas of which each has the number."""
        start = number_context.number.start
        said = _EACH.search(self.text, number_context.clause.start, start)
        if said is None:
            return []
        places: list[Reference] = []
        at = said.start()
        for mention in reversed(self._areas_between(number_context.clause.start, at)):
            joint = _JOINT.match(self.text, mention.span.end, at) if places else None
            if (joint.end() if joint else mention.span.end) != at:
                break
            places.insert(0, Reference(mention.name, (mention.entity,)))
            at = mention.span.start
        return places if len(places) > 1 else []

    def names_people(self, at: int, limit: int) -> bool:
        """Whether an area only says which people are meant: 香港、澳门和台湾同胞."""
        _, end = self._areas_at(at, limit)
        return _PEOPLE_OF.match(self.text, end, limit) is not None

    def _begins_subject(self, number_context: NumberContext) -> bool:
        """Whether a count after 、 is a subject of its own: 贫困人口全部脱贫、|312个贫困村全部出列."""
        gap = number_context.gap
        return (
            self.current.text != self.own.text
            and number_context.before is not None
            and gap.endswith("、")
            and len(gap) > _PREDICATE_LENGTH
            and is_counted(number_context)
        )

    def _is_of_body(self, number_context: NumberContext, head: int) -> bool:
        """下寨社区建成议事厅1个，|街道指挥室|受理诉求2.7万件: what a body does that begins a clause is not of the area before."""
        return head in self.bodies and number_context.before is None and not self.paired

    def _each_apart(self, number_context: NumberContext, head: int) -> list[Reference]:
        """济南、青岛生产总值分别达到1.3万亿元、1.6万亿元: each area has its own number."""
        start = number_context.number.start
        if cue("respectively").search(self.text, head, start) is None:
            return []
        places: list[Reference] = []
        at, mention = head, self._area_at(head)
        while mention is not None and mention.span.end <= start:
            places.append(Reference(mention.name, (mention.entity,)))
            at = mention.span.end
            joint = _JOINT.match(self.text, at, start)
            mention = self._area_at(joint.end()) if joint else None
        return places if len(places) > 1 else []

    def _past_adverbs(self, at: int, limit: int) -> int:
        """Past 其中, 截至2022年底 and adverbs, but not past an area."""
        while at < limit:
            if self._area_at(at) is not None:
                return at
            time = TIME_BEFORE_SCOPE.match(self.text, at, limit)
            if time and time.end() > at:
                at = time.end()
                continue
            if self.text[at] in EDGES:
                at += 1
                continue
            word = opening("leading").match(self.text[at : min(limit, at + 8)])
            if word is None:
                return at
            at += word.end()
        return at

    def _area_at(self, at: int) -> Mention | None:
        place = bisect_left(self.starts, at)
        if place < len(self.areas) and self.starts[place] == at:
            return self.areas[place]
        return None

    def _narrowest(self, mention: Mention, limit: int) -> Mention:
        """红安县|七里坪镇, 我省|合肥市: the town written right after its county, the area after 我省."""
        below = self._area_at(mention.span.end)
        town, own = rule_name("area-town"), rule_name("area-own")
        while (
            below is not None
            and below.span.end <= limit
            and (below.rule == town or mention.rule == own)
        ):
            mention, below = below, self._area_at(below.span.end)
        return mention

    def _areas_at(self, at: int, limit: int) -> tuple[Reference, int]:
        """The areas a stretch begins with, 、 between them, and where they end."""
        names: list[str] = []
        entities: list[Entity] = []
        end = at
        mention = self._area_at(at)
        while mention is not None and mention.span.end <= limit:
            if self.is_compared(mention.span):
                break
            mention = self._narrowest(mention, limit)
            zone = _ZONE.match(self.text, mention.span.end, limit)
            end = zone.end() if zone else mention.span.end
            names.append(self.text[mention.span.start : end] if zone else mention.name)
            entities += [] if zone else [mention.entity]
            joint = _JOINT.match(self.text, end, limit)
            mention = self._area_at(joint.end()) if joint else None
        if (
            names == [COUNTRY_NAME]
            and self.own.text != COUNTRY_NAME
            and opening("honour").match(self.text[end : end + 8])
        ):
            return NOTHING, at
        if len(names) == len(entities) == 1:
            return Reference(names[0], tuple(entities)), end
        return self.linker.scope("、".join(names)), end

    def _is_list_of(self, number_context: NumberContext, end: int) -> bool:
        """黄冈、黄石等9个离岸科创园 | 罗田、钟祥2个县市 | 京山智能轻工装备等5个集群: the list says which."""
        between = self.text[end : number_context.number.start]
        if between.endswith("等"):
            return True
        listed = bool(
            _JOINT.search(self.text[number_context.clause.start : number_context.number.start])
        )
        return listed and is_counted(number_context) and not re.search("有|达|新|建", between)

    def is_compared(self, span: Span) -> bool:
        """居全国第1, 高于全国平均: the area compared with is not the area the figure is of."""
        before = self.text[max(0, span.start - 4) : span.start]
        after = self.text[span.end : span.end + 3]
        return bool(_RANKED.match(after) or _RANKS.search(before))

    def _open_group(self, number_context: NumberContext, group_end: int) -> None:
        """5646座光伏扶贫电站|累计结算发电收入…: the counted subject, when a predicate follows it."""
        start, limit = number_context.number.end, number_context.clause.end
        end = group_end or thing_end(self.text, start, limit)
        after = self.text[end : number_context.clause.end]
        if _LEAVES.fullmatch(after) or self.text[start : start + 1].isdigit():
            return  # 10大类|52项民生实事完成: two counts of one thing
        if end > number_context.number.end and after.strip(EDGES) and after[0] not in LISTED:
            number = number_context.number
            words, uncounted = self.text[number.start : end], self.text[number.end : end]
            self.current, self.end = self.linker.scope(words, uncounted), end
