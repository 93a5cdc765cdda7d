"""Lines of a query that are for the embedded engine alone, always or where some variable is given.

It evaluates a subselect in full and joins in an order that it guesses without looking at the data. A
line that ends in ``#-x`` is left out where ``x`` is given, and ``#+x …`` is a line for that alone; ``x`` is ``engine`` where
nothing need be given. They say the same rows; to every other engine they are comments, and the query is whole without them.
"""

from __future__ import annotations

import re

_ALWAYS = "engine"


def fitted(sparql: str, given: frozenset[str]) -> str:
    """The query with the lines for the given variables, and without those that are not for them."""
    if "#-" not in sparql and "#+" not in sparql:
        return sparql
    names = "|".join(map(re.escape, sorted({_ALWAYS, *given})))
    kept = re.sub(rf"^.* #-(?:{names})\n", "", sparql, flags=re.MULTILINE)
    return re.sub(rf"^( *)#\+(?:{names}) ", r"\1", kept, flags=re.MULTILINE)
