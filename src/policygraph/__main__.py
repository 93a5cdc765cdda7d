"""``python -m policygraph``."""

from policygraph.cli import run

run()
