"""Statements → N-Quads: one document becomes one named graph, in reading order.

The text is the same on every run and machine. What stands where is in docs/model.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from policygraph.graph.statements import (
    Document,
    Exclusion,
    Figure,
    Finding,
    Measure,
    Mention,
    Section,
    Span,
)
from policygraph.ontology.iris import Minter
from policygraph.ontology.prefixes import expand
from policygraph.ontology.register import Area, Register
from policygraph.ontology.terms import datatype, parents, term
from policygraph.ontology.vocabulary import vocabulary
from policygraph.version import __version__

CONTEXT = 16  # characters of prefix and suffix kept beside a quote
_CHINESE = "zh-Hans"
_ESCAPES = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff\ufffe\uffff]')
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_NUMBER = re.compile(r"[0-9.]+[百千万亿]*")
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_RELATION = {"change": "changeOf", "rank": "rankOf", "completion": "completionOf"}
_THING_CLASS = {"Document": "PolicyDocument"}


def nquads(
    document: Document, minter: Minter | None = None, register: Register | None = None
) -> str:
    """The document's named graph as N-Quads text, a line a quad, none twice."""
    return _Writer(document, minter or Minter(), register or Register.load()).write()


def stats(document: Document, lines: str) -> dict[str, int]:
    """How many figures, mentions, measures, findings and quads a document came to."""
    return {
        "figures": len(document.figures),
        "mentions": len(document.mentions),
        "measures": len(document.measures),
        "findings": len(document.findings),
        "quads": lines.count("\n"),
    }


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # a lone surrogate cannot be written as UTF-8
    return _NAMED.get(char) or f"\\u{ord(char):04X}"


def _text(value: str) -> str:
    return '"' + _ESCAPES.sub(_escape, value) + '"'


@cache
def _iri(name: str) -> str:
    """A predicate or class as ``<…>``: ours by its bare name, others by prefix."""
    return f"<{expand(name) if ':' in name else term(name)}>"


@cache
def _property(name: str) -> tuple[str, str]:
    """What stands before and after a value of one of our properties, as the ontology says."""
    held = datatype(name)
    return f'> {_iri(name)} "', '"' if held.endswith("#string") else f'"^^<{held}>'


@cache
def _types(name: str) -> tuple[str, ...]:
    """The types of a thing of one of our classes, as predicate and object."""
    kinds = (_iri(name), *(f"<{above}>" for above in parents(name)))
    return tuple(f"{_iri('rdf:type')} {kind}" for kind in kinds)


@cache
def _evidence() -> tuple[str, str, str, str, str]:
    """The types of evidence and its parts, and the predicates that join them."""
    kinds = ("oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector")
    whole, position, quote = (f"{_iri('rdf:type')} {_iri(kind)}" for kind in kinds)
    return whole, position, quote, _iri("oa:hasSource"), _iri("oa:hasSelector")


@cache
def _selectors() -> tuple[str, str, str, str, str, str]:
    """The predicates of the selectors, and the datatype of offsets."""
    names = ("oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix")
    start, end, exact, prefix, suffix = map(_iri, names)
    return start, end, exact, prefix, suffix, f"^^{_iri('xsd:nonNegativeInteger')}"


@cache
def _provenance() -> tuple[str, str, str, str, str]:
    """The predicates that say where a statement comes from."""
    return (
        _iri("evidence"),
        _iri("prov:wasDerivedFrom"),
        _iri("prov:wasGeneratedBy"),
        _iri("producedBy"),
        _iri("inSection"),
    )


@cache
def _units() -> dict[str, str]:
    return {label: c.key for c in vocabulary("units") for label in c.labels}


