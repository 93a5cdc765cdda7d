# One preferred label a language.
# expect: topic/industry-support skos:prefLabel UniqueLang
INSERT { ?c skos:prefLabel "产业帮助"@zh }
WHERE { ?c skos:prefLabel ?l FILTER(STR(?l) = "产业帮扶") }
