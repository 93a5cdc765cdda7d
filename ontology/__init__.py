"""What may be said: the ontology, its vocabularies, the area register, and the IRIs."""
