"""Programmes, platforms, events and titled documents: what a report calls by a name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.area_forms import is_cut, is_own, resolve
from policygraph.loaders.mentions.events import past_branch, past_tails
from policygraph.loaders.mentions.mention_context import (
    MentionContext,
    heads,
    lexicon,
    matches,
    unquoted,
)
from policygraph.loaders.mentions.mention_context import words as words_of_names
from policygraph.loaders.mentions.phrases import (
    list_start,
    may_begin_name,
    phrase_start,
    shared_start,
)
from policygraph.loaders.words.characters import (
    AREA_LEVELS,
    CALENDAR,
    COUNTED_PLACES,
    COUNTRY_NAME,
    GRADES,
    JOINTS,
    ORDINALS,
    OWN_LEVELS,
    PARTY,
    POINTING,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, words
from policygraph.loaders.words.patterns import alternation
from policygraph.loaders.words.verbs import lexicon as lexicon_of_verbs
from policygraph.ontology.register import Register
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

_TITLE = compiled(r"《([^《》\n]{1,80})》|《([^《》\n，,。；;]{2,60})(?=[，,。；;\n])")
_SHORT_TITLE = WordPattern(
    r"(?=[{^drafting}“])(?:{drafting}[^，。；\n“”]{0,16}(“[^“”，。\n]{1,8}{short-document}”)"
    r"|{*policy}(“[^“”，。\n]{0,8}\d{1,3}条”)"
    rf"|(“[^“”，。\n]{{0,12}}(?:\d{{1,3}}|[{ORDINALS}]{{1,3}})条”)"
    r"(?=[的等]?{policy-modifier}?(?:{policy-after}|、“|，|。|；|和“)))"
)
_QUOTED_DOCUMENT = WordPattern(
    r"“(?P<quoted>[^“”，。；\n]{1,12})”(?P<rest>[\u4e00-\u9fff]{0,12}?{document-head})(?![\u4e00-\u9fff]{0,1}{no-document})"
)
# “支持宁夏建设先行区实施方案”
_WHOLLY_QUOTED = WordPattern(r"“[^“”，。；\n]{4,30}?{document-head}”")
_PLAN = compiled(rf"十([{ORDINALS}])五")
_MARKS = compiled("[“”‘’]")
_POINTED = compiled(r"^(?:全|我)(省|市|县|区|州)")
_LEVELLED = compiled(rf"(?:{'|'.join(AREA_LEVELS)})(?=第)")
_PARTY = WordPattern(rf"^({'|'.join(AREA_LEVELS[:1] + tuple(OWN_LEVELS))}){{own-party}}(?=[^员])")
_NTH = compiled(rf"(?:第[0-9{ORDINALS}百]{{1,4}}|首)[届次]")
# 比赛12场, 检查36次, but 世界技能大赛3枚金牌.
_TIMES = WordPattern(r"[0-9][0-9.,]*[余多]?[百千万]?[余多]?{times-held}")
_NTH_TIME = compiled(rf"第[0-9{ORDINALS}百]{{1,4}}[届次个]\Z")
_AFTER_CONGRESS = compiled(rf"[{ORDINALS}]{{1,3}}大[{JOINTS}]")
_NTH_DAY = compiled(rf"第[0-9{ORDINALS}百]{{1,4}}个\Z")
_GREAT = compiled("[二两三四五六七八九十]大\\Z")
_DATED = compiled(r"(?:19|20)\d{2}年?\Z")
_SHORTEST_PROJECT = 5
# 棚户区改造|项目, 抽水蓄能|项目: kinds of projects.
_KIND_OF_PROJECT = WordPattern(
    rf"^(?:{{any-programme|kind-of-project}})*$|、|[{JOINTS}](?!.*{{campaign-word}}$)|级$|{{unnamed-project}}"
)
_PLAIN_STEM = compiled(r"[\u4e00-\u9fffA-Za-z0-9“”·—（）+-]+")
_POINTS = WordPattern(r"{pointed}|{project-word}")
_DONE_BY_ONE = WordPattern(r"(?:{part-of-works}{works})?(?:{before-name|leading})?{of-one-project}")
# What a clause begins and ends with whose only words are a verb and the name of a programme.
_CLAUSE_BEGIN = compiled(r"[，。；：:;,\s是]")
_CLAUSE_END = compiled(r"[，。；;,\n0-9]|\Z")
_SHORTEST_VERB = 2
_LONGEST_BODY = 10
_SHORTEST_OWN = 4
_SHORTEST_APP = 2
_PHASE_AFTER = compiled(rf"[{ORDINALS}]{{1,2}}期(?!间)")
_PHASE = WordPattern(r"“|{campaign-word}$")
# 欧阳海灌区|续建配套与节水改造项目
_OF_FACILITY = WordPattern(r"(?!{unnamed-facility})[\u4e00-\u9fff]{1,3}{named-facility}")
_JOINT = compiled(f"[{JOINTS}]")
_NAMED_BY = WordPattern(r"{project-named-by}")
_LEADS = WordPattern(r"{predicate-adverb}?{preposition}")
# 蓝天、|碧水、净土保卫战
_BATTLES = WordPattern(r"{battle-item}(?=(?:[、和]{battle-item})+(?P<battle>{battle}))")
_KINDS = ("Event", "Programme", "Platform")
_QUOTED = WordPattern(r"“([^“”\n]{2,20})”(?=、?“[^“”\n]{2,20}”(?P<head>{shared-action}))")


def find_documents(context: MentionContext) -> Iterator[Mention]:
    """《湖北省乡村建设行动推进方案》, also where the closing mark is missing | “一本通” | “稳增长30条”."""
    for m in matches(_TITLE, context):
        yield context.mention(
            m.start(), m.end(), "Document", m[1] or m[2], rule_name("document-title")
        )
    for m in matches(_SHORT_TITLE, context):
        alternative = m.lastindex or 1
        (start, end), name = m.span(alternative), m[alternative].strip("“”")
        yield context.mention(start, end, "Document", name, rule_name("document-short"))
    yield from _quoted_documents(context)


def _quoted_documents(context: MentionContext) -> Iterator[Mention]:
    """“蜀安·焊”动火作业规范管理办法 | “十四五”规划纲要."""
    for m in matches(_WHOLLY_QUOTED, context):
        yield context.mention(*m.span(), "Document", m[0][1:-1], rule_name("document-short"))
    for m in matches(_QUOTED_DOCUMENT, context):
        plan = _PLAN.fullmatch(m["quoted"])
        name = f"{m['quoted']}{m['rest']}"
        if plan and m["rest"].startswith(words("five-year-plan")):
            name = words("national-plan")[0].format(n=plan[1]) + m["rest"]
        yield context.mention(m.start(), m.end(), "Document", name, rule_name("document-short"))


def find_known(context: MentionContext) -> Iterator[Mention]:
    """“千万工程” | “万企兴万村”: national programmes the vocabulary knows."""
    table = lexicon("programmes")
    for m in matches(_known(), context):
        concept = table[m[0]]
        full, (start, end) = concept.value("full"), m.span()
        if context.text.startswith(concept.properties.get("notBefore", ()), end):
            continue  # 失业保险|费
        if context.text[start - 1 : start] == "“" and context.text[end : end + 1] == "”":
            start, end = start - 1, end + 1
        yield context.mention(
            start, end, "Programme", full, rule_name("programme-known", concept=concept.key)
        )
    for m in matches(_BATTLES, context):
        name = m[0] + m["battle"]
        yield context.mention(*m.span(), "Programme", name, rule_name("programme-shared"))
    for m in matches(_QUOTED, context):
        yield context.mention(
            m.start(), m.end(), "Programme", f"{m[1]}{m['head']}", rule_name("programme-shared")
        )


@word_cache
def _known() -> re.Pattern[str]:
    return compiled(alternation(lexicon("programmes")))


@word_cache
def _heads(kind: str) -> re.Pattern[str]:
    return compiled(alternation(heads(kind)))


_GENERIC = {
    "Programme": WordPattern(r"{any-programme}+"),
    "Event": WordPattern(r"{any-event}+"),
    "Platform": WordPattern(r"{any-platform}+"),
}
_NO_PROGRAMME = WordPattern(r"{no-programme}")
_ALONE = WordPattern(r"{event-alone}")
_PLATFORM_ALONE = WordPattern(r"“{platform-alone}”|{platform-alone}")
# “预算管理一体化系统”, “智慧河长”系统
_QUOTED_SYSTEM = WordPattern(r"“[^“”，。、\n]{2,16}(?:{quoted-platform}”|”{quoted-platform})")
# 12315平台, 12345政务服务便民热线: known by the number one calls.
_NUMBERED = WordPattern(
    r"(?<![0-9.])(?:1[123]|9[56])[0-9]{3}(?![0-9.])[\u4e00-\u9fff]{0,8}?{called-platform}"
)
_FAIR = WordPattern(r"{fair-tail}")
_HAN = compiled("[\u4e00-\u9fff]+")
_CUE = WordPattern(r"{platform-cue}")
_VAGUE = WordPattern(r"{vague-stem}$")
_NO_PLATFORM = WordPattern(r"{no-platform}$")
# 全县应急管理系统: the bodies of a branch, not what manages something.
_BRANCH = WordPattern(rf"{{whole-area}}?(?:{'|'.join(AREA_LEVELS)})?{{branch-system}}")
_PART_OF_WORKS = WordPattern(r"{part-of-works}$")
_BODY_BEFORE = WordPattern(r"(?:{government}|{town-party}|{town-watchdog}|{signing-body})$")
_CONGRESS = WordPattern(r"{congress-stem}$")


def find_headed(
    context: MentionContext, actor_ends: Container[int] = frozenset()
) -> Iterator[Mention]:
    """强县工程 | “头雁”培训行动 | 全国乡村建设工作会议 | 低收入人口动态监测平台.

    ``actor_ends`` is where the bodies and persons end that no programme's name holds with their verb.
    """
    yield from _events_alone(context)
    for m in matches(_NUMBERED, context):
        yield context.mention(m.start(), m.end(), "Platform", m[0], rule_name("platform-alone"))
    for m in matches(_QUOTED_SYSTEM, context):
        name = unquoted(m[0])
        yield context.mention(m.start(), m.end(), "Platform", name, rule_name("platform-alone"))
    for m in matches(_PLATFORM_ALONE, context):
        name = m[0].strip("“”")
        yield context.mention(m.start(), m.end(), "Platform", name, rule_name("platform-alone"))
    for kind in _KINDS:
        concepts = heads(kind)
        for m in matches(_heads(kind), context):
            # 工程师 is no 工程.
            barred = concepts[m[0]].properties.get("notBefore", ())
            quoted = context.text[m.start() - 1] == "”" and m[0].endswith(words("campaign-word"))
            if context.text.startswith(barred, m.end()) and not quoted:
                continue
            mention = _headed(context, kind, m, actor_ends)
            if mention is not None:
                yield mention


def _events_alone(context: MentionContext) -> Iterator[Mention]:
    """Events known by their word: 党的二十大 | 省|旅发大会 | 深圳|文博会."""
    for m in matches(_ALONE, context):
        if not context.text.startswith(words("spirit"), m.end()):
            start = _with_place(context, m.start()) if m[0][0] != "“" else m.start()
            end = past_branch(context.text, m.end())
            name = context.text[start:end].strip("“”")
            yield context.mention(
                start, end, "Event", _named_in_full(context, name), rule_name("event-alone")
            )
    for m in matches(_FAIR, context):
        if context.text.endswith(words("event-alone"), 0, m.end()):
            continue  # 夺|奥运会
        lengths = (n for n in (1, 2) if may_begin_name(context.text, m.start() - n))
        start = m.start() - next(lengths, 0)
        if start < m.start() and _HAN.fullmatch(context.text, start, m.start()):
            start = _with_place(context, start)
            name = _named_in_full(context, context.text[start : m.end()])
            yield context.mention(start, m.end(), "Event", name, rule_name("event-alone"))


def _with_place(context: MentionContext, at: int) -> int:
    """深圳|文博会, 省|旅发大会, 2024|服贸会: the place or the year before an event belongs to it."""
    text, forms = context.text, Register.load().forms()
    for length in (3, 2):
        form = text[at - length : at]
        if at - length >= context.start and form in forms and not is_cut(text, at, form[-1]):
            return at - length
    dated = _DATED.search(text, max(context.start, at - 6), at)
    if dated:
        return dated.start()
    level = next((level for level in AREA_LEVELS if text.endswith(level, context.start, at)), "")
    begins = level and may_begin_name(text, at - len(level))
    return at - len(level) if begins and context.area_of(level) else at


def _named_in_full(context: MentionContext, name: str) -> str:
    """湖北省旅发大会 for 省旅发大会."""
    level = next((level for level in AREA_LEVELS if name.startswith(level)), "")
    area = context.area_of(level) if level else None
    return area.name + name[len(level) :] if area is not None else name


def _headed(
    context: MentionContext, kind: str, head: re.Match[str], actor_ends: Container[int]
) -> Mention | None:
    text, end = context.text, head.end()
    if kind == "Event" and text.startswith(words("spirit"), end):
        return None
    counted = head[0] in words("counted-event") and _TIMES.match(text, end)
    if counted and text[head.start() - 1] != "”" and "”" not in text[max(0, end - 12) : end]:
        return None  # 举办群众赛事活动3.8万场 counts what was held
    start = _start(context, kind, head, actor_ends)
    if kind == "Event":
        start, end = _past_congress(text, start, head.start()), past_tails(text, end)
        start = _with_body(context, _with_whole(context, start))
    elif head[0] in words("works"):
        end = _past_phase(text, end)
    elif kind == "Programme" and head[0] in words("counted-event") and _ordinal_first(text, start):
        kind = "Event"  # 第33届爱国卫生月活动
    if start in context.ends and text[head.start() - 1] in COUNTED_PLACES:
        return None  # 7个|培育县|试点
    if head[0] in words("project-word") and not _is_project(context, start, head):
        return None
    stem = _MARKS.sub("", text[start : head.start()])
    quoted = "”" in text[start : head.start()]
    if text[end : end + 1] == "”" and text[start - 1 : start] == "“":
        start, end, quoted = start - 1, end + 1, True
    if not _telling(kind, head[0], stem, quoted=quoted):
        return None
    if head[0].startswith(tuple(words("joint-with"))) and _BODY_BEFORE.search(stem):
        return None  # 镇党委和镇政府|联合检查
    full = _full_name(context, _MARKS.sub("", text[start:end]))
    return context.mention(start, end, kind, full, rule_name(f"{kind.lower()}-head", head=head[0]))


def _start(
    context: MentionContext, kind: str, head: re.Match[str], actor_ends: Container[int]
) -> int:
    """Where the name of a programme, a platform or an event begins."""
    text, end = context.text, head.end()
    start = phrase_start(context, head.start(), context.start, wide=kind != "Programme")
    if kind == "Programme" and head[0] in words("list-head"):
        start = list_start(context, start, head.start())
    elif kind == "Programme":
        start = shared_start(context, start, head.start())
    if kind == "Programme":
        start = _past_actor(text, start, head.start(), actor_ends)
        start = _past_own_verb(context, start, head)
    start = _from_ordinal(text, start, head.start())
    if (nth := _NTH_TIME.search(text, max(context.start, start - 7), start)) and text[start] == "“":
        start = nth.start()  # 第三十三次|“全国助残日”活动
    great = _GREAT.search(text, max(context.start, start - 2), start)
    if great and (start < head.start() or text[great.start() - 1] + text[end : end + 1] == "“”"):
        start = great.start()  # 十大|重点节能工程, “四大工程”
    if kind == "Platform":
        start = _past_making(text, start, head.start())
    if kind == "Programme" and head[0] in words("area-apart"):
        start = _past_area(context, start, head.start())
    return start


def _with_body(context: MentionContext, start: int) -> int:
    """亚太经合组织|第九次领导人非正式会议: the organisation before an ordinal belongs to the event."""
    if not _NTH.match(context.text, start):
        return start
    known = words_of_names("institutions", "known")
    lengths = (n for n in range(_LONGEST_BODY, 1, -1) if context.text[start - n : start] in known)
    length = next(lengths, 0)
    return start - length if length and start - length >= context.start else start


def _past_phase(text: str, end: int) -> int:
    """三峡工程|二期: the phase of works that is built or has moved people."""
    phase = _PHASE_AFTER.match(text, end)
    return phase.end() if phase else end


def _past_congress(text: str, start: int, head: int) -> int:
    """党的二十大和|二十届三中全会: the congress before a plenary session is an event of its own."""
    joined = _AFTER_CONGRESS.match(text, start, head)
    return joined.end() if joined else start


def _with_whole(context: MentionContext, start: int) -> int:
    """全国|“数据要素×”总决赛: the whole country or area before a quoted name belongs to an event."""
    text, before = context.text, start - len(COUNTRY_NAME)
    whole = text[before:start] in words("pointed") and text[before] in POINTING[:1]
    return before if text[start] == "“" and whole and before >= context.start else start


def _full_name(context: MentionContext, full: str) -> str:
    """湖北省第十五届运动会 for 省第十五届运动会 and 全省…, 中共湖北省委… for 省委…."""
    pointed, party, levelled = _POINTED.match(full), _PARTY.match(full), _LEVELLED.match(full)
    if levelled and (area := context.area_of(levelled[0])):
        return area.name + full[levelled.end() :]  # 省|第十五届运动会
    if pointed and (area := context.area_of(pointed[1])):
        return area.name + full[2:]
    if party and (area := context.area_of(party[1])):
        return f"{PARTY}{area.name}委{full[party.end() :]}"
    return full


@word_cache
def _institutions() -> tuple[str, ...]:
    return tuple(heads("Organization"))


def _is_project(context: MentionContext, start: int, head: re.Match[str]) -> bool:
    """Whether words before 项目 name one: 古雷炼化一体化工程二期项目, but not 126个技改项目, 技改项目126个."""
    text = context.text
    stem = text[start : head.start()]
    counted = start in context.ends or text[head.end() : head.end() + 1].isdigit()
    placed = max((n for n in range(2, 6) if stem[:n] in Register.load().forms()), default=0)
    short = len(stem) < _SHORTEST_PROJECT and not _PHASE.search(stem)
    acting = lexicon_of_verbs().verb_at(stem, 0, len(stem))
    verbal = acting is not None and len(acting.text) > 1 and acting.has("strong")
    facility = _OF_FACILITY.match(stem)
    told = _JOINT.sub("", stem) if facility else stem
    kind = _KIND_OF_PROJECT.search(told) or _KIND_OF_PROJECT.search(told[placed:])
    if stem.endswith(_institutions()):
        return False  # 云冈研究院|项目
    sure = placed or facility or _NAMED_BY.search(stem) or _DONE_BY_ONE.match(text, head.end())
    verbal = verbal or (not sure and text.endswith(words("summing-mark"), 0, start))
    plain = _PLAIN_STEM.fullmatch(stem) and not _POINTS.search(stem)
    return bool(plain and not (counted or short or kind or verbal or stem[:1] in GRADES))


def _past_actor(text: str, start: int, head: int, actor_ends: Container[int]) -> int:
    """省水利厅对|引大济岷工程 | 副省长李岩益审定|重点工程: past who acts and what leads to the name."""
    for at in range(head - 1, start, -1):
        if at in actor_ends:
            led = _LEADS.match(text, at, head)
            verb = lexicon_of_verbs().verb_at(text, at, head)
            if led:
                return led.end()
            if verb is not None and verb.has("strong"):
                return at + len(verb.text)
    return start


def _past_own_verb(context: MentionContext, start: int, head: re.Match[str]) -> int:
    """，创新|科研单位管理制度。 and 有序布局|脑机工程: the verb of a clause that has no other is not in the name."""
    text = context.text
    verb = lexicon_of_verbs().verb_at(text, start, head.start())
    if verb is None or len(verb.text) < _SHORTEST_VERB:
        return start
    rest = start + len(verb.text)
    campaign = heads("Programme")[head[0]].has("named-by-verb")
    whole = _CLAUSE_END.match(text, head.end()) and _begins_clause(text, start)
    led = verb.has("strong") and any(
        _begins_clause(text, start - len(word))
        for word in words("before-name")
        if len(word) > 1 and text.endswith(word, context.start, start) and not _holds_verb(word)
    )
    own = head.start() - rest
    past = not campaign and ((led and own > 1) or (whole and own >= _SHORTEST_OWN))
    return rest if past else start


def _past_making(text: str, start: int, head: int) -> int:
    """，开发|智慧河长小程序: the verb that makes a platform is not in its name; 监测预警平台 is named by its work."""
    verb = lexicon_of_verbs().verb_at(text, start, head)
    made = (
        verb is not None and len(verb.text) >= _SHORTEST_VERB and "of-platform" not in verb.facets
    )
    rest = start + len(verb.text) if verb is not None else start
    return rest if made and _begins_clause(text, start) and head - rest >= _SHORTEST_OWN else start


def _holds_verb(word: str) -> bool:
    """Whether a word that stands before names is a verb or ends in one: 深入实施."""
    found = lexicon_of_verbs().all_verbs(word).values()
    return any(len(verb.text) >= _SHORTEST_VERB for verb in found)


def _begins_clause(text: str, at: int) -> bool:
    """Whether a mark, 是 or nothing stands before."""
    return at == 0 or bool(_CLAUSE_BEGIN.match(text, at - 1))


def _from_ordinal(text: str, start: int, head: int) -> int:
    """组织|第33届爱国卫生月活动: an ordinal begins the name, unless an area stands before it."""
    counted = _NTH_DAY.search(text, max(0, start - 6), start)
    if counted and text.endswith(words("campaign-day"), start, head):
        return counted.start()  # 第33个|爱国卫生月活动
    ordinal = _NTH.search(text, start, head)
    before = text[start : ordinal.start()] if ordinal else ""
    acting = before and (lexicon_of_verbs().verb_at(before, 0, len(before)) is not None)
    return ordinal.start() if ordinal and acting else start


def _ordinal_first(text: str, start: int) -> bool:
    """Whether 第33届 or 第33个 begins here."""
    return bool(
        _NTH.match(text, start) or (text[start] == "第" and text.find("个", start, start + 6) > 0)
    )


def _past_area(context: MentionContext, start: int, head: int) -> int:
    """景宁|基本公共服务一体化试点: an area before a pilot is a mention of its own."""
    forms = Register.load().forms()
    for length in (5, 4, 3, 2):
        end, form = start + length, context.text[start : start + length]
        area = resolve(context, form, context.context.area) if form in forms else None
        if (
            area is not None
            and end + 4 <= head
            and is_own(context, area)
            and not is_cut(context.text, end, form[-1])
        ):
            return end
    return start


def _telling(kind: str, head: str, stem: str, *, quoted: bool) -> bool:
    """Whether the words before the head make it a name and not a common noun."""
    if kind == "Platform":
        named = head.lower() == "app" or bool(_CUE.search(stem + head))
        vague = _NO_PLATFORM.search(stem + head) or _BRANCH.fullmatch(stem + head)
        app = head.lower() == "app" and len(stem) >= _SHORTEST_APP
        known = (
            (app or len(stem) >= 4) and named and not vague and not _GENERIC[kind].fullmatch(stem)
        )
        return quoted or known
    dated = stem.endswith(tuple(CALENDAR))  # 质量月|活动
    least = 4 if head in words("long-stem") and not dated else 2
    if quoted:
        return len(stem) >= 1
    if head in words("congress-head") and (len(stem) < 4 or _CONGRESS.search(stem)):
        return False
    if _PART_OF_WORKS.search(stem) and head in words("works"):
        return False  # 南水北调主体|工程
    barred = _NO_PROGRAMME.search(stem + head) and not head.startswith(words("against"))
    if barred or _VAGUE.search(stem):
        return False
    if head in words("levelled-event") and not stem.startswith(words("event-level")):
        return False  # 完善干部|绩效考核
    if kind == "Event" and stem in AREA_LEVELS and len(head) > _SHORTEST_PROJECT:
        return True  # 省|生态环境保护督察
    return len(stem) >= least and not _GENERIC[kind].fullmatch(stem)
