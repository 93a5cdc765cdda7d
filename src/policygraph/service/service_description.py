"""The description of the service and its data: SD, VoID, DCAT, example queries, prefixes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from policygraph.graph.formats import GRAPHS, ROWS
from policygraph.graph.sparql.tokens import tokens
from policygraph.ontology.iris import Minter
from policygraph.ontology.labels import ENGLISH, GRAPH_CHINESE
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.queries.catalogue import Catalogue, NamedQuery
from policygraph.service import linksets, request_analysis
from policygraph.service.settings import Settings
from policygraph.service.store_statistics import Counts

_FORMATS = "http://www.w3.org/ns/formats/"
_EXECUTABLE = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct", "DESCRIBE": "Describe"}
_OUR_VOCABULARIES = ("pg", "dcterms", "oa", "org", "prov", "qb", "schema", "skos", "time")


class Description:
    """Triples in one named graph, every node with an IRI."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings, self._catalogue = settings, catalogue
        self._minter = Minter(settings.base)
        self.graph = self._minter.service()
        # Where the endpoint is: the server says so once it listens, a request by the host it asks.
        self.endpoint = f"{settings.base}sparql"

    def at(self, endpoint: str) -> Description:
        """The same description of the endpoint at another address."""
        moved = Description(self._settings, self._catalogue)
        moved.endpoint = endpoint
        return moved

    def service(self, counts: Counts | None) -> Iterator[ox.Triple]:
        """The service description of the endpoint."""
        service, dataset = self._minter.part("endpoint"), self._minter.part("dataset")
        default, graph = self._minter.part("data"), self._minter.part("default-graph")
        yield from _typed(service, "sd:Service", "dcat:DataService")
        yield _to(service, "sd:endpoint", self.endpoint)
        yield _to(service, "dcat:endpointURL", self.endpoint)
        yield _to(service, "dcat:servesDataset", dataset)
        yield from _labels(
            service, "dcterms:title", "政策图谱查询服务", "policygraph SPARQL service"
        )
        yield _to(service, "dcterms:license", self._settings.licence)
        yield _to(service, "dcterms:publisher", self._minter.part("publisher"))
        yield from self._publisher()
        for language in ("Query", *(("Update",) if self._settings.allow_update else ())):
            yield _to(service, "sd:supportedLanguage", expand(f"sd:SPARQL11{language}"))
        for form in (form for form in (*ROWS, *GRAPHS) if form.w3c):
            yield _to(service, "sd:resultFormat", _FORMATS + form.w3c)
        yield _to(service, "sd:feature", expand("sd:UnionDefaultGraph"))
        if self._settings.services:
            yield _to(service, "sd:feature", expand("sd:BasicFederatedQuery"))
        yield _to(service, "sd:defaultDataset", default)
        yield from _typed(default, "sd:Dataset")
        yield _to(default, "sd:defaultGraph", graph)
        yield from _typed(graph, "sd:Graph")
        described = self._minter.part("described")
        yield _to(default, "sd:namedGraph", described)
        yield from _typed(described, "sd:NamedGraph")
        yield _to(described, "sd:name", self.graph)
        if counts:
            yield _number(graph, "void:triples", counts.triples)

    def all(self, counts: Counts | None) -> Iterator[ox.Triple]:
        """Everything in the service's own graph."""
        yield from self.service(counts)
        yield from self._prefixes()
        for query in self._catalogue:
            yield from self._example(query)
        if counts:
            yield from self._dataset(counts)

    def nquads(self, counts: Counts | None) -> str:
        """The service's own graph as N-Quads, in a fixed order."""
        name = ox.NamedNode(self.graph)
        quads = dict.fromkeys(
            ox.Quad(t.subject, t.predicate, t.object, name) for t in self.all(counts)
        )
        return (ox.serialize(quads, None, ox.RdfFormat.N_QUADS) or b"").decode()

    def _publisher(self) -> Iterator[ox.Triple]:
        publisher = self._minter.part("publisher")
        yield from _typed(publisher, "foaf:Agent")
        yield _text(publisher, "foaf:name", self._settings.publisher)
        yield from _typed(self._settings.licence, "dcterms:LicenseDocument")

    def _prefixes(self) -> Iterator[ox.Triple]:
        for prefix, namespace in PREFIXES.items():
            declared = self._minter.part("prefix", prefix)
            yield _to(self.graph, "sh:declare", declared)
            yield _text(declared, "sh:prefix", prefix)
            yield _text(declared, "sh:namespace", namespace, "xsd:anyURI")

    def _example(self, query: NamedQuery) -> Iterator[ox.Triple]:
        node = self._minter.part("query", query.name)
        form = request_analysis.form(tokens(query.sparql))
        yield from _typed(node, "sh:SPARQLExecutable", f"sh:SPARQL{_EXECUTABLE[form]}Executable")
        yield from _labels(node, "rdfs:label", *query.title)
        # One comment, because editors show one row per comment.
        yield _text(node, "rdfs:comment", f"{query.question[0]} {query.question[1]}")
        yield _text(node, f"sh:{form.lower()}", query.sparql)
        yield _to(node, "sh:prefixes", self.graph)
        yield _to(node, "schema:target", self.endpoint)

    def _dataset(self, counts: Counts) -> Iterator[ox.Triple]:
        dataset = self._minter.part("dataset")
        yield from _typed(dataset, "void:Dataset", "dcat:Dataset")
        yield from _labels(
            dataset, "dcterms:title", "政府工作报告知识图谱", "Government work reports as a graph"
        )
        yield from _labels(
            dataset,
            "dcterms:description",
            "政府工作报告所说的数字、提及与举措，每条指向原文；所涉事物只说一次。",
            "The figures, mentions and measures of government work reports, each with the words that say it; "
            "every thing they name is described once.",
        )
        yield _to(dataset, "dcterms:license", self._settings.licence)
        yield _to(dataset, "dcterms:publisher", self._minter.part("publisher"))
        yield _to(dataset, "void:sparqlEndpoint", self.endpoint)
        yield _text(dataset, "void:uriSpace", self._settings.base)
        yield _number(dataset, "void:triples", counts.triples)
        yield _number(dataset, "void:classes", len(counts.entities))
        yield _number(dataset, "void:properties", len(counts.properties))
        yield _number(dataset, "void:documents", counts.reports)
        for prefix in _OUR_VOCABULARIES:
            yield _to(dataset, "void:vocabulary", PREFIXES[prefix])
        for name, triples in counts.properties:
            part = self._minter.part("property", name)
            yield _to(dataset, "void:propertyPartition", part)
            yield _to(part, "void:property", name)
            yield _number(part, "void:triples", triples)
        yield from self._classes(dataset, counts)
        yield from linksets.described(self._minter, dataset)

    def _classes(self, dataset: str, counts: Counts) -> Iterator[ox.Triple]:
        for kind, entities in counts.entities:
            part = self._minter.part("class", kind)
            yield _to(dataset, "void:classPartition", part)
            yield _to(part, "void:class", kind)
            yield _number(part, "void:entities", entities)
        for kind, name, triples in counts.classes:
            part = self._minter.part("property", kind, name)
            yield _to(self._minter.part("class", kind), "void:propertyPartition", part)
            yield _to(part, "void:property", name)
            yield _number(part, "void:triples", triples)
        for use in counts.uses:
            part = self._minter.part("value", use.subject, use.property, use.value)
            whole = self._minter.part("property", use.subject, use.property)
            vocabulary = "voidext:datatype" if use.datatype else "void:class"
            yield _to(whole, f"{vocabulary}Partition", part)
            yield _to(part, vocabulary, use.value)
            yield _number(part, "void:triples", use.triples)


def _triple(subject: str, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(name)), value)


def _to(subject: str, name: str, value: str) -> ox.Triple:
    return _triple(subject, name, ox.NamedNode(value))


def _typed(subject: str, *kinds: str) -> Iterator[ox.Triple]:
    for kind in kinds:
        yield _to(subject, "rdf:type", expand(kind))


def _text(subject: str, name: str, value: str, datatype: str = "xsd:string") -> ox.Triple:
    return _triple(subject, name, ox.Literal(value, datatype=ox.NamedNode(expand(datatype))))


def _number(subject: str, name: str, value: int) -> ox.Triple:
    return _text(subject, name, str(value), "xsd:integer")


def _labels(subject: str, name: str, chinese: str, english: str) -> Iterator[ox.Triple]:
    yield _triple(subject, name, ox.Literal(chinese, language=GRAPH_CHINESE))
    yield _triple(subject, name, ox.Literal(english, language=ENGLISH))
