# An area lies within an area.
# expect: area/420000 pg:within Class
# expect: area/420000 pg:within MaxCount
INSERT { ?a pg:within ?o }
WHERE { ?a a pg:Area FILTER(STRENDS(STR(?a), "area/420000")) ?o a pg:Organization ; rdfs:label ?n FILTER(STR(?n) = "湖北省人民政府") }
