"""Ada's published webinar on a real hosting, for tests of colleagues who have none of its files."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from editor.progress import Progress
from editor.schedule import segment_factory
from editor.schedule.model import Media, Video
from editor.schedule.operations import Add
from editor.sync.client import ApiClient
from editor.sync.publisher import upload_version
from editor.sync.webinar_sync import WebinarSync
from editor.workspace import Workspace
from tests.editor.sync.hosting_fixtures import KillableHosting
from tests.numbered_video import make_numbered_video
from tests.segment_defaults import SEGMENT_DEFAULTS

SECOND_TALK_MS, IN_MS = 120_000, 1_234
"""Where the talk is played once more, and the in-point from which."""
SUBTITLES = """1
00:00:00,500 --> 00:00:02,000
Good <i>evening</i> & welcome.

2
00:00:03,000 --> 00:00:04,500
Two
lines
"""


@dataclass
class PublishedWebinar:
    """A webinar that Ada published on a hosting, with her library and its media."""

    hosting: KillableHosting
    token: str
    """Opens the account that Ada shares with her colleagues."""
    folder: Path
    """Where the files lie: talk.mp4, interlude.mp3, agenda.png, tour.pdf."""
    ada: Workspace
    media: dict[str, Media]
    webinar: str
    version: str

    def make_client(self) -> ApiClient:
        """Return a client that is signed in to the hosting."""
        return ApiClient(self.hosting.url, self.token)


@contextmanager
def publish_talk(folder: Path) -> Iterator[PublishedWebinar]:
    """Provide a talk with captions, used twice, once from an in-point; an mp3, a picture, a presentation."""
    hosting = KillableHosting(folder / "hosting").start()
    token = hosting.create_token()
    with Workspace(folder / "ada") as ada:
        media = _make_media(folder, ada)
        talk, *others = media.values()
        segments = (
            _make_talk("talk", talk, 0),
            *segment_factory.make_sequence(tuple(others), 7_000, SEGMENT_DEFAULTS),
            _make_talk("again", talk, SECOND_TALK_MS, in_ms=IN_MS),
        )
        webinar = ada.create_webinar("The night sky", zone="UTC")
        ada.open(webinar).apply(Add(segments=segments, media=tuple(media.values())))
        version = ada.save_version(webinar)
        content = PublishedWebinar(hosting, token, folder, ada, media, webinar, version.hash)
        client = content.make_client()
        upload_version(WebinarSync(ada.library, client), ada.library, ada.catalog, webinar, version.hash, Progress())
        client.close()
        yield content
    hosting.close()


def _make_talk(name: str, media: Media, start_ms: int, in_ms: int = 0) -> Video:
    return Video(
        id=name,
        title=name,
        media=media.sha256,
        start_ms=start_ms,
        in_ms=in_ms,
        out_ms=media.duration_ms,
        captions=media.captions[0].sha256,
    )


def _make_media(folder: Path, ada: Workspace) -> dict[str, Media]:
    # Stored in another order than shown, as cameras and most programs write it: it is copied so, and not encoded.
    reordered = ("-c:v", "libx264", "-preset", "medium", "-bf", "3", "-pix_fmt", "yuv420p")
    make_numbered_video(folder / "talk.mp4", 6, encode=reordered)
    command = ["ffmpeg", "-v", "error", "-i", str(folder / "talk.mp4"), "-vn", str(folder / "interlude.mp3")]
    subprocess.run(command, check=True)
    picture = Image.linear_gradient("L").convert("RGB").resize((700, 400))
    ImageDraw.Draw(picture).rectangle((60, 60, 300, 200), fill="teal")
    picture.save(folder / "agenda.png")
    pages = [Image.new("RGB", (480, 270), colour) for colour in ("#CC79A7", "#56B4E9")]
    pages[0].save(folder / "tour.pdf", save_all=True, append_images=pages[1:])
    (folder / "talk.en.srt").write_text(SUBTITLES, "utf-8")
    names = ("talk.mp4", "interlude.mp3", "agenda.png", "tour.pdf")
    media = {name: ada.catalog.add_file(folder / name) for name in names}
    for name in names[:2]:
        media[name] = ada.catalog.attach_captions(media[name], folder / "talk.en.srt")
    return media
