# A digest is 64 hexadecimal digits.
# expect: cc927cf95d22f5fc pg:sha256 Pattern
DELETE { ?r pg:sha256 ?v }
INSERT { ?r pg:sha256 "ABC" }
WHERE { ?r pg:sha256 ?v }
