"""The one way an edit says no.

A refusal has changed nothing. It says why (`code` and facts), and where it knows one it carries the way out: the
nearest place that would do, and the very operation that would go there.
"""

from typing import TYPE_CHECKING

from editor.errors import KnownError

if TYPE_CHECKING:
    from editor.schedule.operations import AnyOperation


class EditRefusedError(KnownError):
    """An edit that cannot be done. Codes begin with ``refused.``; the sentences lie in `editor.errors.messages`.

    Attributes:
        nearest: where the earliest of the placed segments would begin at the nearest place that fits, in ms; None
            where there is none. Also the fact ``nearest_ms``.
        instead: the same operation as it would be accepted (moved to `nearest`, or dragged only as far as it goes).
    """

    def __init__(
        self,
        code: str,
        *,
        nearest: int | None = None,
        alternative: "AnyOperation | None" = None,
        **facts: object,
    ) -> None:
        if nearest is not None:
            facts["nearest_ms"] = nearest
        super().__init__(code, **facts)
        self.nearest = nearest
        self.alternative = alternative

    def without_alternative(self) -> "EditRefusedError":
        """The same refusal where it turned out that what it offers would be refused as well."""
        code = "refused.full" if self.code == "refused.taken" else self.code
        return EditRefusedError(code, **{name: fact for name, fact in self.facts.items() if name != "nearest_ms"})  # type: ignore[arg-type]
