"""The ontology, its vocabularies and their files, as the service shows them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policygraph import ontology
from policygraph.viz.reference import Links, render_ontology, render_vocabulary
from policygraph.viz.reference.site import FORMATS, convert
from policygraph.viz.reference.vocabularies import schemes

ROOM = Path(ontology.__file__).parent
FILES = "/files/"
MEDIA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
_LINKS = Links(ontology="ontology", vocabulary="vocabulary/{}", files="files/")
_WHOLE = ("context.jsonld", "shapes.ttl")  # files that are as they are


@cache
def ontology_page() -> str:
    """The page of the ontology."""
    return render_ontology(links=_LINKS)


def vocabulary_page(name: str) -> str | None:
    """The page of a vocabulary by the last part of its address, None where there is none."""
    return _vocabulary(name) if name in schemes() else None


@cache
def _vocabulary(name: str) -> str:
    return render_vocabulary(name, _LINKS)


def file(name: str) -> bytes | None:
    """A file the pages link to, None where there is none."""
    if name in _WHOLE:
        return (ROOM / name).read_bytes() if (ROOM / name).is_file() else None
    stem, _, extension = name.rpartition(".")
    turtle = _sources().get(stem)
    if turtle is None or extension not in MEDIA:
        return None
    return turtle.read_bytes() if extension == "ttl" else _converted(turtle, extension)


@cache
def _converted(turtle: Path, extension: str) -> bytes:
    return convert(turtle.read_bytes(), FORMATS[extension])


def _sources() -> dict[str, Path]:
    """The Turtle files by the names the pages give them."""
    held = {f"vocabularies/{one.file.stem}": one.file for one in schemes().values()}
    return {"ontology": ROOM / "policygraph.ttl", **held}
