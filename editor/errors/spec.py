"""The description of one error: the sentence about it, the facts it carries, its HTTP status."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorSpec:
    """The immutable entry of an error in the table of errors: its sentence, the names of its facts, its HTTP status.

    Args:
        sentence: What happened and what to do, in English; ``{name}`` stands for the fact of that name. Facts whose
            names end in ``_ms`` are milliseconds and are shown as times.
        facts: The names of all facts that errors of this code carry.
        status: The HTTP status (RFC 9110) with which the hosting answers it; None where no request meets it.
    """

    sentence: str
    facts: tuple[str, ...] = ()
    status: int | None = None


def mark_translatable(_context: str, text: str) -> str:
    """Return a sentence unchanged; the call marks it for the tool that collects what translators get.

    The sentence is translated only where it is shown.
    """
    return text
