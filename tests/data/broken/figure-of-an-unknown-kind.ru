# Kinds are of the list.
# expect: figure/89-95 pg:kindText In
DELETE { ?f pg:kindText ?v }
INSERT { ?f pg:kindText "size" }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:kindText ?v }
