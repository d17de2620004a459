"""A colleague who has a webinar and none of its files sees what its author sees, from the hosting's copies."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import msgspec
import pytest
from PIL import Image, ImageChops, ImageStat

from editor.errors import Cancelled, Known
from editor.media.frames import FrameReader
from editor.media.peaks import make_peaks
from editor.media.pictures import image_picture, make_thumbnails, thumbnail_file
from editor.media.prepare import prepare
from editor.media.shelf import Shelf
from editor.media.slides import page_picture, shown_page
from editor.progress import Progress
from editor.protocol.manifest import File, Manifest, Rung, Still
from editor.schedule.model import Webinar
from editor.schedule.operations import Plan
from editor.sync import stand_in
from editor.sync.client import Client
from editor.sync.publishing import Wish, publish
from editor.sync.sync import Sync
from editor.workspace import Workspace
from tests.editor.sync.published import published
from tests.editor.sync.tools import ROOT
from tests.numbered import frame_at, number_in

PLACES = (0, 33, 34, 999, 1_000, 1_234, 2_500, 3_966, 3_999, 4_000, 4_001, 5_050, 5_999)
"""Where pictures are compared, in ms: in-points that people choose, and about where parts begin."""


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    with published(tmp_path_factory.mktemp("evening")) as evening:
        yield evening


@pytest.fixture
def bo(evening, tmp_path):
    """A colleague who pulled the webinar, and has none of its files."""
    with Workspace(tmp_path / "bo") as workspace:
        client = evening.signed_in()
        sync = Sync(workspace.library, client)
        workspace.library.create(Webinar(id=evening.webinar))
        pulled = sync.pull(evening.webinar)
        workspace.restore(workspace.open(evening.webinar), pulled.hash)
        made = SimpleNamespace(
            workspace=workspace,
            shelf=workspace.shelf,
            sync=sync,
            client=client,
            webinar=workspace.version(pulled.hash),
        )
        yield made
        client.close()


def offered(bo):
    return {offer.media.name: offer for offer in stand_in.offers(bo.client, bo.shelf, bo.webinar.media.values())}


@pytest.fixture
def fetched(bo):
    for offer in offered(bo).values():
        stand_in.fetch(bo.client, bo.shelf, offer, Progress())
    return bo


def picture(path, at_ms):
    with FrameReader(path) as reader:
        frame = reader.frame(at_ms)
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def difference(one, other):
    """How far two pictures are apart on average, 0 … 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean)


# ------------------------------------------------------------------------------------------------ what is shown


def test_every_picture_is_the_one_the_original_shows_there(evening, fetched):
    media = evening.media["talk.mp4"]
    for at_ms in PLACES:
        original, shown = picture(evening.place / "talk.mp4", at_ms), picture(fetched.shelf.shown(media.sha256), at_ms)
        assert number_in(*shown.size, lambda x, y, of=shown: of.getpixel((x, y))[1]) == frame_at(at_ms)
        assert difference(original, shown) < 6, at_ms


def test_it_is_heard_where_the_original_is_and_its_length_agrees(evening, fetched):
    for name in ("talk.mp4", "interlude.mp3"):
        media = evening.media[name]
        theirs, ours = (make_peaks(shelf, media).values for shelf in (evening.ada.shelf, fetched.shelf))
        assert abs(len(theirs) - len(ours)) <= 10  # hundredths of a second
        assert min(ours[20:-20]) > 0
        assert fetched.shelf.shown(media.sha256).name == ("play.mp4" if name == "talk.mp4" else "play.m4a")


