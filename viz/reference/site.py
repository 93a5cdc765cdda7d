"""The reference as a folder of files: pages, and the ontology and vocabularies in three formats."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import ViewError
from policygraph.graph.formats import Format
from policygraph.ontology.prefixes import PREFIXES
from policygraph.viz.reference.links import PUBLISHED
from policygraph.viz.reference.page import render_ontology, render_vocabulary
from policygraph.viz.reference.turtle_index import FOLDER, ONTOLOGY
from policygraph.viz.reference.vocabularies import schemes
from policygraph.viz.views import Select

COPIED = ("context.jsonld", "shapes.ttl")


def write_reference(folder: Path, select: Select | None = None) -> Path:
    """Write the pages and files into the folder; returns the ontology's page. Raises ViewError."""
    try:
        for name, data in pages(select).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # Bytes, so that no platform changes line ends.
            path.write_bytes(data)
    except OSError as error:
        raise ViewError(f"{folder}: cannot be written: {error.strerror}") from error
    return folder / "index.html"


def pages(select: Select | None = None) -> dict[str, bytes]:
    """Every file of the reference by its name."""
    files = {"index.html": render_ontology(select).encode()}
    files |= _files("ontology", ONTOLOGY)
    files |= {name: (FOLDER / name).read_bytes() for name in COPIED if (FOLDER / name).exists()}
    for name, scheme in schemes().items():
        files[f"vocabulary/{name}.html"] = render_vocabulary(name).encode()
        files |= _files(f"vocabularies/{scheme.file.stem}", scheme.file)
    return files


def _files(stem: str, path: Path) -> dict[str, bytes]:
    """A Turtle file in every format it is published in."""
    data = path.read_bytes()
    return {f"{stem}.{form.extension}": convert(data, form) for form in PUBLISHED}


def convert(turtle: bytes, form: Format) -> bytes:
    """A Turtle file in a format; in another one blank nodes are named by their order in the file."""
    if form.graph == ox.RdfFormat.TURTLE:
        return turtle
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def steady(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"b{len(names) + 1}"))
        return term

    triples = [
        ox.Triple(steady(quad.subject), quad.predicate, steady(quad.object))  # type: ignore[arg-type]
        for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)
    ]
    data = ox.serialize(triples, None, form.graph, prefixes=PREFIXES)
    if data is None:
        raise ViewError(f"{form.name}: nothing was written")
    return data
