# Numbers of sections are digits and dots.
# expect: section/1.1 pg:number Pattern
DELETE { ?s pg:number ?v }
INSERT { ?s pg:number "1.a" }
WHERE { ?s pg:number ?v FILTER(?v = "1.1") }
