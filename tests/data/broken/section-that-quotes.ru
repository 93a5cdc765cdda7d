# A section has its heading once, as its label.
# expect: section/1 pg:quote MaxCount
INSERT { ?s pg:quote "一、强化支撑保障,狠抓政策落实" }
WHERE { ?s pg:number "1" }
