# Only what happened is an activity.
# expect: measure/305-315 - Or
INSERT { ?d a prov:Activity }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:reports ?d }
