# Evidence has a position and a quote.
# expect: span/305-315 oa:hasSelector QualifiedMinCount
# expect: span/305-315 oa:hasSelector MinCount
DELETE { ?s oa:hasSelector ?q }
WHERE { ?m a pg:Measure ; pg:quote "建设帮扶车间100家" ; pg:evidence ?s . ?s oa:hasSelector ?q . ?q a oa:TextQuoteSelector }
