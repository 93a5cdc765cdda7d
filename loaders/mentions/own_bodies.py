"""The body whose report it is, told by its last word: 我县局, 我院, 我校, 院党组; departments have own_departments too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policygraph.graph.statements import Mention
from policygraph.loaders.entities import organization_entity
from policygraph.loaders.mentions.bodies import find_bodies
from policygraph.loaders.mentions.local_institutions import find_local_institutions
from policygraph.loaders.mentions.mention_context import LEVELS, MentionContext, lexicon, matches
from policygraph.loaders.mentions.phrases import may_begin_name, may_end_name
from policygraph.loaders.words.characters import BODY_LAST, OWN_LEVELS, TOWN_LEVELS
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.cues import words as class_words
from policygraph.loaders.words.patterns import alternation
from policygraph.ontology.rules import rule_name
from policygraph.ontology.vocabulary import word_cache

# 我局, 我县局, 我院
_OURS = WordPattern(rf"我[{OWN_LEVELS}{TOWN_LEVELS}]?(?P<last>{{own-last}})")
# 院|党组, 行|党委: parts of a body that is no department
_PART = WordPattern(r"(?P<last>[院行社队馆站]){own-part}")


def find_own_bodies(context: MentionContext) -> Iterator[Mention]:
    """我局 | 我县局 | 我院 | 院党组, in the report of a body that its title names."""
    own = own_body(context)
    if own is None:
        return
    for m in matches(_OURS, context):
        bare = m["last"] == m[0][1:]
        ends = not context.text.startswith(class_words("not-own-last"), m.start("last"))
        if _is_last(own, m["last"]) and ends and (bare or own.name.endswith(BODY_LAST[0])):
            yield context.mention_of(*m.span(), own.entity, own.rule)
    for m in matches(_PART, context):
        whole = may_begin_name(context.text, m.start()) and may_end_name(context.text, m.end())
        if own.name.endswith(m["last"]) and whole:
            yield part_of_own(context, own.name, context.text[m.end("last") : m.end()], m.span())


def part_of_own(context: MentionContext, owner: str, part: str, place: tuple[int, int]) -> Mention:
    """院|党组, 局|矿山股: a part of the body whose report it is, by the full names of both."""
    entity = organization_entity(owner + part, context.context)
    return context.mention_of(*place, entity, rule_name("institution-part"))


def own_body(context: MentionContext) -> Mention | None:
    """The body named in the title: 洛川县农业农村局, 罗田县人民医院; none in the report of an area itself."""
    found = _titled_body(context)
    return None if found is None or found.name.endswith(class_words("government")) else found


def issuer_in_title(context: MentionContext, title: str) -> str:
    """The body whose name the title begins with, empty where it begins with none: 咸宁市生态环境局|2023年工作总结."""
    found = _titled_body(context)
    begins = found is not None and title.startswith(found.span.quote)
    return found.name if found is not None and begins else ""


def _titled_body(context: MentionContext) -> Mention | None:
    if "own" not in context.memo:
        context.memo["own"] = _in_title(context)
    return context.memo["own"]


@word_cache
def _titled() -> re.Pattern[str]:
    """海南省|旅游和文化广电体育厅|2023年工作总结."""
    last = alternation(
        suffix.value("full") for suffix in lexicon("body-suffixes").values() if suffix.value("full")
    )
    levels = "|".join(LEVELS)
    return compiled(
        rf"(?P<area>[\u4e00-\u9fff]{{1,8}}?(?:{levels}))[\u4e00-\u9fff、]{{2,16}}?(?:{last})(?![\u4e00-\u9fff])"
    )


def _in_title(context: MentionContext) -> Mention | None:
    title = replace(context, start=0, text=context.text[: context.start])
    bodies = list(find_bodies(title))
    found = [*bodies, *find_local_institutions(title)]
    if not found:
        return _of_many_functions(context)
    longest = max(found, key=lambda m: (m.span.end - m.span.start, -m.span.start))
    # 四川省|通江县卫生健康局: by the name that it has in the text
    return next((body for body in bodies if body.span.end == longest.span.end), longest)


def _of_many_functions(context: MentionContext) -> Mention | None:
    """海南省旅游和文化广电体育厅: a department whose functions no vocabulary joins, by its whole name."""
    m = _titled().search(context.text, 0, context.start)
    if m is None or not context.chain or not m["area"].startswith(context.chain[0].name):
        return None
    entity = organization_entity(m[0], context.context)
    return context.mention_of(*m.span(), entity, rule_name("own-department"))


def _is_last(own: Mention, last: str) -> bool:
    """Whether a body is told by its last word: 中心 of 县疾病预防控制中心, 委 of 卫生健康委员会."""
    if last in class_words("own-school"):
        return own.name.endswith(class_words("own-school"))  # 我校 in the report of 县第一中学
    full = (
        lexicon("body-suffixes")[last].value("full") if last in lexicon("body-suffixes") else last
    )
    return own.name.endswith((last, full))
