"""What reading each bundled vocabulary gives, as JSON, which loads ten times as fast as its Turtle.

hatch_build.py writes the file; git does not hold it. What it says of a vocabulary holds while the
digest of the Turtle file is the same: where that was changed, or nothing is prepared, the Turtle is read.

    python -m policygraph.ontology.prepared
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "vocabularies.prepared"


def prepared(path: Path) -> Any:
    """What was prepared of a vocabulary, None where nothing was or its file has changed."""
    line = _lines().get(path.stem, "")
    digest, _, said = line.partition(" ")
    with suppress(OSError, ValueError):
        return json.loads(said) if digest == _digest(path) else None
    return None


def prepare(read: Mapping[Path, Any]) -> None:
    """Write what reading each of some vocabularies gave."""
    lines = (
        f"{path.stem} {_digest(path)} {json.dumps(said, ensure_ascii=False)}\n"
        for path, said in read.items()
    )
    new = FILE.with_suffix(f".{os.getpid()}.new")
    try:
        new.write_text("".join(lines), "utf-8")
        new.replace(FILE)
    finally:
        new.unlink(missing_ok=True)


@cache
def _lines() -> dict[str, str]:
    """Vocabulary → the digest of its file, and what was prepared of it."""
    with suppress(OSError, ValueError):
        lines = (line.partition(" ") for line in FILE.read_text("utf-8").split("\n"))
        return {name: rest for name, _, rest in lines}
    return {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Prepare all bundled vocabularies."""
    from policygraph.ontology.vocabulary import FOLDER, read_bundled

    prepare({path: read_bundled(path) for path in sorted(FOLDER.glob("*.ttl"))})


if __name__ == "__main__":
    main()
