"""Entry point of `python -m editor.cli`."""

from editor.cli.app import run

run()
