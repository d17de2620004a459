"""Syncing with a real hosting: without changes, with one moved segment, and the upload of a file.

The hosting is another process, and the library has sixty other webinars. Bytes are those of the requests with their
headers. The baseline of the upload is a bare socket to which as many bytes are written in the same run; the hosting
hashes the file and writes it durably before it answers.
"""

import hashlib
import os
import socket
import statistics
import threading
import time

import pytest

from editor.progress import Progress
from editor.protocol.manifest import PreparedFile
from editor.schedule.model import Webinar, new_id
from editor.schedule.operations import ChangeProperties, Move
from editor.sync import tus_client
from editor.sync.library_sync import sync_library
from editor.sync.webinar_sync import WebinarSync
from editor.workspace import Workspace
from tests.editor.sync.hosting_fixtures import CountingClient, KillableHosting, edit_and_save, make_cta

pytestmark = [pytest.mark.benchmark_table, pytest.mark.timeout(600)]
ROUNDS = 15
OTHERS = 60
SIZES = (60, 10_000)
UPLOADS = 5
SIZE = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def hosting(tmp_path_factory):
    hosting_process = KillableHosting(tmp_path_factory.mktemp("hosting") / "data").start()
    yield hosting_process
    hosting_process.close()


@pytest.fixture
def organizer(hosting, tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        client = CountingClient(hosting.url, hosting.create_token())
        yield workspace, WebinarSync(workspace.library, client)
        client.close()


def make_webinar(count):
    """Return a webinar of `count` segments with room to move each."""
    segments = tuple(make_cta(7_000 * number, title=f"Offer {number}") for number in range(count))
    return Webinar(id=new_id(), title="Talk", zone="Europe/Paris", interactions=segments)


def measure_ms(work):
    started_at = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started_at) * 1_000


@pytest.mark.parametrize("count", SIZES)
def test_syncing(count, organizer):
    workspace, sync = organizer
    for number in range(OTHERS):
        edit_and_save(
            workspace,
            workspace.create_webinar(f"Webinar {number}", zone="Europe/Paris"),
            ChangeProperties(description="Other"),
        )
    webinar = make_webinar(count)
    workspace.library.create(webinar)
    workspace.save_version(webinar.id)
    sync_library(sync)
    nothing, moved, sizes = [], [], []
    used = time.process_time()
    for _ in range(ROUNDS):
        (_, requests, _), elapsed_ms = measure_ms(lambda: sync.client.count_requests(lambda: sync_library(sync)))
        assert len(requests) == 1
        nothing.append(elapsed_ms)
    used = (time.process_time() - used) * 1_000 / ROUNDS
    for number in range(ROUNDS):
        grabbed = webinar.interactions[(count * (number + 1)) // (ROUNDS + 2)].id
        edit_and_save(workspace, webinar.id, Move(segments=(grabbed,), delta_ms=250))
        (_, requests, sent), elapsed_ms = measure_ms(lambda: sync.client.count_requests(lambda: sync_library(sync)))
        assert [method for method, _, _ in requests] == ["GET", "PUT"]
        moved.append(elapsed_ms)
        sizes.append(sent)
    quiet, busy = statistics.median(nothing), statistics.median(moved)
    print(f"\nsync, {count} segments and {OTHERS} other webinars, median of {ROUNDS}:")
    print(
        f"  nothing changed: one request, {quiet:.1f} ms, at best {min(nothing):.1f}, {used:.1f} of the processor here"
    )
    print(f"  one segment moved: {max(sizes)} bytes sent at most, {busy:.1f} ms")
    assert max(sizes) < 10_000
    assert quiet < 50


def measure_bare_socket_s(data):
    """Return the seconds to write bytes to a socket whose reader discards them."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def read_all():
            connection, _ = server.accept()
            buffer = bytearray(1 << 20)
            with connection:
                while connection.recv_into(buffer):
                    pass

        reader = threading.Thread(target=read_all)
        started_at = time.perf_counter()
        reader.start()
        with socket.create_connection(server.getsockname()) as sender:
            sender.sendall(data)
        reader.join()
        return time.perf_counter() - started_at


def test_uploading(organizer, tmp_path):
    _, sync = organizer
    ours, plain = [], []
    for number in range(UPLOADS):
        data = os.urandom(SIZE)
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(data)
        file = PreparedFile(sha256=hashlib.sha256(data).hexdigest(), size=SIZE, type="video/mp4")
        plain.append(measure_bare_socket_s(data))
        started_at = time.perf_counter()
        tus_client.upload_file(sync.client, path, file, Progress())
        ours.append(time.perf_counter() - started_at)
        assert sync.client.find_available_media((file.sha256,)).files == (file.sha256,)
        path.unlink()
    mine, least = (SIZE / 1e6 / statistics.median(each) for each in (ours, plain))
    print(f"\nupload of {SIZE >> 20} MiB, median of {UPLOADS}:")
    print(
        f"  hashed, checked and on the disk: {mine:.0f} MB/s; a bare socket {least:.0f} MB/s; ratio {mine / least:.2f}"
    )
