"""Running the application: uvicorn on uvloop, told where it listens, stopped in good order."""

import json
import signal
import socket
import sys
from functools import partial

import uvicorn
from msgspec.structs import replace

from editor.errors import Known
from hosting import logs, nouns
from hosting.accounts import service as accounts
from hosting.app import make_app
from hosting.db import Database
from hosting.guard import GuardedProtocol
from hosting.house import House
from hosting.settings import Settings


def run(settings: Settings) -> None:
    """Serve until a signal says to stop. When it listens, one JSON line on standard output says where.

    Raises:
        Known: ``hosting.port`` (taken, or not ours to take) and what opening the database raises.
    """
    logs.begin()
    # uvicorn stops in good order and then raises the signal again, which by default would end us before `finally`.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    listening = _listen(settings)
    settings = replace(settings, port=listening.getsockname()[1])
    database = Database(settings.folder, settings.busy_ms)
    try:
        house = House(settings=settings, db=database, epoch=database.epoch())
        told = {"listening": house.link(""), "epoch": house.epoch}
        with database.write() as connection:
            if not accounts.is_owned(connection):
                told["first_owner"] = house.link(f"/first-owner#{accounts.make_first_key(connection)}")
        config = uvicorn.Config(
            make_app(house),
            loop="uvloop",
            http=partial(GuardedProtocol, idle_ms=settings.idle_ms),  # type: ignore[arg-type] # makes one,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        _Server(config, house, told).run(sockets=[listening])
    finally:
        database.close()
        listening.close()


class _Server(uvicorn.Server):
    """Says where it listens once it does, and ends what streams before it waits for requests to end."""

    def __init__(self, config: uvicorn.Config, house: House, told: dict[str, str]) -> None:
        super().__init__(config)
        self._house = house
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, then one line on standard output."""
        await super().startup(sockets=sockets)
        sys.stdout.write(json.dumps(self._told) + "\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, once no stream is open any more."""
        nouns.stopping(self._house)
        await super().shutdown(sockets=sockets)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise Known("hosting.port", host=settings.host, port=settings.port, reason=reason) from error
    return listening
