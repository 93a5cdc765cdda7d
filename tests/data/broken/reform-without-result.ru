# A succession leads from bodies to bodies.
# expect: change/* org:resultingOrganization MinCount
DELETE { ?c org:resultingOrganization ?o }
WHERE { { SELECT ?c WHERE { ?c a pg:Succession } ORDER BY ?c LIMIT 1 } ?c org:resultingOrganization ?o }
