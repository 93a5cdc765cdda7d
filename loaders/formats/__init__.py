"""File formats → text: HTML pages, Word, PDF."""
