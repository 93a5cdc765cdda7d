# A digest is 64 hexadecimal digits.
# expect: a20e9bb9420c7bdc pg:sha256 Pattern
DELETE { ?r pg:sha256 ?v }
INSERT { ?r pg:sha256 "ABC" }
WHERE { ?r pg:sha256 ?v }
