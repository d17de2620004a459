"""What is painted. Screenshots are stored in the folder that ``MATINEE_SHOTS`` names."""

import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion

from editor.schedule import operations as ops
from editor.schedule.kinds import kind_of, lane_of
from editor.schedule.model import KINDS, Image, Video, Webinar
from tests.screenshot_checks import require_picture
from ui.style.theme import KIND_COLOURS, contrast_ratio, look_of, text_on
from ui.timeline.paint.text_layout import TextLayout


def grab_image(harness, ratio=1.0) -> QImage:
    timeline = harness.timeline
    image = QImage(timeline.size() * ratio, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    timeline.render(image)
    return image


def find_max_difference(one: QImage, other: QImage) -> int:
    """Return the greatest difference of a channel; clipped glyphs are anti-aliased a little differently."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(left - right) for left, right in pairs)


def find_colours(image, rect: QRect):
    ratio = round(image.devicePixelRatio())
    return {
        image.pixelColor(x * ratio, y * ratio).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }


def find_clip_rect(harness, segment_id, inset=2) -> QRect:
    segment = harness.segment(segment_id)
    view = harness.timeline.viewport
    band = view.layout.clip_band(lane_of(segment))
    left, right = view.scale.x_of(segment.start_ms), view.scale.x_of(segment.end_ms)
    return QRect(round(left), band.top, round(right - left), band.height).adjusted(inset, inset, -inset, -inset)


def test_each_kind_has_its_colour(harness):
    image = grab_image(harness)
    for segment in harness.webinar.segments:
        assert KIND_COLOURS[kind_of(segment)].name() in find_colours(image, find_clip_rect(harness, segment.id)), (
            segment.id
        )


@pytest.mark.parametrize("kind", KINDS)
def test_titles_have_contrast_on_every_kind(kind):
    assert contrast_ratio(KIND_COLOURS[kind], text_on(KIND_COLOURS[kind])) >= 4.5


def test_the_playhead_is_the_brightest_line(harness, theme_name):
    harness.playhead.seek(40_000)
    image = grab_image(harness)
    look = look_of(harness.timeline)
    x, y = harness.point_at("programme", 40_000).x(), harness.timeline.viewport.layout.programme.top + 2
    line = {image.pixelColor(x + dx, y).name() for dx in (-1, 0, 1)}
    assert look.playhead.name() in line
    assert contrast_ratio(look.playhead, look.lane) >= 4.5
    assert contrast_ratio(look.playhead, look.lane) > contrast_ratio(look.line, look.lane)


def test_moving_the_playhead_repaints_only_its_old_and_new_place(harness, qtbot):
    harness.playhead.follow(40_000)
    grab_image(harness)
    painted = []
    original = harness.timeline.paintEvent

    def watch(event):
        painted.append(sum(rect.width() * rect.height() for rect in event.region()))
        original(event)

    harness.timeline.paintEvent = watch
    harness.playhead.follow(40_100)
    qtbot.waitUntil(lambda: bool(painted))
    assert painted[0] < 0.15 * harness.timeline.width() * harness.timeline.height()


def test_partial_repaints_look_like_a_complete_one(harness, theme_name, qtbot):
    """Repaints of parts while the playhead moves must look like one repaint of everything."""
    painted = []
    original = harness.timeline.paintEvent

    def watch(event):
        painted.append(QRegion(event.region()))
        original(event)

    pieces = grab_image(harness)
    for at_ms in range(20_000, 60_000, 1_900):
        harness.timeline.paintEvent = watch
        painted.clear()
        harness.playhead.follow(at_ms)
        qtbot.waitUntil(lambda: bool(painted))
        harness.timeline.paintEvent = original
        for region in painted:
            harness.timeline.render(pieces, region.boundingRect().topLeft(), region)
    assert find_max_difference(pieces, grab_image(harness)) <= 8


def test_the_freeze_frame_is_hatched(harness):
    rect = find_clip_rect(harness, "welcome")
    scale = harness.timeline.viewport.scale
    image = grab_image(harness)
    hold_rect = QRect(round(scale.x_of(65_000)) + 3, rect.top() + 40, 12, 30)
    plain = KIND_COLOURS["video"].name()
    found = find_colours(image, hold_rect)
    assert plain in found
    assert len(found) > 2


def test_missing_media_are_labelled(harness, monkeypatch):
    drawn_texts = []
    draw = TextLayout.draw
    monkeypatch.setattr(
        TextLayout,
        "draw",
        lambda self, p, x, y, text, *rest: drawn_texts.append(text) or draw(self, p, x, y, text, *rest),
    )
    harness.media_service.states["d" * 64] = "missing"
    harness.media_service.states["c" * 64] = "unprepared"
    grab_image(harness)
    assert "file missing" in drawn_texts
    assert "preparing" in drawn_texts


def test_only_visible_pictures_are_requested(harness):
    harness.timeline.set_scale(harness.timeline.viewport.scale.zoomed(10, 130).with_origin(240_000))
    harness.media_service.requests.clear()
    grab_image(harness)
    assert {sha for _, sha, _ in harness.media_service.requests} <= {"e" * 64}


def test_a_picture_that_is_ready_later_is_drawn_then(make_harness, media_service):
    media_service.has_images = False
    harness = make_harness()
    rect = find_clip_rect(harness, "agenda")
    assert "#ff00ff" not in find_colours(grab_image(harness), rect)
    harness.media_service.has_images = True
    harness.media_service.previews_changed.emit("b" * 64)
    assert "#ff00ff" in find_colours(grab_image(harness), rect)


def test_a_selected_clip_has_an_outline_and_a_locked_one_no_handles(harness, theme_name):
    harness.selection.set(("tour",))
    image = grab_image(harness)
    rect = find_clip_rect(harness, "tour", inset=0)
    ink = look_of(harness.timeline).text.name()
    assert ink in find_colours(image, QRect(rect.left() + 20, rect.top() - 3, 30, 4))
    unlocked = find_colours(image, QRect(rect.left() + 3, rect.center().y() - 5, 4, 10))
    harness.controller.edit(ops.Lock(lane="programme"))
    locked = find_colours(grab_image(harness), QRect(rect.left() + 3, rect.center().y() - 5, 4, 10))
    assert unlocked != locked


def test_the_drag_tooltip_shows_start_end_length_and_difference_in_milliseconds(harness, monkeypatch):
    drawn_texts = []
    draw = TextLayout.draw
    monkeypatch.setattr(
        TextLayout,
        "draw",
        lambda self, p, x, y, text, *rest: drawn_texts.append(text) or draw(self, p, x, y, text, *rest),
    )
    harness.press(harness.point_at("programme", 210_000))
    harness.move(harness.point_at("programme", 310_000))
    drawn_texts.clear()
    grab_image(harness)
    figures = [text for text in drawn_texts if re.fullmatch(r"[+−]?\d:\d\d:\d\d\.\d{3}", text)]
    assert len(figures) == 4
    assert figures[3].startswith("+")
    assert {"Start", "End", "Length"} <= set(drawn_texts)
    harness.key(Qt.Key.Key_Escape)
    harness.release(harness.point_at("programme", 310_000))


STRANGE_TITLES = (
    "a\nb\tc",
    "“quotes” 'and' \"more\"",
    "🎬🎥 emoji 👩‍👩‍👧",
    "שלום עולם — ברוכים הבאים",
    "مرحبا بكم في الندوة",
    "x" * 5_000,
    "",
    "<b>&amp;</b>",
)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_strange_titles_are_drawn_at_every_scale(make_harness, screenshot, theme_name, ratio):
    titles = tuple(
        Image(id=f"t{number}", start_ms=number * 20_000, title=title, media="b" * 64, length_ms=19_000)
        for number, title in enumerate(STRANGE_TITLES)
    )
    harness = make_harness(Webinar(id="w", programme=titles))
    image = grab_image(harness, ratio)
    assert not image.isNull()
    file = screenshot(harness.timeline, f"titles-{theme_name}").with_name(f"titles-{theme_name}-{ratio}.png")
    assert image.save(str(file))
    require_picture(file, (image.width(), image.height()))


@pytest.mark.parametrize("count", [0, 7, 2_000])
def test_screenshots_of_empty_usual_and_crowded_timelines(
    make_harness, make_crowded_webinar, screenshot, theme_name, count
):
    """Store screenshots of an empty timeline, a usual one and a crowded one."""
    harness = make_harness(Webinar(id="w") if not count else None if count == 7 else make_crowded_webinar(count))
    if count == 7:
        harness.playhead.seek(40_000)
        harness.selection.set(("welcome",))
    screenshot(harness.timeline, f"timeline-{count}-{theme_name}")


def test_an_end_at_24_hours_is_drawn(make_harness):
    day = 24 * 3_600_000
    webinar = Webinar(id="w", programme=(Image(id="i", start_ms=0, title="All day", media="b" * 64, length_ms=day),))
    harness = make_harness(webinar)
    harness.timeline.set_scale(harness.timeline.viewport.scale.with_origin(day))
    image = grab_image(harness)
    band = harness.timeline.viewport.layout.clip_band("programme")
    assert KIND_COLOURS["image"].name() in find_colours(image, QRect(300, band.top, 4, band.height))


def test_a_very_long_segment_is_drawn_at_the_closest_zoom(make_harness):
    clip = Video(id="v", start_ms=0, title="Long", media="a" * 64, out_ms=20 * 3_600_000, hold_ms=3_600_000)
    harness = make_harness(Webinar(id="w", programme=(clip,)))
    harness.timeline.set_scale(harness.timeline.viewport.scale.zoomed(1e9, 400).with_origin(10 * 3_600_000))
    assert harness.timeline.viewport.scale.us_per_px == 1_000
    assert QColor(KIND_COLOURS["video"]).name() in find_colours(grab_image(harness), QRect(300, 70, 200, 20))
