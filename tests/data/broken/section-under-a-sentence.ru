# A section stands under a section.
# expect: section/1 pg:parentSection Class
INSERT { ?s pg:parentSection ?t }
WHERE { ?s pg:number "1" . { SELECT ?t WHERE { ?t a pg:Sentence } ORDER BY ?t LIMIT 1 } }
