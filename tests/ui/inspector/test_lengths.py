"""The length pop-up after an add."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.schedule import build
from editor.schedule.model import Image, Media, Page, Presentation, Video
from editor.schedule.operations import Add, Lengths, Lock
from tests.ui.room import Room
from ui.inspector.length_rows import evenly, one_after_another
from ui.inspector.lengths import LengthPopup

VIDEO = Media(
    sha256="a" * 64, kind="video", name="welcome-talk.mp4", duration_ms=760_000, width=1920, height=1080, has_audio=True
)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)
SLIDES = Media(sha256="c" * 64, kind="presentation", name="product-tour.pdf", pages=3)
DEFAULTS = build.Defaults()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(900, 600)
    made.field = QLineEdit(made)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    return made


@pytest.fixture
def popup(room: Room, window):
    return LengthPopup(
        room.bridge,
        room.desk,
        room.words,
        room.settings,
        window,
        place_of=lambda _id: QRect(window.mapToGlobal(window.rect().center()), window.rect().size() / 8),
    )


def add(room: Room, *media, at=0):
    segments = build.sequence(media, at, DEFAULTS)
    room.bridge.edit(Add(segments=segments, media=media))
    return segments


def write(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_it_opens_by_itself_after_an_add_with_the_focus_in_the_first_field(popup, room: Room):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    assert popup._rows[0].fields[0].hasFocus()
    assert "slow lines" in popup._why.text()
    assert popup._why.isVisible()


def test_enter_sets_the_parts_within_the_same_undo_step(popup, room: Room, window):
    (segment,) = add(room, VIDEO)
    room.wait(popup.isVisible)
    begin, end, hold = popup._rows[0].fields
    write(begin, "10")
    write(end, "70s")
    write(hold, "8")
    QTest.keyClick(hold, Qt.Key.Key_Return)
    (video,) = room.webinar.programme
    assert isinstance(video, Video)
    assert (video.in_ms, video.out_ms, video.hold_ms) == (10_000, 70_000, 8_000)
    assert not popup.isVisible()
    assert window.field.hasFocus()
    room.bridge.undo()
    assert not room.webinar.programme
    assert room.bridge.undoable is None
    room.bridge.redo()
    assert room.webinar.programme == (video,)
    assert video.id == segment.id


def test_escape_keeps_the_default(popup, room: Room):
    (segment,) = add(room, VIDEO)
    room.wait(popup.isVisible)
    write(popup._rows[0].fields[2], "90")
    QTest.keyClick(popup._rows[0].fields[2], Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert room.webinar.programme == (segment,)


def test_several_files_are_one_pop_up_and_stay_end_to_end(popup, room: Room):
    add(room, VIDEO, IMAGE, SLIDES)
    room.wait(popup.isVisible)
    video_row, image_row, slides_row = popup._rows
    write(video_row.fields[1], "60")
    write(image_row.fields[0], "20")
    write(slides_row.fields[1], "30")
    popup.accept()
    video, image, slides = room.webinar.programme
    assert (video.start_ms, video.end_ms) == (0, 65_000)
    assert (image.start_ms, image.end_ms) == (65_000, 85_000)
    assert (slides.start_ms, slides.end_ms) == (85_000, 115_000)
    assert [page.length_ms for page in slides.pages] == [10_000] * 3
    room.bridge.undo()
    assert not room.webinar.programme


def test_each_page_can_have_a_time_of_its_own(popup, room: Room):
    add(room, SLIDES)
    room.wait(popup.isVisible)
    (row,) = popup._rows
    row._open.click()
    row._editor.pages_edited.emit(
        (Page(page=0, length_ms=5_000), Page(page=1, length_ms=7_000), Page(page=2, length_ms=9_000))
    )
    assert row.fields[1].value_ms == 21_000
    popup.accept()
    (slides,) = room.webinar.programme
    assert isinstance(slides, Presentation)
    assert [page.length_ms for page in slides.pages] == [5_000, 7_000, 9_000]
    assert slides.length_ms == 21_000


def test_no_room_is_said_before_one_sets_it_and_the_pop_up_stays(popup, room: Room):
    add(room, IMAGE, at=15_000)
    room.wait(popup.isVisible)
    popup.dismiss()
    add(room, IMAGE)
    room.wait(popup.isVisible)
    field = popup._rows[0].fields[0]
    write(field, "16")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert popup._refusal.shown
    assert popup.isVisible()
    assert room.webinar.programme[0].length_ms == 10_000
    write(field, "14")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert room.webinar.programme[0].length_ms == 14_000


def test_out_before_in_cannot_be_set(popup, room: Room):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    begin, end, _ = popup._rows[0].fields
    write(begin, "60")
    write(end, "30")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert not popup._set.isEnabled()


def test_another_edit_closes_it_and_never_joins_it(popup, room: Room):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    room.bridge.edit(Lock(lane="interactions"))
    assert not popup.isVisible()
    assert room.bridge.undoable.op_tag == "lock"


def test_undo_closes_it(popup, room: Room):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    room.bridge.undo()
    assert not popup.isVisible()


def test_who_does_not_want_to_be_asked_is_not(popup, room: Room, qtbot):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    popup._never.click()
    assert room.settings["ask_lengths"] is False
    add(room, IMAGE, at=800_000)
    qtbot.wait(20)
    assert not popup.isVisible()


def test_the_numbers_of_a_segment_are_a_step_of_their_own(popup, room: Room):
    (segment,) = add(room, IMAGE)
    room.wait(popup.isVisible)
    popup.dismiss()
    popup.open_numbers(segment.id)
    start, lasts = popup._rows[0].fields
    write(start, "30")
    write(lasts, "12")
    QTest.keyClick(lasts, Qt.Key.Key_Return)
    (image,) = room.webinar.programme
    assert isinstance(image, Image)
    assert (image.start_ms, image.length_ms) == (30_000, 12_000)
    room.bridge.undo()
    assert room.webinar.programme == (segment,)


def test_it_stays_inside_the_window(popup, room: Room, window):
    add(room, VIDEO, IMAGE, SLIDES)
    room.wait(popup.isVisible)
    window.resize(640, 420)
    assert window.rect().contains(popup.geometry())


def test_laid_end_to_end_stays_so_and_a_gap_stays_a_gap():
    first, second = build.sequence((IMAGE, IMAGE), 0, DEFAULTS)
    third = build.segment_for(IMAGE, 60_000, DEFAULTS)
    told = one_after_another([(first, Lengths(segment=first.id, play_ms=4_000)), (second, None), (third, None)])
    assert told == (
        Lengths(segment=first.id, play_ms=4_000),
        Lengths(segment=second.id, start_ms=4_000),
    )


def test_a_total_is_shared_out_to_the_millisecond():
    pages = tuple(Page(page=number, length_ms=1) for number in range(3))
    assert [page.length_ms for page in evenly(pages, 10_000)] == [3_334, 3_333, 3_333]


@pytest.mark.usefixtures("dress")
def test_it_looks_as_it_should(popup, room: Room, window, dress, shot):
    add(room, VIDEO)
    room.wait(popup.isVisible)
    shot(window, f"lengths-one-{dress}")
    popup.dismiss()
    add(room, VIDEO, IMAGE, SLIDES, at=2_000_000)
    room.wait(popup.isVisible)
    popup._rows[2]._open.click()
    room.wait_drawn()
    shot(window, f"lengths-several-{dress}")
