# A scope is a thing.
# expect: figure/89-95 pg:scope Class
# expect: figure/89-95 pg:scope NodeKind
DELETE { ?f pg:scope ?v }
INSERT { ?f pg:scope "湖北省" }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:scope ?v }
