# An exclusion has a reason.
# expect: exclusion/3-7 pg:reason MinCount
DELETE { ?e pg:reason ?v }
WHERE { ?e a pg:Exclusion ; pg:start 3 ; pg:reason ?v }
