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

from editor.errors import CancelledError, KnownError
from editor.media.catalog import MediaCatalog
from editor.media.frames.frame_reader import FrameReader
from editor.media.prepare.preparation import prepare
from editor.media.previews.image_previews import find_thumbnail, make_image_preview, make_thumbnails
from editor.media.previews.page_images import make_page_image, make_page_preview
from editor.media.previews.peaks import make_peaks
from editor.progress import Progress
from editor.protocol.manifest import Manifest, PreparedFile, Rung, Still
from editor.schedule.model import Webinar
from editor.schedule.operations import ChangeProperties
from editor.sync import proxy_download
from editor.sync.client import ApiClient
from editor.sync.publisher import PublishRequest, publish_version
from editor.sync.webinar_sync import WebinarSync
from editor.workspace import Workspace
from tests.editor.sync.hosting_fixtures import ROOT
from tests.editor.sync.published_fixtures import publish_talk
from tests.numbered_video import frame_number_at, read_number

POSITIONS_MS = (0, 33, 34, 999, 1_000, 1_234, 2_500, 3_966, 3_999, 4_000, 4_001, 5_050, 5_999)
"""Where pictures are compared, in ms: in-points that people choose, and about where parts begin."""


@pytest.fixture(scope="module")
def talk_webinar(tmp_path_factory):
    with publish_talk(tmp_path_factory.mktemp("evening")) as published:
        yield published


@pytest.fixture
def bo(talk_webinar, tmp_path):
    """Provide a colleague who pulled the webinar and has none of its files."""
    with Workspace(tmp_path / "bo") as workspace:
        client = talk_webinar.make_client()
        sync = WebinarSync(workspace.library, client)
        workspace.library.create(Webinar(id=talk_webinar.webinar))
        pulled = sync.pull(talk_webinar.webinar)
        workspace.restore_version(workspace.open(talk_webinar.webinar), pulled.hash)
        colleague = SimpleNamespace(
            workspace=workspace,
            catalog=workspace.catalog,
            sync=sync,
            client=client,
            webinar=workspace.load_version(pulled.hash),
        )
        yield colleague
        client.close()


def find_remote_media(bo):
    return {
        offer.media.name: offer
        for offer in proxy_download.find_remote_media(bo.client, bo.catalog, bo.webinar.media.values())
    }


@pytest.fixture
def bo_with_proxies(bo):
    for offer in find_remote_media(bo).values():
        proxy_download.download(bo.client, bo.catalog, offer, Progress())
    return bo


