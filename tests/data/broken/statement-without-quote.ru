# A statement quotes its words.
# expect: measure/305-315 pg:quote MinCount
DELETE { ?m pg:quote ?v }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:quote ?v }
