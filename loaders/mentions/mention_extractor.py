"""Who and what is named: areas, bodies, people, posts, groups, programmes, documents, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from policygraph.graph.statements import Mention
from policygraph.loaders.linking import with_posts
from policygraph.loaders.mentions.areas import find_areas
from policygraph.loaders.mentions.bodies import find_bodies
from policygraph.loaders.mentions.congresses import find_congresses
from policygraph.loaders.mentions.events import find_events
from policygraph.loaders.mentions.firms_beside import find_firms_beside
from policygraph.loaders.mentions.groups import find_groups
from policygraph.loaders.mentions.honours import outside_honours
from policygraph.loaders.mentions.institutions import find_institutions
from policygraph.loaders.mentions.listed_institutions import find_listed
from policygraph.loaders.mentions.local_institutions import find_local_institutions
from policygraph.loaders.mentions.local_people import find_local_people
from policygraph.loaders.mentions.mention_context import (
    MentionContext,
    mention_context_of,
    unquoted,
)
from policygraph.loaders.mentions.mention_context import words as words_of_names
from policygraph.loaders.mentions.named_places import find_named_places
from policygraph.loaders.mentions.named_roles import find_named_roles
from policygraph.loaders.mentions.own_bodies import find_own_bodies
from policygraph.loaders.mentions.own_departments import find_own_departments
from policygraph.loaders.mentions.own_institutions import find_own_institutions
from policygraph.loaders.mentions.parts_of_bodies import find_parts
from policygraph.loaders.mentions.people import find_people
from policygraph.loaders.mentions.placed_firms import find_placed_firms, with_place
from policygraph.loaders.mentions.rough_counts import with_rough_count
from policygraph.loaders.mentions.served_groups import find_served_groups
from policygraph.loaders.mentions.teams import find_teams
from policygraph.loaders.mentions.titled_entities import find_documents, find_headed, find_known
from policygraph.loaders.mentions.trailing_groups import find_trailing_groups
from policygraph.loaders.mentions.villages import find_villages
from policygraph.loaders.numbers import Number
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.structure import Outline
from policygraph.loaders.words.cues import words
from policygraph.loaders.words.verbs import lexicon
from policygraph.ontology.rules import rule_name

# Where an area stands before a verb, an event may be named by both: 罗田县推进乡村振兴现场会.
_HOLDING_ACTORS = {
    "Area": ("Group", "Organization"),
    "Organization": ("Group", "Event", "Organization"),
}


_SHORTEST_VERB = 2
_BODIES = (find_bodies, find_own_bodies, find_own_departments)


def find_mentions(
    text: str, outline: Outline, report: ReportContext, numbers: Sequence[Number]
) -> list[Mention]:
    """The mentions of a report in reading order; flat, the longest at each place wins."""
    context = mention_context_of(text, outline.body_start, report, numbers)
    bodies = [body for find in _BODIES for body in find(context)]
    ending = {body.span.end: body for body in bodies}
    people = list(find_people(context, ending))
    found = [
        *find_documents(context),
        *find_congresses(context),
        *find_known(context),
        *bodies,
        *find_parts(context, bodies),
        *people,
        *find_local_people(context, ending),
        *find_named_roles(context, ending),
        *find_headed(context, {m.span.end for m in (*bodies, *people)}),
        *find_events(context),
        *find_institutions(context),
        *(with_place(context, firm) for firm in find_local_institutions(context)),
        *find_placed_firms(context),
        *find_own_institutions(context),
        *find_listed(context),
        *find_teams(context),
        *find_trailing_groups(context),
        *find_areas(context),
        *find_named_places(context),
        *find_villages(context),
        *find_groups(context),
        *find_served_groups(context),
    ]
    begins = _by_start(bodies)
    acting = _by_start(m for m in found if m.type == "Organization")
    apart = [mention for mention in found if not _holds_actor(text, mention, begins, acting)]
    return _flat(context, _without_counted(apart, numbers))


def _flat(context: MentionContext, found: Sequence[Mention]) -> list[Mention]:
    """The mentions that are kept where several overlap, in reading order, with what the words around them add."""
    kept = keep_longest(list(_past_actors(context, found)), len(context.text))
    kept += find_firms_beside(context, kept)
    named = _joined_groups(context, _without_callings(outside_honours(context, kept)))
    counted = [with_rough_count(context, mention) for mention in named]
    return with_posts(context.text, sorted(counted, key=lambda m: m.span.start))


def _without_counted(found: Sequence[Mention], numbers: Sequence[Number]) -> list[Mention]:
    """三十所|学校: how many there are begins no name of one."""
    counted = {number.start for number in numbers if number.dimension == "count"}
    return [m for m in found if m.type != "Organization" or m.span.start not in counted]


def _without_callings(found: Sequence[Mention]) -> list[Mention]:
    """护林员|曾庆华: what one person is, right before the name, is no group."""
    persons = {mention.span.start for mention in found if mention.type == "Person"}
    return [
        mention
        for mention in found
        if mention.type != "Group" or mention.count is not None or mention.span.end not in persons
    ]


def _joined_groups(context: MentionContext, found: Sequence[Mention]) -> list[Mention]:
    """建档立卡贫困人口|生态护林员: people told twice in a row are one group; 安置区|基层党组织 are two."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and _are_same_people(last, mention):
            start, end = last.span.start, mention.span.end
            name, rule = context.text[start:end], rule_name("group-head")
            joined[-1] = context.mention(start, end, "Group", name, rule)
        else:
            joined.append(mention)
    return joined


