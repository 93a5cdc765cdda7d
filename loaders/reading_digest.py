"""All that the statements of a text depend on, as one digest.

A report in a store that was read with the same need not be read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from policygraph.graph.statements import digest
from policygraph.ontology.register.wikidata import own_file
from policygraph.ontology.vocabulary import added
from policygraph.version import __version__

_PACKAGE = Path(__file__).parent.parent
# Where reading and writing, and all they look up, stand.
_FOLDERS = ("ontology", "graph", "loaders")
_SUFFIXES = (".py", ".ttl", ".csv", ".json", ".jsonld")


def reading_digest(
    text: str, source: str, overrides: Mapping[str, str], vocabularies: Iterable[Path] = ()
) -> str:
    """A digest of the program, the text to the letter, the name of its source, and what its caller said of it."""
    everything = [digest(text), source, *_read_with(overrides, vocabularies)]
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()


def table_digest(name: str, sha256: str, beside: Iterable[Path], title: str = "") -> str:
    """A digest of the program, a table's name and its file's digest, the files that say what its columns are, and a title given.

    Raises OSError where a file cannot be read.
    """
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in beside]
    everything = ["table", name, title, sha256, *digests, *_read_with({}, added())]
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()


def reader_digest(overrides: Mapping[str, str], files: Iterable[Path] = ()) -> str:
    """A digest of the program, of what its caller said of all sources, and of the files it was given."""
    return hashlib.sha256(json.dumps(_read_with(overrides, files)).encode()).hexdigest()


def _read_with(overrides: Mapping[str, str], files: Iterable[Path]) -> list[object]:
    own = [
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (*files, *filter(None, [own_file()]))
    ]
    said = {name: given for name, given in sorted(overrides.items()) if given}
    return [__version__, _program(), said, own]


@cache
def _program() -> str:
    """A digest of the program's files: they may differ between versions of the same number."""
    program = hashlib.sha256()
    for folder in _FOLDERS:
        root = _PACKAGE / folder
        files = (path for path in root.rglob("*") if path.suffix in _SUFFIXES)
        for path in sorted(files, key=lambda path: path.relative_to(_PACKAGE).as_posix()):
            data = path.read_bytes()
            program.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(data)}\n".encode())
            program.update(data)
    return program.hexdigest()
