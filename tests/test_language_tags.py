"""A query that asks for zh-Hans is answered from labels tagged zh; all else in it stays as it is."""

from __future__ import annotations

import pytest

from policygraph import Graph
from policygraph.errors import QueryError
from policygraph.graph.sparql.language_tags import with_known_tags


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p ?l FILTER(LANG(?l) = "zh") }',
        'SELECT * { ?s ?p "zh-Hans" FILTER(LANG(?l) = "en") }',
        'SELECT * { ?s ?p ?l FILTER(STR(?l) = "zh-Hans") } # LANG(?l) = "zh-Hans"',
        """SELECT * { ?s ?p 'LANG(?l) = "zh-Hans"' }""",
        'SELECT * { ?s ?p "一"@zh-Hans }',
        'SELECT * { ?s ?p ?l FILTER(LANG(?l = "zh-Hans"',
    ],
)
def test_other_queries_stay_as_they_are(query: str) -> None:
    assert with_known_tags(query) == query


def test_the_place_of_an_error_is_that_in_the_query_as_written() -> None:
    query, said = 'SELECT * { ?s ?p ?l FILTER(LANG(?l) = "zh-Hans") . ?s ?p }', []
    with Graph.open() as graph:
        for asked in (query, query.replace("zh-Hans", "de-Latn")):
            with pytest.raises(QueryError) as error:
                graph.select(asked)
            said.append(str(error.value))
    assert said[0] == said[1]
