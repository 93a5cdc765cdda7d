"""The SPARQL page: an editor bundled from npm, or how to build it where it is missing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from policygraph.graph.formats import of_kinds
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.catalogue import Catalogue, NamedQuery
from policygraph.queries.columns import HIDDEN
from policygraph.service.pages.assets import BUNDLE
from policygraph.service.pages.examples import Group, grouped, networks
from policygraph.service.pages.page_reader import PageReader, both
from policygraph.service.pages.page_shell import ASSETS, main, page
from policygraph.service.pages.query_page import runnable
from policygraph.service.pages.sparql_access import written
from policygraph.service.pages.thing_layout import GRAPH_FILES
from policygraph.viz.markup import Markup, json_block, tag
from policygraph.viz.node_styles import NODE_STYLES

# Styles are set by the editor and by vis-network as they draw; scripts come from this service only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FIRST = "documents"  # the query in the editor at first
_FORMS = ("table", "raw", "network")


def sparql_page(catalogue: Catalogue, reader: PageReader, built: Path = BUNDLE) -> str:
    """The page with its editor; where the bundle is missing, how to build it."""
    if not (built / "query.js").is_file():
        return _not_built(reader)
    return page(
        reader,
        reader.say("sparql"),
        reader.path("/query"),
        tag(
            "noscript",
            tag(
                "p",
                f"{reader.say('needs_script')} ",
                tag("a", reader.say("queries"), href=reader.at("/queries/")),
            ),
        ),
        _frame(),
        json_block("data", _data(catalogue, reader)),
        tag("script", type="module", src=reader.path(f"{ASSETS}query.js")),
        head=tag("link", rel="stylesheet", href=reader.path(f"{ASSETS}query.css")),
        kind="query",
    )


def _frame() -> Markup:
    """What the script fills; the words come by data-word in the language chosen."""
    return main(
        tag("h1", "SPARQL", class_="unseen"),
        tag(
            "aside",
            tag("input", type="search", id="filter", data_hint="filter"),
            tag("div", id="examples"),
            id="side",
        ),
        tag(
            "div",
            tag("div", id="editor"),
            tag(
                "div",
                tag("button", data_word="run", id="run"),
                tag("button", data_word="examples", id="choose"),
                tag("button", data_word="share", id="share"),
                tag("span", data_word="keys", class_="note"),
                tag("span", id="said", role="status"),
                id="bar",
            ),
            tag("pre", id="error", role="alert", hidden=True),
            tag(
                "div",
                tag("div", *map(_tab, _FORMS), role="tablist"),
                tag("div", id="downloads"),
                id="form",
            ),
            tag("div", tag("p", data_word="hint", class_="note"), id="answer"),
            id="work",
        ),
    )


def _tab(form: str) -> Markup:
    return tag("button", role="tab", data_form=form, data_word=form, id=f"tab-{form}")


def _not_built(reader: PageReader) -> str:
    command = "make web"
    return page(
        reader,
        reader.say("not_built"),
        reader.path("/query"),
        main(
            tag("h1", reader.say("not_built")),
            tag("p", reader.say("build_it")),
            tag("pre", command),
        ),
    )


def _data(catalogue: Catalogue, reader: PageReader) -> dict[str, object]:
    groups = [*grouped(catalogue), Group(both("networks"), tuple(networks()))]
    return {
        "assets": reader.path(ASSETS),
        "root": reader.prefix,
        "base": reader.base,
        "capped": ["X-Policygraph-Cut"],
        "examples": [
            {"label": group.label, "queries": [*map(_example, group.queries)]} for group in groups
        ],
        "formats": {
            kind: [(form.name, form.media, form.extension) for form in forms]
            for kind, forms in (("rows", of_kinds("rows")), ("graph", GRAPH_FILES))
        },
        "hidden": HIDDEN,
        "first": runnable(catalogue.named(FIRST)),
        "marks": {
            name: {"shape": mark.shape, "colour": mark.colour, "zh": mark.zh, "en": mark.en}
            for name, mark in NODE_STYLES.items()
        },
        "prefixes": PREFIXES,
        "terms": [
            {"iri": PREFIXES["pg"] + name, "kind": _kind(row[0]), "label": row[1:3]}
            for name, row in DECLARED.items()
        ],
        "used": written("used", service=ox.NamedNode(Minter(reader.base).service())),
    }


def _example(query: NamedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "title": query.title,
        "question": query.question,
        "sparql": runnable(query),
    }


def _kind(declared: str) -> str:
    return "class" if declared == "Class" else "property"