def _are_same_people(first: Mention, second: Mention) -> bool:
    both = (first, second)
    if first.span.end != second.span.start or any(m.type != "Group" for m in both):
        return False
    people = tuple(words_of_names("groups", "person"))
    return all(m.count is None and m.span.quote.endswith(people) for m in both)


def _by_start(found: Iterable[Mention]) -> dict[int, list[Mention]]:
    """The mentions that begin at each offset."""
    starts: dict[int, list[Mention]] = {}
    for mention in found:
        starts.setdefault(mention.span.start, []).append(mention)
    return starts


def _holds_actor(
    text: str,
    mention: Mention,
    bodies: Mapping[int, Sequence[Mention]],
    acting: Mapping[int, Sequence[Mention]],
) -> bool:
    """省政府巩固拓展|主题教育, 县监督站全年监督|工程: a programme that begins with who acts is none."""
    if mention.type == "Event":
        # 县委第一巡察组|巡察12家
        part = rule_name("institution-part")
        held = (m for m in acting.get(mention.span.start, ()) if m.rule == part)
        ends = (m.span.end for m in held)
        return any(lexicon().verb_at(text, at, mention.span.end) for at in ends)
    if mention.type != "Programme":
        return False
    start, end = mention.span.start, mention.span.end
    if any(lexicon().verb_at(text, body.span.end, end) for body in bodies.get(start, ())):
        return True
    return any(text.startswith(words("within-time"), m.span.end) for m in acting.get(start, ()))


def _past_actors(context: MentionContext, found: Sequence[Mention]) -> Iterator[Mention]:
    """彰武县输出|农村劳动力, 县人民医院创建三级|医院: past who acts and the verb, where a longer name holds them."""
    ends: dict[int, list[Mention]] = {}
    for mention in found:
        if mention.type in ("Area", "Organization"):
            ends.setdefault(mention.span.start, []).append(mention)
    listed = {
        m.span.end + 1
        for m in found
        if m.type == "Area" and context.text[m.span.end : m.span.end + 1] == "、"
    }
    persons = [m.span.end for m in found if m.type == "Person"]
    for mention in found:
        told = _past_person(context.text, mention, persons)
        if told:
            # 第一书记孙浩联系|企业3家: a person and a verb are no part of a group.
            if mention.span.end - told > _SHORTEST_VERB:
                name = unquoted(context.text[told : mention.span.end])
                yield context.mention(told, mention.span.end, "Group", name, mention.rule)
            continue
        actors = ends.get(mention.span.start, ())
        past = max((_past_verb(context.text, actor, mention) for actor in actors), default=0)
        if mention.type == "Programme" and mention.span.start in listed:
            # 凤鸣镇、白鹿镇|供水工程: an area of a list begins no name.
            areas = [
                m.span.end for m in actors if m.type == "Area" and m.span.end < mention.span.end
            ]
            past = max(areas, default=past)
        if not past:
            yield mention
        elif mention.type != "Organization" and mention.span.end - past > _SHORTEST_VERB:
            name = unquoted(context.text[past : mention.span.end])
            yield context.mention(past, mention.span.end, mention.type, name, mention.rule)


def _past_person(text: str, mention: Mention, persons: Sequence[int]) -> int:
    """Where the rest of a group begins after a person and a verb that it holds; 0 where it holds none."""
    if mention.type != "Group":
        return 0
    inside = [at for at in persons if mention.span.start < at < mention.span.end]
    verb = lexicon().verb_at(text, inside[-1], mention.span.end) if inside else None
    return inside[-1] + len(verb.text) if verb is not None else 0


def _past_verb(text: str, actor: Mention, mention: Mention) -> int:
    """Where the rest of a name begins after who acts and a verb; 0 where it holds none."""
    at, end = actor.span.end, mention.span.end
    if at >= end or mention.type not in _HOLDING_ACTORS[actor.type]:
        return 0
    verb = lexicon().verb_at(text, at, end)
    if verb is None or len(verb.text) < _SHORTEST_VERB or at + len(verb.text) >= end - 1:
        return 0
    sure = verb.has("strong") if mention.type == "Organization" else not verb.has("nominal")
    return at + len(verb.text) if sure or mention.type == "Group" else 0


def keep_longest(found: Sequence[Mention], length: int) -> list[Mention]:
    """Of mentions that overlap the longest, of equals the first found; in reading order."""
    taken = bytearray(length)
    kept = []
    for mention in sorted(found, key=lambda m: m.span.start - m.span.end):
        start, end = mention.span.start, mention.span.end
        # What is kept is longer, so an overlap always covers one of the two ends.
        if not taken[start] and not taken[end - 1]:
            taken[start:end] = b"\1" * (end - start)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span.start)
