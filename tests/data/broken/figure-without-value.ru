# A figure needs its value.
# expect: figure/178-181 pg:value MinCount
DELETE { ?f pg:value ?v }
WHERE { ?f a pg:Figure ; pg:quote "11个" ; pg:value ?v }
