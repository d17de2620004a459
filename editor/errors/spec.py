"""The description of one error: the sentence about it, the facts it carries, its HTTP status."""

import msgspec


class ErrorSpec(msgspec.Struct, frozen=True):
    """What is known of an error by its code.

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
    """Mark a sentence of a context for the translators; it is translated where it is shown."""
    return text
