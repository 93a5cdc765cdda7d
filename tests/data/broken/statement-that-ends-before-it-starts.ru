# A start is before its end.
# expect: measure/305-315 pg:start LessThan
DELETE { ?m pg:end ?v }
INSERT { ?m pg:end 3 }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:end ?v }
