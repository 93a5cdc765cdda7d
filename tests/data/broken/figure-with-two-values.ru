# A figure has one value.
# expect: figure/89-95 pg:value MaxCount
INSERT { ?f pg:value 7.5 }
WHERE { ?f a pg:Figure ; pg:quote "14705元" }
