"""`python -m editor.cli`."""

from editor.cli.program import run

run()
