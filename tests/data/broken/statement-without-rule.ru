# A statement names the rule it comes from.
# expect: measure/193-214 pg:producedBy MinCount
DELETE { ?m pg:producedBy ?v }
WHERE { ?m a pg:Measure ; pg:quote "在“832”平台销售帮扶产品25.25亿元" ; pg:producedBy ?v }
