"""The graph of things follows the documents: whatever the order, the same documents make the same quads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph.errors import StoreError
from policygraph.graph.export import export
from policygraph.graph.stores import Store
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.graph.stores.things_graph import Change
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.loaders.sources import BUNDLED, read_text
from policygraph.ontology.iris import Minter
from policygraph.ontology.terms import THINGS

# Whose report, of when, and which part of the bundled text it has.
REPORTS = (
    ("湖北省", 2022, 0),
    ("湖北省", 2018, 1),
    ("湖南省", 2022, 0),
    ("湖南省", 2009, 2),
    ("河南省", 2023, 1),
    ("襄阳市", 2022, 2),
)
# What they name, each in another way: in its mention, as an actor, as the issuer; one body or the other.
MADE_UP = (
    "省乡村振兴局会同省农业农村厅印发《产业发展规划》。省长李某赴襄阳市、老河口市调研。",
    "省乡村振兴局开展督查。省财政厅投入财政衔接资金{year}万元，支持37个脱贫县新建高标准农田20万亩。",
    "省农业农村厅召开会议。省扶贫办帮扶脱贫县。襄樊市出台《行动方案》。",
    "省委常委会研究省委农办的工作。市长王某走访37个脱贫县。",
)
Documents = tuple[tuple[str, str], ...]


@cache
def documents() -> Documents:
    """Small reports of several areas and years, and the first two read as another area's too."""
    source = read_text(BUNDLED).split("\n")
    body = [line for line in source[12:] if line.strip()]
    size = len(body) // 3
    found = []
    for number, (area, year, part) in enumerate(REPORTS):
        made_up = MADE_UP[number % len(MADE_UP)].format(year=year)
        lines = body[part * size : (part + 1) * size][:3]
        text = f"{area}{year}年工作总结\n\n发布机构\n{area}乡村振兴局\n\n{made_up}\n" + "\n".join(
            lines
        )
        found.append(read_string(text))
    found += [read_string(each.text, area="安徽省", period="2015") for each in found[:2]]
    return tuple((Minter().document(each.version), nquads(each)) for each in found)


def filled(steps: list[tuple[bool, int]], store: Store) -> dict[str, int]:
    """Carry out the steps, each to add a document or to drop it; returns what remains."""
    there: dict[str, int] = {}
    for adds, number in steps:
        iri, lines = documents()[number]
        if adds:
            store.add(iri, lines)
            there[iri] = number
        else:
            store.drop(iri)
            there.pop(iri, None)
    return there


STEPS = st.lists(
    st.tuples(st.booleans() | st.just(True), st.integers(0, len(REPORTS) + 1)), max_size=9
)


def check_steps(steps: list[tuple[bool, int]], store: Store, fresh: Store) -> None:
    there = filled(steps, store)
    for number in sorted(there.values()):
        fresh.add(*documents()[number])
    kept, anew = (export(each, "nq").decode().splitlines() for each in (store, fresh))
    assert sorted(set(kept) ^ set(anew)) == []
    triples = {str(quad.triple) for quad in store.quads()}
    assert len(triples) == len(kept) == store.count()
    assert store.documents() == sorted(there)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_documents_that_remain_make_the_same_quads(steps: list[tuple[bool, int]]) -> None:
    with OxigraphStore() as store, OxigraphStore() as fresh:
        check_steps(steps, store, fresh)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_documents_that_remain_make_the_same_quads_in_rdflib(
    steps: list[tuple[bool, int]],
) -> None:
    check_steps(steps, RdflibStore(), RdflibStore())


def filled_together(steps: list[list[int]], store: Store) -> None:
    for numbers in steps:
        store.add_all([documents()[number] for number in numbers])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, len(REPORTS) + 1), max_size=5), max_size=3))
def test_documents_added_together_make_the_quads_they_make_one_by_one(
    steps: list[list[int]],
) -> None:
    with OxigraphStore() as store, OxigraphStore() as fresh:
        filled_together(steps, store)
        filled([(True, number) for numbers in steps for number in numbers], fresh)
        assert set(store.quads()) == set(fresh.quads())


def test_a_thing_that_two_documents_added_together_describe_otherwise(tmp_path: Path) -> None:
    """The later one counts, whether the first was written by then or not."""
    told = [f'<urn:t> <urn:p> "{n}" <{THINGS}> .\n' for n in range(3)]
    added = [
        (f"urn:d{n}", f"<urn:d{n}> <urn:p> <urn:t> <urn:d{n}> .\n" + line)
        for n, line in enumerate(told)
    ]
    with OxigraphStore(tmp_path / "store") as store:
        store.add_all(added)
        assert [str(triple.object) for triple in store.triples(THINGS)] == ['"2"']
        assert len(store.documents()) == 3


def test_a_document_that_is_no_rdf_leaves_none_of_those_added_with_it() -> None:
    with OxigraphStore() as store:
        with pytest.raises(StoreError, match="not RDF"):
            store.add_all([documents()[0], ("urn:d", "<urn:s> <urn:p> <urn:d> .\n")])
        assert list(store.quads()) == []
        store.add_all([documents()[0]])
        assert store.has_graph(THINGS)


def test_the_last_document_takes_its_things_along() -> None:
    with OxigraphStore() as store:
        there = filled([(True, number) for number in range(len(REPORTS))], store)
        assert set(store.graphs()) == {*there, THINGS}
        for iri in there:
            store.drop(iri)
        assert list(store.quads()) == []


class FullOnce(OxigraphStore):
    """A store in memory whose first write fails, as on a full disk."""

    full = True

    def write(self, change: Change) -> None:
        if self.full:
            self.full = False
            raise StoreError("no space left")
        super().write(change)


def test_what_a_failed_write_left_out_is_written_by_the_next() -> None:
    (first, lines), *_ = documents()
    with FullOnce() as store, OxigraphStore() as fresh:
        with pytest.raises(StoreError, match="no space"):
            store.add(first, lines)
        store.add(first, lines)
        fresh.add(first, lines)
        assert set(store.quads()) == set(fresh.quads())


DELIVERED = "政府工作报告\n——2025年3月5日在第十四届全国人民代表大会第三次会议上\n国务院总理 李强\n\n2024年，新建学校5所。\n"
NAMING = "湖北省2024年工作总结\n\n2024年，国务院总理李强来湖北考察，省长王忠林陪同。\n"
PROVINCIAL = "政府工作报告\n——2025年1月15日在湖北省第十四届人民代表大会第三次会议上\n湖北省人民政府省长 王忠林\n\n2024年，新建学校6所。\n"


def test_a_thing_is_described_the_same_whichever_report_is_built_first() -> None:
    """A post is in its body, also where only the header of a delivered report names it."""
    written = []
    for text in (DELIVERED, NAMING, PROVINCIAL):
        document = read_string(text)
        written.append((Minter().document(document.version), nquads(document)))
    stored = []
    for ordered in (written, written[::-1]):
        with OxigraphStore() as store:
            for iri, lines in ordered:
                store.add(iri, lines)
            stored.append({str(quad) for quad in store.quads()})
    assert stored[0] == stored[1]
    in_body = [line for line in stored[0] if "/id/post/" in line and "org#postIn" in line]
    assert len({line.split(" ")[0] for line in in_body}) == 2
