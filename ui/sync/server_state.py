"""The state of the server connection as one value: which server, what is on it, and how the exchange goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.library.records import Version
    from editor.protocol import api
    from editor.sync.connections import Connection
    from editor.sync.library_sync import SyncItem
    from editor.sync.local_hosting import RunningHosting
    from editor.sync.webinar_sync import MergeConflictError, SyncStatus

SyncPhase = Literal["off", "idle", "running", "waiting", "refused", "restored"]
"""No server to exchange with; up to date until the next exchange; exchanging; offline, trying again later; refused by
the server until the user acts; the server was restored from a backup and the user has to confirm."""


@dataclass(frozen=True)
class WebinarOnServer:
    """The answer of `fetch_remote_state`: what the server has of one webinar, beside the versions in the library.

    Immutable; it was true when the server was asked.

    Attributes:
        webinar: id of the webinar; empty if none is open.
        versions: saved versions in the library, the newest first.
        sync_status: how library and server compare; None while nothing was saved, or without a server.
        sessions: the webinar's sessions on the server.
        local_sessions: all sessions of the server on this computer; empty for a server elsewhere.
    """

    webinar: str
    versions: "tuple[Version, ...]"
    sync_status: "SyncStatus | None"
    sessions: "tuple[api.Session, ...]"
    local_sessions: "tuple[api.Session, ...]" = ()


@dataclass(frozen=True)
class ServerState:
    """Everything the window knows of its server, as one immutable value; only `reduce` makes the next one.

    Attributes:
        connection: the server and account in use; None while none is set up.
        local_hosting: the server process on this computer while it runs.
        is_busy: whether the server on this computer is being started or stopped.
        webinar_id: id of the open webinar; empty if none is open.
        remote: what the server has of the open webinar; None before it was asked.
        is_refreshing: whether the server is being asked for that.
        refresh_error: why the server could not be asked the last time.
        conflicts: conflicts that wait for the user, by webinar id.
        phase: where the exchange stands.
        is_exchanging: whether an exchange runs in the background; it can outlast its phase.
        sync_error: why the last exchange failed.
        results: what the last exchange did, by webinar id.
        remote_only: webinars that are on the server alone; None before that is known.
        downloads: ids of the webinars that are being downloaded.
        due_ms: monotonic time of the next exchange, in milliseconds.
        offline_since_ms: monotonic time since which the server is out of reach, in milliseconds; None while it is not.
        failure_count: failures in a row, from which the delay of the next try follows.
        run_again: whether another exchange is to follow the running one.
        is_restore_announced: whether the user was told that the server was restored from a backup.
        is_shut_down: whether the application is closing, after which nothing is asked any more.
    """

    connection: "Connection | None" = None
    local_hosting: "RunningHosting | None" = None
    is_busy: bool = False
    webinar_id: str = ""
    remote: WebinarOnServer | None = None
    is_refreshing: bool = False
    refresh_error: "KnownError | None" = None
    conflicts: "Mapping[str, MergeConflictError]" = field(default_factory=lambda: MappingProxyType({}))
    phase: SyncPhase = "off"
    is_exchanging: bool = False
    sync_error: "KnownError | None" = None
    results: "Mapping[str, SyncItem]" = field(default_factory=lambda: MappingProxyType({}))
    remote_only: "tuple[api.WebinarListItem, ...] | None" = None
    downloads: frozenset[str] = frozenset()
    due_ms: int = 0
    offline_since_ms: int | None = None
    failure_count: int = 0
    run_again: bool = False
    is_restore_announced: bool = False
    is_shut_down: bool = False

    @property
    def is_local(self) -> bool:
        """Whether the server in use is the one on this computer, running or not; False without a server."""
        return self.connection is not None and self.connection.is_local

    @property
    def is_server_ready(self) -> bool:
        """Whether there is a server to send requests to: one is set up and, if it is on this computer, it runs.

        False while the server on this computer is being started or stopped.
        """
        return self.connection is not None and not self.is_busy and not self.is_local_stopped

    @property
    def is_local_stopped(self) -> bool:
        """Whether the server in use is the one on this computer, and its process does not run."""
        return self.is_local and self.local_hosting is None

    @property
    def is_signed_out(self) -> bool:
        """Whether the server refused the last exchange because the sign-in is no longer valid (HTTP 401)."""
        return self.sync_error is not None and self.sync_error.facts.get("status") == 401

    def remaining_ms(self, now_ms: int) -> int:
        """Return the milliseconds until the next exchange; 0 when it is due, or none was planned yet.

        Args:
            now_ms: the time now, in milliseconds of the monotonic clock that `due_ms` was read from.
        """
        return max(0, self.due_ms - now_ms)