def read_picture(path, at_ms):
    with FrameReader(path) as reader:
        frame = reader.read_frame(at_ms)
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def difference(one, other):
    """Return the mean difference of two pictures, 0 … 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean)


# ------------------------------------------------------------------------------------------------ what is shown


def test_every_picture_is_the_one_the_original_shows_there(talk_webinar, bo_with_proxies):
    media = talk_webinar.media["talk.mp4"]
    for at_ms in POSITIONS_MS:
        original, proxy_picture = (
            read_picture(talk_webinar.folder / "talk.mp4", at_ms),
            read_picture(bo_with_proxies.catalog.find_preview_path(media.sha256), at_ms),
        )
        assert read_number(
            *proxy_picture.size, lambda x, y, of=proxy_picture: of.getpixel((x, y))[1]
        ) == frame_number_at(at_ms)
        assert difference(original, proxy_picture) < 6, at_ms


def test_it_is_heard_where_the_original_is_and_its_length_agrees(talk_webinar, bo_with_proxies):
    for name in ("talk.mp4", "interlude.mp3"):
        media = talk_webinar.media[name]
        theirs, ours = (
            make_peaks(catalog, media).values for catalog in (talk_webinar.ada.catalog, bo_with_proxies.catalog)
        )
        assert abs(len(theirs) - len(ours)) <= 10  # hundredths of a second
        assert min(ours[20:-20]) > 0
        assert bo_with_proxies.catalog.find_preview_path(media.sha256).name == (
            "play.mp4" if name == "talk.mp4" else "play.m4a"
        )


def test_images_pages_and_thumbnails_are_there(talk_webinar, bo_with_proxies):
    agenda, tour, talk = (talk_webinar.media[name] for name in ("agenda.png", "tour.pdf", "talk.mp4"))
    ours = Image.open(make_image_preview(bo_with_proxies.catalog, agenda.sha256, 1_280))
    assert difference(Image.open(talk_webinar.folder / "agenda.png"), ours) < 3
    for page in range(2):
        theirs = Image.open(make_page_image(talk_webinar.ada.catalog, tour.sha256, page, 640))
        assert difference(theirs, Image.open(make_page_preview(bo_with_proxies.catalog, tour.sha256, page, 640))) < 3
    with pytest.raises(KnownError) as error_info:
        make_page_preview(bo_with_proxies.catalog, tour.sha256, 2, 640)
    assert error_info.value.code == "media.missing"
    make_thumbnails(bo_with_proxies.catalog, talk)
    assert find_thumbnail(bo_with_proxies.catalog, talk.sha256, 3_000) is not None


def test_captions_say_the_same_at_the_same_times(talk_webinar, bo_with_proxies):
    (track,) = talk_webinar.media["talk.mp4"].captions
    assert bo_with_proxies.catalog.find_captions_file(track.sha256) is None
    assert bo_with_proxies.catalog.load_cues(track.sha256) == talk_webinar.ada.catalog.load_cues(track.sha256)


def test_captions_alone_come_where_only_they_lack(talk_webinar, bo):
    talk = talk_webinar.media["talk.mp4"]
    bo.catalog.add_file(talk_webinar.folder / "talk.mp4")
    offer = find_remote_media(bo)["talk.mp4"]
    assert (offer.includes_media, [file.type for file in offer.files]) == (False, ["text/vtt"])
    proxy_download.download(bo.client, bo.catalog, offer, Progress())
    assert bo.catalog.load_cues(talk.captions[0].sha256) == talk_webinar.ada.catalog.load_cues(talk.captions[0].sha256)
    assert bo.catalog.get_state(talk.sha256) == "ready"
    assert "talk.mp4" not in find_remote_media(bo)


def test_it_is_there_after_a_restart_and_nothing_is_fetched_twice(talk_webinar, bo_with_proxies):
    again = MediaCatalog(bo_with_proxies.workspace.library.root)
    assert {again.get_state(sha256) for sha256 in bo_with_proxies.webinar.media} == {"hosted"}
    assert find_remote_media(bo_with_proxies) == {}


# --------------------------------------------------------------------------------- what it is not taken for


def test_a_stand_in_is_never_taken_for_the_original(talk_webinar, bo_with_proxies, tmp_path):
    media = talk_webinar.media
    assert {bo_with_proxies.catalog.find_path(each.sha256) for each in media.values()} == {None}
    missing_media = bo_with_proxies.workspace.export_bundle(
        talk_webinar.webinar, tmp_path / "out.matinee", with_media=True
    )
    assert {each.sha256 for each in media.values()} <= set(missing_media)
    for each in media.values():
        with pytest.raises(KnownError, match="missing"):
            print(each.name, prepare(bo_with_proxies.catalog, each))


def test_what_the_hosting_has_is_published_without_any_file(talk_webinar, bo_with_proxies):
    bo_with_proxies.workspace.open(talk_webinar.webinar).apply(ChangeProperties(description="Bo was here"))
    version = bo_with_proxies.workspace.save_version(talk_webinar.webinar)
    calls = []
    session = publish_version(
        bo_with_proxies.sync,
        bo_with_proxies.workspace.library,
        bo_with_proxies.catalog,
        PublishRequest(webinar=talk_webinar.webinar, version=version.hash, test=True),
        Progress(lambda done, _total: calls.append(done)),
    )
    assert session.version == version.hash
    assert calls[-1] == 1000


def test_the_original_wins_at_once_wherever_it_is_found(talk_webinar, bo_with_proxies, tmp_path):
    talk, tour = talk_webinar.media["talk.mp4"], talk_webinar.media["tour.pdf"]
    make_thumbnails(bo_with_proxies.catalog, talk)
    page_file = make_page_preview(bo_with_proxies.catalog, tour.sha256, 0, 640)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(talk_webinar.folder / "talk.mp4", elsewhere / "renamed.mp4")
    relinked = bo_with_proxies.catalog.relink([elsewhere], [talk.sha256])
    assert bo_with_proxies.catalog.find_preview_path(talk.sha256) == relinked[talk.sha256] == elsewhere / "renamed.mp4"
    assert bo_with_proxies.catalog.get_state(talk.sha256) == "ready"
    assert not bo_with_proxies.catalog.proxies.media_folder(talk.sha256).exists()
    assert find_thumbnail(bo_with_proxies.catalog, talk.sha256, 0) is None  # the original's own are drawn anew
    bo_with_proxies.catalog.add_file(talk_webinar.folder / "tour.pdf")
    assert not page_file.exists()
    assert make_page_preview(bo_with_proxies.catalog, tour.sha256, 0, 640) != page_file


def test_an_original_that_is_found_while_its_copy_comes_is_what_stays(talk_webinar, bo):
    offer = find_remote_media(bo)["talk.mp4"]

    def find(done, _total):
        if done:
            bo.catalog.add_file(talk_webinar.folder / "talk.mp4")

    proxy_download.download(bo.client, bo.catalog, offer, Progress(find))
    assert bo.catalog.find_preview_path(offer.media.sha256) == talk_webinar.folder / "talk.mp4"
    assert not bo.catalog.proxies.media_folder(offer.media.sha256).exists()


# ------------------------------------------------------------------------------------------ what goes wrong

DOWNLOAD_SCRIPT = """
import json, os, signal, sys
from pathlib import Path
import msgspec
from editor.media.catalog import MediaCatalog
from editor.progress import Progress
from editor.schedule.model import Media
from editor.errors import KnownError
from editor.sync import proxy_download
from editor.sync.client import ApiClient

