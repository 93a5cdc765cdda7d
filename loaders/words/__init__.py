"""Words and word groups: cue words, noun phrases, word lists as patterns."""
