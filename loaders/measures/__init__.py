"""Clauses → measures: who did what, to what, for whom."""
