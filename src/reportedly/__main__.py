"""`python -m reportedly`."""

from reportedly.cli.main import run

run()
