"""Helpers of the sync tests: a hosting that can be killed, a client that counts requests, edits in one line."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

from editor.schedule.model import Cta, new_id
from editor.sync.client import ApiClient
from hosting.accounts import service
from hosting.context import read_server_time
from hosting.db import backups
from hosting.db.database import HostingDatabase

ROOT = Path(__file__).parents[3]
EMAIL, PASSWORD = "ada@example.org", "a long password"


class KillableHosting:
    """Starts, kills and starts again on the same port."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.url = ""
        self._child = None
        self._database = None

    def start(self):
        if self._child is not None and self._child.poll() is None:
            return self
        command = [sys.executable, "-m", "hosting.cli", "serve", "--data", self.folder, "--port", str(self.port)]
        self._child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=make_environment()
        )
        self.url = json.loads(self._child.stdout.readline())["listening"]
        self.port = int(self.url.rpartition(":")[2])
        return self

    def create_token(self):
        """Make an account in the database, as the command line does, and return a token of it."""
        if self._database is None:
            self._database = HostingDatabase(self.folder)
        with self._database.write() as connection:
            account = service.create_account(
                connection, f"{uuid.uuid4().hex}@example.org", PASSWORD, "", read_server_time()
            )
            return service.create_token(connection, account, "test", read_server_time())

    def restore_backup(self, backup):
        """Go back to a backup, and go on."""
        self.close()
        backups.restore_backup(self.folder, backup)
        return self.start()

    def close(self):
        """Stop it, and let go of its database."""
        self.stop()
        if self._database is not None:
            self._database.close()
            self._database = None

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, sign):
        if self._child.poll() is None:
            self._child.send_signal(sign)
            self._child.wait()
        self._child.stdout.close()


def make_environment():
    return {**os.environ, "MATINEE_OWNER_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT)}


class CountingClient(ApiClient):
    """A client that counts what goes over the line: each request, and the bytes of its head and body."""

    def __init__(self, base_url, token=""):
        super().__init__(base_url, token)
        self.requests = []
        self._session.hooks["response"].append(self._count)

    def _count(self, response, **_more):
        request = response.request
        header_bytes = sum(len(name) + len(value) + 4 for name, value in request.headers.items())
        self.requests.append((request.method, request.path_url, header_bytes + len(request.body or b"")))

    def count_requests(self, work):
        """Run some work; return its result, its requests, and how many bytes they sent."""
        self.requests.clear()
        result = work()
        return result, list(self.requests), sum(size for _, _, size in self.requests)


def make_cta(start_ms, name=None, **more):
    texts = {"title": "Offer", "label": "Go", **more}
    return Cta(id=name or new_id(), start_ms=start_ms, length_ms=5_000, offer=new_id(), **texts)


def edit_and_save(workspace, webinar_id, *operations, note=""):
    """Edit a draft, and save."""
    document = workspace.open(webinar_id)
    for operation in operations:
        document.apply(operation)
    return workspace.save_version(webinar_id, note)
