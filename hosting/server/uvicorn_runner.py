"""Runs the application with uvicorn on uvloop: binds the socket, prints address and first-owner link, shuts down."""

import json
import signal
import socket
import sys
from contextlib import closing
from functools import partial

import uvicorn
from msgspec.structs import replace

from editor.errors import KnownError
from hosting.accounts import service as accounts
from hosting.app import modules
from hosting.app.asgi import make_app
from hosting.context import HostingContext
from hosting.db.database import HostingDatabase
from hosting.http.connection_limits import LimitedProtocol
from hosting.server import logging_setup
from hosting.sessions.engine.log_writer import LogWriter
from hosting.settings import HostingSettings


def run(settings: HostingSettings) -> None:
    """Serve until SIGTERM or SIGINT; call it in the main thread, as it handles signals and configures logging.

    Once the server listens, one line of JSON is printed: `listening` (its address), `epoch`, and, while there is no
    account, `first_owner` (the address of the page that creates one).

    Raises:
        KnownError: ``hosting.port`` (in use, or not permitted), and what `HostingDatabase` raises.
    """
    logging_setup.configure_logging()
    # uvicorn shuts down gracefully and then raises the signal again; by default that would skip `finally`.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    # The folder comes before the port: a second hosting on one folder often has the same port, too.
    with (
        closing(HostingDatabase(settings.data_folder, settings.busy_ms, exclusive=True)) as database,
        _bind_socket(settings) as server_socket,
    ):
        settings = replace(settings, port=server_socket.getsockname()[1])
        context = HostingContext(settings=settings, db=database, epoch=database.load_epoch())
        log_writer = LogWriter(context)
        announcement = {"listening": context.url_for(""), "epoch": context.epoch}
        with database.write() as connection:
            if not accounts.has_accounts(connection):
                announcement["first_owner"] = context.url_for(f"/first-owner#{accounts.make_first_key(connection)}")
        config = uvicorn.Config(
            make_app(log_writer),
            loop="uvloop",
            http=partial(LimitedProtocol, idle_ms=settings.idle_ms),  # type: ignore[arg-type] # a factory, not a class
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        _AnnouncingServer(config, log_writer, announcement).run(sockets=[server_socket])


class _AnnouncingServer(uvicorn.Server):
    """A server that prints its address once it listens, and ends the event streams before it waits for requests."""

    def __init__(self, config: uvicorn.Config, log_writer: LogWriter, announcement: dict[str, str]) -> None:
        super().__init__(config)
        self._log_writer = log_writer
        self._announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then print the announcement."""
        await super().startup(sockets=sockets)
        sys.stdout.write(json.dumps(self._announcement) + "\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the event streams, then shut down."""
        modules.notify_stopping(self._log_writer)
        await super().shutdown(sockets=sockets)


def _bind_socket(settings: HostingSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    server_socket = socket.socket(family, socket.SOCK_STREAM)
    server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server_socket.bind((settings.host, settings.port))
    except OSError as error:
        server_socket.close()
        reason = error.strerror or str(error)
        raise KnownError("hosting.port", host=settings.host, port=settings.port, reason=reason) from error
    return server_socket
