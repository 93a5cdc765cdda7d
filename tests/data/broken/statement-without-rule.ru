# A statement names the rule it comes from.
# expect: measure/305-315 pg:producedBy MinCount
DELETE { ?m pg:producedBy ?v }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:producedBy ?v }
