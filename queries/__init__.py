"""RDF → answers: one .rq file per question, and the catalogue that runs them."""
