"""Statements → RDF: statement types, provenance, stores, export."""
