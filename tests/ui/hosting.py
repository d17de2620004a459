"""A hosting in a process of its own, shared by the tests of a module; each test has an account of its own there."""

import json
import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from editor.sync.account import Account
from editor.sync.client import Client
from hosting.accounts import service
from hosting.db import Database

ROOT = Path(__file__).parents[2]
PASSWORD = "a long password"
DAY = 1_700_000_000_000


class Hosting:
    """Starts, is killed, and starts again at the same address."""

    def __init__(self, folder):
        self.folder = folder
        self.url = ""
        self._port = 0
        self._child = None
        self._numbers = count()

    def start(self):
        command = (sys.executable, "-m", "hosting.cli", "serve", "--data", self.folder, "--port", str(self._port))
        self._child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.url = json.loads(self._child.stdout.readline())["listening"]
        self._port = int(self.url.rpartition(":")[2])
        return self

    def kill(self):
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGKILL)
        self._child.wait()
        self._child.stdout.close()

    def account(self):
        """Make an account; gives its address."""
        email = f"organizer{next(self._numbers)}@example.org"
        database = Database(self.folder)
        try:
            with database.write() as connection:
                service.make(connection, email, PASSWORD, "", DAY)
        finally:
            database.close()
        return email

    def sign_in(self, workspace, email):
        """From now on this workspace goes to that account."""
        client = Client(self.url)
        signed = client.sign_in(email, PASSWORD)
        client.close()
        workspace.accounts.keep(Account(address=self.url, email=email), signed.token)


@pytest.fixture(scope="module")
def hosting(tmp_path_factory):
    made = Hosting(tmp_path_factory.mktemp("hosting")).start()
    yield made
    made.kill()
