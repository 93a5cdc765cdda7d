"""What search finds in a store: its things, statements, sections, sentences and the named queries, with the words they are found by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.graph.stores import Store
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.pinyin import readings
from policygraph.ontology.prefixes import PREFIXES
from policygraph.ontology.vocabulary import Concept, concepts_by_iri, vocabulary, word_cache
from policygraph.queries.arithmetic import StatedFigure, direction, unit_of_heading
from policygraph.queries.catalogue import Catalogue
from policygraph.queries.search_words import one_of, tokens
from policygraph.queries.stated_passages import SENTENCE_ENDS, period_of

_PG = PREFIXES["pg"]
_APART = "x0x"  # between what does not stand together
_STATEMENTS = {"Figure": "figure", "Measure": "measure", "Difficulty": "difficulty"}
# Kinds in the order they are shown; things come first, sentences last.
ORDER = ("thing", "figure", "Concept", "query", "section", "measure", "difficulty", "sentence")
_DELIVERY = ("speaker", "speakerPost", "delivered", "deliveredAt")
_DOT = " · "
_CLAUSE_ENDS = "，,；;。！？!?：:\n"
_CLAUSE_END = re.compile("[，,、；;。：:（(]")
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
_SHORT_CLAUSE = 7  # characters of a clause that leans on the one before it: 总产达到557亿斤
_SHORT_NAME = 4  # characters of a name that leaves out what the clause before has said
_SENTENCE = 120  # characters before and after a figure that are looked at for its sentence
_LEAD = 60  # characters before a figure that tell what it is
_THINGS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?iri ?class ?label WHERE {
  GRAPH pg:things {
    ?iri a ?class .
    { ?iri rdfs:label ?label } UNION { ?iri skos:altLabel ?label } UNION { ?iri skos:prefLabel ?label }
  }
}
"""
_QUOTES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?iri ?class ?start ?end ?quote WHERE {
  VALUES ?class { pg:Figure pg:Measure pg:Difficulty }
  GRAPH ?document { ?iri a ?class ; pg:start ?start ; pg:end ?end ; pg:quote ?quote }
}
"""
_SECTIONS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?document ?iri ?start ?label WHERE {
  GRAPH ?document { ?iri a pg:Section ; pg:start ?start ; rdfs:label ?label }
}
"""
_TEXTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?text WHERE { GRAPH ?document { ?document a pg:Report ; pg:text ?text } }
"""
_SENTENCES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?iri ?start ?end WHERE {
  GRAPH ?document { ?iri a pg:Sentence ; pg:start ?start ; pg:end ?end }
}
"""
# Wordings of reports, and the shared indicator each is put under.
_SHARED = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?wording ?shared WHERE {
  GRAPH pg:things { ?wording skos:exactMatch ?shared ; a pg:Indicator . ?shared a pg:Indicator }
}
"""
# What a figure is about: its indicator as it stands, what it is told of, when, in which unit, and what qualifies it.
_ABOUT_FIGURES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?iri ?property ?value WHERE {
  VALUES ?property { pg:asWritten pg:indicator pg:scopeText pg:scope pg:period pg:refPeriod pg:unit pg:value pg:kind pg:qualifier pg:qualifierText }
  GRAPH ?document { ?iri ?property ?value ; a pg:Figure }
}
"""
# Things that are found by what they are part of, and rules, which are no matter of a report.
_UNSOUGHT = frozenset(
    {
        "Period",
        "Instant",
        "Rule",
        "Plan",
        "Reform",
        "Transfer",
        "SoftwareAgent",
        "Merge",
        "Succession",
    }
)
_WORDINGS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?iri ?words WHERE {
  GRAPH ?document { ?mention pg:mentions ?iri ; pg:quote ?words }
}
"""
_POSTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?person ?name WHERE {
  { GRAPH ?document { ?mention pg:inPost ?post ; pg:mentions ?person } }
  UNION { GRAPH ?document { ?document pg:speakerPost ?post ; pg:speaker ?person } }
  GRAPH pg:things { ?post rdfs:label ?name }
}
"""
_NAMING = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?iri ?document WHERE {
  VALUES ?link { pg:mentions pg:indicator pg:asWritten pg:actor pg:object pg:target pg:scope pg:area pg:issuer pg:speaker pg:speakerPost pg:inPost pg:deliveredAt }
  GRAPH ?document { ?statement ?link ?iri }
}
"""
_BODIES = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?name WHERE {
  GRAPH pg:things { ?body a pg:FormalOrganization ; rdfs:label ?name FILTER (LANG(?name) = "zh") }
}
"""
_REPORTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?document ?property ?value WHERE {
  { GRAPH ?document { ?document a pg:Report ; dcterms:title ?value } BIND ("title" AS ?property) }
  UNION {
    GRAPH ?document { ?document a pg:Report ; pg:area ?place }
    GRAPH pg:things { ?place rdfs:label ?value } FILTER (LANG(?value) = "zh")
    BIND ("area" AS ?property)
  }
  UNION {
    GRAPH ?document { ?document a pg:Report ; pg:refPeriod ?period }
    BIND (SUBSTR(STRAFTER(STR(?period), "/id/period/"), 1, 4) AS ?value)
    BIND ("year" AS ?property)
  }
}
"""
_HEADERS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?document ?property ?value WHERE {
  { GRAPH ?document { ?document a pg:Report ; dcterms:issued ?value } BIND ("issued" AS ?property) }
  UNION { GRAPH ?document { ?document a pg:Report ; dcterms:identifier ?value } BIND ("index-number" AS ?property) }
  UNION { GRAPH ?document { ?document a pg:Report ; pg:documentNumber ?value } BIND ("document-number" AS ?property) }
  UNION {
    GRAPH ?document { ?document a pg:Report ; pg:issuer ?body }
    GRAPH pg:things { ?body rdfs:label ?value } FILTER (LANG(?value) = "zh")
    BIND ("issuer" AS ?property)
  }
  UNION { GRAPH ?document { ?document a pg:Report ; pg:delivered ?value } BIND ("delivered" AS ?property) }
  UNION {
    VALUES ?role { pg:speaker pg:speakerPost pg:deliveredAt }
    GRAPH ?document { ?document a pg:Report ; ?role ?one }
    GRAPH pg:things { ?one rdfs:label ?value } FILTER (LANG(?value) = "zh")
    BIND (STRAFTER(STR(?role), "#") AS ?property)
  }
}
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its kind, the text it is found by, other names of it, and where it stands.

    ``start`` and ``end`` are offsets in the text of the document; both are None for things. ``qualifier`` are
    the keys of what qualifies a figure: over, cumulative. ``lead`` are words it is found by too: those before
    a figure, its English names. ``context`` is what stands around it; ``named`` is the indicator of a figure,
    ``bound`` whether it is but a threshold, ``measured`` its kind, its unit and the dimension of that, ``value`` its number. ``change``
    is the direction of a change or gap, which its words may leave out: rose, fell, more, less.
    """

    kind: str
    text: str
    name: str = ""
    document: str = ""
    start: int | None = None
    end: int | None = None
    iri: str = ""
    section: str = ""
    qualifier: str = ""
    lead: str = ""
    context: str = ""
    named: str = ""
    bound: bool = False
    measured: str = ""
    change: str = ""
    value: str = ""


