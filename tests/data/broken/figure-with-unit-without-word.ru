# A unit keeps its word.
# expect: figure/89-95 pg:unitText MinCount
DELETE { ?f pg:unitText ?v }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:unitText ?v }
