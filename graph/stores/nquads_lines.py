"""N-Quads of one named graph, checked before a store gets them."""

from __future__ import annotations

import re

from policygraph.errors import StoreError

_BLANK = re.compile(r"^_:|> _:\S+ *\.$")


def parted(nquads: str, graph: str) -> tuple[str, str]:
    """The lines of all other graphs, and those of this one; lines end in a line feed."""
    text = _tidy(nquads) if "\r" in nquads or "\n\n" in nquads else nquads
    if text and not text.endswith("\n"):
        text += "\n"
    tail = f" <{graph}> .\n"
    # What stands before a tail ends with the line that it belongs to.
    *pieces, last = text.split(tail)
    others: list[str] = []
    its: list[str] = []
    for piece in pieces:
        before, line_end, line = piece.rpartition("\n")
        others += (before, line_end)
        its += (line, tail)
    return "".join((*others, last)), "".join(its)


def _tidy(nquads: str) -> str:
    """The lines without carriage returns and without empty ones among them."""
    lines = (line.rstrip("\r") for line in nquads.split("\n"))
    return "".join(f"{line}\n" for line in lines if line.strip())


def check(graph: str, quads: str) -> None:
    """Raise StoreError where a line is of another graph, or has a blank node.

    What ends with the graph's name is one quad of it once its beginning is a triple's.
    """
    # The tail ends a line: each line has it when there are as many as lines.
    if quads.count(f" <{graph}> .\n") != quads.count("\n"):
        raise _foreign(graph, quads)
    if "_:" in quads:
        _refuse_blank(triples_of(graph, quads))


def triples_of(graph: str, quads: str) -> str:
    """Lines that were checked, without the graph's name: N-Triples."""
    return quads.replace(f" <{graph}> .\n", " .\n")


def _foreign(graph: str, quads: str) -> StoreError:
    """What is said of the first line that is no quad of a graph."""
    lines = enumerate(quads.splitlines(), 1)
    number, line = next(each for each in lines if not each[1].endswith(f" <{graph}> ."))
    return StoreError(f"line {number} is not a quad of <{graph}>: {line[:80]}")


def _refuse_blank(triples: str) -> None:
    for number, line in enumerate(triples.split("\n"), 1):
        if "_:" in line and _BLANK.search(line):
            raise StoreError(
                f"line {number} has a blank node, which cannot be replaced: {line[:80]}"
            )
