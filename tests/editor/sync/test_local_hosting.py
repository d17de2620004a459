"""The hosting on this computer: a real child process each time."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from editor.errors import KnownError
from editor.sync.client import ApiClient
from editor.sync.connections import Connection, SecretStore
from editor.sync.local_hosting import OWNER_EMAIL, LocalHosting
from editor.workspace import Workspace

ROOT = Path(__file__).parents[3]


@pytest.fixture
def make_local_hosting(tmp_path):
    hostings = []

    def make_hosting(**options):
        hostings.append(LocalHosting(tmp_path, SecretStore(tmp_path), find_address=lambda: None, **options))
        return hostings[-1]

    yield make_hosting
    for each in hostings:
        each.close()


def fetch_account(running):
    client = ApiClient(running.url, running.token)
    try:
        return client.fetch_account()
    finally:
        client.close()


def is_listening(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def test_it_starts_without_any_configuration_and_stops(make_local_hosting):
    embedded = make_local_hosting()
    running = embedded.start()

    assert fetch_account(running).email == OWNER_EMAIL
    assert running.addresses == (running.url,)
    assert embedded.start() is running
    assert embedded.is_autostarted
    embedded.stop()
    assert embedded.running is None
    assert not embedded.is_autostarted
    assert not is_listening(int(running.url.rpartition(":")[2]))


def test_the_next_start_has_the_same_port_owner_and_epoch(make_local_hosting):
    first = make_local_hosting()
    before = first.start()
    account = fetch_account(before)
    first.close()
    again = make_local_hosting()

    assert again.is_autostarted
    after = again.start()
    assert (after.url, after.epoch) == (before.url, before.epoch)
    assert fetch_account(after) == account


def test_attendees_in_the_network_get_an_address_of_theirs(tmp_path):
    embedded = LocalHosting(tmp_path, SecretStore(tmp_path), find_address=lambda: "127.0.0.7")
    running = embedded.start()
    port = running.url.rpartition(":")[2]

    assert running.addresses == (f"http://127.0.0.7:{port}", f"http://127.0.0.1:{port}")
    embedded.close()


def test_its_end_is_noticed_and_it_can_be_started_again(make_local_hosting):
    embedded, end_event = make_local_hosting(), threading.Event()
    embedded.on_end = end_event.set
    running = embedded.start()
    os.kill(embedded._child.pid, signal.SIGKILL)

    assert end_event.wait(10)
    assert embedded.running is None
    assert embedded.start().url == running.url


def test_a_token_that_is_lost_is_got_again_by_the_password(make_local_hosting, tmp_path):
    first = make_local_hosting()
    first.start()
    first.close()
    SecretStore(tmp_path).delete("token here")

    assert fetch_account(make_local_hosting().start()).email == OWNER_EMAIL


def test_without_any_secret_it_says_what_to_do(make_local_hosting, tmp_path):
    first = make_local_hosting()
    first.start()
    first.close()
    for name in ("token here", "password here"):
        SecretStore(tmp_path).delete(name)
    again = make_local_hosting()

    with pytest.raises(KnownError) as error_info:
        again.start()
    assert error_info.value.code == "sync.no_owner"
    assert again.running is None


def test_what_cannot_start_says_why(make_local_hosting):
    broken = make_local_hosting(command=(sys.executable, "-c", "raise SystemExit('no such thing')"))

    with pytest.raises(KnownError) as error_info:
        broken.start()
    assert (error_info.value.code, error_info.value.facts["reason"]) == ("sync.no_start", "no such thing")


def test_a_program_that_is_not_there_is_no_bug(make_local_hosting):
    with pytest.raises(KnownError) as error_info:
        make_local_hosting(command=("/nowhere/at/all",)).start()
    assert error_info.value.code == "sync.no_start"


def test_a_taken_port_is_given_up_for_another(make_local_hosting):
    first = make_local_hosting()
    port = int(first.start().url.rpartition(":")[2])
    first.close()
    with socket.socket() as blocker:
        blocker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        blocker.bind(("127.0.0.1", port))
        blocker.listen()
        running = make_local_hosting().start()
    assert not running.url.endswith(f":{port}")
    assert fetch_account(running)


def test_it_ends_with_the_editor_however_that_ends(tmp_path):
    script = (
        "import sys, pathlib; from editor.sync.local_hosting import LocalHosting; from editor.sync.connections import "
        "SecretStore;"
        "root = pathlib.Path(sys.argv[1]); here = LocalHosting(root, SecretStore(root), find_address=lambda: None);"
        "print(here.start().url, flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    editor = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    port = int(editor.stdout.readline().rpartition(":")[2])
    assert is_listening(port)
    editor.kill()
    editor.communicate()

    until = time.monotonic() + 10
    while is_listening(port):
        assert time.monotonic() < until, "the hosting outlived the editor"


def test_the_workspace_goes_to_it_or_says_why_not(tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        (tmp_path / "library").mkdir()
        with pytest.raises(KnownError, match=r"sync\.signed_out"):
            workspace.open_sync()
        workspace.connections.save(Connection())
        with pytest.raises(KnownError, match=r"sync\.stopped"):
            workspace.open_sync()
        workspace.local_hosting = LocalHosting(workspace.root, SecretStore(workspace.root), find_address=lambda: None)
        running = workspace.local_hosting.start()
        sync = workspace.open_sync()
        assert sync.client.base_url == running.url
        assert sync.client.fetch_webinars().epoch == running.epoch
        sync.client.close()
    assert workspace.local_hosting.running is None
