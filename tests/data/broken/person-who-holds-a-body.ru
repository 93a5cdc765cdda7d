# A person holds a post.
# expect: person/* org:holds Class
INSERT { ?p org:holds ?o }
WHERE { ?p a pg:Person ; rdfs:label ?l . ?o a pg:Organization ; rdfs:label ?n FILTER(STR(?n) = "湖北省人民政府" && STR(?l) = "王忠林") }
