"""Uploads: how fast they may go, where they go on, what is sent twice (nothing), and what they are refused with."""

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

from editor.errors import Cancelled, Known
from editor.media.prepare import file_of, prepare
from editor.progress import Progress
from editor.protocol.manifest import File
from editor.schedule.model import Webinar
from editor.sentences import SENTENCES
from editor.sync import upload
from editor.sync.client import Client
from editor.sync.sending import send_media
from tests.editor.sync.tools import ROOT, Counted, Hosting, environment

SLOW_SENDER = """
import sys, msgspec
from pathlib import Path
from editor.progress import Progress
from editor.protocol.manifest import File
from editor.sync.client import Client
from editor.sync.upload import Limit, send
url, token, path, told = sys.argv[1:]
limit = Limit(lambda: 400_000)
file = msgspec.json.decode(told, type=File)
send(Client(url, token), Path(path), file, Progress(lambda done, _total: print(done, flush=True)), limit)
"""


@pytest.fixture
def client(hosting, token):
    made = Counted(hosting.url, token)
    yield made
    made.close()


def content(folder, size):
    path = folder / f"{size}.bin"
    path.write_bytes(os.urandom(size))
    return path, File(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), size=size, type="video/mp4")


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def test_no_more_goes_out_than_the_limit_says():
    clock = Clock()
    limit = upload.Limit(lambda: 100_000, clock, clock.sleep)
    for _ in range(100):
        limit.take(10_000)
    assert 9.5 <= clock.now <= 10.0
    assert max(clock.slept) <= 0.11
    clock.now += 60  # what was not used is not saved up
    before = clock.now
    for _ in range(10):
        limit.take(10_000)
    assert clock.now - before >= 0.7


def test_a_limit_may_be_changed_and_lifted_while_it_holds():
    clock, rate = Clock(), [1_000]
    limit = upload.Limit(lambda: rate[0], clock, clock.sleep)
    limit.take(1_000)
    assert clock.now == pytest.approx(1.0, abs=0.01)
    rate[0] = 0
    limit.take(10**9)
    assert clock.now == pytest.approx(1.0, abs=0.01)
    assert limit.piece == 0


def test_a_real_upload_keeps_to_it(client, tmp_path):
    path, file = content(tmp_path, 450_000)
    began = time.monotonic()
    upload.send(client, path, file, Progress(), upload.Limit(lambda: 300_000))
    assert time.monotonic() - began >= 450_000 / 300_000 - upload.Limit.BURST_S
    assert client.have((file.sha256,)).files == (file.sha256,)


def test_a_sender_killed_in_the_middle_costs_a_piece_at_most(client, hosting, token, tmp_path):
    path, file = content(tmp_path, 2_000_000)
    command = [sys.executable, "-c", SLOW_SENDER, hosting.url, token, path, msgspec.json.encode(file).decode()]
    sender = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment())
    reached = 0
    with sender:
        for line in sender.stdout:
            reached = int(line)
            if reached >= 400_000:
                break
        sender.send_signal(signal.SIGKILL)
    begins = []
    _, requests, _ = client.counted(
        lambda: upload.send(client, path, file, Progress(lambda done, _total: begins.append(done)))
    )
    assert begins[0] >= reached
    sent = sum(size for method, _, size in requests if method == "PATCH")
    heads = 1_000 * sum(method == "PATCH" for method, _, _ in requests)
    assert file.size - begins[0] <= sent <= file.size - begins[0] + heads
    assert client.have((file.sha256,)).files == (file.sha256,)


def test_paused_nothing_is_sent_until_it_goes_on(client, tmp_path):
    path, file = content(tmp_path, 3 * upload.PIECE)
    standing = threading.Event()

    def told(done, _total):
        if done == upload.PIECE:
            progress.pause()
            standing.set()

    progress = Progress(told)
    worker = threading.Thread(target=upload.send, args=(client, path, file, progress))
    worker.start()
    assert standing.wait(60)
    progress.resume()
    worker.join(60)
    assert client.have((file.sha256,)).files == (file.sha256,)
    # A cancel ends one that is paused.
    other, told_of = content(tmp_path, 3 * upload.PIECE + 1)
    progress = Progress(lambda done, _total: (progress.pause(), progress.cancel()) if done else None)
    with pytest.raises(Cancelled):
        upload.send(client, other, told_of, progress)


def test_pieces_are_as_large_as_goes_through_in_a_second(client, tmp_path):
    path, file = content(tmp_path, 40 * upload.PIECE)
    begins = []
    upload.send(client, path, file, Progress(lambda done, _total: begins.append(done)), clock=iter(range(100)).__next__)
    assert {later - earlier for earlier, later in itertools.pairwise(begins)} == {upload.PIECE}


def test_what_does_not_fit_is_refused_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MATINEE_HOST_QUOTA", "1000000")
    monkeypatch.setenv("MATINEE_HOST_UPLOAD_MOST", "3000000")
    small = Hosting(tmp_path / "small").start()
    try:
        client = Client(small.url, small.new_token())
        for size, code in ((2_000_000, "upload.quota"), (4_000_000, "upload.too_large")):
            path, file = content(tmp_path, size)
            with pytest.raises(Known) as told:
                upload.send(client, path, file, Progress())
            assert told.value.code == code
            assert SENTENCES[code].format_map(told.value.facts)
        client.close()
    finally:
        small.close()


def test_what_was_damaged_here_is_made_anew(client, organizer, tmp_path):
    workspace, _ = organizer("ada")
    Image.new("RGB", (700, 400), "teal").save(tmp_path / "card.png")
    media = workspace.shelf.take(tmp_path / "card.png")
    webinar = Webinar(id="w", media={media.sha256: media})

    def prepared(each, progress):
        made = prepare(workspace.shelf, each, progress)
        return made, lambda sha256: file_of(workspace.shelf, each.sha256, sha256)

    file = prepare(workspace.shelf, media).stills[0].file
    place = file_of(workspace.shelf, media.sha256, file.sha256)
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(Known) as told:
        send_media(client, webinar, prepared, Progress())
    assert told.value.code == "upload.damaged_here"
    doing = []
    send_media(client, webinar, prepared, Progress(), on_doing=doing.append)
    assert client.have((media.sha256,)).manifests == (media.sha256,)
    assert {(each.deed, each.name, each.number, each.count) for each in doing} >= {("upload", "card.png", 1, 1)}
