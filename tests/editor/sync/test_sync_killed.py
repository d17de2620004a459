"""The editor killed in the middle of an exchange: what had arrived is there once, and the next exchange goes on."""

import signal
import socket
import subprocess
import sys
import threading

import pytest

from editor.schedule.operations import ChangeProperties
from editor.sync.library_sync import sync_library
from tests.editor.sync.hosting_fixtures import ROOT, edit_and_save

SYNC_SCRIPT = """
import sys
from pathlib import Path
from editor.sync.client import ApiClient
from editor.sync.library_sync import sync_library
from editor.sync.webinar_sync import WebinarSync
from editor.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
sync_library(WebinarSync(workspace.library, ApiClient(sys.argv[2], sys.argv[3]), sys.argv[4]))
"""


class KillingProxy:
    """A proxy of the hosting that kills the editor process when a certain request, or its answer, passes."""

    def __init__(self, hosting, request, after):
        self.editor = None
        self.matched = []
        self._hosting = hosting
        self._request = request
        self._after = after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets = [self._listener]
        self._threads = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start_thread(self._serve)

    def _start_thread(self, work, *words):
        self._threads.append(threading.Thread(target=work, args=words, daemon=True))
        self._threads[-1].start()

    def _serve(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._hosting.port))
            self._sockets += [near, far]
            self._start_thread(self._forward, near, far, self._on_request)
            self._start_thread(self._forward, far, near, self._on_response)

    def _forward(self, source, target, watch):
        try:
            while data := source.recv(65_536):
                if watch(data):
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return  # the other end is gone

    def _on_request(self, data):
        if data.startswith(self._request):
            self.matched.append(data)
            if not self._after:
                self._kill()
        return True

    def _on_response(self, _data):
        """Kill the process once the hosting has answered, before the answer is read."""
        if self.matched and self._after:
            self._kill()
            return False
        return True

    def _kill(self):
        self.editor.kill()
        self.editor.wait()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)  # ends the thread that waits in accept
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()


@pytest.mark.parametrize("request_", [b"PUT /api/webinars", b"GET /api/webinars"], ids=["push", "list"])
@pytest.mark.parametrize("after", [False, True], ids=["asked", "answered"])
def test_killed_as_a_request_goes_or_its_answer_comes(hosting, ada, token, organizer, request_, after):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    version = edit_and_save(workspace, webinar_id, ChangeProperties(description="Saved"))
    name = sync.sync_state.hosting
    workspace.close()
    proxy = KillingProxy(hosting, request_, after)
    words = [workspace.root, proxy.url, token, name]
    proxy.editor = subprocess.Popen([sys.executable, "-c", SYNC_SCRIPT, *words], cwd=ROOT)
    assert proxy.editor.wait() == -signal.SIGKILL
    proxy.close()
    assert proxy.matched

    again, sync = organizer("ada")
    (item,) = sync_library(sync).items
    assert (item.state in {"pushed", "same"}, item.version.hash) == (True, version.hash)
    assert [each.hash for each in sync.client.fetch_versions(webinar_id)] == [version.hash]
    assert again.list_versions(webinar_id)[0].number == 1
    (remote,) = sync.client.fetch_webinars().webinars
    assert remote.rev == 1
    assert [item.state for item in sync_library(sync).items] == ["same"]


def test_killed_while_a_colleagues_version_comes(hosting, shared, token, organizer):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's"))
    theirs = sync.push(webinar_id)
    mine = edit_and_save(other, webinar_id, ChangeProperties(title="Bo's"))
    name = others.sync_state.hosting
    other.close()
    for request, after in ((b"GET /api/versions", True), (b"PUT /api/webinars", True)):
        proxy = KillingProxy(hosting, request, after)
        words = [other.root, proxy.url, token, name]
        proxy.editor = subprocess.Popen([sys.executable, "-c", SYNC_SCRIPT, *words], cwd=ROOT)
        assert proxy.editor.wait() == -signal.SIGKILL
        proxy.close()
    other, others = organizer("bo")
    (item,) = sync_library(others).items
    assert (item.state, set(item.version.parents)) == ("same", {mine.hash, theirs.hash})
    assert len(others.client.fetch_versions(webinar_id)) == 3
    merged = other.load_version(item.version.hash)
    assert (merged.title, merged.description) == ("Bo's", "Ada's")
