"""The two kinds of failure.

A `Known` is a failure we foresaw: a code and its facts. It carries no sentence; `editor.errors.messages` (for the
terminal) and `ui.text.formatter` (for the window) turn a code into words. Everything else that is raised is a bug.
"""


class KnownError(Exception):
    """A foreseen failure: what happened (`code`) and the facts a sentence about it needs.

    Codes are dotted and stable, e.g. ``media.unreadable`` or ``library.newer``. Facts are plain values: str, int,
    tuples of them. A fact whose name ends in ``_ms`` is integer milliseconds.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})"


class CancelledError(Exception):
    """The user gave up a piece of long work; nothing of it is kept."""
