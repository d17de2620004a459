"""Uploads by tus: their rate limit, resuming at the byte without sending any twice, and their errors."""

import hashlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import msgspec
import pytest
from PIL import Image

from editor.errors import CancelledError, KnownError
from editor.errors.messages import ERRORS
from editor.media.prepare.preparation import prepare, prepared_file_path
from editor.progress import Progress
from editor.protocol.manifest import PreparedFile
from editor.schedule.model import Webinar
from editor.sync import tus_client
from editor.sync.client import ApiClient
from editor.sync.media_upload import upload_media
from tests.editor.sync.hosting_fixtures import ROOT, CountingClient, KillableHosting, make_environment

SLOW_UPLOAD_SCRIPT = """
import sys, msgspec
from pathlib import Path
from editor.progress import Progress
from editor.protocol.manifest import PreparedFile
from editor.sync.client import ApiClient
from editor.sync.tus_client import RateLimit, upload_file
url, token, path, told = sys.argv[1:]
limit = RateLimit(lambda: 400_000)
file = msgspec.json.decode(told, type=PreparedFile)
upload_file(ApiClient(url, token), Path(path), file, Progress(lambda done, _total: print(done, flush=True)), limit)
"""


@pytest.fixture
def client(hosting, token):
    new_client = CountingClient(hosting.url, token)
    yield new_client
    new_client.close()


def make_content(folder, size):
    path = folder / f"{size}.bin"
    path.write_bytes(os.urandom(size))
    return path, PreparedFile(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), size=size, type="video/mp4")


class SleepClock:
    """A clock whose time passes only by its own `sleep`."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def test_no_more_goes_out_than_the_limit_says():
    clock = SleepClock()
    limit = tus_client.RateLimit(lambda: 100_000, clock, clock.sleep)
    for _ in range(100):
        limit.acquire(10_000)
    assert 9.5 <= clock.now <= 10.0
    assert max(clock.slept) <= 0.11
    clock.now += 60  # what was not used is not saved up
    before = clock.now
    for _ in range(10):
        limit.acquire(10_000)
    assert clock.now - before >= 0.7


def test_a_limit_may_be_changed_and_lifted_while_it_holds():
    clock, rate = SleepClock(), [1_000]
    limit = tus_client.RateLimit(lambda: rate[0], clock, clock.sleep)
    limit.acquire(1_000)
    assert clock.now == pytest.approx(1.0, abs=0.01)
    rate[0] = 0
    limit.acquire(10**9)
    assert clock.now == pytest.approx(1.0, abs=0.01)
    assert limit.chunk_bytes == 0


def test_a_real_upload_keeps_to_it(client, tmp_path):
    path, file = make_content(tmp_path, 450_000)
    started_at = time.monotonic()
    tus_client.upload_file(client, path, file, Progress(), tus_client.RateLimit(lambda: 300_000))
    assert time.monotonic() - started_at >= 450_000 / 300_000 - tus_client.RateLimit.BURST_S
    assert client.find_available_media((file.sha256,)).files == (file.sha256,)


def test_a_sender_killed_in_the_middle_costs_a_piece_at_most(client, hosting, token, tmp_path):
    path, file = make_content(tmp_path, 2_000_000)
    command = [sys.executable, "-c", SLOW_UPLOAD_SCRIPT, hosting.url, token, path, msgspec.json.encode(file).decode()]
    sender = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=make_environment())
    offset = 0
    with sender:
        for line in sender.stdout:
            offset = int(line)
            if offset >= 400_000:
                break
        sender.send_signal(signal.SIGKILL)
    begins = []
    _, requests, _ = client.count_requests(
        lambda: tus_client.upload_file(client, path, file, Progress(lambda done, _total: begins.append(done)))
    )
    assert begins[0] >= offset
    sent_bytes = sum(size for method, _, size in requests if method == "PATCH")
    heads = 1_000 * sum(method == "PATCH" for method, _, _ in requests)
    assert file.size - begins[0] <= sent_bytes <= file.size - begins[0] + heads
    assert client.find_available_media((file.sha256,)).files == (file.sha256,)


def test_paused_nothing_is_sent_until_it_goes_on(client, tmp_path):
    path, file = make_content(tmp_path, 3 * tus_client.FIRST_CHUNK_BYTES)
    standing = threading.Event()

    def pause_after_first_chunk(done, _total):
        if done == tus_client.FIRST_CHUNK_BYTES:
            progress.pause()
            standing.set()

    progress = Progress(pause_after_first_chunk)
    worker = threading.Thread(target=tus_client.upload_file, args=(client, path, file, progress))
    worker.start()
    assert standing.wait(60)
    progress.resume()
    worker.join(60)
    assert client.find_available_media((file.sha256,)).files == (file.sha256,)
    # A cancel ends one that is paused.
    other, other_file = make_content(tmp_path, 3 * tus_client.FIRST_CHUNK_BYTES + 1)
    progress = Progress(lambda done, _total: (progress.pause(), progress.cancel()) if done else None)
    with pytest.raises(CancelledError):
        tus_client.upload_file(client, other, other_file, progress)


def test_pieces_are_as_large_as_goes_through_in_a_second(client, tmp_path):
    path, file = make_content(tmp_path, 40 * tus_client.FIRST_CHUNK_BYTES)
    begins = []
    tus_client.upload_file(
        client, path, file, Progress(lambda done, _total: begins.append(done)), clock=iter(range(100)).__next__
    )
    assert {later - earlier for earlier, later in itertools.pairwise(begins)} == {tus_client.FIRST_CHUNK_BYTES}


def test_what_does_not_fit_is_refused_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MATINEE_HOST_QUOTA", "1000000")
    monkeypatch.setenv("MATINEE_HOST_UPLOAD_MOST", "3000000")
    small = KillableHosting(tmp_path / "small").start()
    try:
        client = ApiClient(small.url, small.create_token())
        for size, code in ((2_000_000, "upload.quota"), (4_000_000, "upload.too_large")):
            path, file = make_content(tmp_path, size)
            with pytest.raises(KnownError) as error_info:
                tus_client.upload_file(client, path, file, Progress())
            assert error_info.value.code == code
            assert ERRORS[code].sentence.format_map(error_info.value.facts)
        client.close()
    finally:
        small.close()


def test_what_was_damaged_here_is_made_anew(client, organizer, tmp_path):
    workspace, _ = organizer("ada")
    Image.new("RGB", (700, 400), "teal").save(tmp_path / "card.png")
    media = workspace.catalog.add_file(tmp_path / "card.png")
    webinar = Webinar(id="w", media={media.sha256: media})

    def prepared(each, progress):
        manifest = prepare(workspace.catalog, each, progress)
        return manifest, lambda sha256: prepared_file_path(workspace.catalog, each.sha256, sha256)

    file = prepare(workspace.catalog, media).stills[0].file
    path = prepared_file_path(workspace.catalog, media.sha256, file.sha256)
    content_before = path.read_bytes()
    path.write_bytes(content_before[:-1] + bytes([content_before[-1] ^ 1]))
    with pytest.raises(KnownError) as error_info:
        upload_media(client, webinar, prepared, Progress())
    assert error_info.value.code == "upload.damaged_here"
    doing = []
    upload_media(client, webinar, prepared, Progress(), on_transfer=doing.append)
    assert client.find_available_media((media.sha256,)).manifests == (media.sha256,)
    assert {(each.stage, each.name, each.number, each.count) for each in doing} >= {("upload", "card.png", 1, 1)}
