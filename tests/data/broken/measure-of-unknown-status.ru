# Done or planned, nothing else.
# expect: measure/255-270 pg:status Class
# expect: measure/255-270 - Or
DELETE { ?m pg:status ?v }
INSERT { ?m pg:status <https://w3id.org/policygraph/vocabulary/status/maybe> }
WHERE { ?m a pg:Measure ; pg:quote "建立全省低收入人口动态监测平台" ; pg:status ?v }
