"""Pages for people: what a thing is, what a report says, the named queries, the SPARQL page.

A page is a function that takes a SELECT function and returns HTML; page_routes.py has the handlers.
"""
