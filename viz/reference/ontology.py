"""The ontology as the page shows it: its classes, properties and what is used where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from policygraph.viz.bilingual import Both
from policygraph.viz.reference.turtle_index import ONTOLOGY, PROFILE, Resource, headings, read

PROPERTIES = ("owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property")
# Kinds of term worth a word of their own, in both languages.
ROLES: dict[str, Both] = {
    "qb:DimensionProperty": ("维", "dimension"),
    "qb:MeasureProperty": ("量值", "measure"),
    "qb:AttributeProperty": ("属性", "attribute"),
}
KINDS: dict[str, Both] = {
    "owl:Class": ("类", "class"),
    "owl:ObjectProperty": ("对象属性", "object property"),
    "owl:DatatypeProperty": ("数据属性", "datatype property"),
    "owl:FunctionalProperty": ("至多一值", "functional"),
    "owl:InverseFunctionalProperty": ("反向至多一值", "inverse functional"),
    "owl:TransitiveProperty": ("传递", "transitive"),
    "owl:SymmetricProperty": ("对称", "symmetric"),
    "qb:CodedProperty": ("取自词表", "coded"),
    **{kind: (f"立方体：{zh}", f"cube: {en}") for kind, (zh, en) in ROLES.items()},
}


@dataclass(frozen=True)
class Ontology:
    """The head, the terms and the foreign terms of the ontology file and the profile beside it."""

    head: Resource
    terms: dict[str, Resource]
    foreign: dict[str, Resource]
    groups: dict[str, Both]

    @cached_property
    def classes(self) -> tuple[Resource, ...]:
        """The classes of the ontology in file order."""
        return tuple(term for term in self.terms.values() if term.is_a("owl:Class"))

    @cached_property
    def properties(self) -> tuple[Resource, ...]:
        """The properties of the ontology in file order."""
        return tuple(term for term in self.terms.values() if term.is_a(*PROPERTIES))

    @cached_property
    def disjoint(self) -> tuple[Resource, ...]:
        """The sets of classes no two of which share a thing."""
        return tuple(term for term in self.terms.values() if term.is_a("owl:AllDisjointClasses"))

    @cached_property
    def structures(self) -> tuple[Resource, ...]:
        """The structures of data cubes."""
        kind = "qb:DataStructureDefinition"
        return tuple(term for term in self.terms.values() if term.is_a(kind))

    @cached_property
    def individuals(self) -> tuple[Resource, ...]:
        """The terms of the ontology that are neither class nor property."""
        known = {term.name for term in (*self.classes, *self.properties)}
        return tuple(term for term in self.terms.values() if term.name not in known)

    def label(self, name: str) -> Both:
        """The labels of a term of this or another vocabulary; its name where it has none."""
        term = self.terms.get(name) or self.foreign.get(name)
        return term.label if term else (name, name)

    def anchor(self, name: str) -> str:
        """The anchor of a term on the page: the local name of a term of the ontology, the whole of a foreign one."""
        return self.terms[name].local if name in self.terms else name.replace(":", "-")

    def ancestors(self, name: str) -> tuple[str, ...]:
        """All classes above a class, nearest first."""
        found: list[str] = []
        waiting = [name]
        while waiting:
            term = self.terms.get(waiting.pop(0))
            for above in term.links("rdfs:subClassOf") if term else ():
                if above not in found:
                    found.append(above)
                    waiting.append(above)
        return tuple(found)

    def below(self, name: str, predicate: str = "rdfs:subClassOf") -> tuple[Resource, ...]:
        """The terms right below a term."""
        return tuple(term for term in self.terms.values() if name in term.links(predicate))

    def bearing(self, name: str) -> tuple[Resource, ...]:
        """The properties whose domain is this class."""
        return tuple(p for p in self.properties if name in domains(p))

    def pointing(self, name: str) -> tuple[Resource, ...]:
        """The properties whose range is this class."""
        return tuple(p for p in self.properties if name in p.links("rdfs:range"))

    def borne_by(self, name: str, shown: set[str]) -> list[Resource]:
        """The properties a class has, its own and inherited from classes that are not shown.

        Those that a property below them says more exactly are left out.
        """
        sources = {name, *(up for up in self.ancestors(name) if up not in shown)}
        properties = [
            prop
            for prop in (*self.properties, *self.foreign.values())
            if sources & set(domains(prop)) and prop.is_a(*PROPERTIES)
        ]
        known = {
            (up, target)
            for prop in properties
            for up in prop.links("rdfs:subPropertyOf")
            for target in prop.links("rdfs:range")
        }
        return [
            prop
            for prop in properties
            if prop.name.startswith("pg:")
            or not any((prop.name, target) in known for target in prop.links("rdfs:range"))
        ]


def domains(prop: Resource) -> tuple[str, ...]:
    """The classes whose things have a property."""
    return prop.links("rdfs:domain", "schema:domainIncludes")


@cache
def ontology() -> Ontology:
    """The bundled ontology. Raises VocabularyError when its file cannot be read."""
    resources = read(ONTOLOGY)
    head = next(term for term in resources.values() if term.is_a("owl:Ontology"))
    terms = {name: term for name, term in resources.items() if name.startswith("pg:")}
    return Ontology(head, terms, read(PROFILE), headings(ONTOLOGY))
