"""Frames of the timeline, 1920 × 300, at 60, 500 and 10,000 segments: scroll, zoom, drag, ripple.

A frame is the whole cost of one event: for a drag and a ripple the mouse move with snapping and the edit that previews
it, then the painting with text, icons, thumbnails and waveforms. The baseline is a bare widget that fills as many plain
rectangles as segments are visible, with one `drawRects`, painted into the same image in the same run.

Times are CPU time of the GUI thread, so other programs on the machine do not count.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from editor.schedule.lane_search import find_segments_between
from editor.schedule.model import (
    HOUR,
    Audio,
    Cta,
    Image,
    Media,
    Page,
    Presentation,
    Recording,
    Video,
    Webinar,
)
from editor.settings import Settings
from tests.ui.timeline.timeline_fixtures import AGENDA, CALL, SLIDES, SONG, TALK, FakeMediaService, TimelineHarness
from ui.text.formatter import Formatter
from ui.timeline.input.dragging import ResizeGesture

pytestmark = pytest.mark.benchmark_table
WIDTH, HEIGHT = 1920, 300
ROUNDS = 80
BAR_MS = 8


def make_mixed_webinar(count: int) -> Webinar:
    """Return a webinar of all kinds, some with a freeze frame, and a call to action over every third segment."""
    media = (
        Media(sha256=TALK, kind="video", name="t.mp4", duration_ms=HOUR, width=1920, height=1080, has_audio=True),
        Media(sha256=AGENDA, kind="image", name="a.png", width=800, height=600),
        Media(sha256=SLIDES, kind="presentation", name="s.pdf", pages=9),
        Media(sha256=SONG, kind="audio", name="s.mp3", duration_ms=HOUR, has_audio=True),
        Media(sha256=CALL, kind="video", name="c.mkv", duration_ms=HOUR, width=1280, height=720, has_audio=True),
    )
    programme, interactions, at_ms = [], [], 0
    for number in range(count * 3 // 4):
        length_ms = 2_000 + number * 1_237 % 13_000
        plain = {"id": f"p{number}", "start_ms": at_ms, "title": f"Segment {number}"}
        kind = number % 5
        if kind == 0:
            segment = Video(**plain, media=TALK, out_ms=length_ms - 1_000, hold_ms=1_000)
        elif kind == 1:
            segment = Image(**plain, media=AGENDA, length_ms=length_ms)
        elif kind == 2:
            pages = tuple(Page(page=page, length_ms=length_ms) for page in range(3))
            segment = Presentation(**plain, media=SLIDES, pages=pages, out_ms=length_ms)
        elif kind == 3:
            segment = Audio(**plain, media=SONG, out_ms=length_ms)
        else:
            segment = Recording(**plain, media=CALL, out_ms=length_ms)
        programme.append(segment)
        if number % 3 == 0 and len(interactions) < count // 4:
            interactions.append(
                Cta(id=f"i{number}", start_ms=at_ms, title=f"Offer {number}", offer=f"o{number}", length_ms=1_500)
            )
        at_ms += length_ms + 300 * (number % 4 == 0)
    return Webinar(
        id="w",
        programme=tuple(programme),
        interactions=tuple(interactions),
        media={each.sha256: each for each in media},
    )


class BareRectangles(QWidget):
    """Fills a number of rectangles and does nothing else."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(WIDTH, HEIGHT)
        wide = WIDTH / count
        self._rects = [QRectF(number * wide, 60, max(wide - 0.5, 0.2), 200) for number in range(count)]

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#101216"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#0072B2"))
        painter.drawRects(self._rects)
        painter.end()


class FrameTimer:
    """Measures frames of a widget painted into an image."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)

    def measure_frames(self, event: Callable[[int], object], rounds: int = ROUNDS) -> list[tuple[float, float]]:
        """Return the milliseconds of the event and of the painting for each frame."""
        self._widget.render(self._image)
        times = []
        for number in range(rounds):
            started_at = time.thread_time()
            event(number)
            painting = time.thread_time()
            self._widget.render(self._image)
            times.append(((painting - started_at) * 1_000, (time.thread_time() - painting) * 1_000))
        return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


@pytest.fixture
def make_harness(qapp) -> Callable[[int, bool], TimelineHarness]:
    def make(count: int, near: bool) -> TimelineHarness:
        harness = TimelineHarness(make_mixed_webinar(count), Settings(None), Formatter(), FakeMediaService())
        timeline = harness.timeline
        timeline.resize(WIDTH, HEIGHT)
        timeline.fit()
        if near:
            length = harness.webinar.length_ms
            timeline.set_scale(timeline.viewport.scale.fitted(length // 2, length // 2 + length * 100 // count))
        return harness

    return make


def measure_gestures(harness: TimelineHarness) -> dict[str, list[tuple[float, float]]]:
    timeline, mouse, settings = harness.timeline, harness.timeline.mouse, harness.settings
    frame_timer = FrameTimer(timeline)
    forth = ROUNDS // 2
    found = {
        "scroll": frame_timer.measure_frames(
            lambda n: timeline.set_scale(timeline.viewport.scale.panned(9 if n < forth else -9))
        ),
        "zoom": frame_timer.measure_frames(
            lambda n: timeline.set_scale(timeline.viewport.scale.zoomed(1.04 if n < forth else 1 / 1.04, WIDTH / 2))
        ),
    }
    scale = timeline.viewport.scale
    here = find_segments_between(harness.webinar.programme, scale.origin_ms + scale.span_ms // 3, scale.end_ms)
    grabbed = here[0]
    x = scale.x_of(grabbed.start_ms) + scale.px_of(grabbed.length_ms) / 2
    for mode in ("normal", "insert", "overwrite"):
        settings["mode"] = mode
        mouse.press(x, 100)
        found[f"drag, {mode}"] = frame_timer.measure_frames(lambda n: mouse.move(x + 5 + 3 * n, 110))
        mouse.cancel_gesture()
    settings["mode"] = "insert"
    mouse.begin_gesture(ResizeGesture(timeline.make_gesture_context(), grabbed, "end", grabbed.end_ms))
    edge = scale.x_of(grabbed.end_ms)
    found["ripple"] = frame_timer.measure_frames(lambda n: mouse.move_gesture(edge + 3 + n, 110))
    mouse.cancel_gesture()
    settings["mode"] = "normal"
    return found


@pytest.mark.parametrize(("count", "near"), [(60, False), (500, False), (500, True), (10_000, False), (10_000, True)])
def test_frames(make_harness, count, near):
    harness = make_harness(count, near)
    seen = 100 if near else count
    bare = statistics.median(paint for _, paint in FrameTimer(BareRectangles(seen)).measure_frames(lambda _: None))
    print(f"\n{count:>6} segments, {seen:>5} in view; {seen} bare rectangles take {bare:.2f} ms")
    found = measure_gestures(harness)
    for name, times in found.items():
        totals = [event + paint for event, paint in times]
        edit, paint = (statistics.median(part) for part in zip(*times, strict=True))
        print(
            f"        {name:<16} median {statistics.median(totals):6.2f} ms   p95 {p95(totals):6.2f} ms"
            f"   (event {edit:5.2f}, painting {paint:5.2f} = {paint / bare:5.1f} × bare)"
            f"{'' if p95(totals) <= BAR_MS else f'   over {BAR_MS} ms'}"
        )
    # On any machine the cost of a frame depends on what is visible and not on the number of segments.
    painting = statistics.median(paint for _, paint in found["scroll"])
    assert painting < 25 * max(bare, 0.3)
