"""A server in a process of its own, shared by the tests of a module; each test has its own account there."""

import json
import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from editor.sync.client import ApiClient
from editor.sync.connections import Connection
from hosting.accounts import service
from hosting.db.database import HostingDatabase

ROOT = Path(__file__).parents[2]
PASSWORD = "a long password"
DAY = 1_700_000_000_000


class RestartableHosting:
    """A server that can be killed and started again at the same address."""

    def __init__(self, folder):
        self.folder = folder
        self.url = ""
        self._port = 0
        self._process = None
        self._account_numbers = count()

    def start(self):
        command = (sys.executable, "-m", "hosting.cli", "serve", "--data", self.folder, "--port", str(self._port))
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.url = json.loads(self._process.stdout.readline())["listening"]
        self._port = int(self.url.rpartition(":")[2])
        return self

    def kill(self):
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()

    def create_account(self):
        """Create an account and return its e-mail address."""
        email = f"organizer{next(self._account_numbers)}@example.org"
        database = HostingDatabase(self.folder)
        try:
            with database.write() as connection:
                service.create_account(connection, email, PASSWORD, "", DAY)
        finally:
            database.close()
        return email

    def sign_in(self, workspace, email):
        """Let a workspace use that account from now on."""
        client = ApiClient(self.url)
        signed = client.sign_in(email, PASSWORD)
        client.close()
        workspace.connections.save(Connection(address=self.url, email=email), signed.token)


@pytest.fixture(scope="module")
def hosting(tmp_path_factory):
    started = RestartableHosting(tmp_path_factory.mktemp("hosting")).start()
    yield started
    started.kill()
