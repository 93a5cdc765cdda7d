"""Names from other tables matched with the things of the graph: candidates, scores, mapping sets."""
