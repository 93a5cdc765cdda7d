"""Numbers → figures: what each number of a report says."""
