"""Triples and quads written in the formats of graphs: JSON-LD in our terms, RDF/XML only where it is well-formed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import IO, cast

import pyoxigraph as ox

from policygraph.graph import json_ld
from policygraph.graph.formats import Format
from policygraph.graph.json_ld import Statement
from policygraph.graph.xml_text import XmlOutput
from policygraph.ontology.prefixes import PREFIXES


def serialize(
    statements: Iterable[Statement],
    out: IO[bytes],
    form: Format,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write statements as they come. Raises FormatError where the format cannot hold them."""
    if form.extension == "jsonld":
        for piece in json_ld.pieces(statements):
            out.write(piece.encode("utf-8", "replace"))
    elif form.graph == ox.RdfFormat.RDF_XML:
        checked = XmlOutput(out)
        _write(statements, cast(IO[bytes], checked), form, prefixes)
        checked.close()
    else:
        _write(statements, out, form, prefixes)


def serialized(statements: Iterable[Statement], form: Format) -> bytes:
    """Statements as a whole, with the prefixes, or the part of our context, that they use. Raises FormatError."""
    listed = list(statements)
    if form.extension == "jsonld":
        return "".join(json_ld.pieces(listed, json_ld.used_context(listed))).encode()
    text = "\n".join(map(str, listed))
    out = io.BytesIO()
    serialize(listed, out, form, {name: iri for name, iri in PREFIXES.items() if iri in text})
    return out.getvalue()


def _write(
    statements: Iterable[Statement], out: IO[bytes], form: Format, prefixes: Mapping[str, str]
) -> None:
    """Let the engine write them, with prefixes where the format has any."""
    shown = dict(prefixes) if prefixes and form.prefixes else None
    ox.serialize(statements, out, form.graph, prefixes=shown)  # type: ignore[arg-type]
