"""SPARQL as text: its tokens, and terms written into it."""
