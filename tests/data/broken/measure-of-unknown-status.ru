# Done or planned, nothing else.
# expect: measure/255-270 pg:statusText In
# expect: measure/255-270 - Or
DELETE { ?m pg:statusText ?v }
INSERT { ?m pg:statusText "maybe" }
WHERE { ?m a pg:Measure ; pg:quote "建立全省低收入人口动态监测平台" ; pg:statusText ?v }