def body(entry: Entry) -> str:
    """What an entry is found by: its words, and of names and headings how they are read."""
    parts = [" ".join(tokens(part)) for part in (entry.text, entry.name) if part]
    if entry.kind == "figure":  # 28个国定脱贫县农村居民收入: whose it is stands before what it is
        parts.append(" ".join(tokens(" ".join(reversed(entry.name.split(_DOT))))))
    if entry.kind not in ORDER or entry.kind in ("Concept", "section"):
        parts += [" ".join(said) for said in readings(entry.text)]
    return f" {_APART} ".join(parts)


def stored_reports(store: Store) -> list[tuple[str, str, str, str]]:
    """The reports with their title, area and year, empty where none is known."""
    found: dict[str, dict[str, str]] = {}
    for document, name, value in _rows(store, _REPORTS):
        found.setdefault(document.value, {}).setdefault(name.value, value.value)
    return [
        (document, said.get("title", document), said.get("area", ""), said.get("year", ""))
        for document, said in sorted(found.items())
    ]


def reporting_bodies(
    store: Store, reported: Iterable[tuple[str, str, str, str]]
) -> list[tuple[str, str]]:
    """Report → the names of the bodies that issue it or stand in its title, also of one it does not name beside."""
    bodies = {name.value for (name,) in _rows(store, _BODIES)}
    found = {
        (iri.value, name.value)
        for iri, key, name in _rows(store, _HEADERS)
        if key.value == "issuer"
    }
    found |= {(iri, name) for iri, title, _, _ in reported for name in _names_in(title, bodies)}
    department = _department()
    for iri, title, area, _ in reported:
        begin = title.find(area) + len(area) if area else 0
        if begin and (named := department.match(title, begin)):
            found.add((iri, f"{area}{named[0]}"))
    return sorted(found)


