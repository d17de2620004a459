"""Events that change the state of synchronization, and effects that the reducer asks for; plain values without Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.protocol import api
    from editor.sync.connections import Connection
    from editor.sync.library_sync import SyncReport
    from editor.sync.local_hosting import RunningHosting
    from editor.sync.webinar_sync import MergeConflictError
    from ui.sync.server_state import WebinarOnServer

# --------------------------------------------------------------------------------------------------- events


@dataclass(frozen=True)
class ServerChangeStarted:
    """The event that the server on this computer is being looked for, started or stopped, before that work begins.

    `ServerChanged` or `ServerChangeFailed` follows. An immutable value: passed to `SyncService.dispatch` on the GUI
    thread.
    """


@dataclass(frozen=True)
class ServerChanged:
    """The event that the look-up, start or stop of the server on this computer is done.

    `connection` is the server and account in use, None while none is set up; `local_hosting` is the server process on
    this computer, None while it does not run. An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    connection: "Connection | None"
    local_hosting: "RunningHosting | None"


@dataclass(frozen=True)
class ServerChangeFailed:
    """The event that the server on this computer could not be looked for, started or stopped; `error` says why.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class LocalServerDied:
    """The event that the server process on this computer ended without being asked to.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class AccountChanged:
    """The event that the user signed in to a server, or signed out; `connection` is None after signing out.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    connection: "Connection | None"


@dataclass(frozen=True)
class WebinarOpened:
    """The event that another webinar is open in the window; `webinar_id` is empty if none is.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    webinar_id: str


@dataclass(frozen=True)
class RefreshRequested:
    """The event that what the server has of the open webinar may have changed, so that it is to be asked again.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class Refreshed:
    """The event that the server has answered what it has of one webinar, the answer being `remote`.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    remote: "WebinarOnServer"


@dataclass(frozen=True)
class RefreshFailed:
    """The event that the server could not be asked for the open webinar; `error` says why.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class ConflictFound:
    """The event that publishing met changes of a colleague which the user has to choose between.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class ConflictResolved:
    """The event that the user resolved the conflict of the webinar with this id; an exchange follows.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    webinar_id: str


@dataclass(frozen=True)
class SyncRequested:
    """The event that the library is to be exchanged with the server at once.

    `by_user` is true where the user asked: the last error is then forgotten, so that the same one is reported again. An
    immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    by_user: bool = False


@dataclass(frozen=True)
class SmallChangeMade:
    """The event that something small, such as a note, was changed; the exchange waits some seconds for more changes.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class NetworkRestored:
    """The event that the system reports a network again; an exchange that waits for one begins at once.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class TimerFired:
    """The event that the delay of the last `SetTimer` has passed.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


@dataclass(frozen=True)
class SyncEnded:
    """The event that the background task of an exchange ended, before `SyncReported` or `SyncFailed` says how.

    With `is_cancelled`, neither of the two follows. An immutable value: passed to `SyncService.dispatch` on the GUI
    thread.
    """

    is_cancelled: bool = False


@dataclass(frozen=True)
class SyncReported:
    """The event that an exchange of the library succeeded, with the report of what it did.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    report: "SyncReport"


@dataclass(frozen=True)
class SyncFailed:
    """The event that an exchange of the library failed; `error` says why.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class DownloadStarted:
    """The event that the download of a webinar that is on the server alone began.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    webinar_id: str


@dataclass(frozen=True)
class DownloadEnded:
    """The event that the download of a webinar ended, whether it succeeded, failed or was cancelled.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    webinar_id: str


@dataclass(frozen=True)
class Downloaded:
    """The event that a webinar was downloaded and is in the library now; an exchange follows.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """

    webinar_id: str


@dataclass(frozen=True)
class ShutDown:
    """The event that the application is closing; all later events change nothing.

    An immutable value: passed to `SyncService.dispatch` on the GUI thread.
    """


SyncEvent: TypeAlias = (
    ServerChangeStarted
    | ServerChanged
    | ServerChangeFailed
    | LocalServerDied
    | AccountChanged
    | WebinarOpened
    | RefreshRequested
    | Refreshed
    | RefreshFailed
    | ConflictFound
    | ConflictResolved
    | SyncRequested
    | SmallChangeMade
    | NetworkRestored
    | TimerFired
    | SyncEnded
    | SyncReported
    | SyncFailed
    | DownloadStarted
    | DownloadEnded
    | Downloaded
    | ShutDown
)

# -------------------------------------------------------------------------------------------------- effects


@dataclass(frozen=True)
class StartSync:
    """The effect that makes `SyncService` exchange the library with the server in a background task.

    `SyncEnded` follows, then `SyncReported` or `SyncFailed`. An immutable value: returned by `reduce`, carried out by
    `SyncService` on the GUI thread.
    """


@dataclass(frozen=True)
class StartRefresh:
    """The effect that makes `SyncService` ask the server in a background task what it has of a webinar.

    `webinar_id` is empty to ask for the sessions on this computer alone; with `connection` None no server is asked.
    `Refreshed` or `RefreshFailed` follows. An immutable value: returned by `reduce`, carried out by `SyncService` on
    the GUI thread.
    """

    webinar_id: str
    connection: "Connection | None"


@dataclass(frozen=True)
class SetTimer:
    """The effect that makes `SyncService` dispatch `TimerFired` in `delay_ms` milliseconds.

    It replaces the timer set before. An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI
    thread.
    """

    delay_ms: int


@dataclass(frozen=True)
class CancelTimer:
    """The effect that drops the timer set by `SetTimer`, so that no `TimerFired` follows.

    Without a timer it does nothing. An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI
    thread.
    """


@dataclass(frozen=True)
class UpdateKeepAwake:
    """The effect that keeps the computer awake around these sessions and no others; an empty tuple lets it sleep.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """

    sessions: "tuple[api.Session, ...]"


@dataclass(frozen=True)
class DeliverReport:
    """The effect that makes `SyncService` emit `report_received` with the report of an exchange.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """

    report: "SyncReport"


@dataclass(frozen=True)
class NotifyError:
    """The effect that posts an error as a message to the user, without a button.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class NotifyRefused:
    """The effect that posts the server's refusal of an exchange, with a button to sign in again or to try once more.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """

    error: "KnownError"


@dataclass(frozen=True)
class NotifyServerRestored:
    """The effect that posts that the server was restored from a backup, with a button to compare and continue.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """


@dataclass(frozen=True)
class NotifyLocalServerDied:
    """The effect that posts that the server on this computer ended, with a button to start it again.

    An immutable value: returned by `reduce`, carried out by `SyncService` on the GUI thread.
    """


SyncEffect: TypeAlias = (
    StartSync
    | StartRefresh
    | SetTimer
    | CancelTimer
    | UpdateKeepAwake
    | DeliverReport
    | NotifyError
    | NotifyRefused
    | NotifyServerRestored
    | NotifyLocalServerDied
)
