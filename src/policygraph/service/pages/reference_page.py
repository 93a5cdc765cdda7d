"""The ontology, its vocabularies and their files, as the service shows them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policygraph.graph.formats import Format
from policygraph.service.bundled_ontology import FOLDER, ONTOLOGY
from policygraph.viz.reference import Links, render_ontology, render_vocabulary
from policygraph.viz.reference.links import PUBLISHED
from policygraph.viz.reference.site import COPIED, convert
from policygraph.viz.reference.vocabularies import schemes

FILES = "/files/"
_FORMATS = {form.extension: form for form in PUBLISHED}
_LINKS = Links(ontology="ontology", vocabulary="vocabulary/{}", files="files/")


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
    if name in COPIED:
        return (FOLDER / name).read_bytes() if (FOLDER / name).is_file() else None
    stem, _, extension = name.rpartition(".")
    turtle = _sources().get(stem)
    if turtle is None or extension not in _FORMATS:
        return None
    return _converted(turtle, _FORMATS[extension])


@cache
def _converted(turtle: Path, form: Format) -> bytes:
    return convert(turtle.read_bytes(), form)


def _sources() -> dict[str, Path]:
    """The Turtle files by the names the pages give them."""
    vocabularies = {f"vocabularies/{one.file.stem}": one.file for one in schemes().values()}
    return {"ontology": ONTOLOGY, **vocabularies}
