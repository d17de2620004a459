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

from editor.errors import Known
from editor.sync.account import Account, Secrets
from editor.sync.client import Client
from editor.sync.embedded import EMAIL, Embedded
from editor.workspace import Workspace

ROOT = Path(__file__).parents[3]


@pytest.fixture
def make(tmp_path):
    made = []

    def one(**options):
        made.append(Embedded(tmp_path, Secrets(tmp_path), network=lambda: None, **options))
        return made[-1]

    yield one
    for each in made:
        each.close()


def who(running):
    client = Client(running.url, running.token)
    try:
        return client.me()
    finally:
        client.close()


def answers(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def test_it_starts_without_any_configuration_and_stops(make):
    embedded = make()
    running = embedded.start()

    assert who(running).email == EMAIL
    assert running.addresses == (running.url,)
    assert embedded.start() is running
    assert embedded.wanted
    embedded.stop()
    assert embedded.running is None
    assert not embedded.wanted
    assert not answers(int(running.url.rpartition(":")[2]))


def test_the_next_start_has_the_same_port_owner_and_epoch(make):
    first = make()
    before = first.start()
    account = who(before)
    first.close()
    again = make()

    assert again.wanted
    after = again.start()
    assert (after.url, after.epoch) == (before.url, before.epoch)
    assert who(after) == account


def test_attendees_in_the_network_get_an_address_of_theirs(tmp_path):
    embedded = Embedded(tmp_path, Secrets(tmp_path), network=lambda: "127.0.0.7")
    running = embedded.start()
    port = running.url.rpartition(":")[2]

    assert running.addresses == (f"http://127.0.0.7:{port}", f"http://127.0.0.1:{port}")
    embedded.close()


def test_its_end_is_noticed_and_it_can_be_started_again(make):
    embedded, ended = make(), threading.Event()
    embedded.on_end = ended.set
    running = embedded.start()
    os.kill(embedded._child.pid, signal.SIGKILL)

    assert ended.wait(10)
    assert embedded.running is None
    assert embedded.start().url == running.url


def test_a_token_that_is_lost_is_got_again_by_the_password(make, tmp_path):
    first = make()
    first.start()
    first.close()
    Secrets(tmp_path).forget("token here")

    assert who(make().start()).email == EMAIL


def test_without_any_secret_it_says_what_to_do(make, tmp_path):
    first = make()
    first.start()
    first.close()
    for name in ("token here", "password here"):
        Secrets(tmp_path).forget(name)
    again = make()

    with pytest.raises(Known) as refused:
        again.start()
    assert refused.value.code == "sync.no_owner"
    assert again.running is None


def test_what_cannot_start_says_why(make):
    broken = make(command=(sys.executable, "-c", "raise SystemExit('no such thing')"))

    with pytest.raises(Known) as refused:
        broken.start()
    assert (refused.value.code, refused.value.facts["reason"]) == ("sync.no_start", "no such thing")


def test_a_program_that_is_not_there_is_no_bug(make):
    with pytest.raises(Known) as refused:
        make(command=("/nowhere/at/all",)).start()
    assert refused.value.code == "sync.no_start"


def test_a_taken_port_is_given_up_for_another(make):
    first = make()
    port = int(first.start().url.rpartition(":")[2])
    first.close()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        running = make().start()
    assert not running.url.endswith(f":{port}")
    assert who(running)


def test_it_ends_with_the_editor_however_that_ends(tmp_path):
    script = (
        "import sys, pathlib; from editor.sync.embedded import Embedded; from editor.sync.account import Secrets;"
        "root = pathlib.Path(sys.argv[1]); here = Embedded(root, Secrets(root), network=lambda: None);"
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
    assert answers(port)
    editor.kill()
    editor.communicate()

    until = time.monotonic() + 10
    while answers(port):
        assert time.monotonic() < until, "the hosting outlived the editor"


def test_the_workspace_goes_to_it_or_says_why_not(tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        (tmp_path / "library").mkdir()
        with pytest.raises(Known, match=r"sync\.signed_out"):
            workspace.hosting()
        workspace.accounts.keep(Account())
        with pytest.raises(Known, match=r"sync\.stopped"):
            workspace.hosting()
        workspace.embedded = Embedded(workspace.root, Secrets(workspace.root), network=lambda: None)
        running = workspace.embedded.start()
        sync = workspace.hosting()
        assert sync.client.base_url == running.url
        assert sync.client.webinars().epoch == running.epoch
        sync.client.close()
    assert workspace.embedded.running is None
