"""The demo's output in the terminal, one line per step."""

import sys

from editor.progress import ProgressListener

STEP_PERCENT = 25


def print_status(text: str) -> None:
    """Print a line about a step of the demo to standard output, at once."""
    sys.stdout.write(f"matinee: {text}\n")
    sys.stdout.flush()


def print_error(text: str) -> None:
    """Print an error as a line to standard error, at once."""
    sys.stderr.write(f"matinee: {text}\n")
    sys.stderr.flush()


def make_quarter_listener(label: str) -> ProgressListener:
    """Return a progress listener that prints "<label>: 25 %" and so on, each quarter at most once.

    Of quarters that are reached together only the last is printed; without a total, nothing.
    """
    reported = 0

    def listen(done: int, total: int) -> None:
        nonlocal reported
        reached = done * 100 // total // STEP_PERCENT * STEP_PERCENT if total else 0
        if reached > reported:
            reported = reached
            print_status(f"{label}: {reported} %")

    return listen
