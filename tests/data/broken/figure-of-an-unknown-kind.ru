# Kinds are of the list.
# expect: figure/89-95 pg:kind Class
DELETE { ?f pg:kind ?v }
INSERT { ?f pg:kind <https://w3id.org/policygraph/vocabulary/kind/size> }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:kind ?v }
