"""How the demo tells what it does: a line each, in the terminal."""

import sys

from editor.progress import Listener

EVERY_PERCENT = 25


def say(text: str) -> None:
    """Tell what the demo does."""
    sys.stdout.write(f"matinee: {text}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """Tell why it goes no further."""
    sys.stderr.write(f"matinee: {sentence}\n")
    sys.stderr.flush()


def in_quarters(what: str) -> Listener:
    """A listener that tells how far something is, four times in all."""
    told = 0

    def listen(done: int, total: int) -> None:
        nonlocal told
        come_to = done * 100 // total // EVERY_PERCENT * EVERY_PERCENT if total else 0
        if come_to > told:
            told = come_to
            say(f"{what}: {told} %")

    return listen
