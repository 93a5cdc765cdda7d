# An association names its rule.
# expect: rule/finding/unit-missing prov:hadPlan MinCount
DELETE { ?a prov:hadPlan ?r }
WHERE { ?a prov:hadPlan ?r . ?r rdfs:label ?l FILTER(?l = "finding/unit-missing") }
