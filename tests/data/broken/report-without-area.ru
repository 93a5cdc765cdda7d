# A report says better what area it is of.
# expect: a20e9bb9420c7bdc pg:area MinCount
DELETE { ?r pg:area ?v }
WHERE { ?r pg:area ?v }
