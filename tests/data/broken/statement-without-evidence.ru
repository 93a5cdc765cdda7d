# A statement rests on evidence.
# expect: measure/305-315 pg:evidence MinCount
DELETE { ?m pg:evidence ?v }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:evidence ?v }
