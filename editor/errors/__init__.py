"""Errors that the program foresees, and the table of their sentences and HTTP statuses.

A `KnownError` is a code and its facts. It carries no sentence: `editor.errors.messages` has the table (`ERRORS`) with
the sentence, the names of the facts and the HTTP status of each code. Every other exception is a bug.
"""


class KnownError(Exception):
    """A foreseen error: what happened (`code`) and the facts that a sentence about it needs.

    Codes are dotted and stable, such as ``media.unreadable`` or ``library.newer``; the table of their sentences is in
    `editor.errors.messages`. Facts, the keyword arguments, are plain values: str, int, or tuples of them. A fact whose
    name ends in ``_ms`` is integer milliseconds.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})"


class CancelledError(Exception):
    """A long operation was cancelled (`Progress.cancel`), which is no failure.

    The docstring of the operation says what is kept of its work.
    """
