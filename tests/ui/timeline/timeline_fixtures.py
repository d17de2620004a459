"""Webinars, fake media previews, and a harness around a timeline, all without a disk."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from editor.schedule.model import (
    Audio,
    Cta,
    Image,
    Marker,
    Media,
    Page,
    Presentation,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.settings import Settings
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.text.formatter import Formatter
from ui.timeline.timeline_widget import TimelineWidget

TALK, AGENDA, SLIDES, SONG, CALL = (letter * 64 for letter in "abcde")


def make_onboarding_webinar() -> Webinar:
    """Return a webinar with a segment of every kind, gaps, a freeze frame and a marker.

    Programme: Welcome 10–70 s (5 s freeze frame), Agenda 70–80, Tour 90–180, Song 200–230, Call 240–300.
    Interactions: Book 20–50 s, How 100–160.
    """
    media = (
        Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=120_000, width=1920, height=1080, has_audio=True),
        Media(sha256=AGENDA, kind="image", name="agenda.png", width=800, height=600),
        Media(sha256=SLIDES, kind="presentation", name="tour.pdf", pages=3),
        Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=30_000, has_audio=True),
        Media(sha256=CALL, kind="video", name="call.mkv", duration_ms=60_000, width=1280, height=720),
    )
    return Webinar(
        id="w",
        title="Onboarding",
        start="2026-12-01T19:12:30",
        zone="Europe/Paris",
        programme=(
            Video(
                id="welcome", start_ms=10_000, title="Welcome", media=TALK, in_ms=5_000, out_ms=60_000, hold_ms=5_000
            ),
            Image(id="agenda", start_ms=70_000, title="Agenda", media=AGENDA, length_ms=10_000),
            Presentation(
                id="tour",
                start_ms=90_000,
                title="Tour",
                media=SLIDES,
                pages=tuple(Page(page=page, length_ms=30_000) for page in range(3)),
                out_ms=90_000,
            ),
            Audio(id="song", start_ms=200_000, title="Song", media=SONG, out_ms=30_000),
            Recording(id="call", start_ms=240_000, title="Call", media=CALL, out_ms=60_000),
        ),
        interactions=(
            Cta(id="book", start_ms=20_000, title="Book", offer="o1", length_ms=30_000, label="Book a call"),
            Survey(
                id="how",
                start_ms=100_000,
                title="How was it?",
                offer="o2",
                length_ms=60_000,
                questions=(Question(id="q", text="Was it clear?"),),
            ),
        ),
        markers=(Marker(id="demo", at_ms=85_000, title="Demo"),),
        media={each.sha256: each for each in media},
    )


def make_large_webinar(count: int) -> Webinar:
    """Return a webinar of `count` segments: images of 2 to 9 s without gaps, a call to action over every third."""
    programme, interactions, at_ms = [], [], 0
    for number in range(count * 3 // 4):
        length_ms = 2_000 + number * 1_237 % 7_000
        programme.append(
            Image(id=f"p{number}", start_ms=at_ms, title=f"Picture {number}", media=AGENDA, length_ms=length_ms)
        )
        if number % 3 == 0 and len(interactions) < count - count * 3 // 4:
            interactions.append(
                Cta(id=f"i{number}", start_ms=at_ms, title=f"Offer {number}", offer=f"o{number}", length_ms=1_500)
            )
        at_ms += length_ms
    agenda = Media(sha256=AGENDA, kind="image", name="agenda.png", width=800, height=600)
    return Webinar(id="w", programme=tuple(programme), interactions=tuple(interactions), media={AGENDA: agenda})


@dataclass
class FakePeaks:
    step_ms: int = 20
    values: bytes = bytes(range(0, 250, 5)) * 40


class FakeMediaService(QObject):
    """A media service whose pictures are ready at once, in a plain colour per kind of picture."""

    previews_changed = Signal(str)
    lost = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, str] = {}
        self.requests: list[tuple[str, str, int]] = []
        self.has_images = True

    def _make_image(self, what: str, sha256: str, at: int, colour: str) -> QImage | None:
        self.requests.append((what, sha256, at))
        if not self.has_images:
            return None
        image = QImage(320, 180, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        return image

    def get_thumbnail(self, sha256: str, at_ms: int = 0) -> QImage | None:
        return self._make_image("thumbnail", sha256, at_ms, "#203040")

    def get_image(self, sha256: str, _width: int) -> QImage | None:
        return self._make_image("image", sha256, 0, "#FF00FF")

    def get_page(self, sha256: str, page: int, _width: int) -> QImage | None:
        return self._make_image("page", sha256, page, "#FFFFFF")

    def get_peaks(self, _sha256: str) -> FakePeaks | None:
        return FakePeaks() if self.has_images else None

    def get_state(self, sha256: str) -> str:
        return self.states.get(sha256, "ready")

    def get_progress(self, _sha256: str) -> int | None:
        return None

    def get_path(self, _sha256: str) -> None:
        return None


class TimelineHarness:
    """A timeline with its services, and mouse and keyboard input by position in milliseconds."""

    def __init__(
        self, webinar: Webinar, settings: Settings, formatter: Formatter, media_service: FakeMediaService
    ) -> None:
        self.controller = DocumentController.in_memory(webinar)
        self.selection = Selection()
        self.playhead = Playhead()
        self.settings = settings
        self.media_service = media_service
        self.timeline = TimelineWidget(
            self.controller, self.selection, self.playhead, media_service, settings, formatter
        )

    @property
    def webinar(self) -> Webinar:
        return self.controller.webinar

    def segment(self, segment_id: str):
        found = self.webinar.find_segment(segment_id)
        assert found is not None, segment_id
        return found

    def point_at(self, lane: str, at_ms: int, *, dy: int = 0) -> QPoint:
        """Return the pixel of a position on a lane or on the ruler."""
        layout = self.timeline.viewport.layout
        band = layout.ruler if lane == "ruler" else layout.clip_band(lane)
        return QPoint(round(self.timeline.viewport.scale.x_of(at_ms)), band.top + band.height // 2 + dy)

    def press(self, point: QPoint, modifier=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton) -> None:
        QTest.mousePress(self.timeline, button, modifier, point)

    def move(self, point: QPoint) -> None:
        QTest.mouseMove(self.timeline, point)

    def release(self, point: QPoint, button=Qt.MouseButton.LeftButton) -> None:
        QTest.mouseRelease(self.timeline, button, Qt.KeyboardModifier.NoModifier, point)

    def click(self, point: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.timeline, Qt.MouseButton.LeftButton, modifier, point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.press(start)
        self.move(start + QPoint(5, 0))
        self.move(end)
        self.release(end)

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.timeline, key, modifier)
