# A value is a decimal.
# expect: figure/89-95 pg:value Datatype
DELETE { ?f pg:value ?v }
INSERT { ?f pg:value "一万四" }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:value ?v }
