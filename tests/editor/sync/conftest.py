"""A real hosting in a process of its own, and organizers with libraries of their own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from editor.sync.client import Client
from editor.sync.sync import Sync
from editor.workspace import Workspace

ROOT = Path(__file__).parents[3]
EMAIL, PASSWORD = "ada@example.org", "a long password"


class Hosting:
    """Starts, kills and starts again on the same port."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.url = ""
        self._child = None

    def start(self):
        command = [sys.executable, "-m", "hosting.cli", "serve", "--data", self.folder, "--port", str(self.port)]
        self._child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=_environment()
        )
        self.url = json.loads(self._child.stdout.readline())["listening"]
        self.port = int(self.url.rpartition(":")[2])
        return self

    def kill(self):
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()
        self._child.stdout.close()

    def stop(self):
        if self._child.poll() is None:
            self._child.terminate()
            self._child.wait()
        self._child.stdout.close()


def _environment():
    return {**os.environ, "MATINEE_OWNER_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def hosting(tmp_path):
    folder = tmp_path / "hosting"
    command = [sys.executable, "-m", "hosting.cli", "owner", EMAIL, "--data", folder]
    subprocess.run(command, check=True, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL)
    hosting = Hosting(folder).start()
    yield hosting
    hosting.stop()


@pytest.fixture
def organizer(tmp_path, hosting):
    """Make an organizer: a workspace and its sync, signed in."""
    opened = []

    def make(name):
        (tmp_path / name).mkdir(exist_ok=True)
        workspace = Workspace(tmp_path / name / "library")
        client = Client(hosting.url)
        client.sign_in(EMAIL, PASSWORD)
        opened.append((workspace, client))
        return workspace, Sync(workspace.library, client)

    yield make
    for workspace, client in opened:
        client.close()
        workspace.close()
