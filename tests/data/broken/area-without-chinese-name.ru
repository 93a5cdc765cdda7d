# Things have a Chinese name.
# expect: area/421122 rdfs:label QualifiedMinCount
DELETE { ?a rdfs:label ?v }
WHERE { ?a a pg:Area ; skos:notation "421122" ; rdfs:label ?v FILTER(LANGMATCHES(LANG(?v), "zh")) }
