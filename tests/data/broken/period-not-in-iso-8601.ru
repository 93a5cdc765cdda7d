# Periods are ISO 8601.
# expect: figure/89-95 pg:period Pattern
INSERT { ?f pg:period "2022年" }
WHERE { ?f a pg:Figure ; pg:quote "14705元" }
