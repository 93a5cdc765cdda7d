# A finding has a code.
# expect: finding/275-279-unit-missing pg:code MinCount
DELETE { ?f pg:code ?v }
WHERE { ?f a pg:Finding ; pg:code ?v }
