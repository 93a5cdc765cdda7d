"""The digest of everything some sources give: the N-Quads of each, and the rows of every named query.

python tools/fingerprint.py FILE… [--keep DIR] [--without TEXT…]: a change that is meant to alter no
behaviour prints the same lines before and after it. Only the command line is used, so that two
versions can be compared: policygraph is the one beside the Python this runs with, or $POLICYGRAPH.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BESIDE = Path(sys.executable).with_name("policygraph")  # the command of the Python this runs with
POLICYGRAPH = os.environ.get("POLICYGRAPH", str(BESIDE))


def run(*arguments: str) -> str:
    """What policygraph prints."""
    done = subprocess.run([POLICYGRAPH, *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"exit {done.returncode}: {done.stderr}"


def quads(store: str, folder: Path, without: list[str]) -> str:
    """The sorted N-Quads of a store, less the lines that hold any of the texts."""
    file = folder / "all.nq"
    run("export", "--store", store, "-o", str(file))
    lines = sorted(file.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if not any(text in line for text in without))


def names() -> list[str]:
    """The named queries of the catalogue."""
    return sorted(path.stem for path in Path("queries").glob("*.rq"))


def main() -> None:
    """Print one line per output: its name, its digest, its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the outputs themselves")
    parser.add_argument("--without", nargs="*", default=[], help="leave out lines that hold a text")
    options = parser.parse_args()
    for source in options.files:
        with tempfile.TemporaryDirectory() as name:
            folder, store = Path(name), f"{name}/store"
            run("build", "--store", store, str(source))
            outputs = {"nquads": quads(store, folder, options.without)}
            for query in names():
                outputs[query] = run("query", "--store", store, "--format", "csv", query)
        for key, text in outputs.items():
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            print(f"{source.name}\t{key}\t{digest}\t{len(text.splitlines())} lines")
            if options.keep:
                target = options.keep / source.name
                target.mkdir(parents=True, exist_ok=True)
                (target / key).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
