# A figure needs its value.
# expect: figure/89-95 pg:value MinCount
DELETE { ?f pg:value ?v }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:value ?v }
