# What stands beside a person's name is a post.
# expect: mention/142-145 pg:inPost Class
INSERT { ?m pg:inPost ?o }
WHERE { ?m pg:mentions/rdfs:label ?l . ?o a pg:Organization ; rdfs:label ?n FILTER(STR(?n) = "湖北省人民政府" && STR(?l) = "王忠林") }
