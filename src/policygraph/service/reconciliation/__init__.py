"""The Reconciliation Service API of the W3C Community Group at /reconcile, versions 0.1 and 0.2."""
