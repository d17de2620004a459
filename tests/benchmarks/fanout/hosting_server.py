"""A hosting with one session and many attendees, for the fan-out benchmark: `hosting_server.py FOLDER PERSONS`.

Prints its port, the session and the attendees' tokens as JSON. Each line `COUNT INTERVAL_MS SIZE` on standard input
then writes that many public rows to the log of the session, each in its own transaction.
"""

import hashlib
import json
import secrets
import socket
import sys
import threading
import time
from functools import partial
from pathlib import Path

import uvicorn
from sqlalchemy import insert

from editor.protocol.api import CreateSessionRequest, PushedVersion, PushRequest
from editor.schedule import serialization
from editor.schedule.model import Cta, Webinar
from editor.schedule.room import PUBLIC, Delivery
from editor.schedule.session_events import ChatMessageSent
from hosting.accounts import service as accounts
from hosting.app.asgi import make_app
from hosting.attendees.tables import PERSONS
from hosting.context import HostingContext
from hosting.db.database import HostingDatabase
from hosting.http.connection_limits import LimitedProtocol
from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.organizer import service as sessions
from hosting.settings import HostingSettings
from hosting.webinars import service as webinars

HOUR = 3_600_000


def main(folder: Path, persons: int) -> None:
    database = HostingDatabase(folder)
    context = HostingContext(settings=HostingSettings(data=str(folder)), db=database, epoch=database.load_epoch())
    log_writer = LogWriter(context)
    webinar = Webinar(id="w", title="Bench", interactions=(Cta(id="c", offer="o", start_ms=0, length_ms=HOUR),))
    document = serialization.encode(webinar)
    version = serialization.hash_version(document, ())
    push = PushRequest(document=document.decode(), version=PushedVersion(hash=version, saved_at=0))
    tokens = [secrets.token_urlsafe(32) for _ in range(persons)]
    with database.write() as connection:
        account = accounts.create_account(connection, "owner@example.org", "0123456789", "", 0)
        webinars.push(connection, account.id, "w", 0, push, context.epoch, 0)
        request = CreateSessionRequest(webinar="w", version=version, test=True, in_ms=0)
        session = sessions.publish(connection, account, request, context.now(), waiting_ms=0)
        people = [
            {
                "id": f"p{number}",
                "session": session,
                "name": "P",
                "email": "",
                "language": "en",
                "token": hashlib.sha256(token.encode()).hexdigest(),
                "entered_at": 0,
                "troubled_at": 0,
            }
            for number, token in enumerate(tokens)
        ]
        connection.execute(insert(PERSONS), people)
    listening = socket.create_server(("127.0.0.1", 0), backlog=4_096)
    threading.Thread(target=write_rows, args=(log_writer, session), daemon=True).start()
    print(json.dumps({"port": listening.getsockname()[1], "session": session, "tokens": tokens}), flush=True)
    protocol = partial(LimitedProtocol, idle_ms=context.settings.idle_ms)
    config = uvicorn.Config(
        make_app(log_writer), loop="uvloop", http=protocol, ws="none", log_level="warning", access_log=False
    )
    uvicorn.Server(config).run(sockets=[listening])


def write_rows(log_writer: LogWriter, session: str) -> None:
    """Write rows as requested on standard input."""
    for line in sys.stdin:
        count, interval_ms, size = map(int, line.split())
        due = time.monotonic()
        for number in range(count):
            time.sleep(max(0.0, due - time.monotonic()))
            due += interval_ms / 1_000
            message = ChatMessageSent(
                message=f"m{number}", person="p", name="P", text="x" * size, position_ms=0, waits=False
            )
            with log_writer.write() as writing:
                writing.log.append(session, (Delivery(PUBLIC, message),), log_writer.context.now())
        print(f"sent {writing.log.frames[-1].seq}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
