# A mention names a thing.
# expect: mention/146-149 pg:mentions MinCount
DELETE { ?m pg:mentions ?v }
WHERE { ?m a pg:Mention ; pg:quote "红安县" ; pg:mentions ?v }
