"""Sources → statements: text, structure, numbers, mentions, figures, measures."""
