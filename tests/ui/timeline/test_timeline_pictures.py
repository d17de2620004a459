"""What is painted. Pictures are kept where ``MATINEE_SHOTS`` says, for people to look at."""

import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion

from editor.schedule import operations as ops
from editor.schedule.model import KINDS, Image, Video, Webinar, kind_of, lane_of
from ui.theme import KIND_COLOURS, contrast, look_of, text_on
from ui.timeline.letters import Letters, one_line
from ui.timeline.plates import Plates


def grabbed(table, ratio=1.0) -> QImage:
    timeline = table.timeline
    image = QImage(timeline.size() * ratio, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    timeline.render(image)
    return image


def farthest(one: QImage, other: QImage) -> int:
    """The greatest difference of a channel; letters that are clipped are rounded a little otherwise."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(left - right) for left, right in pairs)


def colours(image, rect: QRect):
    ratio = round(image.devicePixelRatio())
    return {
        image.pixelColor(x * ratio, y * ratio).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }


def block_rect(table, segment_id, inset=2) -> QRect:
    segment = table.segment(segment_id)
    view = table.timeline.view
    band = view.layout.block(lane_of(segment))
    left, right = view.scale.x_of(segment.start_ms), view.scale.x_of(segment.end_ms)
    return QRect(round(left), band.top, round(right - left), band.height).adjusted(inset, inset, -inset, -inset)


def test_each_kind_wears_its_colour(table):
    image = grabbed(table)
    for segment in table.webinar.segments:
        assert KIND_COLOURS[kind_of(segment)].name() in colours(image, block_rect(table, segment.id)), segment.id


@pytest.mark.parametrize("kind", KINDS)
def test_titles_have_contrast_on_every_kind(kind):
    assert contrast(KIND_COLOURS[kind], text_on(KIND_COLOURS[kind])) >= 4.5


def test_the_playhead_is_the_brightest_line(table, dressed):
    table.playhead.seek(40_000)
    image = grabbed(table)
    look = look_of(table.timeline)
    x, y = table.at("programme", 40_000).x(), table.timeline.view.layout.programme.top + 2
    line = {image.pixelColor(x + dx, y).name() for dx in (-1, 0, 1)}
    assert look.playhead.name() in line
    assert contrast(look.playhead, look.lane) >= 4.5
    assert contrast(look.playhead, look.lane) > contrast(look.line, look.lane)


def test_moving_the_playhead_repaints_only_what_it_left_and_what_it_entered(table, qtbot):
    table.playhead.follow(40_000)
    grabbed(table)
    painted = []
    original = table.timeline.paintEvent

    def watch(event):
        painted.append(sum(rect.width() * rect.height() for rect in event.region()))
        original(event)

    table.timeline.paintEvent = watch
    table.playhead.follow(40_100)
    qtbot.waitUntil(lambda: bool(painted))
    assert painted[0] < 0.15 * table.timeline.width() * table.timeline.height()


def test_partial_repaints_add_up_to_a_whole_one(table, dressed, qtbot):
    """What is painted piece by piece as the playhead runs must look as if painted at once."""
    painted = []
    original = table.timeline.paintEvent

    def watch(event):
        painted.append(QRegion(event.region()))
        original(event)

    pieces = grabbed(table)
    for at_ms in range(20_000, 60_000, 1_900):
        table.timeline.paintEvent = watch
        painted.clear()
        table.playhead.follow(at_ms)
        qtbot.waitUntil(lambda: bool(painted))
        table.timeline.paintEvent = original
        for region in painted:
            table.timeline.render(pieces, region.boundingRect().topLeft(), region)
    assert farthest(pieces, grabbed(table)) <= 8


def test_the_hold_is_hatched(table):
    rect = block_rect(table, "welcome")
    scale = table.timeline.view.scale
    image = grabbed(table)
    held = QRect(round(scale.x_of(65_000)) + 3, rect.top() + 40, 12, 30)
    plain = KIND_COLOURS["video"].name()
    found = colours(image, held)
    assert plain in found
    assert len(found) > 2


def test_missing_media_are_marked_in_words(table, monkeypatch):
    said = []
    draw = Letters.draw
    monkeypatch.setattr(
        Letters, "draw", lambda self, p, x, y, text, *rest: said.append(text) or draw(self, p, x, y, text, *rest)
    )
    table.desk.states["d" * 64] = "missing"
    table.desk.states["c" * 64] = "unprepared"
    grabbed(table)
    assert "file missing" in said
    assert "preparing" in said


def test_pictures_are_asked_for_only_where_they_are_seen(table):
    table.timeline.look(table.timeline.view.scale.zoomed(10, 130).at(240_000))
    table.desk.asked.clear()
    grabbed(table)
    assert {sha for _, sha, _ in table.desk.asked} <= {"e" * 64}


def test_pictures_that_come_later_are_drawn_then(lay, desk):
    desk.shown = False
    table = lay()
    rect = block_rect(table, "agenda")
    assert "#ff00ff" not in colours(grabbed(table), rect)
    table.desk.shown = True
    table.desk.pictured.emit("b" * 64)
    assert "#ff00ff" in colours(grabbed(table), rect)


def test_a_selected_block_has_an_outline_and_a_locked_one_no_handles(table, dressed):
    table.selection.set(("tour",))
    image = grabbed(table)
    rect = block_rect(table, "tour", inset=0)
    ink = look_of(table.timeline).text.name()
    assert ink in colours(image, QRect(rect.left() + 20, rect.top() - 3, 30, 4))
    unlocked = colours(image, QRect(rect.left() + 3, rect.center().y() - 5, 4, 10))
    table.bridge.edit(ops.Lock(lane="programme"))
    locked = colours(grabbed(table), QRect(rect.left() + 3, rect.center().y() - 5, 4, 10))
    assert unlocked != locked


def test_the_ruler_reads_the_events_own_clock(table):
    ruler = table.timeline._painter._ruler
    assert ruler.label(table.timeline.scene(), 90_000) == "0:01:30"
    table.settings["ruler"] = "clock"
    assert ruler.label(table.timeline.scene(), 90_000) == "19:14:00"
    table.bridge.edit(ops.Plan(start=None))
    assert ruler.label(table.timeline.scene(), 90_000) == "0:01:30", "no start yet: the position"


def test_the_bubble_tells_start_end_length_and_difference_to_the_millisecond(table, monkeypatch):
    said = []
    draw = Letters.draw
    monkeypatch.setattr(
        Letters, "draw", lambda self, p, x, y, text, *rest: said.append(text) or draw(self, p, x, y, text, *rest)
    )
    table.press(table.at("programme", 210_000))
    table.move(table.at("programme", 310_000))
    said.clear()
    grabbed(table)
    figures = [text for text in said if re.fullmatch(r"[+−]?\d:\d\d:\d\d\.\d{3}", text)]
    assert len(figures) == 4
    assert figures[3].startswith("+")
    assert {"Start", "End", "Length"} <= set(said)
    table.key(Qt.Key.Key_Escape)
    table.release(table.at("programme", 310_000))


STRANGE = (
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
def test_strange_titles_are_drawn_at_every_scale(lay, shot, dressed, ratio):
    titles = tuple(
        Image(id=f"t{number}", start_ms=number * 20_000, title=title, media="b" * 64, length_ms=19_000)
        for number, title in enumerate(STRANGE)
    )
    table = lay(Webinar(id="w", programme=titles))
    image = grabbed(table, ratio)
    assert not image.isNull()
    image.save(str(shot(table.timeline, f"titles-{dressed}").with_name(f"titles-{dressed}-{ratio}.png")))


def test_a_title_is_one_line_and_cut_to_its_room(qapp):
    letters = Letters(qapp.font())
    assert one_line("a\nb\tc") == "a b c"
    cut = letters.cut("A long title that does not fit", "title", 90)
    assert cut.endswith("…")
    assert letters.width(cut, "title") <= 92
    assert letters.cut("A long title", "title", 12) == ""
    assert letters.cut("Short", "title", 500) == "Short"


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_plates_lie_on_the_screens_own_pixels(qapp, ratio):
    plates = Plates()
    plates.ratio = ratio
    for x in (10.3, 99.9, 1234.56):
        assert (plates.snapped(x) * ratio) % 1 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("count", [0, 7, 2_000])
def test_looked_at(lay, crowd, shot, dressed, count):
    """For the eyes: an empty timeline, a usual one and a crowded one."""
    table = lay(Webinar(id="w") if not count else None if count == 7 else crowd(count))
    if count == 7:
        table.playhead.seek(40_000)
        table.selection.set(("welcome",))
    picture = shot(table.timeline, f"timeline-{count}-{dressed}")
    assert picture.stat().st_size > 1_000


def test_an_end_at_24_hours_is_drawn(lay):
    day = 24 * 3_600_000
    whole = Webinar(id="w", programme=(Image(id="i", start_ms=0, title="All day", media="b" * 64, length_ms=day),))
    table = lay(whole)
    table.timeline.look(table.timeline.view.scale.at(day))
    image = grabbed(table)
    assert KIND_COLOURS["image"].name() in colours(image, QRect(300, 100, 4, 4)) | colours(image, QRect(300, 150, 4, 4))


def test_a_very_long_segment_very_near_is_drawn(lay):
    clip = Video(id="v", start_ms=0, title="Long", media="a" * 64, out_ms=20 * 3_600_000, hold_ms=3_600_000)
    table = lay(Webinar(id="w", programme=(clip,)))
    table.timeline.look(table.timeline.view.scale.zoomed(1e9, 400).at(10 * 3_600_000))
    assert table.timeline.view.scale.us_per_px == 1_000
    assert QColor(KIND_COLOURS["video"]).name() in colours(grabbed(table), QRect(300, 70, 200, 20))