def test_images_pages_and_thumbnails_are_there(evening, fetched):
    agenda, tour, talk = (evening.media[name] for name in ("agenda.png", "tour.pdf", "talk.mp4"))
    ours = Image.open(image_picture(fetched.shelf, agenda.sha256, 1_280))
    assert difference(Image.open(evening.place / "agenda.png"), ours) < 3
    for page in range(2):
        theirs = Image.open(page_picture(evening.ada.shelf, tour.sha256, page, 640))
        assert difference(theirs, Image.open(shown_page(fetched.shelf, tour.sha256, page, 640))) < 3
    with pytest.raises(Known) as told:
        shown_page(fetched.shelf, tour.sha256, 2, 640)
    assert told.value.code == "media.missing"
    make_thumbnails(fetched.shelf, talk)
    assert thumbnail_file(fetched.shelf, talk.sha256, 3_000) is not None


def test_captions_say_the_same_at_the_same_times(evening, fetched):
    (track,) = evening.media["talk.mp4"].captions
    assert fetched.shelf.captions_file(track.sha256) is None
    assert fetched.shelf.cues(track.sha256) == evening.ada.shelf.cues(track.sha256)


def test_captions_alone_come_where_only_they_lack(evening, bo):
    talk = evening.media["talk.mp4"]
    bo.shelf.take(evening.place / "talk.mp4")
    offer = offered(bo)["talk.mp4"]
    assert (offer.whole, [file.type for file in offer.files]) == (False, ["text/vtt"])
    stand_in.fetch(bo.client, bo.shelf, offer, Progress())
    assert bo.shelf.cues(talk.captions[0].sha256) == evening.ada.shelf.cues(talk.captions[0].sha256)
    assert bo.shelf.state(talk.sha256) == "ready"
    assert "talk.mp4" not in offered(bo)


def test_it_is_there_after_a_restart_and_nothing_is_fetched_twice(evening, fetched):
    again = Shelf(fetched.workspace.library.root)
    assert {again.state(sha256) for sha256 in fetched.webinar.media} == {"hosted"}
    assert offered(fetched) == {}


# --------------------------------------------------------------------------------- what it is not taken for


def test_a_stand_in_is_never_taken_for_the_original(evening, fetched, tmp_path):
    media = evening.media
    assert {fetched.shelf.path(each.sha256) for each in media.values()} == {None}
    lacking = fetched.workspace.export(evening.webinar, tmp_path / "out.matinee", with_media=True)
    assert {each.sha256 for each in media.values()} <= set(lacking)
    for each in media.values():
        with pytest.raises(Known, match="missing"):
            print(each.name, prepare(fetched.shelf, each))


def test_what_the_hosting_has_is_published_without_any_file(evening, fetched):
    fetched.workspace.open(evening.webinar).apply(Plan(description="Bo was here"))
    version = fetched.workspace.save(evening.webinar)
    told = []
    session = publish(
        fetched.sync,
        fetched.workspace.library,
        fetched.shelf,
        Wish(webinar=evening.webinar, version=version.hash, test=True),
        Progress(lambda done, _total: told.append(done)),
    )
    assert session.version == version.hash
    assert told[-1] == 1000


def test_the_original_wins_at_once_wherever_it_is_found(evening, fetched, tmp_path):
    talk, tour = evening.media["talk.mp4"], evening.media["tour.pdf"]
    make_thumbnails(fetched.shelf, talk)
    drawn = shown_page(fetched.shelf, tour.sha256, 0, 640)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(evening.place / "talk.mp4", elsewhere / "renamed.mp4")
    found = fetched.shelf.relink([elsewhere], [talk.sha256])
    assert fetched.shelf.shown(talk.sha256) == found[talk.sha256] == elsewhere / "renamed.mp4"
    assert fetched.shelf.state(talk.sha256) == "ready"
    assert not fetched.shelf.stand_ins.folder(talk.sha256).exists()
    assert thumbnail_file(fetched.shelf, talk.sha256, 0) is None  # the original's own are drawn anew
    fetched.shelf.take(evening.place / "tour.pdf")
    assert not drawn.exists()
    assert shown_page(fetched.shelf, tour.sha256, 0, 640) != drawn


