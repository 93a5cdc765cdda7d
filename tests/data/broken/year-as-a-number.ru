# Years are xsd:gYear.
# expect: area/420000 pg:validUntil Datatype
INSERT { ?a pg:validUntil 2030 }
WHERE { ?a a pg:Area FILTER(STRENDS(STR(?a), "area/420000")) }
