"""The page of the ontology and the page of a vocabulary, as text: the same input gives the same bytes."""

from __future__ import annotations

from policygraph.viz.bilingual import Both, both, say
from policygraph.viz.frame import asset, enclose
from policygraph.viz.markup import Child, Markup, join, tag
from policygraph.viz.reference import sections, vocabularies
from policygraph.viz.reference.components import heading
from policygraph.viz.reference.contents import PARTS, contents
from policygraph.viz.reference.links import Links
from policygraph.viz.reference.ontology import ontology
from policygraph.viz.reference.sample import Sample
from policygraph.viz.reference.terms import class_entry, other_entry
from policygraph.viz.reference.turtle_index import lengthen
from policygraph.viz.views import Select


def render_ontology(select: Select | None = None, links: Links | None = None) -> str:
    """The page of the ontology; with a store of one report, examples out of that report.

    Raises VocabularyError when a file of the ontology cannot be read.
    """
    source, links = ontology(), links or Links()
    sample = Sample(select) if select else None
    inner = {
        "introduction": sections.introduction(source, sample),
        "diagrams": sections.diagrams(source),
        "classes": join(class_entry(source, term, sample, links) for term in source.classes),
        "properties": sections.properties(source, sample, links),
        "cube": sections.cube(source, links),
        "disjointness": sections.disjointness(source, links),
        "individuals": join(other_entry(source, term, links) for term in source.individuals),
        "foreign": sections.foreign(source, sample, links),
        "vocabularies": vocabularies.index(links),
        "namespaces": sections.namespaces(),
    }
    body = [_part(name, inner[name]) for name in PARTS if inner[name]]
    search = say("查找词项", "Find a term")
    return _page(source.head.label, [sections.head(source, links), body], contents(source), search)


def _part(name: str, inner: Markup) -> Markup:
    at = f"part-{name}"
    titled = heading(2, at, PARTS[name])
    return tag("section", titled, inner, class_="part", aria_labelledby=at)


def render_vocabulary(name: str, links: Links | None = None) -> str:
    """The page of one vocabulary by the last part of its address: ``unit``.

    Raises VocabularyError when there is none of that name.
    """
    scheme, links = vocabularies.scheme(name), (links or Links()).below()
    known = ontology()
    licence = next(
        iter(scheme.head.links("dcterms:license") or known.head.links("dcterms:license")), ""
    )
    body = [
        vocabularies.head(scheme, links, lengthen(licence)),
        vocabularies.table(known, scheme, links),
    ]
    return _page(scheme.title, body, _others(name, links), say("查找概念", "Find a concept"))


def _others(name: str, links: Links) -> Markup:
    """Links to the ontology and all vocabularies with this one marked."""
    items = (
        tag(
            "li",
            tag(
                "a",
                both(one.title),
                href=links.scheme(one.name),
                aria_current="page" if one.name == name else None,
            ),
        )
        for one in vocabularies.schemes().values()
    )
    back = tag("a", "← ", say("本体", "The ontology"), href=links.up + links.ontology)
    return join(tag("p", back), tag("ul", items))


def _page(title: Both, body: Child, beside: Markup, search: Markup) -> str:
    nothing = say("没有找到。", "Nothing found.")
    return enclose(
        " · ".join((*title, "policygraph")),
        asset("page.css") + asset("reference.css"),
        (asset("reference.js"),),
        tag("a", say("跳到正文", "Skip to the text"), class_="skip", href="#content"),
        _bar(search),
        tag(
            "div",
            _contents(beside),
            tag("main", body, tag("p", nothing, id="nothing", hidden=True), id="content"),
            class_="frame",
        ),
        kind="reference",
        data_language="both",
    )


def _bar(search: Markup) -> Markup:
    """The line on top: search and the switch of language."""
    return tag(
        "div",
        tag("b", "policygraph"),
        tag(
            "label",
            tag("span", search, class_="hidden"),
            tag(
                "input",
                type="search",
                id="search",
                autocomplete="off",
                spellcheck="false",
                placeholder="查找 Find  ( / )",
            ),
            class_="find",
        ),
        tag("output", id="found", for_="search"),
        tag(
            "div",
            tag("button", "中文", type="button", data_choose="zh", lang="zh-Hans"),
            tag("button", "双语", type="button", data_choose="both"),
            tag("button", "English", type="button", data_choose="en", lang="en"),
            class_="languages",
            role="group",
            aria_label="语言 Language",
        ),
        class_="bar",
        role="banner",
    )


def _contents(beside: Markup) -> Markup:
    summary = tag("summary", say("目录", "Contents"))
    return tag(
        "nav",
        tag("details", summary, beside, id="contents", open=True),
        class_="contents",
        aria_label="目录 Contents",
    )
