"""The HTTP service: SPARQL protocol, graph store protocol, things, named queries, descriptions.

Queries run in worker processes on a snapshot of the store, because the engine cannot be interrupted
and holds the interpreter: what takes too long is killed, and the service itself never waits.
"""