class _Writer:
    """Gathers the lines of one document."""

    def __init__(self, document: Document, minter: Minter, register: Register) -> None:
        self.document = document
        self.minter = minter
        self.register = register
        self.year = int(document.period[:4]) if document.period[:4].isdigit() else None
        self.iri = minter.document(document.sha256)
        self.graph = f" <{self.iri}> .\n"
        self.lines: list[str] = []
        self.put = self.lines.append
        self.reading = minter.below(self.iri, "reading")
        self.things: dict[tuple[str, str], str] = {}
        self.by_name: dict[str, str] = {}
        self.by_quote: dict[str, str] = {}
        self.spans: set[tuple[int, int]] = set()
        self.rules: set[str] = set()
        self.areas: dict[Area, str] = {}
        self.section_starts = [section.span_start for section in document.sections]
        self.measure_spans: list[tuple[int, int, str]] = []
        self.mention_starts = [mention.span.start for mention in document.mentions]

    def write(self) -> str:
        """All lines, none twice."""
        self._describe_document()
        for section in self.document.sections:
            self._describe_section(section)
        for start, end in self.document.sentences:
            self._describe_sentence(start, end)
        for mention in self.document.mentions:
            self._describe_mention(mention)
        seen: Counter[tuple[int, int]] = Counter()
        for measure in self.document.measures:
            seen[measure.span.start, measure.span.end] += 1
            self._describe_measure(measure, seen[measure.span.start, measure.span.end])
        self._describe_figures()
        for finding in self.document.findings:
            self._describe_finding(finding)
        for exclusion in self.document.exclusions:
            self._describe_exclusion(exclusion)
        return "".join(dict.fromkeys(self.lines))

    # -- lines --------------------------------------------------------------------------------

    def _link(self, subject: str, predicate: str, target: str) -> None:
        self.put(f"<{subject}> {_iri(predicate)} <{target}>{self.graph}")

    def _is_a(self, subject: str, name: str) -> None:
        """Type a thing with our class and the classes of other vocabularies it is a kind of."""
        for kind in _types(name):
            self.put(f"<{subject}> {kind}{self.graph}")

    def _say(self, subject: str, name: str, value: object) -> None:
        """A literal of one of our properties, typed as the ontology says; nothing when empty."""
        if value in ("", None):
            return
        before, after = _property(name)
        if type(value) is not str:
            written = _plain(value)
        elif _ESCAPES.search(value):
            written = _ESCAPES.sub(_escape, value)
        else:
            written = value
        self.put(f"<{subject}{before}{written}{after}{self.graph}")

    def _say_plain(self, subject: str, predicate: str, value: str, kind: str = "") -> None:
        if value:
            suffix = f"^^{_iri(kind)}" if kind else ""
            self.put(f"<{subject}> {_iri(predicate)} {_text(value)}{suffix}{self.graph}")

    def _label(self, subject: str, predicate: str, value: str) -> None:
        if value:
            self.put(f"<{subject}> {_iri(predicate)} {_text(value)}@{_CHINESE}{self.graph}")

    # -- the document -------------------------------------------------------------------------

    def _describe_document(self) -> None:
        document, header, iri = self.document, self.document.header, self.iri
        self._is_a(iri, "Report")
        self._label(iri, "dcterms:title", header.title)
        self._label(iri, "dcterms:subject", header.subject)
        self._say_plain(iri, "dcterms:identifier", header.index_number)
        date = _DATES[len(header.issued)] if _DATE.fullmatch(header.issued) else ""
        self._say_plain(iri, "dcterms:issued", header.issued, date)
        self._say(iri, "documentNumber", header.document_number)
        self._say(iri, "sha256", document.sha256)
        self._say(iri, "text", document.text)
        self._say(iri, "period", document.period)
        self._say(iri, "source", document.source)
        if header.issuer:
            issuer = self._thing("Organization", header.issuer, "")
            self._link(iri, "issuer", issuer)
            self._link(iri, "dcterms:publisher", issuer)
        area = self.register.by_code(document.area_code, self.year) if document.area_code else None
        if area:
            self._link(iri, "area", self._area(area))
        for name, choice in (("area", document.area_choice), ("period", document.period_choice)):
            if choice:
                self._say(iri, f"{name}From", choice.source)
                if choice.span:
                    self._link(iri, f"{name}Evidence", self._span(choice.span))
        software = self.minter.software(__version__)
        self.put(f"<{self.reading}> {_iri('rdf:type')} {_iri('prov:Activity')}{self.graph}")
        self._link(self.reading, "prov:used", iri)
        self._link(self.reading, "prov:wasAssociatedWith", software)
        self.put(f"<{software}> {_iri('rdf:type')} {_iri('prov:SoftwareAgent')}{self.graph}")
        self._say_plain(software, "rdfs:label", f"policygraph {__version__}")
        self._say_plain(software, "schema:softwareVersion", __version__)
        dataset = self.minter.below(iri, "figures")
        self.put(f"<{dataset}> {_iri('rdf:type')} {_iri('qb:DataSet')}{self.graph}")

    def _describe_section(self, section: Section) -> None:
        iri = self.minter.section(self.iri, section.number)
        self._is_a(iri, "Section")
        self._label(iri, "rdfs:label", section.heading.quote)
        self._say(iri, "number", section.number)
        self._say(iri, "depth", section.level)
        self._say(iri, "start", section.span_start)
        self._say(iri, "end", section.span_end)
        self._link(iri, "evidence", self._span(section.heading))
        self._link(iri, "dcterms:isPartOf", self.iri)
        if section.parent:
            self._link(iri, "parentSection", self.minter.section(self.iri, section.parent))
        else:
            self._link(self.iri, "dcterms:hasPart", iri)

    def _describe_sentence(self, start: int, end: int) -> None:
        iri = self.minter.sentence(self.iri, start, end)
        self._is_a(iri, "Sentence")
        self._link(iri, "dcterms:isPartOf", self.iri)
        self._say(iri, "start", start)
        self._say(iri, "end", end)

    # -- evidence -----------------------------------------------------------------------------

    def _span(self, span: Span) -> str:
        """The evidence of a stretch, described once: where it stands, what it says."""
        start, end = span.start, span.end
        iri = self.minter.span(self.iri, start, end)
        if (start, end) in self.spans:
            return iri
        self.spans.add((start, end))
        text, graph, (kind, position, quote, source, selector) = (
            self.document.text,
            self.graph,
            _evidence(),
        )
        place, words = self.minter.below(iri, "position"), self.minter.below(iri, "quote")
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        self.put(
            f"<{iri}> {kind}{graph}<{place}> {position}{graph}<{words}> {quote}{graph}"
            f"<{iri}> {source} <{self.iri}>{graph}<{iri}> {selector} <{place}>{graph}"
            f"<{iri}> {selector} <{words}>{graph}"
        )
        from_, to, exact, prefix, suffix, integer = _selectors()
        self.put(
            f'<{place}> {from_} "{start}"{integer}{graph}<{place}> {to} "{end}"{integer}{graph}'
            f"<{words}> {exact} {_text(span.quote)}{graph}"
            + (f"<{words}> {prefix} {_text(before)}{graph}" if before else "")
            + (f"<{words}> {suffix} {_text(after)}{graph}" if after else "")
        )
        return iri

    def _statement(self, iri: str, name: str, span: Span, rule: str) -> None:
        """What every statement carries: its class, evidence, rule, run and section."""
        self._is_a(iri, name)
        plan = self.minter.rule(rule)
        section = self._section_at(span.start)
        graph, (evidence, derived, generated, produced, within) = self.graph, _provenance()
        inside = (
            f"<{iri}> {within} <{self.minter.section(self.iri, section.number)}>{graph}"
            if section
            else ""
        )
        self.put(
            f"<{iri}> {evidence} <{self._span(span)}>{graph}<{iri}> {derived} <{self.iri}>{graph}"
            f"<{iri}> {generated} <{self.reading}>{graph}<{iri}> {produced} <{plan}>{graph}{inside}"
        )
        self._say(iri, "start", span.start)
        self._say(iri, "end", span.end)
        self._say(iri, "quote", span.quote)
        if rule not in self.rules:
            self.rules.add(rule)
            self.put(f"<{plan}> {_iri('rdf:type')} {_iri('prov:Plan')}{graph}")
            self._say_plain(plan, "rdfs:label", rule)

    def _section_at(self, start: int) -> Section | None:
        """The innermost section an offset lies in: the last begun of those not yet ended."""
        place = bisect_left(self.section_starts, start + 1) - 1
        while place >= 0 and self.document.sections[place].span_end <= start:
            place -= 1
        return self.document.sections[place] if place >= 0 else None

    # -- things -------------------------------------------------------------------------------

    def _area(self, area: Area) -> str:
        if area in self.areas:
            return self.areas[area]
        iri = self.areas[area] = self.minter.area(area.code, area.first_year)
        self._is_a(iri, "Area")
        self._label(iri, "rdfs:label", area.name)
        self._say_plain(iri, "skos:notation", area.code)
        self._say(iri, "level", area.level)
        self._say(iri, "validFrom", area.first_year)
        self._say(iri, "validUntil", area.last_year)
        above = self.register.ancestors(area, self.year)
        if above:
            self._link(iri, "within", self._area(above[0]))
        return iri

    def _named_area(self, name: str) -> str:
        """An area by its full name: of the register, else a town or village of the report's."""
        home = self.register.by_code(self.document.area_code) if self.document.area_code else None
        area = self.register.resolve(name, within=home, year=self.year)
        return self._area(area) if area else self._local_area(name)

    def _local_area(self, name: str) -> str:
        """A town or village, told apart from namesakes by the report's area."""
        return self._thing("Area", name, self.document.area)

    def _thing(self, kind: str, name: str, area: str) -> str:
        key = (kind, name)
        if key not in self.things:
            iri = self.minter.thing(_THING_CLASS.get(kind, kind), name, area)
            self._is_a(iri, _THING_CLASS.get(kind, kind))
            self._label(iri, "rdfs:label", name)
            self.things[key] = iri
        return self.things[key]

    def _mentioned(self, mention: Mention) -> str:
        if mention.type == "Area":
            found = self.register.by_code(mention.code, self.year) if mention.code else None
            # Without a code it is a town, a village or an open namesake: never one of the register.
            return self._area(found) if found else self._local_area(mention.name)
        scoped = self.document.area if mention.type == "Group" else ""
        return self._thing(mention.type, mention.name, scoped)

    def _describe_mention(self, mention: Mention) -> None:
        span = mention.span
        iri = self.minter.statement(self.iri, "mention", span.start, span.end)
        self._statement(iri, "Mention", span, mention.rule)
        thing = self._mentioned(mention)
        self.by_name.setdefault(mention.name, thing)
        self.by_quote.setdefault(span.quote, thing)
        self._say(iri, "mentionType", mention.type)
        self._say(iri, "name", mention.name)
        self._link(iri, "mentions", thing)
        if mention.type != "Area" or not mention.code:
            self._label(thing, "skos:altLabel", span.quote)
        if mention.count is not None:
            self._say(iri, "statedCount", mention.count)
            self._say(thing, "statedCount", mention.count)
        if mention.type == "Group" and self.document.area:
            self._link(thing, "jurisdiction", self._named_area(self.document.area))
        if mention.type in ("Organization", "Post") and mention.area:
            self._link(thing, "jurisdiction", self._named_area(mention.area))
        if mention.parent and mention.parent != mention.name:
            body = self._thing("Organization", mention.parent, "")
            relation = {"Organization": "org:subOrganizationOf", "Post": "org:postIn"}
            if mention.type in relation:
                self._link(thing, relation[mention.type], body)
        if mention.type == "Person":
            for post in self._posts_beside(mention):
                self._link(thing, "org:holds", self._mentioned(post))

    def _posts_beside(self, person: Mention) -> Iterable[Mention]:
        """The posts that stand directly before or after a name: 省委副书记、省长王忠林."""
        mentions = self.document.mentions
        at = bisect_left(self.mention_starts, person.span.start)
        text = self.document.text
        edge = person.span.start
        for mention in reversed(mentions[max(0, at - 3) : at]):
            if mention.type != "Post" or text[mention.span.end : edge].strip("、 　"):
                break
            yield mention
            edge = mention.span.start
        if at + 1 < len(mentions):
            after = mentions[at + 1]
            if after.type == "Post" and after.span.start == person.span.end:
                yield after

    def _known(self, name: str) -> str:
        """The IRI of a thing the document mentions under a name, empty where it does not."""
        if name in self.by_name:
            return self.by_name[name]
        if name and (name == self.document.area or name == "中国"):
            return self._named_area(name)
        return ""

    def _scope(self, words: str) -> str:
        """The thing a scope names, with or without its count: 28个国定脱贫县 → 国定脱贫县."""
        found = self._known(words) or self.by_quote.get(words, "")
        counted = _NUMBER.match(words)
        if found or not counted:
            return found
        bare = words[counted.end() :]
        # The counting word is one character (个, 户) or none.
        return self._known(bare) or self._known(bare[1:])

    # -- measures and figures -----------------------------------------------------------------

    def _things_in(self, measure: Measure, words: str) -> list[str]:
        """The things mentioned in a measure's clause whose words a part of it holds."""
        if not words:
            return []
        first = bisect_left(self.mention_starts, measure.span.start)
        last = bisect_left(self.mention_starts, measure.span.end)
        held = self.document.mentions[first:last]
        found = [self.by_name[m.name] for m in held if m.span.quote in words or m.name in words]
        # An object filled from the same sentence stands in another clause.
        return found or [self.by_name[words]] if words in self.by_name else found

    def _describe_measure(self, measure: Measure, nth: int) -> None:
        span = measure.span
        iri = self.minter.statement(self.iri, "measure", span.start, span.end, nth)
        self._statement(iri, "Measure", span, measure.rule)
        self.measure_spans.append((span.start, span.end, iri))
        deed = self.minter.below(iri, "deed")
        self._is_a(deed, "Deed")
        self._link(iri, "reports", deed)
        self._label(deed, "rdfs:label", measure.action + measure.object)
        self._say(iri, "actorText", ";".join(measure.actor))
        self._say(iri, "action", measure.action)
        self._say(iri, "objectText", measure.object)
        self._say(iri, "targetText", measure.target)
        self._say(iri, "placeText", measure.place)
        self._say(iri, "period", measure.period)
        self._say(iri, "statusText", measure.status)
        self._link(iri, "status", self.minter.concept("status", measure.status))
        actors = [actor for actor in map(self._known, measure.actor) if actor]
        for actor in actors:
            self._link(iri, "actor", actor)
        for thing in self._things_in(measure, measure.object):
            self._link(iri, "object", thing)
            if measure.status == "done" and measure.action.endswith(_issuing()):
                for actor in actors:
                    self._issued(thing, actor)
        for thing in self._things_in(measure, measure.target):
            self._link(iri, "target", thing)
        # 咸宁市、通城县出台支持政策 happens in two places.
        places = [self._named_area(name) for name in measure.place.split(";") if name]
        for place in places:
            self._link(iri, "place", place)
        if measure.status == "done":
            self.put(f"<{deed}> {_iri('rdf:type')} {_iri('prov:Activity')}{self.graph}")
            for actor in actors:
                self._link(deed, "prov:wasAssociatedWith", actor)
            for place in places:
                self._link(deed, "prov:atLocation", place)

    def _issued(self, thing: str, actor: str) -> None:
        if "/id/policydocument/" in thing:
            self._link(thing, "issuedBy", actor)

    def _describe_figures(self) -> None:
        seen: Counter[tuple[int, int]] = Counter()
        first_at: dict[int, str] = {}
        iris: list[str] = []
        self.measure_spans.sort()
        for figure in self.document.figures:
            span = figure.span
            seen[span.start, span.end] += 1
            iri = self.minter.statement(
                self.iri, "figure", span.start, span.end, seen[span.start, span.end]
            )
            iris.append(iri)
            first_at.setdefault(span.start, iri)
            self._describe_figure(figure, iri)
        for figure, iri in zip(self.document.figures, iris, strict=True):
            whole = first_at.get(figure.of) if figure.of is not None else None
            if whole and whole != iri:
                self._link(iri, "refersTo", whole)
                relation = "partOf" if "part" in figure.qualifier else _RELATION.get(figure.kind)
                if relation:
                    self._link(iri, relation, whole)

    def _describe_figure(self, figure: Figure, iri: str) -> None:
        self._statement(iri, "Figure", figure.span, figure.rule)
        self._say(iri, "value", figure.value)
        self._say(iri, "unitText", figure.unit)
        if figure.unit:
            key = _units().get(figure.unit)
            unit = self.minter.concept("unit", key) if key else self.minter.unit(figure.unit)
            self._link(iri, "unit", unit)
            self.put(f"<{unit}> {_iri('rdf:type')} {_iri('skos:Concept')}{self.graph}")
            self._label(unit, "skos:prefLabel" if not key else "skos:altLabel", figure.unit)
        self._link(iri, "kind", self.minter.concept("kind", figure.kind))
        self._say(iri, "kindText", figure.kind)
        if figure.indicator:
            indicator = self.minter.indicator(figure.indicator)
            self._is_a(indicator, "Indicator")
            self._label(indicator, "skos:prefLabel", figure.indicator)
            self._link(iri, "indicator", indicator)
            self._say(iri, "indicatorText", figure.indicator)
        self._say(iri, "scopeText", figure.scope)
        scope = self._scope(figure.scope)
        if scope:
            self._link(iri, "scope", scope)
        self._say(iri, "period", figure.period)
        for qualifier in figure.qualifier:
            self._link(iri, "qualifier", self.minter.concept("qualifier", qualifier))
        self._say(iri, "qualifierText", " ".join(figure.qualifier))
        self._link(iri, "qb:dataSet", self.minter.below(self.iri, "figures"))
        place = bisect_left(self.measure_spans, (figure.span.start + 1,)) - 1
        while place >= 0 and self.measure_spans[place][1] >= figure.span.end:
            self._link(iri, "inMeasure", self.measure_spans[place][2])
            place -= 1

    def _describe_finding(self, finding: Finding) -> None:
        span = finding.span
        iri = self.minter.finding(self.iri, span.start, span.end, finding.code)
        self._statement(iri, "Finding", span, f"finding/{finding.code}")
        self._say(iri, "code", finding.code)
        self._say(iri, "message", finding.message)

    def _describe_exclusion(self, exclusion: Exclusion) -> None:
        span = exclusion.span
        iri = self.minter.exclusion(self.iri, span.start, span.end)
        self._is_a(iri, "Exclusion")
        self._say(iri, "start", span.start)
        self._say(iri, "end", span.end)
        self._say(iri, "quote", span.quote)
        self._link(iri, "reason", self.minter.concept("exclusion", exclusion.reason))


@cache
def _issuing() -> tuple[str, ...]:
    """Verbs that put a document into force (出台, 印发 …)."""
    return tuple(label for c in vocabulary("actions") if c.key == "issue" for label in c.labels)


def _plain(value: object) -> str:
    """The lexical form: decimals without exponent or trailing zeros."""
    if not isinstance(value, Decimal):
        return str(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
