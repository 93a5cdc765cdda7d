"""The body whose report it is and its peers above, told by their last word: 我局, 我院, 省厅, 局果业股."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import body_entity, organization_entity
from policygraph.loaders.mentions.bodies import department_in_title, find_bodies
from policygraph.loaders.mentions.local_institutions import find_local_institutions
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, lexicon, matches
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import BODY_LAST, OWN_LEVELS, TOWN_LEVELS
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.verbs import lexicon as verbs
from policygraph.ontology.bodies import department
from policygraph.ontology.rules import rule_name

# 我局, 我县局, 我院
_OURS = WordPattern(rf"我[{OWN_LEVELS}{TOWN_LEVELS}]?(?P<last>{{own-last}})")
# 省厅, 市局: the department of the same function above.
_PEER = re.compile(rf"(?P<level>{'|'.join(LEVELS)})(?P<last>[厅局])")
# 局|果业股, 局|办公室
_SECTION = WordPattern(r"(?P<last>[局委办厅院])(?P<stem>[\u4e00-\u9fff]{1,6}?){section}")

# 院|党组, 行|党委: parts of a body that is no department
_PART = WordPattern(r"(?P<last>[院行社队馆站]){own-part}")
_NO_SECTION = WordPattern(r"{not-section}")


def find_own_bodies(context: MentionContext) -> Iterator[Mention]:
    """我局 | 我县局 | 省厅 | 局果业股, in the report of a body that its title names."""
    own = own_body(context)
    if own is None:
        return
    yield from _peers(context)
    for m in matches(_OURS, context):
        bare = m["last"] == m[0][1:]
        ends = not context.text.startswith(class_words("not-own-last"), m.start("last"))
        if _is_last(own, m["last"]) and ends and (bare or own.name.endswith(BODY_LAST[0])):
            yield context.mention_of(*m.span(), own.entity, own.rule)
    for m in matches(_PART, context):
        whole = may_begin_name(context.text, m.start()) and may_end_name(context.text, m.end())
        if own.name.endswith(m["last"]) and whole:
            name = own.name + context.text[m.end("last") : m.end()]
            entity = organization_entity(name, context.context)
            yield context.mention_of(*m.span(), entity, rule_name("institution-part"))
    for m in matches(_SECTION, context):
        if own.name.endswith(m["last"]) and _is_section(context, m):
            name = own.name + context.text[m.end("last") : m.end()]
            entity = organization_entity(name, context.context)
            yield context.mention_of(*m.span(), entity, rule_name("institution-part"))


def own_body(context: MentionContext) -> Mention | None:
    """The body named in the title: 洛川县农业农村局, 罗田县人民医院; none in the report of an area itself."""
    if "own" not in context.memo:
        context.memo["own"] = _in_title(context)
    return context.memo["own"]


def _in_title(context: MentionContext) -> Mention | None:
    title = replace(context, start=0, text=context.text[: context.start])
    found = [*find_bodies(title), *find_local_institutions(title)]
    longest = max(found, key=lambda m: (m.span.end - m.span.start, -m.span.start), default=None)
    whole = longest is not None and longest.name.endswith(class_words("government"))
    return None if whole else longest


def _is_last(own: Mention, last: str) -> bool:
    """Whether a body is told by its last word: 中心 of 县疾病预防控制中心, 委 of 卫生健康委员会."""
    if last in class_words("own-school"):
        return own.name.endswith(class_words("own-school"))  # 我校 in the report of 县第一中学
    full = (
        lexicon("body-suffixes")[last].value("full") if last in lexicon("body-suffixes") else last
    )
    return own.name.endswith((last, full))


def _peers(context: MentionContext) -> Iterator[Mention]:
    """省厅 and 市局 in the report of 县农业农村局: the departments of its function above it."""
    concept = department_in_title(context)
    if concept is None:
        return
    text = context.text
    for m in matches(_PEER, context):
        area = context.area_of(m["level"])
        begins = may_begin_name(text, m.start()) and _may_end(text, m.end())
        if area is None or not begins:
            continue
        body = department(concept, lexicon("body-suffixes")[m["last"]], area)
        rule = rule_name("local-body", concept=body.concept.key)
        yield context.mention_of(*m.span(), body_entity(body), rule)


def _may_end(text: str, at: int) -> bool:
    """Whether 省厅 or 市局 may end here: before an office or what a name may end before."""
    offices = (*class_words("own-office"), *class_words("office-after"))
    return may_end_name(text, at) or text.startswith(offices, at)


def _is_section(context: MentionContext, m: re.Match[str]) -> bool:
    text = context.text
    ends = may_end_name(text, m.end()) or text.startswith(class_words("acting-with"), m.end())
    alone = may_begin_name(text, m.start()) and ends
    acts = any(verb.has("strong") for verb in verbs().all_verbs(m["stem"]).values())
    return alone and not acts and not _NO_SECTION.search(m["stem"])
