"""Tables of a report → figures: where they stand in a text, what their headings say."""
