# An observation is of a data set.
# expect: figure/89-95 qb:dataSet MinCount
DELETE { ?f qb:dataSet ?v }
WHERE { ?f a pg:Figure ; pg:quote "14705元" ; qb:dataSet ?v }
