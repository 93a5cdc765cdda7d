# A figure refers to a figure.
# expect: figure/89-95 pg:refersTo Class
INSERT { ?f pg:refersTo ?m }
WHERE { ?f a pg:Figure ; pg:quote "14705元" . ?m a pg:Measure ; pg:quote "建设帮扶车间100家" }
