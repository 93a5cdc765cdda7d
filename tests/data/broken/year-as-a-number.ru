# Years are xsd:gYear.
# expect: area/420000 pg:validFrom Datatype
DELETE { ?a pg:validFrom ?v }
INSERT { ?a pg:validFrom 1980 }
WHERE { ?a a pg:Area ; skos:notation "420000" ; pg:validFrom ?v }
