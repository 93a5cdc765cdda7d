# An instant is told once.
# expect: period/2022/beginning - Xone
INSERT { ?i time:inXSDDate "2022-01-01"^^xsd:date }
WHERE { ?i time:inXSDgYear "2022"^^xsd:gYear . ?p time:hasBeginning ?i }
