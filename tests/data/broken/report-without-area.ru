# A report says better what area it is of.
# expect: cc927cf95d22f5fc pg:area MinCount
DELETE { ?r pg:area ?v }
WHERE { ?r pg:area ?v }