@word_cache
def _department() -> re.Pattern[str]:
    """What finds the name of a department behind that of its area: 财政局."""
    departments, suffixes = (
        one_of(label for concept in vocabulary(name) for label in concept.labels)
        for name in ("departments", "body-suffixes")
    )
    return re.compile(f"(?:{departments})+(?:{suffixes})")


def _names_in(title: str, names: Set[str]) -> Iterator[str]:
    """The names that stand in a title, the longest at each place."""
    at = 0
    while at < len(title):
        ends = range(len(title), at, -1)
        end = next((end for end in ends if title[at:end] in names), 0)
        if end:
            yield title[at:end]
        at = end or at + 1


def _headers(store: Store) -> Iterator[Entry]:
    """The reports, each found by its title, and by who issued it, when and under which number, with the words for these."""
    labels = {concept.key: concept.labels for concept in vocabulary("header-fields")}
    labels |= {name: (DECLARED[name][1],) for name in _DELIVERY}
    said: dict[str, list[tuple[str, str]]] = {}
    for document, key, value in _rows(store, _HEADERS):
        said.setdefault(document.value, []).append((key.value, value.value))
    for iri, title, area, year in stored_reports(store):
        stated = sorted(said.get(iri, ()))
        told = (f"{labels[key][0]} {value}" for key, value in stated)
        name = _DOT.join(filter(None, (*told, area, year)))
        words = " ".join(word for key, _ in stated for word in labels[key])
        yield Entry("Report", title, name, iri, iri=iri, lead=words)


def naming(store: Store) -> dict[str, list[str]]:
    """Thing → the reports that name it, in their order."""
    found: dict[str, set[str]] = {}
    for iri, document in _rows(store, _NAMING):
        found.setdefault(iri.value, set()).add(document.value)
    return {iri: sorted(documents) for iri, documents in found.items()}


def entries_of(
    store: Store, catalogue: Catalogue, naming: Mapping[str, Sequence[str]]
) -> Iterator[Entry]:
    """All that can be found, in an order that depends on the store alone."""
    labels, shared = _labels(store), _shared(store)
    yield from _headers(store)
    yield from _told_apart(_things(store, labels, shared), naming)
    for query in catalogue:
        yield Entry(
            "query", query.title[0], f"{query.title[1]} {' '.join(query.question)}", iri=query.name
        )
    yield from _passages(store, _about_figures(store, labels, shared))


_Labels = dict[tuple[str, str], list[tuple[bool, str]]]


def _labels(store: Store) -> _Labels:
    """Thing and class → its labels, the Chinese and the longest first. Of what is a concept too only the class is kept."""
    labels: _Labels = {}
    for iri, kind, label in _rows(store, _THINGS):
        assert isinstance(label, ox.Literal)
        key = (iri.value, kind.value.removeprefix(_PG).rpartition("#")[2])
        labels.setdefault(key, []).append((label.language != "zh", label.value))
    unsought = {iri for iri, of_class in labels if of_class in _UNSOUGHT}
    classed = {iri for iri, of_class in labels if of_class != "Concept"}
    return {
        (iri, of_class): sorted(named, key=lambda label: (label[0], -len(label[1]), label[1]))
        for (iri, of_class), named in sorted(labels.items())
        if iri not in unsought and (of_class != "Concept" or iri not in classed)
    }


def _shared(store: Store) -> dict[str, str]:
    """Indicator in the words of a report → the shared one it is put under."""
    return {wording.value: shared.value for wording, shared in _rows(store, _SHARED)}