def test_an_original_that_is_found_while_its_copy_comes_is_what_stays(evening, bo):
    offer = offered(bo)["talk.mp4"]

    def find(done, _total):
        if done:
            bo.shelf.take(evening.place / "talk.mp4")

    stand_in.fetch(bo.client, bo.shelf, offer, Progress(find))
    assert bo.shelf.shown(offer.media.sha256) == evening.place / "talk.mp4"
    assert not bo.shelf.stand_ins.folder(offer.media.sha256).exists()


# ------------------------------------------------------------------------------------------ what goes wrong

KILLED = """
import json, os, signal, sys
from pathlib import Path
import msgspec
from editor.media.shelf import Shelf
from editor.progress import Progress
from editor.schedule.model import Media
from editor.sync import stand_in
from editor.sync.client import Client

told = json.load(sys.stdin)
if told["most"]:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (told["most"], told["most"]))
stand_in.PIECE = stand_in.LARGEST_PIECE = 4096
client, shelf = Client(told["url"], told["token"]), Shelf(Path(told["root"]))
(offer,) = stand_in.offers(client, shelf, [msgspec.convert(told["media"], Media)])

def listen(done, total):
    if told["until"] and done * 1000 // total > told["until"]:
        os.kill(os.getpid(), signal.SIGKILL)

try:
    stand_in.fetch(client, shelf, offer, Progress(listen))
except stand_in.Known as known:
    print(known.code, known.facts)
"""


def in_a_child(evening, bo, media, *, until=0, most=0):
    """Fetch in a process that is killed after so many thousandths, or that may write files of so many bytes."""
    told = {
        "url": evening.hosting.url,
        "root": str(bo.workspace.library.root),
        "token": evening.token,
        "media": msgspec.to_builtins(media),
        "until": until,
        "most": most,
    }
    command = [sys.executable, "-c", KILLED]
    return subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("until", [5, 400, 900])
def test_killed_in_the_middle_it_goes_on_at_the_byte(evening, bo, until):
    talk = evening.media["talk.mp4"]
    assert in_a_child(evening, bo, talk, until=until).returncode == -signal.SIGKILL
    assert bo.shelf.state(talk.sha256) == "missing"
    (offer,) = stand_in.offers(bo.client, bo.shelf, [talk])
    coming = bo.shelf.stand_ins.folder(talk.sha256) / "coming"
    here = sum(file.stat().st_size for file in coming.iterdir())
    assert here * 1000 > offer.size * (until - 30)
    asked = []
    real, bo.client.call = bo.client.call, lambda *words, **more: asked.append(more) or real(*words, **more)
    stand_in.fetch(bo.client, bo.shelf, offer, Progress())
    spans = [more["headers"]["Range"].removeprefix("bytes=").split("-") for more in asked if "headers" in more]
    assert sum(int(last) - int(first) + 1 for first, last in spans) == offer.size - here
    assert bo.shelf.state(talk.sha256) == "hosted"
    assert not coming.exists()


