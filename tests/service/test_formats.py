"""Accept headers and forms, in every shape a client may send them."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, urlencode

from hypothesis import given
from hypothesis import strategies as st

from policygraph.graph.formats import GRAPHS, ROWS
from policygraph.service.media_types import choose
from policygraph.service.sparql_protocol import read_operation

FORM = "application/x-www-form-urlencoded"
media = st.sampled_from([form.media for form in (*ROWS, *GRAPHS)])
quality = st.integers(0, 1000).map(lambda n: n / 1000)
text = st.text(st.characters(codec="utf-8"), min_size=1)


@given(st.text())
def test_any_accept_header_is_answered_without_a_fault(accept: str) -> None:
    assert choose(accept, ROWS) in (None, *ROWS)


@given(st.dictionaries(media, quality, min_size=1))
def test_the_best_liked_format_is_chosen(liked: dict[str, float]) -> None:
    chosen = choose(", ".join(f"{m};q={q:.3f}" for m, q in liked.items()), GRAPHS)
    # A format is also asked for by its other names, which are not drawn here.
    wanted = {form: liked.get(form.media, 0.0) for form in GRAPHS}
    best = max(wanted.values())
    assert (wanted[chosen] if chosen else 0.0) == best


@given(media, quality, quality)
def test_the_narrower_range_decides(narrow: str, q: float, wide: float) -> None:
    offers = [form for form in (*ROWS, *GRAPHS) if form.media == narrow]
    kind = narrow.partition("/")[0]
    header = f"*/*;q={wide:.3f}, {kind}/*;q={wide:.3f}, {narrow};q={q:.3f}"
    assert (choose(header, offers) is not None) == (q > 0)


@given(text, st.sampled_from([quote, quote_plus]))
def test_a_form_is_decoded_once(query: str, encode: object) -> None:
    assert callable(encode)
    sent = f"query={encode(query, safe='')}".encode()
    by_get, by_post = read_operation("GET", sent), read_operation("POST", b"", FORM, sent)
    direct = read_operation("POST", b"", "application/sparql-query", query.encode())
    assert by_get
    assert by_get == by_post == direct
    assert by_get.text == query


@given(st.lists(text.map(lambda name: "http://e/" + quote(name)), max_size=4))
def test_graphs_are_kept_in_order(graphs: list[str]) -> None:
    pairs = [("query", "ASK {}"), *(("default-graph-uri", graph) for graph in graphs)]
    operation = read_operation("POST", b"", FORM, urlencode(pairs).encode())
    assert operation
    assert operation.default_graphs == (tuple(graphs) or None)
