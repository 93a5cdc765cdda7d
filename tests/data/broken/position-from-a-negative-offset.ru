# Offsets count from 0.
# expect: span/305-315/position oa:start MinInclusive
DELETE { ?p oa:start ?v }
INSERT { ?p oa:start -1 }
WHERE { ?m pg:quote "建设帮扶车间100家" ; a pg:Measure ; pg:evidence/oa:hasSelector ?p . ?p oa:start ?v }
