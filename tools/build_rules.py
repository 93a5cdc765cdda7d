"""Write docs/rules.md from ontology/vocabularies/rules.ttl.

python tools/build_rules.py: a test fails while the page is older than the table.
"""

from __future__ import annotations

from pathlib import Path

from policygraph.loaders.reader import read_string
from policygraph.ontology.rules import Rule, rule_of, rules

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
LONGEST = 60  # characters of an example that are shown
HEAD = """# Rules of the reader

Every statement names the rule that read it (`prov:wasGeneratedBy`, the query `rules`). A rule's node in the graph carries
its written form as `rdfs:label` and its gloss in Chinese and English as `rdfs:comment`. The parts in braces are filled
with a key or a word of a vocabulary: `figure/{kind}/left` is written `figure/rate/left` for a rate; `{act}` is an action of
`verbs.ttl`, `{head}` the last word of a name, `{concept}` a body, a programme or a kind of institution.

This page is made by `python tools/build_rules.py` from `ontology/vocabularies/rules.ttl`. Every example is read by a test.

| Rule | Written | 说明 | What it says | Example |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page as it has to be."""
    return HEAD + "".join(map(_row, rules()))


def _row(rule: Rule) -> str:
    return f"| {rule.id} | `{rule.form}` | {rule.chinese} | {rule.english} | {_example(rule)} |\n"


def _example(rule: Rule) -> str:
    """The example with the words in bold that the rule quotes, as a cell of a Markdown table."""
    if not rule.example:
        return "–"
    text, start, end = rule.example, *quoted(rule)
    tail = text[end:] if len(text) <= LONGEST else text[end : max(end, LONGEST)] + "…"
    cell = f"{text[:start]}**{text[start:end]}**{tail}"
    return cell.replace("|", "\\|").replace("\n", "<br>")


def quoted(rule: Rule) -> tuple[int, int]:
    """Where the example has what the rule quotes there: characters from 0, the end excluded."""
    document = read_string(rule.example, area=rule.area, period=rule.period)
    statements = (
        *document.mentions,
        *document.measures,
        *document.figures,
        *document.difficulties,
    )
    followed = [(rule_of(statement.rule).id, statement.span) for statement in statements]
    followed += [(f"finding-{found.code}", found.span) for found in document.findings]
    for name, span in followed:
        if name == rule.id and span.quote == rule.quote:
            return span.start, span.end
    read = ", ".join(f"{name} {span.quote}" for name, span in followed) or "nothing"
    raise ValueError(f"{rule.id}: does not read {rule.quote} in its example; read there: {read}")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
