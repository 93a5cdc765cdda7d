"""Mapping sets in SSSOM (Simple Standard for Sharing Ontological Mappings): written, corrected by hand, read back.

A mapping says which area a text means; the text is a literal (``subject_type`` is ``rdfs literal``).
``skos:exactMatch`` is a decision, ``skos:closeMatch`` a proposal, ``sssom:NoTermFound`` that there is none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import SourceError, reason
from policygraph.graph.reconciliation.candidates import Candidate, describe
from policygraph.graph.reconciliation.column_linking import Name
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Area, Register

COLUMNS = (
    "subject_label", "subject_type", "predicate_id", "object_id", "object_label",
    "mapping_justification", "confidence", "other", "comment",
)  # fmt: skip
EXACT, CLOSE, NOTHING = "skos:exactMatch", "skos:closeMatch", "sssom:NoTermFound"
LEXICAL, MANUAL = "semapv:LexicalMatching", "semapv:ManualMappingCuration"
_PREFIX = "area:"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided a name means: an area, or None that it is none."""

    name: Name
    area: Area | None


def write_mappings(
    names: Sequence[Name],
    linked: Sequence[tuple[Candidate, ...]],
    decided: Iterable[Name],
    register: Register,
    *,
    title: str,
) -> bytes:
    """The mapping set as TSV with its metadata, each name once, in the order of the table."""
    out = io.StringIO()
    base = Minter().area("")
    out.write(
        f"#mapping_set_title: {title}\n#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
        f"#curie_map:\n#  area: {base}\n#  skos: http://www.w3.org/2004/02/skos/core#\n"
        "#  semapv: https://w3id.org/semapv/vocab/\n#  sssom: https://w3id.org/sssom/\n"
    )
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    rows.writerow(COLUMNS)
    by_hand = set(decided)
    for name, candidates in dict(zip(names, linked, strict=True)).items():
        justification = MANUAL if name in by_hand else LEXICAL
        rows.writerows(_rows(name, candidates, justification, register))
    return out.getvalue().encode()


def _rows(
    name: Name, candidates: tuple[Candidate, ...], justification: str, register: Register
) -> list[list[str]]:
    where = "|".join(
        f"{key}={value}" for key, value in (("year", name.year), ("within", name.above)) if value
    )
    if not candidates:
        return [[name.text, "rdfs literal", EXACT, NOTHING, "", justification, "", where, ""]]
    kept = candidates[:1] if candidates[0].match else candidates
    return [
        [
            name.text,
            "rdfs literal",
            EXACT if candidate.match else CLOSE,
            _PREFIX + register.local_id(candidate.area),
            candidate.area.name,
            justification,
            f"{candidate.score / 100:.2f}",
            where,
            describe(candidate.reasons),
        ]
        for candidate in kept
    ]


def read_decisions(path: Path, register: Register) -> dict[Name, Decision]:
    """The decisions of a mapping set by name: its rows of ``skos:exactMatch`` that a person justified.

    Raises SourceError on a file that is none, or an area that the register does not have.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {reason(error)}") from error
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    missing = {"subject_label", "predicate_id", "object_id"} - set(rows.fieldnames or ())
    if missing:
        raise SourceError(f"{path}: is no SSSOM table: {', '.join(sorted(missing))} missing")
    found: dict[Name, Decision] = {}
    for row in rows:
        if row["predicate_id"] == EXACT and row.get("mapping_justification") == MANUAL:
            name = _name(row)
            found[name] = Decision(name, _area(row["object_id"], path, register))
    return found


def _name(row: dict[str, str]) -> Name:
    said = dict(part.partition("=")[::2] for part in (row.get("other") or "").split("|") if part)
    year = said.get("year", "")
    return Name(row["subject_label"], int(year) if year.isdigit() else None, said.get("within", ""))


def _area(identifier: str, path: Path, register: Register) -> Area | None:
    if identifier == NOTHING:
        return None
    local = identifier.removeprefix(_PREFIX).removeprefix(Minter().area(""))
    for area in register.bearers(local[:6]):
        if register.local_id(area) == local or area.key == local:
            return area
    raise SourceError(f"{path}: {identifier}: no such area in the register")
