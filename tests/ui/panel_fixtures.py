"""Real services and media files for the tests of media bin, media service and inspector."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from editor.media.catalog import MediaCatalog
from editor.schedule.model import Media, Webinar
from editor.settings import Settings
from ui.media_bin.source_marks import SourceMarks
from ui.services.media_service import MediaService
from ui.services.notifications import Notification, Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.state.notes import Notes
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.style import theme
from ui.text.formatter import Formatter

SUBTITLES = "1\n00:00:01,000 --> 00:00:03,000\nGood evening.\n"


@dataclass(frozen=True)
class SampleFiles:
    """Files to import."""

    video: Path
    silent: Path
    sound: Path
    image: Path
    slides: Path
    subtitles: Path
    broken: Path


def run_ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def make_files(folder: Path) -> SampleFiles:
    """Six seconds of video with sound, two without, a sound, an image, three slides, subtitles, a file that is none."""
    files = SampleFiles(
        folder / "welcome talk.mp4",
        folder / "silent.mp4",
        folder / "interlude.mp3",
        folder / "agenda.png",
        folder / "product tour.pdf",
        folder / "welcome talk.srt",
        folder / "broken.mp4",
    )
    picture = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"]
    run_ffmpeg(
        *["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=6", "-f", "lavfi", "-i", "sine=440:d=6"],
        *[*picture, "-c:a", "aac", str(files.video)],
    )
    run_ffmpeg("-f", "lavfi", "-i", "smptebars=s=320x180:r=25:d=2", *picture, str(files.silent))
    run_ffmpeg("-f", "lavfi", "-i", "aevalsrc=0.6*sin(440*2*PI*t)*abs(sin(t*3)):d=4", str(files.sound))
    agenda = Image.new("RGB", (640, 360), "#d8c8a8")
    ImageDraw.Draw(agenda).rectangle((60, 60, 580, 300), outline="#333", width=6)
    agenda.save(files.image)
    pages = [Image.new("RGB", (480, 270), colour) for colour in ("#f4eef6", "#e0f0e8", "#eaf0fa")]
    for number, page in enumerate(pages, 1):
        ImageDraw.Draw(page).text((60, 100), f"Page {number}", fill="#222", font_size=60)
    pages[0].save(files.slides, save_all=True, append_images=pages[1:])
    files.subtitles.write_text(SUBTITLES, "utf-8")
    files.broken.write_bytes(b"no video at all " * 64)
    return files


@dataclass
class PanelEnvironment:
    """Everything a panel needs, around one webinar in memory."""

    qtbot: object
    root: QObject
    """Owns all other objects, so that they are deleted on this thread and not by the garbage collector."""
    media_catalog: MediaCatalog
    tasks: TaskRunner
    notifications: Notifications
    formatter: Formatter
    settings: Settings
    media_service: MediaService
    controller: DocumentController
    selection: Selection
    playhead: Playhead
    source_marks: SourceMarks
    notes: Notes
    stored_notes: dict[str, str]
    posted: list[Notification] = field(default_factory=list)

    @property
    def webinar(self) -> Webinar:
        return self.controller.webinar

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Process events until a condition holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def import_files(self, *paths: Path) -> tuple[Media, ...]:
        """Import files and wait until they are known."""
        imported: list[tuple[Media, ...]] = []
        self.media_service.import_files(paths, imported.append)
        self.wait_until(lambda: imported)
        return imported[0]

    def wait_idle(self) -> None:
        """Wait until no task runs any more and layouts are done."""
        for _ in range(4):
            QCoreApplication.processEvents()
        self.wait_until(lambda: not self.tasks.running)


class FakeFileDialogs:
    """Replaces the file dialogs and chooses what a test wants."""

    def __init__(self) -> None:
        self.paths: tuple[Path, ...] = ()
        self.place: Path | None = None

    def choose_media(self, _over: object) -> tuple[Path, ...]:
        return self.paths

    def choose_one(self, *_arguments: object) -> Path | None:
        return self.paths[0] if self.paths else None

    choose_recording = choose_replacement = choose_picture = choose_sound = choose_subtitles = choose_one

    def choose_folder(self, _over: object) -> Path | None:
        return self.place


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> SampleFiles:
    return make_files(tmp_path_factory.mktemp("media"))


@pytest.fixture
def choices() -> FakeFileDialogs:
    return FakeFileDialogs()


@pytest.fixture
def environment(qtbot, qapp, formatter, settings, tmp_path):
    """Return an environment with an empty webinar; `make_environment` makes one with another."""
    panel_environment = make_environment(qtbot, formatter, settings, tmp_path / "library")
    yield panel_environment
    panel_environment.tasks.shutdown()
    panel_environment.root.deleteLater()
    QCoreApplication.sendPostedEvents(panel_environment.root, QEvent.Type.DeferredDelete)


def make_environment(
    qtbot, formatter: Formatter, settings: Settings, root: Path, webinar: Webinar | None = None
) -> PanelEnvironment:
    catalog = MediaCatalog(root)
    owner = QObject()
    messages = Notifications(formatter, owner)
    tasks = TaskRunner(messages, owner)
    stored_notes: dict[str, str] = {}
    environment = PanelEnvironment(
        qtbot,
        owner,
        catalog,
        tasks,
        messages,
        formatter,
        settings,
        MediaService(lambda: catalog, tasks, messages, formatter, owner),
        DocumentController.in_memory(
            webinar or Webinar(id="w", title="Onboarding in 30 minutes", zone="Europe/Paris"), owner
        ),
        Selection(owner),
        Playhead(owner),
        SourceMarks(owner),
        Notes(tasks, lambda: dict(stored_notes), stored_notes.__setitem__, owner),
        stored_notes,
    )
    messages.posted.connect(environment.posted.append)
    return environment


@pytest.fixture(params=["dark", "light"])
def theme_name(request, qapp):
    """Run the test in the dark and in the light theme, and return the theme's name."""
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setStyleSheet("")
