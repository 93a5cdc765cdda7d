"""RDF → answers: one .rq file a question, and the catalogue that runs them."""
