# A passage is part of a report or a section.
# expect: section/1 dcterms:isPartOf Or
INSERT { ?s dcterms:isPartOf ?g }
WHERE { ?s pg:number "1" . { SELECT ?g WHERE { ?g a pg:Area } ORDER BY ?g LIMIT 1 } }