request = json.load(sys.stdin)
if request["most"]:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (request["most"], request["most"]))
proxy_download.FIRST_CHUNK_BYTES = proxy_download.MAX_CHUNK_BYTES = 4096
client, catalog = ApiClient(request["url"], request["token"]), MediaCatalog(Path(request["root"]))
(remote,) = proxy_download.find_remote_media(client, catalog, [msgspec.convert(request["media"], Media)])

def listen(done, total):
    if request["until"] and done * 1000 // total > request["until"]:
        os.kill(os.getpid(), signal.SIGKILL)

try:
    proxy_download.download(client, catalog, remote, Progress(listen))
except KnownError as known:
    print(known.code, known.facts)
"""


def download_in_process(published, bo, media, *, until=0, most=0):
    """Fetch in a process that is killed after so many thousandths, or that may write files of so many bytes."""
    payload = {
        "url": published.hosting.url,
        "root": str(bo.workspace.library.root),
        "token": published.token,
        "media": msgspec.to_builtins(media),
        "until": until,
        "most": most,
    }
    command = [sys.executable, "-c", DOWNLOAD_SCRIPT]
    return subprocess.run(command, input=json.dumps(payload), capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("until", [5, 400, 900])
def test_killed_in_the_middle_it_goes_on_at_the_byte(talk_webinar, bo, until):
    talk = talk_webinar.media["talk.mp4"]
    assert download_in_process(talk_webinar, bo, talk, until=until).returncode == -signal.SIGKILL
    assert bo.catalog.get_state(talk.sha256) == "missing"
    (offer,) = proxy_download.find_remote_media(bo.client, bo.catalog, [talk])
    download_folder = bo.catalog.proxies.media_folder(talk.sha256) / "coming"
    downloaded_bytes = sum(file.stat().st_size for file in download_folder.iterdir())
    assert downloaded_bytes * 1000 > offer.size * (until - 30)
    ranges = []
    real, bo.client.request = bo.client.request, lambda *words, **more: ranges.append(more) or real(*words, **more)
    proxy_download.download(bo.client, bo.catalog, offer, Progress())
    spans = [more["headers"]["Range"].removeprefix("bytes=").split("-") for more in ranges if "headers" in more]
    assert sum(int(last) - int(first) + 1 for first, last in spans) == offer.size - downloaded_bytes
    assert bo.catalog.get_state(talk.sha256) == "hosted"
    assert not download_folder.exists()


def test_wrong_bytes_are_thrown_away_and_right_ones_taken_after(talk_webinar, bo):
    offer = find_remote_media(bo)["talk.mp4"]
    file = offer.files[0]
    hosted_file = talk_webinar.folder / "hosting" / "media" / "files" / file.sha256[:2] / file.sha256
    right = hosted_file.read_bytes()
    try:
        hosted_file.write_bytes(right[: len(right) // 2] + b"\0" + right[len(right) // 2 + 1 :])
        with pytest.raises(KnownError) as error_info:
            proxy_download.download(bo.client, bo.catalog, offer, Progress())
        assert (error_info.value.code, error_info.value.facts["name"]) == ("stand_in.wrong", "talk.mp4")
        assert bo.catalog.get_state(offer.media.sha256) == "missing"
        hosted_file.write_bytes(right[:-1000])
        with pytest.raises(KnownError) as error_info:
            proxy_download.download(bo.client, bo.catalog, offer, Progress())
        assert error_info.value.code == "stand_in.wrong"
    finally:
        hosted_file.write_bytes(right)
    proxy_download.download(bo.client, bo.catalog, offer, Progress())
    assert bo.catalog.get_state(offer.media.sha256) == "hosted"


def test_a_manifest_that_does_not_fit_its_files_makes_no_stand_in(talk_webinar, bo):
    offer = find_remote_media(bo)["talk.mp4"]
    moved = [msgspec.structs.replace(chunk, start_ms=chunk.start_ms + 40) for chunk in offer.manifest.rungs[0].chunks]
    rungs = (msgspec.structs.replace(offer.manifest.rungs[0], chunks=tuple(moved)), *offer.manifest.rungs[1:])
    wrong_offer = msgspec.structs.replace(offer, manifest=msgspec.structs.replace(offer.manifest, rungs=rungs))
    with pytest.raises(KnownError) as error_info:
        proxy_download.download(bo.client, bo.catalog, wrong_offer, Progress())
    assert error_info.value.code == "stand_in.wrong"
    assert bo.catalog.get_state(offer.media.sha256) == "missing"


def test_a_full_disk_is_said_and_leaves_nothing_half(talk_webinar, bo):
    talk = talk_webinar.media["talk.mp4"]
    output = download_in_process(talk_webinar, bo, talk, most=40_000).stdout
    assert output.startswith("media.unwritable")
    assert bo.catalog.get_state(talk.sha256) == "missing"
    offer = find_remote_media(bo)["talk.mp4"]
    vast = msgspec.structs.replace(offer, files=(msgspec.structs.replace(offer.files[0], size=1 << 60),))
    with pytest.raises(KnownError) as error_info:
        proxy_download.download(bo.client, bo.catalog, vast, Progress())
    assert error_info.value.code == "stand_in.full"
    proxy_download.download(bo.client, bo.catalog, offer, Progress())
    assert bo.catalog.get_state(talk.sha256) == "hosted"


def test_cancelled_or_cut_off_it_goes_on_the_next_time(talk_webinar, bo):
    offer = find_remote_media(bo)["talk.mp4"]
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    with pytest.raises(CancelledError):
        proxy_download.download(bo.client, bo.catalog, offer, progress)
    offline_client = ApiClient("http://127.0.0.1:9", token="x")
    with pytest.raises(KnownError) as error_info:
        proxy_download.download(offline_client, bo.catalog, offer, Progress())
    assert error_info.value.code == "sync.offline"
    offline_client.close()
    reported = []
    proxy_download.download(bo.client, bo.catalog, offer, Progress(lambda done, total: reported.append((done, total))))
    assert reported == sorted(reported)
    assert reported[-1] == (offer.size, offer.size)
    assert bo.catalog.get_state(offer.media.sha256) == "hosted"


# ---------------------------------------------------------------------------------------------- what is chosen


def make_file(name, size=1_000):
    return PreparedFile(sha256=hashlib.sha256(name.encode()).hexdigest(), size=size, type="video/mp4")


def make_rung(name, height=0, bandwidth=1):
    kind = "video" if height else "audio"
    return Rung(
        name=name,
        kind=kind,
        file=make_file(name),
        init_size=1,
        codecs="",
        bandwidth=bandwidth,
        height=height,
        chunks=(),
    )


@pytest.mark.parametrize(
    ("heights", "chosen"), [((1080, 720, 360), 720), ((900, 480), 480), ((1080,), 1080), ((360,), 360)]
)
def test_the_rung_of_720_lines_or_the_next_below_and_the_best_sound(heights, chosen):
    rungs = (
        *(make_rung(str(height), height) for height in heights),
        make_rung("low", 0, 64),
        make_rung("best", 0, 128),
    )
    manifest = Manifest(media="a" * 64, kind="video", rungs=rungs)
    assert [each.name for each in proxy_download._select_rungs(manifest)] == [str(chosen), "best"]


def test_the_largest_still_of_each_page_in_the_order_of_the_pages():
    stills = tuple(
        Still(file=make_file(f"{page}-{width}"), width=width, height=width // 2, page=page)
        for page in (1, 0)
        for width in (640, 1920, 1280)
    )
    manifest = Manifest(media="a" * 64, kind="presentation", stills=stills)
    assert [(each.page, each.width) for each in proxy_download._select_stills(manifest)] == [(0, 1920), (1, 1920)]
