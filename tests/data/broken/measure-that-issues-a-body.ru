# What a measure puts into force is a document.
# expect: measure/152-175 pg:issues Class
INSERT { ?m pg:issues ?o }
WHERE { ?m pg:issues ?d . ?o a pg:Organization ; rdfs:label ?n FILTER(STR(?n) = "湖北省人民政府") }
