"""Scaffolding: turns the former quads into the present shape, until the writer makes it itself."""

from __future__ import annotations

import re
from collections import defaultdict

PG = "https://w3id.org/policygraph/ontology#"
THINGS = "https://w3id.org/policygraph/ontology#things"
_LINE = re.compile(r"<([^>]*)> <([^>]*)> (.*) <[^>]*> \.$")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF = "http://www.w3.org/2004/02/skos/core#prefLabel"
_DROP_OWN = {
    "http://www.w3.org/ns/prov#wasDerivedFrom", "http://www.w3.org/ns/prov#wasQuotedFrom", "http://www.w3.org/ns/prov#wasGeneratedBy",
    "http://purl.org/linked-data/cube#dataSet", "http://purl.org/dc/terms/isPartOf", PG + "evidence", PG + "order", PG + "kindText",
    PG + "statusText", PG + "reports", PG + "changeOf", PG + "rankOf", PG + "completionOf", PG + "partOf",
    "http://www.w3.org/ns/prov#qualifiedAssociation", "http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/hasPart",
}


def _text(term: str) -> str:
    return term[1 : term.rindex('"')] if term.startswith('"') else ""


def slim(iri: str, nquads: str, direct: frozenset[str]) -> str:
    """Own lines in the document's graph, everything else in the graph of things."""
    own: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    things: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in nquads.splitlines():
        m = _LINE.match(line)
        assert m, line
        target = own if m[1] == iri or m[1].startswith(iri + "/") else things
        target[m[1]][m[2]].append(m[3].replace("@zh-Hans", "@zh"))
    def label(term: str) -> str:
        held = things.get(term[1:-1], {})
        for text in held.get(LABEL, []) + held.get(PREF, []):
            if text.endswith("@zh") or "@" not in text[text.rindex('"'):]:
                return _text(text)
        return ""
    out: list[str] = []
    def put(s: str, p: str, o: str, g: str) -> None:
        out.append(f"<{s}> <{p}> {o} <{g}> .")
    # What a document says of a thing stands on the document's own statement.
    for s, props in own.items():
        target = (props.get(PG + "mentions") or [""])[0][1:-1]
        for post in things.get(target, {}).get("http://www.w3.org/ns/org#holds", []) if "/mention/" in s else []:
            put(s, PG + "inPost", post, iri)
        for o in props.get(PG + "object", []) if "/measure/" in s else []:
            issuers = things.get(o[1:-1], {}).get(PG + "issuedBy", [])
            if set(issuers) & set(props.get(PG + "actor", [])):
                put(s, PG + "issues", o, iri)
    for s, props in own.items():
        types = props.get(RDF_TYPE, [])
        if re.search(r"/span/|/deed$|/reading/rule/|/figures$", s):
            continue
        kept = [t for t in types if t[1:-1].startswith(PG) and t[1:-1].rpartition("#")[2] in direct]
        single = lambda p: len(props.get(PG + p, [])) == 1  # noqa: E731
        if s.endswith("/section") or "/section/" in s:
            pass
        for p, os in props.items():
            local = p.removeprefix(PG)
            for o in os:
                if p == RDF_TYPE:
                    if o in (kept or types[:1]):
                        put(s, p, o, iri)
                    continue
                if p in _DROP_OWN:
                    continue
                if local == "period" and PG + "refPeriod" in props:
                    continue
                if local == "asWritten" and o in props.get(PG + "indicator", []):
                    continue
                if local == "indicatorText":
                    continue
                if local == "status" and "/figure/" in s:
                    continue
                if local == "scopeText" and single("scope") and label(props[PG + "scope"][0]) == _text(o):
                    continue
                if local == "qualifierText" and single("qualifier"):
                    continue
                if local in ("actorText", "targetText", "placeText"):
                    link = local.removesuffix("Text")
                    if single(link) and label(props[PG + link][0]) == _text(o):
                        continue
                if local == "unitText" and label(props[PG + "unit"][0]) == _text(o):
                    continue
                if local == "mentionType":
                    continue
                if local == "name" and "/mention/" in s and label(props[PG + "mentions"][0]) == _text(o):
                    continue
                put(s, p, o, iri)
    for s, props in things.items():
        types = props.get(RDF_TYPE, [])
        for p, os in props.items():
            for o in os:
                if p == RDF_TYPE:
                    ours = [t for t in types if t[1:-1].startswith(PG)]
                    ok = [t for t in ours if t[1:-1].rpartition("#")[2] in direct] or ours or types
                    if o in ok:
                        put(s, p, o, THINGS)
                    continue
                if p == "http://www.w3.org/ns/org#holds" or (p.endswith("#altLabel") and "/area/" not in s):
                    continue
                if p in (PG + "statedCount", PG + "issuedBy"):
                    continue
                put(s, p, o, THINGS)
    return "".join(f"{line}\n" for line in dict.fromkeys(out))
