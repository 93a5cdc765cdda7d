# Things have a Chinese name.
# expect: area/421122-1995 rdfs:label QualifiedMinCount
DELETE { ?a rdfs:label ?v }
INSERT { ?a rdfs:label "Hong'an"@en }
WHERE { ?a a pg:Area ; rdfs:label ?v FILTER(STR(?v) = "红安县") }
