# Codes have six digits.
# expect: area/420000 skos:notation Pattern
DELETE { ?a skos:notation ?v }
INSERT { ?a skos:notation "42" }
WHERE { ?a a pg:Area ; skos:notation ?v FILTER(STR(?v) = "420000") }
