"""The command line `matinee`: the editor's core for the terminal and for other programs.

Answers go to standard output (as JSON with `--json`), everything else to standard error; with `--json`, errors are
JSON too. Exit codes: 0 done · 1 failed, with a sentence that says why · 2 wrong arguments · 3 `check` found errors ·
130 interrupted.

The commands lie by theme in the modules `*_commands`; `options` has what they share, `app` puts them together.
"""

from editor.cli.app import main, run

__all__ = ["main", "run"]
