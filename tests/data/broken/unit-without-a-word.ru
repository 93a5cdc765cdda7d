# A unit has its word.
# expect: unit/yuan skos:prefLabel MinCount
# expect: unit/yuan skos:prefLabel QualifiedMinCount
DELETE { ?u skos:prefLabel ?v }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:unit ?u . ?u skos:prefLabel ?v }
