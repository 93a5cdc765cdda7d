"""Pages for people: what a thing is, what a report says, the named queries, the SPARQL page.

A page asks through a function handed in and returns HTML; who serves it is not known here.
"""
