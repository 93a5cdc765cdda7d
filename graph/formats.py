"""Every format something is written in: one table, read by whatever offers a choice of formats.

The command line, the export, the service and its pages take their lists from here. To add a format:
one row in FORMATS and, where the engine cannot write it, its writer: for the rows of an answer in
ROW_WRITERS of queries/results.py, for a whole store in graph/export.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyoxigraph as ox

# rows: a table of an answer; text: the same for people only; graph: triples; dataset: triples with
# their named graphs; network: nodes and edges for network programs; file: anything else.
Kind = Literal["rows", "text", "graph", "dataset", "network", "file"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its extension, the media type it is sent as, its name for people, its kind.

    ``aliases`` are other media types it is asked for by, ``w3c`` its name in the W3C's list of
    formats, ``preference`` its rank among formats a client accepts equally (lower first);
    ``named_graphs`` and ``prefixes`` say what it can express, ``networkx`` which function writes it,
    ``partial`` that it cannot express every triple, so that answers to queries are not offered in it.
    """

    extension: str
    media: str
    name: str = ""
    kind: Kind = "file"
    aliases: tuple[str, ...] = ()
    w3c: str = ""
    preference: int = 0
    named_graphs: bool = False
    prefixes: bool = False
    networkx: str = ""
    partial: bool = False

    @property
    def content_type(self) -> str:
        """The media type, with its character set where it is text."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media

    @property
    def rows(self) -> ox.QueryResultsFormat | None:
        """The engine's format for the rows of an answer."""
        import pyoxigraph as ox

        if self.kind != "rows":
            return None
        return ox.QueryResultsFormat.from_extension(self.extension)

    @property
    def graph(self) -> ox.RdfFormat | None:
        """The engine's format for triples or quads."""
        import pyoxigraph as ox

        if self.kind not in ("graph", "dataset"):
            return None
        return ox.RdfFormat.from_extension(self.extension)


FORMATS = (
    Format("table", "text/plain", "Table", "text"),
    Format("csv", "text/csv", "CSV", "rows", w3c="SPARQL_Results_CSV", preference=3),
    Format(
        "tsv", "text/tab-separated-values", "TSV", "rows", w3c="SPARQL_Results_TSV", preference=4
    ),
    Format(
        "json",
        "application/sparql-results+json",
        "JSON",
        "rows",
        ("application/json",),
        w3c="SPARQL_Results_JSON",
        preference=1,
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "XML",
        "rows",
        ("application/xml", "text/xml"),
        w3c="SPARQL_Results_XML",
        preference=2,
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel",
        "rows",
        preference=9,
    ),
    Format(
        "ttl",
        "text/turtle",
        "Turtle",
        "graph",
        ("application/x-turtle",),
        w3c="Turtle",
        preference=1,
        prefixes=True,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "JSON-LD",
        "graph",
        ("application/json",),
        w3c="JSON-LD",
        preference=3,
        named_graphs=True,
    ),
    Format(
        "nt",
        "application/n-triples",
        "N-Triples",
        "graph",
        ("text/plain",),
        w3c="N-Triples",
        preference=2,
    ),
    Format(
        "rdf",
        "application/rdf+xml",
        "RDF/XML",
        "graph",
        ("application/xml", "text/xml"),
        w3c="RDF_XML",
        preference=4,
        prefixes=True,
        partial=True,  # a property whose IRI does not end in an XML name
    ),
    Format(
        "trig",
        "application/trig",
        "TriG",
        "dataset",
        w3c="TriG",
        preference=5,
        named_graphs=True,
        prefixes=True,
    ),
    Format(
        "nq",
        "application/n-quads",
        "N-Quads",
        "dataset",
        w3c="N-Quads",
        preference=6,
        named_graphs=True,
    ),
    Format("graphml", "application/graphml+xml", "GraphML", "network", networkx="write_graphml"),
    Format("gexf", "application/gexf+xml", "GEXF", "network", networkx="write_gexf"),
    Format("html", "text/html", "HTML", "file", ("application/xhtml+xml",)),
)
BY_EXTENSION = {form.extension: form for form in FORMATS}


def of_kinds(*kinds: Kind) -> tuple[Format, ...]:
    """The formats of these kinds in the order of the table."""
    return tuple(form for form in FORMATS if form.kind in kinds)


def _preferred(forms: tuple[Format, ...]) -> tuple[Format, ...]:
    return tuple(sorted(forms, key=lambda form: form.preference))


ROWS = _preferred(of_kinds("rows"))  # of a SELECT or ASK, the preferred one first
GRAPHS = _preferred(of_kinds("graph", "dataset"))  # of a CONSTRUCT or DESCRIBE
TRIPLES = _preferred(of_kinds("graph"))
ANSWER_GRAPHS = tuple(form for form in TRIPLES if not form.partial)
ANSWERS = (*of_kinds("text", "rows"), *ANSWER_GRAPHS)  # what the query command writes
EXPORTS = of_kinds("graph", "dataset", "network")  # what a whole store is written as
HTML = BY_EXTENSION["html"]
JSON = Format("json", "application/json")  # what is neither rows nor a graph


def endings(forms: tuple[Format, ...]) -> str:
    """The file name endings of formats for a message: .ttl .nt …"""
    return " ".join(f".{form.extension}" for form in forms)


def either(forms: tuple[Format, ...]) -> str:
    """The extensions of formats for a message: ttl, nt or jsonld."""
    *first, last = (form.extension for form in forms)
    return f"{', '.join(first)} or {last}" if first else last
