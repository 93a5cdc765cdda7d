"""Write docs/rules.md from ontology/vocabularies/rules.ttl.

python tools/build_rules.py: a test fails while the page is older than the table.
"""

from __future__ import annotations

from pathlib import Path

from policygraph.ontology.rules import Rule, rules

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
    example = rule.example.replace(rule.quote, f"**{rule.quote}**", 1)
    shown = example if len(example) <= LONGEST else example[:LONGEST] + "…"
    shown = " ¶ ".join(filter(None, shown.splitlines())).replace("|", "\\|")
    return f"| {rule.id} | `{rule.form}` | {rule.chinese} | {rule.english} | {shown} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
