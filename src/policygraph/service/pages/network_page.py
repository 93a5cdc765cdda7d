"""The page on which people walk through the network; without a script, one thing with its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from policygraph.ontology.terms import THINGS
from policygraph.queries import neighbourhood
from policygraph.queries.neighbourhood import Link, Node
from policygraph.service.pages.assets import BUNDLE
from policygraph.service.pages.indicator_names import spoken
from policygraph.service.pages.page_reader import PageReader, relations
from policygraph.service.pages.page_shell import ASSETS, main, page, section
from policygraph.service.pages.sparql_access import Select, rows, text
from policygraph.viz.markup import Markup, join, json_block, tag
from policygraph.viz.node_styles import NODE_STYLES

ADDRESS = "/network"
# What each question opens from the things it starts at.
QUESTIONS = {
    "who": ("actor-target", "actor-object", "implied-target", "implied-object"),
    "money": ("indicator-actor", "indicator-object", "indicator-target"),
    "responsibility": ("part-body", "body-part", "body-post"),
    "programmes": ("object-place", "object-target", "object-actor"),
}
NAMED = "named"  # what is named most, whatever one asks
ASKED, MOST_NAMED = 6, 30  # things a question starts at, and things listed
OPENED = 12  # neighbours a question opens by each relation
LISTED = 30  # neighbours of a relation listed without a script
# The drawing sets styles as it draws; scripts come from this service only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing with its links and the things at their other ends; empty where no thing was chosen."""

    thing: Node | None = None
    links: Sequence[Link] = ()
    nodes: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Starts:
    """Where a walk may begin: the things named most, and by question the IRIs it is best asked of."""

    named: Sequence[Node] = ()
    questions: Mapping[str, Sequence[str]] = field(default_factory=dict)


def around(select: Select, thing: str, document: str = "") -> Neighbourhood:
    """A thing with all that is linked with it; raises ValueError where it is no IRI."""
    found = neighbourhood.links(select, [thing], document)
    things = neighbourhood.nodes(select, [thing, *(link.target for link in found)])
    return Neighbourhood(things.get(thing, Node(thing)), found, things)


