"""Blocking requests to the server and to the server process on this computer; all of them run in the background."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ui.sync.server_state import WebinarOnServer

if TYPE_CHECKING:
    from editor.sync.connections import Connection
    from editor.sync.local_hosting import RunningHosting
    from editor.sync.webinar_sync import WebinarSync
    from editor.workspace import Workspace

    ServerInUse = tuple[Connection | None, RunningHosting | None]

T = TypeVar("T")


def use_connection(workspace: "Workspace", request: "Callable[[WebinarSync], T]") -> T:
    """Connect to the server in use, make a request, close the connection, and return the result of the request.

    It blocks until the answer is there: call it in a background thread.

    Args:
        workspace: the library's workspace, which knows the server in use.
        request: called once with the connection, in the same thread.

    Raises:
        KnownError: ``sync.signed_out``: no server is set up. ``sync.stopped``: the server is the one on this computer,
            and it does not run. ``sync.address``: the stored address is no http(s) address. Else the errors of
            `request`, such as ``sync.*`` if the server is not reached.
    """
    sync = workspace.open_sync()
    try:
        return request(sync)
    finally:
        sync.client.close()


def load_server(workspace: "Workspace", on_died: Callable[[], None]) -> "ServerInUse":
    """Return the server in use; start the one on this computer if it ran when the editor was last closed.

    It blocks until that server runs, and raises `KnownError` if it cannot be started.

    Args:
        workspace: the library's workspace.
        on_died: called from a thread when the server on this computer ends without being asked to.

    Returns:
        The connection (None while no server is set up), and the server process on this computer (None if not started).
    """
    local = workspace.local_hosting
    local.on_end = on_died
    connection = workspace.connections.load()
    return connection, local.start() if local.is_autostarted else None


def start_local_server(workspace: "Workspace") -> "ServerInUse":
    """Start the server on this computer, make it the one in use, and return its connection and process.

    It blocks until the server runs, and stores on disk that it is in use. It raises `KnownError` if the server cannot
    be started.
    """
    from editor.sync.connections import Connection

    server = workspace.local_hosting.start()
    workspace.connections.save(Connection())
    return Connection(), server


def stop_local_server(workspace: "Workspace") -> "ServerInUse":
    """Stop the server on this computer, which stays the one in use; return the connection, and None for the process.

    It blocks until the server has ended.
    """
    workspace.local_hosting.stop()
    return workspace.connections.load(), None


def sign_in(workspace: "Workspace", address: str, email: str, password: str) -> "Connection":
    """Sign in to a server by a blocking request, and store its connection and token as the one in use.

    Args:
        workspace: the library's workspace.
        address: the server's web address.
        email: the account's e-mail address.
        password: the account's password, which is not stored.

    Returns:
        The connection to the account.

    Raises:
        KnownError: ``sync.*`` if the server is not reached, ``account.*`` if it refuses.
    """
    from editor.sync.client import ApiClient
    from editor.sync.connections import Connection

    client = ApiClient(address)
    try:
        answer = client.sign_in(email, password)
    finally:
        client.close()
    connection = Connection(address=client.base_url, email=answer.account.email)
    workspace.connections.save(connection, answer.token)
    return connection


def fetch_remote_state(workspace: "Workspace", webinar_id: str, connection: "Connection | None") -> WebinarOnServer:
    """Return the saved versions of a webinar and what the server has of it; it blocks, so call it in the background.

    Args:
        workspace: the library's workspace.
        webinar_id: the webinar; empty to ask for the sessions on this computer alone.
        connection: the server in use; None reads the library only and asks no server.

    Raises:
        KnownError: ``library.*`` if the versions cannot be read; the errors of `use_connection` if the server is not
            reached or refuses.
    """
    versions = workspace.list_versions(webinar_id) if webinar_id else ()
    if connection is None:
        return WebinarOnServer(webinar_id, versions, None, ())
    is_local = connection.is_local

    def request(sync: "WebinarSync") -> WebinarOnServer:
        sync_status = sync.compare(webinar_id) if versions else None
        sessions = sync.client.fetch_sessions(None if is_local else webinar_id)
        own_sessions = tuple(session for session in sessions if session.webinar == webinar_id)
        return WebinarOnServer(webinar_id, versions, sync_status, own_sessions, sessions if is_local else ())

    return use_connection(workspace, request)
