"""The version of the software, named in every statement's provenance."""

__version__ = "0.3.0"
