"""`matinee` without a window: the same core, for the terminal and for other programs.

Answers go to standard output (JSON with `--json`), everything else to standard error; with `--json` a failure is
answered in JSON, too. Exit codes: 0 done · 1 it could not be done, and why is said in a sentence · 2 the words were
wrong · 3 `check` found errors · 130 interrupted.

The commands lie by theme: `webinars` (the library's shelves), `making` (what changes a webinar), `looking` (what is
asked of one), `keeping` (versions, bundles, copies). `words` holds what they share, `program` puts them together.
"""

from editor.cli.app import main, run

__all__ = ["main", "run"]
