# An observation says whether it is reached or planned.
# expect: figure/89-95 pg:status MinCount
DELETE { ?f pg:status ?v }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; pg:status ?v }