@dataclass(frozen=True, slots=True)
class _About:
    """What a figure is about: 生产总值（地区生产总值） · 浙江省 · 2024; the rest as in Entry."""

    name: str = ""
    named: str = ""
    english: str = ""
    qualifier: str = ""
    bound: bool = False
    value: str = "0"
    unit: str = ""
    measured: str = ""
    change: str = ""


def _about_figures(store: Store, labels: _Labels, shared: Mapping[str, str]) -> dict[str, _About]:
    """Figure → what it is about."""
    chinese = {iri: named[0][1] for (iri, _), named in labels.items()}
    english = {iri: text for (iri, _), named in labels.items() for other, text in named if other}
    by_name = {chinese[iri]: text for iri, text in sorted(english.items())}
    units = concepts_by_iri("units")
    english |= {iri: concept.english for iri, concept in units.items()}
    said: dict[str, dict[str, list[str]]] = {}
    for iri, name, value in _rows(store, _ABOUT_FIGURES):
        by = said.setdefault(iri.value, {})
        by.setdefault(name.value.removeprefix(_PG), []).append(value.value)

    def about(by: Mapping[str, Sequence[str]]) -> _About:
        def get(*names: str) -> str:
            return next((by[name][0] for name in names if name in by), "")

        written = get("asWritten", "indicator")
        usual = chinese.get(shared.get(written, ""), "")
        name = chinese.get(written, "")
        told = f"{name}（{usual}）" if usual not in ("", name) else name
        scope = get("scopeText") or chinese.get(get("scope"), "")
        period = get("period") or period_of(get("refPeriod"))
        things = get("scope"), get("unit")
        called = english.get(shared.get(written, written)) or _english_of(name, by_name)
        keys = get("qualifierText").split() or sorted(
            iri.rpartition("/")[2] for iri in by.get("qualifier", ())
        )
        return _About(
            _DOT.join(filter(None, (told, scope, period))),
            usual or name,
            " ".join((called, *(english.get(iri, "") for iri in things))),
            " ".join(keys),
            get("kind").endswith("/threshold"),
            get("value"),
            chinese.get(get("unit"), ""),
            _measured(get("kind").rpartition("/")[2], units.get(get("unit")), keys),
            direction(get("kind").rpartition("/")[2], Decimal(get("value") or 0)),
        )

    return {iri: about(by) for iri, by in said.items()}


def _english_of(name: str, by_name: Mapping[str, str]) -> str:
    """What a name is called in English, or the longest name that it begins with: 5G基站 of 5G基站总量."""
    ends = range(len(name), 1, -1)
    return next((by_name[name[:end]] for end in ends if name[:end] in by_name), "")


def _measured(kind: str, unit: Concept | None, qualifiers: Iterable[str]) -> str:
    """The kind of a figure, its unit and what that measures, but growth in per cent is no ratio; whether it is planned."""
    key, dimension = (unit.key, unit.value("dimension")) if unit else ("", "")
    sort = "" if (kind, dimension) == ("change", "ratio") else dimension
    return f" {kind} {key} {sort} {'planned' if 'planned' in qualifiers else ''} "


def _things(store: Store, labels: _Labels, shared: Mapping[str, str]) -> Iterator[Entry]:
    """All things with their names; an indicator's with the wordings put under it, a person's with the posts."""
    wordings: dict[str, set[str]] = {}
    for person, post in _rows(store, _POSTS):
        wordings.setdefault(person.value, set()).add(post.value)
    for iri, words in _rows(store, _WORDINGS):
        wordings.setdefault(iri.value, set()).add(words.value)
    for (name, of_class), named in labels.items():
        if of_class == "Indicator" and name in shared:
            wordings.setdefault(shared[name], set()).add(named[0][1])
    for (name, of_class), named in labels.items():
        if of_class == "Indicator" and name in shared:
            continue
        said = sorted(wordings.get(name, ()), key=lambda word: (word.isascii(), word))
        texts = list(dict.fromkeys((*(text for _, text in named), *said)))
        yield Entry(of_class, texts[0], " / ".join(texts[1:]), iri=name)


def _told_apart(things: Iterable[Entry], naming: Mapping[str, Sequence[str]]) -> Iterator[Entry]:
    """The things without those of the same name and class that are not meant.

    Of an area's former codes none is meant that no report names while another is named.
    """
    alike: dict[tuple[str, str], list[Entry]] = {}
    for thing in things:
        alike.setdefault((thing.kind, thing.text), []).append(thing)
    for same in alike.values():
        yield from [thing for thing in same if thing.iri in naming] or same


