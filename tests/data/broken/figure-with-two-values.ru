# A figure has one value.
# expect: figure/207-214 pg:value MaxCount
INSERT { ?f pg:value 7.5 }
WHERE { ?f a pg:Figure ; pg:quote "25.25亿元" }