def test_wrong_bytes_are_thrown_away_and_right_ones_taken_after(evening, bo):
    offer = offered(bo)["talk.mp4"]
    file = offer.files[0]
    there = evening.place / "hosting" / "media" / "files" / file.sha256[:2] / file.sha256
    right = there.read_bytes()
    try:
        there.write_bytes(right[: len(right) // 2] + b"\0" + right[len(right) // 2 + 1 :])
        with pytest.raises(Known) as told:
            stand_in.fetch(bo.client, bo.shelf, offer, Progress())
        assert (told.value.code, told.value.facts["name"]) == ("stand_in.wrong", "talk.mp4")
        assert bo.shelf.state(offer.media.sha256) == "missing"
        there.write_bytes(right[:-1000])
        with pytest.raises(Known) as told:
            stand_in.fetch(bo.client, bo.shelf, offer, Progress())
        assert told.value.code == "stand_in.wrong"
    finally:
        there.write_bytes(right)
    stand_in.fetch(bo.client, bo.shelf, offer, Progress())
    assert bo.shelf.state(offer.media.sha256) == "hosted"


def test_a_manifest_that_does_not_fit_its_files_makes_no_stand_in(evening, bo):
    offer = offered(bo)["talk.mp4"]
    moved = [msgspec.structs.replace(chunk, start_ms=chunk.start_ms + 40) for chunk in offer.manifest.rungs[0].chunks]
    rungs = (msgspec.structs.replace(offer.manifest.rungs[0], chunks=tuple(moved)), *offer.manifest.rungs[1:])
    lying = msgspec.structs.replace(offer, manifest=msgspec.structs.replace(offer.manifest, rungs=rungs))
    with pytest.raises(Known) as told:
        stand_in.fetch(bo.client, bo.shelf, lying, Progress())
    assert told.value.code == "stand_in.wrong"
    assert bo.shelf.state(offer.media.sha256) == "missing"


def test_a_full_disk_is_said_and_leaves_nothing_half(evening, bo):
    talk = evening.media["talk.mp4"]
    told = in_a_child(evening, bo, talk, most=40_000).stdout
    assert told.startswith("media.unwritable")
    assert bo.shelf.state(talk.sha256) == "missing"
    offer = offered(bo)["talk.mp4"]
    vast = msgspec.structs.replace(offer, files=(msgspec.structs.replace(offer.files[0], size=1 << 60),))
    with pytest.raises(Known) as refused:
        stand_in.fetch(bo.client, bo.shelf, vast, Progress())
    assert refused.value.code == "stand_in.full"
    stand_in.fetch(bo.client, bo.shelf, offer, Progress())
    assert bo.shelf.state(talk.sha256) == "hosted"


def test_cancelled_or_cut_off_it_goes_on_the_next_time(evening, bo):
    offer = offered(bo)["talk.mp4"]
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        stand_in.fetch(bo.client, bo.shelf, offer, progress)
    nowhere = Client("http://127.0.0.1:9", token="x")
    with pytest.raises(Known) as told:
        stand_in.fetch(nowhere, bo.shelf, offer, Progress())
    assert told.value.code == "sync.offline"
    nowhere.close()
    reached = []
    stand_in.fetch(bo.client, bo.shelf, offer, Progress(lambda done, total: reached.append((done, total))))
    assert reached == sorted(reached)
    assert reached[-1] == (offer.size, offer.size)
    assert bo.shelf.state(offer.media.sha256) == "hosted"


# ---------------------------------------------------------------------------------------------- what is chosen


def file(name, size=1_000):
    return File(sha256=hashlib.sha256(name.encode()).hexdigest(), size=size, type="video/mp4")


def rung(name, height=0, bandwidth=1):
    kind = "video" if height else "audio"
    return Rung(
        name=name, kind=kind, file=file(name), init_size=1, codecs="", bandwidth=bandwidth, height=height, chunks=()
    )


@pytest.mark.parametrize(
    ("heights", "chosen"), [((1080, 720, 360), 720), ((900, 480), 480), ((1080,), 1080), ((360,), 360)]
)
def test_the_rung_of_720_lines_or_the_next_below_and_the_best_sound(heights, chosen):
    rungs = (*(rung(str(height), height) for height in heights), rung("low", 0, 64), rung("best", 0, 128))
    manifest = Manifest(media="a" * 64, kind="video", rungs=rungs)
    assert [each.name for each in stand_in._rungs(manifest)] == [str(chosen), "best"]


def test_the_largest_still_of_each_page_in_the_order_of_the_pages():
    stills = tuple(
        Still(file=file(f"{page}-{width}"), width=width, height=width // 2, page=page)
        for page in (1, 0)
        for width in (640, 1920, 1280)
    )
    manifest = Manifest(media="a" * 64, kind="presentation", stills=stills)
    assert [(each.page, each.width) for each in stand_in._stills(manifest)] == [(0, 1920), (1, 1920)]
