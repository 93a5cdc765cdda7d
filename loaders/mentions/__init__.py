"""Text → mentions: who and what a report names."""