def _passages(store: Store, about: Mapping[str, _About]) -> Iterator[Entry]:
    """Sections, statements and sentences, in reading order."""
    found: list[Entry] = []
    headings: dict[str, list[tuple[int, str]]] = {}
    for document, iri, at, label in _rows(store, _SECTIONS):
        start, text = int(at.value), label.value
        span = start, start + len(text)
        found.append(Entry("section", text, "", document.value, *span, iri.value, text))
        headings.setdefault(document.value, []).append((start, text))
    for known in headings.values():
        known.sort()

    def heading(document: str, start: int) -> str:
        """The heading of the section a passage stands in, empty before the first."""
        known = headings.get(document, [])
        place = bisect_right(known, start, key=lambda section: section[0])
        return known[place - 1][1] if place else ""

    texts = {document.value: text.value for document, text in _rows(store, _TEXTS)}
    for document, iri, of_class, at, to, quote in _rows(store, _QUOTES):
        kind = _STATEMENTS[of_class.value.removeprefix(_PG)]
        span = int(at.value), int(to.value)
        place = document.value, *span, iri.value, heading(document.value, span[0])
        entry = Entry(kind, quote.value, "", *place)
        if kind == "figure":
            entry = _told(entry, about.get(iri.value, _About()), texts[document.value])
        found.append(entry)
    for document, iri, at, to in _rows(store, _SENTENCES):
        span = int(at.value), int(to.value)
        text = texts[document.value][slice(*span)]
        place = document.value, *span, iri.value, heading(document.value, span[0])
        found.append(Entry("sentence", text, "", *place))
    yield from sorted(found, key=_place)


def _told(figure: Entry, of: _About, text: str) -> Entry:
    """A figure with what it is about, and the words before it in the text of its report; a cell of a table with its unit."""
    start = figure.start or 0
    cell = StatedFigure(figure.iri, figure.text, Decimal(of.value), of.unit)
    before = _sentence_before(text, start)
    lead = _lead(text, start, of.name)
    after = _sentence_after(text, figure.end or 0)
    return replace(
        figure,
        name=_DOT.join(filter(None, (unit_of_heading(cell), of.name))),
        qualifier=of.qualifier,
        lead=f"{lead} {_APART} {_CLAUSE_END.split(after, maxsplit=1)[0]} {of.english}",
        context=f"{figure.section} {before} {after}",
        measured=of.measured,
        change=of.change,
        value=of.value,
        named=of.named,
        bound=of.bound,
    )


def _lead(text: str, start: int, name: str) -> str:
    """The clause before a figure, with the one before that where the name of what is told is short."""
    before = text[max(0, start - _LEAD) : start]
    begin = max(before.rfind(mark) for mark in _CLAUSE_ENDS) + 1
    leans = len(name.partition(_DOT)[0]) < _SHORT_NAME and before[:begin].endswith(("，", ","))
    if leans and len(before) - begin < _SHORT_CLAUSE:
        begin = max(before.rfind(mark, 0, begin - 1) for mark in _CLAUSE_ENDS) + 1
    return before[begin:]


def _sentence_before(text: str, start: int) -> str:
    """What the sentence of a figure says before it, as far as it tells what the figure is of."""
    before = text[max(0, start - _SENTENCE) : start]
    return before[max(before.rfind(mark) for mark in SENTENCE_ENDS) + 1 :]


def _sentence_after(text: str, end: int) -> str:
    """What the sentence of a figure says after it: 选取10个县开展试点."""
    return _SENTENCE_END.split(text[end : end + _SENTENCE], maxsplit=1)[0]


def _place(entry: Entry) -> tuple[str, int, int, int, str]:
    """Where an entry stands: by document and offset, the larger part before the smaller."""
    return entry.document, entry.start or 0, ORDER.index(entry.kind), entry.end or 0, entry.iri


def _rows(store: Store, sparql: str) -> Iterator[tuple[Term, ...]]:
    """The rows of a query none of whose columns is ever unbound."""
    for solution in store.solutions(sparql):
        yield tuple(term for term in solution if not isinstance(term, ox.Triple | None))
