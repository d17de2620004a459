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
    """The server on this computer is being looked for, started or stopped."""


@dataclass(frozen=True)
class ServerChanged:
    """The look-up, start or stop is done: the server in use, and the server process on this computer if it runs."""

    connection: "Connection | None"
    local_hosting: "RunningHosting | None"


@dataclass(frozen=True)
class ServerChangeFailed:
    """The server on this computer could not be started or stopped."""

    error: "KnownError"


@dataclass(frozen=True)
class LocalServerDied:
    """The server process on this computer ended without being asked to."""


@dataclass(frozen=True)
class AccountChanged:
    """The user signed in to another server, or signed out (None)."""

    connection: "Connection | None"


@dataclass(frozen=True)
class WebinarOpened:
    """Another webinar is open; an empty id if none is."""

    webinar_id: str


@dataclass(frozen=True)
class RefreshRequested:
    """What the server has of the open webinar may have changed."""


@dataclass(frozen=True)
class Refreshed:
    """The server has answered what it has of the open webinar."""

    remote: "WebinarOnServer"


@dataclass(frozen=True)
class RefreshFailed:
    """The server could not be asked for the open webinar."""

    error: "KnownError"


@dataclass(frozen=True)
class ConflictFound:
    """Publishing met a conflict that the user has to resolve."""

    conflict: "MergeConflictError"


@dataclass(frozen=True)
class ConflictResolved:
    """The user resolved the conflict of a webinar."""

    webinar_id: str


@dataclass(frozen=True)
class SyncRequested:
    """The library should be exchanged at once; `by_user` forgets the last error, so that it is reported again."""

    by_user: bool = False


@dataclass(frozen=True)
class SmallChangeMade:
    """Something small has changed, such as a note; more changes may follow soon."""


@dataclass(frozen=True)
class NetworkRestored:
    """The system reports that the network is back."""


@dataclass(frozen=True)
class TimerFired:
    """The time set by `SetTimer` has passed."""


@dataclass(frozen=True)
class SyncEnded:
    """The background task of an exchange ended; its outcome follows as an event of its own, unless cancelled."""

    is_cancelled: bool = False


@dataclass(frozen=True)
class SyncReported:
    """An exchange went through."""

    report: "SyncReport"


@dataclass(frozen=True)
class SyncFailed:
    """An exchange failed."""

    error: "KnownError"


@dataclass(frozen=True)
class DownloadStarted:
    """A webinar that is on the server alone is being downloaded."""

    webinar_id: str


@dataclass(frozen=True)
class DownloadEnded:
    """A download ended, whether it succeeded or not."""

    webinar_id: str


@dataclass(frozen=True)
class Downloaded:
    """A webinar was downloaded and is in the library now."""

    webinar_id: str


@dataclass(frozen=True)
class ShutDown:
    """The application is closing."""


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
    """Run an exchange of the library in the background."""


@dataclass(frozen=True)
class StartRefresh:
    """Ask the server in the background what it has of a webinar."""

    webinar_id: str
    connection: "Connection | None"


@dataclass(frozen=True)
class SetTimer:
    """Send `TimerFired` after a delay, in place of a timer set before."""

    delay_ms: int


@dataclass(frozen=True)
class CancelTimer:
    """Send no `TimerFired`."""


@dataclass(frozen=True)
class UpdateKeepAwake:
    """Keep the computer awake for these sessions, and no others."""

    sessions: "tuple[api.Session, ...]"


@dataclass(frozen=True)
class DeliverReport:
    """Hand the report of an exchange on to the window."""

    report: "SyncReport"


@dataclass(frozen=True)
class NotifyError:
    """Show an error."""

    error: "KnownError"


@dataclass(frozen=True)
class NotifyRefused:
    """Show that the server refused the exchange, with what the user can do."""

    error: "KnownError"


@dataclass(frozen=True)
class NotifyServerRestored:
    """Show that the server was restored from a backup, and offer to continue."""


@dataclass(frozen=True)
class NotifyLocalServerDied:
    """Show that the server on this computer ended, and offer to start it again."""


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
