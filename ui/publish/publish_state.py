"""The state of publishing as one value: what runs, how far it is, and how the last run ended; plain values."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.protocol.api import Session
    from editor.schedule.preflight import Problem
    from editor.sync.media_upload import TransferStatus
    from editor.sync.publisher import PublishRequest, PublishStep
    from editor.sync.webinar_sync import MergeConflictError

DRAFT = ""
"""In place of a version's hash: the current state, which is saved as a version first."""
PublishPhase = Literal["idle", "saving", "running"]
"""Nothing is published; the draft is being saved first; a version is being published or updated."""


@dataclass(frozen=True)
class UpdateRequest:
    """A request to let a session play another version of its webinar; immutable.

    `session` and `webinar` are ids, `version` is the hash of the version.
    """

    session: str
    webinar: str
    version: str


@dataclass(frozen=True)
class PublishedOutcome:
    """The outcome of publishing that succeeded: the session as it was scheduled; immutable."""

    session: "Session"


@dataclass(frozen=True)
class UpdatedOutcome:
    """The outcome of an update that succeeded: the session as it is now, with another version; immutable."""

    session: "Session"


@dataclass(frozen=True)
class ConflictOutcome:
    """The outcome that nothing was published, since a colleague's changes conflict with the user's; immutable.

    The user has to resolve the conflict before publishing again.
    """

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class FailureOutcome:
    """The outcome that saving, publishing or updating failed, with the error; immutable.

    What was sent before stays on the server, and is not sent again.
    """

    error: "KnownError"


@dataclass(frozen=True)
class CancelOutcome:
    """The outcome that the user cancelled the run; immutable. What was sent before stays on the server."""


@dataclass(frozen=True)
class MessageOutcome:
    """A translated message of another part of the window, or a confirmation, in place of an outcome; immutable.

    `role` names its text in the style sheet.
    """

    role: str
    text: str


PublishOutcome: TypeAlias = (
    PublishedOutcome | UpdatedOutcome | ConflictOutcome | FailureOutcome | CancelOutcome | MessageOutcome
)


@dataclass(frozen=True)
class PublishState:
    """Everything the publish dialog knows of its own work, as one immutable value; only `reduce` makes the next one.

    Attributes:
        phase: whether something runs.
        request: what runs; None in the phase "idle".
        problems: what prevents the chosen version from being published.
        step: the step that the run has reached; None before the first one, and while nothing runs.
        transfer: which file is being prepared or uploaded; None in other steps.
        done: how much of `total` is done.
        total: the whole, in any unit; 0 while it is unknown.
        is_paused: whether the run is paused.
        is_cancelling: whether the user cancelled the run, which has not ended yet.
        outcome: how the last run ended, or a message since; None while there is nothing to say.
        is_closed: whether the dialog was closed; outcomes are posted in the window then.
    """

    phase: PublishPhase = "idle"
    request: "PublishRequest | UpdateRequest | None" = None
    problems: "tuple[Problem, ...]" = ()
    step: "PublishStep | None" = None
    transfer: "TransferStatus | None" = None
    done: int = 0
    total: int = 0
    is_paused: bool = False
    is_cancelling: bool = False
    outcome: PublishOutcome | None = None
    is_closed: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being saved, published or updated."""
        return self.phase != "idle"

    @property
    def can_publish(self) -> bool:
        """Whether publishing may begin: nothing runs, no problem prevents it, and the dialog is open.

        Whether there is a server to publish to is not part of it.
        """
        return not self.is_busy and not self.problems and not self.is_closed

    @property
    def can_pause(self) -> bool:
        """Whether the run can be paused, resumed or cancelled.

        False while the draft is being saved, and after a cancel.
        """
        return self.phase == "running" and not self.is_cancelling

    @property
    def is_finished(self) -> bool:
        """Whether the dialog is closed and nothing runs any more, so that the service can be deleted."""
        return self.is_closed and not self.is_busy
