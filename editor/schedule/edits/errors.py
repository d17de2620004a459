"""The error of an edit that is not possible.

A refused edit has changed nothing. The error says why (`code` and facts) and, where there is one, carries an
alternative: the nearest place that fits, and the operation that would go there.
"""

from typing import TYPE_CHECKING

from editor.errors import KnownError

if TYPE_CHECKING:
    from editor.schedule.operations import AnyOperation


class EditRefusedError(KnownError):
    """An edit is not possible, and nothing was changed. Codes begin with ``refused.``.

    Attributes:
        nearest: Where the first of the placed segments would begin at the nearest place that fits, in ms; None where
            there is none. Also the fact ``nearest_ms``.
        alternative: The same operation as it would be accepted: moved to `nearest`, or dragged only as far as possible;
            None where there is none.
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
        """Return this error without alternative and nearest place, for an alternative that would be refused as well.

        ``refused.taken`` becomes ``refused.full``: there is no place near.
        """
        code = "refused.full" if self.code == "refused.taken" else self.code
        return EditRefusedError(code, **{name: fact for name, fact in self.facts.items() if name != "nearest_ms"})  # type: ignore[arg-type]
