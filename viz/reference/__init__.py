"""The reference in two languages: the ontology and its vocabularies as pages, drawn from their files."""

from policygraph.viz.reference.links import Links
from policygraph.viz.reference.page import render_ontology, render_vocabulary
from policygraph.viz.reference.site import write_reference

__all__ = ["Links", "render_ontology", "render_vocabulary", "write_reference"]
