"""Where a name begins: from its last word back over the words that belong to it."""

from __future__ import annotations

import re

from policygraph.loaders.mentions.mention_context import MentionContext, heads, words
from policygraph.loaders.numbers import Number
from policygraph.loaders.words.characters import (
    AFTER_NAMED,
    BEFORE_OWNER,
    GRADES,
    JOINTS,
    NEVER_SHARING,
    ORDINALS,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, either, words_of
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.time import YEAR_ANYWHERE, YEAR_LEADING
from policygraph.loaders.words.verbs import acting, lexicon
from policygraph.ontology.register import Register
from policygraph.ontology.vocabulary import word_cache

REACH = 40
# The nouns of a list that share the last words: 危房、危桥、|危路改造工程.
_SHORT_LIST = compiled(r"(?:[\u4e00-\u9fff]{2,3}、)+\Z")
_SHORTEST_SHARED = 3
_PAST_HEAD = 2
_SHORTEST_VERB = 2
_LONGEST_VERB = 4  # characters of a verb before a list
_HELD_BY = frozenset(("holds", "conducts"))  # “线上+线下”方式|举办|招聘会
_CLOSED = compiled(r"[^（()）]*[)）]")
_LISTED = compiled(r"[\u4e00-\u9fff0-9]{2,}(?:、[\u4e00-\u9fff0-9]{2,})+")
_SECTION = compiled(rf"[（(][{ORDINALS}\d]{{1,3}}[)）]")
# 一|严格落实责任。二|开展演练: a bare numeral before the verb of an item.
_ITEM = compiled(rf"(?<![^\n。；;：:])[{ORDINALS}](?=[\u4e00-\u9fff]{{3}})")
_NAME = compiled(r"[\u4e00-\u9fff0-9A-Za-z+·－—（）()-]*\Z")
# Verbs after 全省 that show it is the subject, not the first word of a meeting's name.
_HOLDING = WordPattern(r"{holding}")
# 全市运动员|在|省运动会: a preposition between shows that 全市 does not begin the name.
_WITHIN = compiled("[在于是]")
_YEAR_FIRST = compiled(r"(?:19|20)\d{2}")
# 2024|世界智能产业博览会
_YEAR = compiled(r"(?<![0-9.])(?:19|20)\d{2}(?![0-9年万亿余多个家人元项条])")
_ORGANISED = WordPattern(r"{organising}")
# 100个|以上|关键技术攻关项目, 30个|县|高效设施农业提升行动
_BOUND = WordPattern(r"{over-after|under-after}|[县村镇](?![域级内外庄乡镇])")
_WHOLE = WordPattern(r"(?=全){pointed}")
_OPENING = WordPattern(r"(?!{in-name}){before-name|never-in-name}")


@word_cache
def _edges() -> re.Pattern[str]:
    """Words of names first, so that 以工代赈 hides its 以; only the named group is an edge."""
    edges = alternation(words_of("never-in-name", "name-break"))
    ends = alternation(head for kind in ("Programme", "Platform", "Event") for head in heads(kind))
    # 职教中心获|全国职业院校技能大赛, 州发改委组织|全州观摩会
    won = (
        f"获(?=[全国省市县区中第“]|[\u4e00-\u9fff]{{1,3}}[省市县区州盟旗])|{either('organising')}(?=[全第首“]|(?:19|20))"
        f"|{either('setting-up')}(?=全[国省市县区州]|“)"
    )
    towns = alternation(words("area-cautions", "countedTown"))
    summed = f"(?<=[\u4e00-\u9fff]、[\u4e00-\u9fff]{{2}})[{ORDINALS[1:]}两](?:{towns})"  # 灵溪、龙港两镇|
    return compiled(f"{either('in-name')}|(?P<edge>(?:{ends})[{JOINTS}]|{edges}|{won}|{summed})")


def phrase_start(context: MentionContext, head: int, floor: int, *, wide: bool = False) -> int:
    """The offset where the name that ends in the word at ``head`` begins.

    ``floor`` is the earliest place looked at. ``wide`` names (events, platforms) keep 全国, 全省
    and a year before them; other names leave these outside.
    """
    text = context.text
    floor = max(floor, head - REACH)
    window = text[floor:head]
    quote = window.rfind("”")
    opened = window.rfind("“")
    if quote > opened and window[quote + 1 : quote + 2] in tuple(JOINTS):
        floor += quote + 2  # “利剑行动”和|旅游市场秩序整治行动
    elif quote > opened:
        before, after = floor + window.rfind("“", 0, quote), floor + quote + 1
        last = _before_last_verb(text, after, head)
        plain = before >= floor and _NAME.fullmatch(text, after, head)
        if plain and _after_edges(context, after, last) == after:
            # 粤桂协作和|“万企兴万村”行动, but 包保和“点对点”结对帮扶机制
            if after != last and _joins(text, floor, before):
                return phrase_start(context, before - 1, floor, wide=wide)
            return before
        floor = after
    begin = _run(text, floor, head)
    if wide:
        begin = _past_joined(text, begin, head)
        start = _wide_start(text, begin, head)
        if start is not None:
            return start
    return _trim(text, _after_edges(context, begin, head), head, wide=wide)


def _before_last_verb(text: str, after: int, head: int) -> int:
    """“大东湖”生态水网构建|工程: a verb right before the last word belongs to the name; where it begins."""
    at = head - _SHORTEST_VERB
    verb = lexicon().verbs.get(text[at:head]) if at >= after else None
    return head if verb is None or verb.facets & _HELD_BY else at


def _joins(text: str, floor: int, at: int) -> bool:
    """Whether 和 before a quoted word joins it to the words before, and not to another name."""
    return at > floor and text[at - 1] in JOINTS and not _ends_list(text, at)


def _wide_start(text: str, begin: int, head: int) -> int | None:
    """Where a name begins with 全国, 全省 or a year: 全市7家企业接入|全国联网售票系统."""
    if whole := [m.start() for m in _WHOLE.finditer(text, begin, head)]:
        begin = whole[-1] if whole[0] == begin else begin
    if text[head] == "年" and text[head - 4 : head].isdigit():
        return head - 4
    pointed = text[begin] == "全" and text.startswith(class_words("pointed"), begin)
    alone = pointed and not _WITHIN.search(text, begin, head)
    if alone and not _HOLDING.search(text, begin, head):
        return begin
    dated = YEAR_ANYWHERE.search(text, begin, head) or _YEAR.search(text, begin, head)
    # 2024年成功举办|进博会: the year says when it was held.
    held = dated and (
        _HOLDING.search(text, dated.end(), head) or _has_edge(text, dated.end(), head)
    )
    return dated.start() if dated and not held else None


def _has_edge(text: str, begin: int, head: int) -> bool:
    """Whether a verb that never stands in a name does before the last word."""
    return any(m["edge"] and m.end() <= head for m in _edges().finditer(text, begin, head))


def _past_joined(text: str, begin: int, head: int) -> int:
    """全国科技大会和|全国教育工作会议: past 和 where the name of another event begins after it."""
    joined = [m.end() for m in _edges().finditer(text, begin, head) if m["edge"]]
    ends = (at for at in reversed(joined) if text[at - 1] in JOINTS and _begins_event(text, at))
    return next(ends, begin)


def _begins_event(text: str, at: int) -> bool:
    return text.startswith(class_words("pointed"), at) or bool(_YEAR_FIRST.match(text, at))


def _ends_list(text: str, at: int) -> bool:
    """Whether 和 before ``at`` follows the last word of another name (…试点和“…”)."""
    return any(
        match.end() == at and match["edge"] for match in _edges().finditer(text, max(0, at - 8), at)
    )


def _run(text: str, floor: int, head: int) -> int:
    """Back over the characters that names are made of, over what a bracket within the name lists."""
    name = _NAME.search(text[floor:head])
    begin = floor + (name.start() if name else 0)
    closed = _CLOSED.match(text, begin, head)
    if closed and text[begin - 1 : begin] == "、" and floor < begin:
        # 标准堤（|下厂段、下埠水闸|）加固工程
        opened = max(text.rfind("（", floor, begin), text.rfind("(", floor, begin))
        inside = opened > floor and _LISTED.fullmatch(text, opened + 1, closed.end() - 1)
        return _run(text, floor, opened) if inside else closed.end()
    marked = _SECTION.match(text, begin, head)
    return marked.end() if marked else begin  # （二）|重点水利工程


def _after_edges(context: MentionContext, begin: int, head: int) -> int:
    """Past the last verb that is never inside a name, and past the last counted number."""
    text = context.text
    # 改革深化|提升行动: a word that keeps whole reaches into the last word.
    for match in _edges().finditer(text, begin, head + _PAST_HEAD):
        if (
            match["edge"]
            and match.end() <= head
            and not (match.end() < head - 1 and _named_so(text, match.start()))
        ):
            begin = match.end()
    for at in range(head, begin, -1):
        number = context.ends.get(at)
        if number is not None and text[number.start].isdigit() and not _in_name(text, number, head):
            bound = _BOUND.match(text, at, head)
            return bound.end() if bound else at
    return begin


def _named_so(text: str, at: int) -> bool:
    """Whether a verb belongs to the name that another verb carries out: 开展|规范涉企执法专项行动."""
    verb = lexicon().verb_at(text, at, len(text))
    if verb is None or len(verb.text) < _SHORTEST_VERB:
        return False
    before = max(0, at - 4)
    if "promotes" in verb.facets and text.endswith(acting("sets-up"), before, at):
        return True  # 建立|促进企业技术创新机制: a mechanism is named by what it promotes
    return "names-works" in verb.facets and text.endswith(acting("carries-out"), before, at)


def _in_name(text: str, number: Number, head: int) -> bool:
    """三级, 348|国道改建工程, 再延长30年|试点: a number that belongs to the name around it."""
    after = text[number.end : number.end + 2]
    if after[:1] in tuple(GRADES) or after in words_of("road-kind"):
        return True
    dated = _YEAR_FIRST.fullmatch(text, number.start, number.end) is not None
    return number.end == head and (number.unit == "年" or dated)  # 专项整治2023|行动


def _trim(text: str, start: int, head: int, *, wide: bool) -> int:
    """Past the verbs and adverbs that stand before a name."""
    item = _ITEM.match(text, start, head)
    if item and (verb := lexicon().verb_at(text, item.end(), head)) and not verb.has("nominal"):
        start = item.end() + len(verb.text)  # 五|统筹|调度工程
    while start < head:
        if text.startswith(class_words("pointed"), start):
            if wide and text[start] == "全":
                return start
            start += 2 + (text[start + 2 : start + 3] == "有")  # 全省有|青海师范大学
            continue
        match = _OPENING.match(text, start, head)
        if match is None and wide:
            match = _ORGANISED.match(text, start, head)
        if match is None and not wide:
            match = YEAR_LEADING.match(text, start, head)
        if match is None or text.startswith("化", match.end()) or _begins_area(text, start):
            return start  # 一体|化融资平台, 建水县…
        if match.end() < head - 1 and _named_so(text, start):
            return start  # 开展|规范涉企执法专项行动
        # 办理|第四轮…: a character that begins a verb of two takes it along.
        verb = lexicon().verb_at(text, start, head) if match.end() == start + 1 else None
        start = max(match.end(), start + len(verb.text) if verb is not None else 0)
    return start


def _begins_area(text: str, at: int) -> bool:
    """Whether the name of an area begins here: 建水县, 新泰市, or a short one that is no word: 都匀."""
    register, short = Register.load(), text[at : at + 2]
    full = any(register.is_full(text[at : at + length]) for length in (3, 4, 5))
    return full or (short in register.forms() and short not in words("area-cautions", "common"))


def list_start(context: MentionContext, start: int, head: int) -> int:
    """疫情影响调度、通报和重要情况报告制度: one name where 、 and 和 share the last word."""
    text = context.text
    if text[start - 1 : start] != "、" or not set(text[start:head]) & set(JOINTS):
        return start
    floor = max(context.start, start - REACH)
    begin = floor
    for match in _edges().finditer(text, floor, start - 1):
        if match["edge"]:
            begin = match.end()
    stretch = text[begin : start - 1]
    return begin if begin > floor and re.fullmatch(r"[\u4e00-\u9fff、]{2,}", stretch) else start


def shared_start(context: MentionContext, start: int, head: int) -> int:
    """耕地、林地、|草地权属交叉化解试点: one name where short nouns before it share its last words."""
    text = context.text
    run = _SHORT_LIST.search(text, max(context.start, start - REACH), start)
    joined = set(text[start:head]) & set(JOINTS)
    if run is None or head - start <= _SHORTEST_SHARED or joined:
        return start
    first = run[0].index("、")
    begins = (run.start() + skip for skip in range(first - 1) if _shares(text, run.start() + skip))
    begin = next(begins, start)
    return (
        begin if all(_is_short_noun(item) for item in text[begin:start].split("、")[:-1]) else start
    )


def _shares(text: str, at: int) -> bool:
    """Whether a list that shares its last words may begin here: after a verb or a mark."""
    marked = not "\u4e00" <= text[at - 1] <= "\u9fff" and text[at - 1] not in "”》"
    return marked or bool(lexicon().verb_before(text, at, _LONGEST_VERB))


def _is_short_noun(word: str) -> bool:
    """危房, 草地: neither a verb nor an area, and no end of a longer word."""
    acting_in = any(len(verb.text) > 1 for verb in lexicon().all_verbs(word).values())
    return word not in Register.load().forms() and word[-1] not in NEVER_SHARING and not acting_in


def may_end_name(text: str, at: int) -> bool:
    """Whether a name may end here: before a mark, a number, a particle, a verb or an adverb."""
    after = text[at : at + 1]
    if not "\u4e00" <= after <= "\u9fff" or after in AFTER_NAMED:
        return True
    if text.startswith(words_of("after-name-noun"), at):
        return True
    known = lexicon()
    return (known.verb_at(text, at, len(text)) or known.adverb_at(text, at, len(text))) not in (
        None,
        "",
    )


def may_begin_name(text: str, at: int) -> bool:
    """Whether a name may begin here: after a mark, a number, a particle or a verb."""
    before = text[at - 1 : at]
    if not "\u4e00" <= before <= "\u9fff" or before in BEFORE_OWNER:
        return True
    verbs = lexicon().verbs
    if any(text[at - length : at] in verbs for length in (2, 3, 4) if at >= length):
        return True
    return text.endswith(words_of("never-in-name", "before-name"), max(0, at - 6), at)
