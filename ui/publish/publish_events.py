"""Events that change the state of publishing, and effects that the reducer asks for; plain values without Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.protocol.api import Session
    from editor.schedule.preflight import Problem
    from editor.sync.media_upload import TransferStatus
    from editor.sync.publisher import PublishRequest, PublishStep
    from editor.sync.webinar_sync import MergeConflictError
    from ui.publish.publish_state import PublishOutcome, UpdateRequest

# ------------------------------------------------------------------------------------------- the user's intents


@dataclass(frozen=True)
class PublishRequested:
    """The user wants to publish; with the conflict of the webinar, if one is known to wait for the user."""

    request: "PublishRequest"
    conflict: "MergeConflictError | None" = None


@dataclass(frozen=True)
class UpdateRequested:
    """The user wants a session to play another version."""

    request: "UpdateRequest"


@dataclass(frozen=True)
class PauseRequested:
    """The user wants to pause the run (true) or to resume it."""

    is_paused: bool


@dataclass(frozen=True)
class CancelRequested:
    """The user wants to cancel the run."""


@dataclass(frozen=True)
class DialogClosed:
    """The dialog was closed; what runs goes on."""


# ------------------------------------------------------------------------------------------------ what happens


@dataclass(frozen=True)
class PreflightChecked:
    """The chosen version was checked; the problems prevent publishing it."""

    problems: "tuple[Problem, ...]"


@dataclass(frozen=True)
class DraftSaved:
    """The draft was saved as the version with this hash."""

    version: str


@dataclass(frozen=True)
class SaveFailed:
    """An edit or a version of the open webinar could not be saved."""

    error: "KnownError"


@dataclass(frozen=True)
class StepReached:
    """The run has reached another step."""

    step: "PublishStep"


@dataclass(frozen=True)
class TransferReported:
    """A file is being prepared or uploaded."""

    transfer: "TransferStatus"


@dataclass(frozen=True)
class ProgressReported:
    """The run reported how much of `total` (0 if unknown) is done, and whether it is paused."""

    done: int
    total: int
    is_paused: bool


@dataclass(frozen=True)
class RunEnded:
    """The background task of a run ended; its outcome follows as an event of its own, unless cancelled."""

    is_cancelled: bool = False


@dataclass(frozen=True)
class SessionScheduled:
    """The session was scheduled."""

    session: "Session"


@dataclass(frozen=True)
class SessionUpdated:
    """The session plays another version now."""

    session: "Session"


@dataclass(frozen=True)
class MergeRequired:
    """The run met a colleague's changes, which conflict with the user's."""

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class RunFailed:
    """An error ended the run."""

    error: "KnownError"


@dataclass(frozen=True)
class MessageShown:
    """Another part of the window has something to say, which the dialog shows since it covers the window."""

    role: str
    text: str


PublishEvent: TypeAlias = (
    PublishRequested
    | UpdateRequested
    | PauseRequested
    | CancelRequested
    | DialogClosed
    | PreflightChecked
    | DraftSaved
    | SaveFailed
    | StepReached
    | TransferReported
    | ProgressReported
    | RunEnded
    | SessionScheduled
    | SessionUpdated
    | MergeRequired
    | RunFailed
    | MessageShown
)

# ------------------------------------------------------------------------------------------------------ effects


@dataclass(frozen=True)
class SaveDraft:
    """Save the draft as a version; `DraftSaved` or `SaveFailed` follows."""


@dataclass(frozen=True)
class StartRun:
    """Publish, or update a session, in the background."""

    request: "PublishRequest | UpdateRequest"


@dataclass(frozen=True)
class PauseRun:
    """Pause the background task (true) or resume it."""

    is_paused: bool


@dataclass(frozen=True)
class CancelRun:
    """Cancel the background task."""


@dataclass(frozen=True)
class AskConflict:
    """Show a conflict and ask the user how to resolve it."""

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class PostOutcome:
    """Post an outcome in the window, since the dialog is closed."""

    outcome: "PublishOutcome"


PublishEffect: TypeAlias = SaveDraft | StartRun | PauseRun | CancelRun | AskConflict | PostOutcome
