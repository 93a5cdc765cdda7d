# A unit is inside a body.
# expect: organization/* org:unitOf MinCount
INSERT { ?o a pg:OrganizationalUnit }
WHERE { ?o a pg:Organization ; rdfs:label ?n FILTER(STR(?n) = "湖北省人民政府") }
