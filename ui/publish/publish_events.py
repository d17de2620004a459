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
    """The event that the user wants to publish the version in `request`.

    `conflict` is the conflict of the webinar that waits for the user; None if none is known. An immutable value: passed
    to `PublishService.dispatch` on the GUI thread.
    """

    request: "PublishRequest"
    conflict: "MergeConflictError | None" = None


@dataclass(frozen=True)
class UpdateRequested:
    """The event that the user wants a session to play another version, as `request` says.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    request: "UpdateRequest"


@dataclass(frozen=True)
class PauseRequested:
    """The event that the user wants to pause the run (`is_paused` true) or to resume it.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    is_paused: bool


@dataclass(frozen=True)
class CancelRequested:
    """The event that the user wants to cancel the run; it ends later, with `RunEnded`.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class DialogClosed:
    """The event that the publish dialog was closed; what runs goes on, and its outcome is posted in the window.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """


# ------------------------------------------------------------------------------------------------ what happens


@dataclass(frozen=True)
class PreflightChecked:
    """The event that the chosen version was checked; publishing is prevented unless `problems` is empty.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    problems: "tuple[Problem, ...]"


@dataclass(frozen=True)
class DraftSaved:
    """The event that the draft was saved as the version with this hash, which is then published.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    version: str


@dataclass(frozen=True)
class SaveFailed:
    """The event that an edit or a version of the open webinar could not be saved; `error` says why.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class StepReached:
    """The event that the run has reached another step: sending the version, the media, or the session.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    step: "PublishStep"


@dataclass(frozen=True)
class TransferReported:
    """The event that a file is being prepared or uploaded; `transfer` says which, and how far it is.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    transfer: "TransferStatus"


@dataclass(frozen=True)
class ProgressReported:
    """The event that the run reported how much of `total` is done, and whether it is paused.

    `done` and `total` are in any unit; `total` is 0 while it is unknown. An immutable value: passed to
    `PublishService.dispatch` on the GUI thread.
    """

    done: int
    total: int
    is_paused: bool


@dataclass(frozen=True)
class RunEnded:
    """The event that the background task of a run ended, before the event that says how.

    With `is_cancelled` no such event follows. An immutable value: passed to `PublishService.dispatch` on the GUI
    thread.
    """

    is_cancelled: bool = False


@dataclass(frozen=True)
class SessionScheduled:
    """The event that a run succeeded: the version is on the server, and `session` was scheduled.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    session: "Session"


@dataclass(frozen=True)
class SessionUpdated:
    """The event that a run succeeded: `session` plays another version now.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    session: "Session"


@dataclass(frozen=True)
class MergeRequired:
    """The event that a run met a colleague's changes, which conflict with the user's; nothing was scheduled.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class RunFailed:
    """The event that an error ended a run; `error` says why.

    An immutable value: passed to `PublishService.dispatch` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class MessageShown:
    """The event that a warning, an error or a confirmation is to be shown in the dialog, which covers the window.

    `role` names its text in the style sheet; `text` is translated. An immutable value: passed to
    `PublishService.dispatch` on the GUI thread.
    """

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
    """The effect that saves the draft as a version; `DraftSaved` or `SaveFailed` follows.

    An immutable value: returned by `reduce`, carried out by `PublishService`.
    """


@dataclass(frozen=True)
class StartRun:
    """The effect that publishes a version, or updates a session, in a background task.

    `RunEnded` follows, then `SessionScheduled`, `SessionUpdated`, `MergeRequired` or `RunFailed`. An immutable value:
    returned by `reduce`, carried out by `PublishService`.
    """

    request: "PublishRequest | UpdateRequest"


@dataclass(frozen=True)
class PauseRun:
    """The effect that pauses the background task (`is_paused` true) or resumes it; nothing without a task.

    An immutable value: returned by `reduce`, carried out by `PublishService`.
    """

    is_paused: bool


@dataclass(frozen=True)
class CancelRun:
    """The effect that asks the background task to stop; `RunEnded` follows. Nothing without a task.

    An immutable value: returned by `reduce`, carried out by `PublishService`.
    """


@dataclass(frozen=True)
class AskConflict:
    """The effect that emits `conflict_found`, so that the dialog asks the user how to resolve it.

    An immutable value: returned by `reduce`, carried out by `PublishService`.
    """

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class PostOutcome:
    """The effect that posts an outcome as a message in the window, since the dialog is closed.

    An immutable value: returned by `reduce`, carried out by `PublishService`.
    """

    outcome: "PublishOutcome"


PublishEffect: TypeAlias = SaveDraft | StartRun | PauseRun | CancelRun | AskConflict | PostOutcome
