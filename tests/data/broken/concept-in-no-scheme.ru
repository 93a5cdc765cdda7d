# A concept is of a scheme.
# expect: topic/industry-support skos:inScheme MinCount
DELETE { ?c skos:inScheme ?v }
WHERE { ?c skos:prefLabel ?l ; skos:inScheme ?v FILTER(STR(?l) = "产业帮扶") }