def starts(select: Select, document: str = "") -> Starts:
    """Where a walk may begin, in one report or all: the things each question is best asked of, and those named most."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    graphs = [document, THINGS] if document else None
    for row in rows(select, "network-starts", graphs):
        ranked.setdefault(text(row, "question"), []).append(
            (-int(text(row, "times")), text(row, "thing"))
        )
    most = {
        question: [iri for _, iri in sorted(things)[: MOST_NAMED if question == NAMED else ASKED]]
        for question, things in ranked.items()
    }
    things = neighbourhood.nodes(select, (iri for found in most.values() for iri in found))
    named = [things[iri] for iri in most.pop(NAMED, ()) if iri in things]
    named = list({(node.kind, *sorted(node.names.items())): node for node in named[::-1]}.values())
    named.reverse()
    return Starts(tuple(named), {name: tuple(most[name]) for name in QUESTIONS if name in most})


def network_page(
    around: Neighbourhood,
    begin: Starts,
    reports: Sequence[Node],
    reader: PageReader,
    question: str = "",
    document: str = "",
) -> str:
    """The page: where to start, or a thing and its neighbours by relation; a script draws them.

    ``question`` is the one of QUESTIONS that the picture began with, ``document`` the only report that is asked.
    """
    title = around.thing.name(reader.tag) if around.thing else reader.say("network")
    if question in QUESTIONS:
        title = reader.say(f"network_{question}")
    chosen = {"document": document} if document else {}
    here = reader.at(ADDRESS, **({"node": around.thing.iri} if around.thing else {}), **chosen)
    if around.thing:
        listing = _relations(around, reader, chosen)
    else:
        listing = _starts(begin, reports, reader, chosen)
    return page(
        reader,
        title,
        here.rpartition("lang=")[0].rstrip("?&"),
        main(
            tag("h1", title, dir="auto"),
            tag("p", reader.say("network_hint"), class_="lead"),
            tag("div", id="explorer", hidden=True),
            tag("div", listing, id="listing"),
        ),
        json_block("data", _data(around, reports, reader)),
        tag("script", type="module", src=reader.path(f"{ASSETS}network.js")) if built() else None,
        head=tag("link", rel="stylesheet", href=reader.path(f"{ASSETS}network.css"))
        if built()
        else None,
        kind="pages explorer",
    )


def built() -> bool:
    """Whether the script of the page was built."""
    return (BUNDLE / "network.js").is_file()


def _data(around: Neighbourhood, reports: Sequence[Node], reader: PageReader) -> dict[str, Any]:
    """What the script needs: the words of the page, the relations, how nodes are drawn."""
    return {
        "address": reader.path(ADDRESS),
        "backward": {neighbourhood.reverse(name): name for name in neighbourhood.FORWARD},
        "base": reader.base,
        "language": reader.tag,
        "relations": {name: reader.pick(pair) for name, pair in relations().items()},
        "reports": [{"iri": report.iri, "name": report.name(reader.tag)} for report in reports],
        "root": reader.path("/"),
        "start": around.thing.iri if around.thing else "",
        "styles": {
            name: {"shape": style.shape, "colour": style.colour, "name": reader.pick((style.zh, style.en))}
            for name, style in NODE_STYLES.items()
        },
        "words": reader.group("explorer_"),
    }  # fmt: skip


def _starts(
    begin: Starts, reports: Sequence[Node], reader: PageReader, chosen: Mapping[str, str]
) -> Markup:
    """Where to begin: the questions, and what is named most; by report where there are several."""
    cards = [
        tag(
            "a",
            tag("div", tag("b", reader.say(f"network_{question}"))),
            href=question_address(question, things, reader, chosen.get("document", "")),
        )
        for question, things in begin.questions.items()
    ]
    names = Counter(node.name(reader.tag) for node in begin.named)
    return tag(
        "div",
        _by_report(reports, reader, chosen) if len(reports) > 1 else None,
        section(reader.say("network_questions"), tag("div", *cards, class_="cards"))
        if cards
        else None,
        section(
            reader.say("network_start"),
            tag(
                "ul", *(_start(node, names, reader, chosen) for node in begin.named), class_="links"
            ),
        ),
    )


def _start(
    node: Node, names: Mapping[str, int], reader: PageReader, chosen: Mapping[str, str]
) -> Markup:
    """A thing to begin with; what it is stands beside a name that others have too."""
    style = NODE_STYLES.get(node.kind)
    kind = reader.pick((style.zh, style.en)) if style else ""
    told = tag("small", f" {kind}") if names[node.name(reader.tag)] > 1 and kind else None
    return tag("li", _link(node, reader, chosen), told)


def _by_report(reports: Sequence[Node], reader: PageReader, chosen: Mapping[str, str]) -> Markup:
    """The reports, each a link to where to begin in it alone."""
    current = chosen.get("document", "")
    every = tag("a", reader.say("explorer_every_report"), href=reader.at(ADDRESS), aria_current="true" if not current else None)  # fmt: skip
    links = (
        tag(
            "a",
            report.name(reader.tag),
            href=reader.at(ADDRESS, document=report.iri),
            aria_current="true" if report.iri == current else None,
        )
        for report in reports[:LISTED]
    )
    return tag(
        "noscript", tag("p", every, *links, class_="kinds")
    )  # the script has a list to choose from


def question_address(
    question: str, things: Sequence[str], reader: PageReader, document: str = ""
) -> str:
    """The address of the picture that answers a question: its things with its relations opened."""
    state = [("question", question), *(("node", iri) for iri in things)]
    for iri in things:
        short = iri.removeprefix(reader.base)
        state += [("open", f"{relation}~{OPENED}~{short}") for relation in QUESTIONS[question]]
    state += [("document", document)] if document else []
    return f"{reader.path(ADDRESS)}?{urlencode([*state, ('lang', reader.tag)])}"


def _relations(around: Neighbourhood, reader: PageReader, chosen: Mapping[str, str]) -> Markup:
    """The neighbours of a thing under each relation."""
    by_relation: dict[str, list[Link]] = {}
    for link in around.links:
        by_relation.setdefault(link.relation, []).append(link)
    if not by_relation:
        return tag("p", reader.say("network_alone"))
    groups = sorted(by_relation.items(), key=lambda item: (-len(item[1]), item[0]))
    return tag(
        "div", *(_group(relation, links, around, reader, chosen) for relation, links in groups)
    )


def _group(
    relation: str,
    links: list[Link],
    around: Neighbourhood,
    reader: PageReader,
    chosen: Mapping[str, str],
) -> Markup:
    items = [
        tag(
            "li",
            _link(around.nodes[link.target], reader, chosen),
            " ",
            tag("small", str(link.times)),
        )
        for link in links[:LISTED]
        if link.target in around.nodes
    ]
    rest = len(links) - LISTED
    more = tag("li", reader.say("network_more", count=rest)) if rest > 0 else None
    label = reader.pick(relations().get(relation, (relation, relation)))
    return section(f"{label} ({len(links)})", tag("ul", *items, more, class_="links"))


def _link(node: Node, reader: PageReader, chosen: Mapping[str, str]) -> Markup:
    address = reader.at(ADDRESS, node=node.iri, **chosen)
    name = node.name(reader.tag)
    link = tag("a", name, href=address, dir="auto", lang=reader.language_of(name))
    return join(link, spoken(name, reader))
