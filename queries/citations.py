"""How a passage of a report is cited: title, issuing body, date, section and words; as text and as BibTeX."""

from __future__ import annotations

import re

from policygraph.queries.stated_passages import Passage

_SPECIAL = re.compile(r"[{}\\]")
_YEAR = re.compile(r"\d{4}")


def citation(passage: Passage, *, english: bool = False) -> str:
    """One line: who issued what and when, where in it, and its words."""
    report = passage.report
    date = report.issued or report.period
    if english:
        place = f", “{passage.section}”" if passage.section else ""
        head = ". ".join(filter(None, (report.issuer, f"《{report.title}》", date)))
        return f"{head}{place}: “{passage.sentence}” {passage.iri}"
    place = f"，“{passage.section}”" if passage.section else ""
    head = f"{report.issuer}：" if report.issuer else ""
    when = f"，{date}" if date else ""
    return f"{head}《{report.title}》{when}{place}：“{passage.sentence}”{passage.iri}"


def bibtex(passage: Passage) -> str:
    """A BibTeX entry; its key is the report's identifier and the offset of the passage."""
    report = passage.report
    year = _YEAR.search(report.issued or report.period)
    fields = {
        "title": report.title,
        "institution": report.issuer or report.area,
        "year": year[0] if year else "",
        "date": report.issued,
        "note": f"{passage.section}：“{passage.sentence}”" if passage.section else f"“{passage.sentence}”",
        "url": passage.iri,
    }  # fmt: skip
    lines = (f"  {name} = {{{_SPECIAL.sub('', value)}}}" for name, value in fields.items() if value)
    key = f"{report.iri.rpartition('/')[2]}-{passage.start}"
    return "@techreport{" + ",\n".join((key, *lines)) + "\n}\n"
