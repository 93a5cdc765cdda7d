"""Answers → pictures: network views and the pages that show them."""
