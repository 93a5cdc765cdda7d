// RDF terms as the page meets them: { type: "uri" | "literal" | "bnode", value, "xml:lang", datatype }.
export const data = JSON.parse(document.getElementById("data").textContent);

const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f", '"': '"', "'": "'", "\\": "\\" };
const TERM = String.raw`<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?`;
const LINE = new RegExp(String.raw`^\s*(?:${TERM})\s+<([^>]*)>\s+(?:${TERM})\s*\.\s*$`);

const unescape = text => text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
  one ? ESCAPES[one] : String.fromCodePoint(parseInt(four || eight, 16)));

function term([iri, blank, text, tag, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescape(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  return { type: "literal", value: unescape(text), ...(tag && { "xml:lang": tag }), ...(datatype && { datatype }) };
}

/** N-Triples as [subject, predicate, object]; lines that are none are left out. */
export function triples(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const parts = LINE.exec(line);
    if (parts) found.push([term(parts.slice(1, 6)), { type: "uri", value: unescape(parts[6]) }, term(parts.slice(7, 12))]);
  }
  return found;
}

/** An IRI with a known prefix, without our base, or whole. */
export function shorten(iri) {
  for (const [prefix, space] of Object.entries(data.prefixes))
    if (iri.startsWith(space) && /^[\w.-]*$/.test(iri.slice(space.length))) return `${prefix}:${iri.slice(space.length)}`;
  return iri.startsWith(data.base) ? iri.slice(data.base.length) : iri;
}

/** Where a reader finds an IRI: ours at this very service, others where they say; null for urn: and the like. */
export function address(iri, language) {
  if (iri.startsWith(data.base)) return `${data.root}/${iri.slice(data.base.length).replace("#", "?lang=" + language + "#")}`;
  return /^https?:/.test(iri) ? iri : null;
}
