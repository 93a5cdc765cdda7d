"""Mapping sets written by hand: what concepts of ours have to do with those of others, each with its reason (SSSOM)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.ontology.prefixes import PREFIXES

SDG = "http://metadata.un.org/sdg/"
_FOLDER = Path(__file__).parent
_PREFIXES = {"policygraph": f"{DEFAULT_BASE}vocabulary/", "sdg": SDG, "skos": PREFIXES["skos"]}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A concept of ours, how it is related to one of others, that one's labels, and the reason."""

    subject: str
    label: str
    predicate: str
    target: str
    chinese: str
    english: str
    reason: str


@cache
def mappings(name: str) -> tuple[Mapping, ...]:
    """The mappings of one set, in the order of its file."""
    text = (_FOLDER / f"{name}.sssom.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        Mapping(
            _expand(row["subject_id"]),
            row["subject_label"],
            _expand(row["predicate_id"]),
            _expand(row["object_id"]),
            row["object_label_zh"],
            row["object_label"],
            row["comment"],
        )
        for row in csv.DictReader(lines, delimiter="\t")
    )


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local
