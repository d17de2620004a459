"""How the demo tells what it does: a line each, in the terminal."""

import sys

from editor.progress import ProgressListener

EVERY_PERCENT = 25


def print_status(text: str) -> None:
    """Tell what the demo does."""
    sys.stdout.write(f"matinee: {text}\n")
    sys.stdout.flush()


def print_error(text: str) -> None:
    """Tell why it goes no further."""
    sys.stderr.write(f"matinee: {text}\n")
    sys.stderr.flush()


def make_quarter_listener(label: str) -> ProgressListener:
    """A listener that tells how far something is, four times in all."""
    reported = 0

    def listen(done: int, total: int) -> None:
        nonlocal reported
        reached = done * 100 // total // EVERY_PERCENT * EVERY_PERCENT if total else 0
        if reached > reported:
            reported = reached
            print_status(f"{label}: {reported} %")

    return listen
