"""The length pop-up after an add."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.schedule import segment_factory
from editor.schedule.model import Image, Media, Page, Presentation, Video
from editor.schedule.operations import Add, Lengths, Lock
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.panel_fixtures import PanelEnvironment
from ui.inspector.length_popup.popup import LengthPopup
from ui.inspector.length_popup.rows import keep_contiguous, share_evenly

VIDEO = Media(
    sha256="a" * 64, kind="video", name="welcome-talk.mp4", duration_ms=760_000, width=1920, height=1080, has_audio=True
)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)
SLIDES = Media(sha256="c" * 64, kind="presentation", name="product-tour.pdf", pages=3)


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    widget.resize(900, 600)
    widget.field = QLineEdit(widget)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    widget.field.setFocus()
    return widget


@pytest.fixture
def popup(environment: PanelEnvironment, window):
    return LengthPopup(
        environment.controller,
        environment.media_service,
        environment.formatter,
        environment.settings,
        window,
        find_segment_rect=lambda _id: QRect(window.mapToGlobal(window.rect().center()), window.rect().size() / 8),
    )


def add_media(environment: PanelEnvironment, *media, at=0):
    segments = segment_factory.make_sequence(media, at, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=segments, media=media))
    return segments


def type_text(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_it_opens_after_an_add_with_the_focus_in_the_first_field(popup, environment: PanelEnvironment):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    assert popup._rows[0].fields[0].hasFocus()
    assert "freeze frame" in popup._hint_label.text()
    assert popup._hint_label.isVisible()


def test_enter_applies_the_lengths_within_the_undo_step_of_the_add(popup, environment: PanelEnvironment, window):
    (segment,) = add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    begin, end, hold = popup._rows[0].fields
    type_text(begin, "10")
    type_text(end, "70s")
    type_text(hold, "8")
    QTest.keyClick(hold, Qt.Key.Key_Return)
    (video,) = environment.webinar.programme
    assert isinstance(video, Video)
    assert (video.in_ms, video.out_ms, video.hold_ms) == (10_000, 70_000, 8_000)
    assert not popup.isVisible()
    assert window.field.hasFocus()
    environment.controller.undo()
    assert not environment.webinar.programme
    assert environment.controller.undo_step is None
    environment.controller.redo()
    assert environment.webinar.programme == (video,)
    assert video.id == segment.id


def test_esc_keeps_the_default_lengths(popup, environment: PanelEnvironment):
    (segment,) = add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    type_text(popup._rows[0].fields[2], "90")
    QTest.keyClick(popup._rows[0].fields[2], Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert environment.webinar.programme == (segment,)


def test_several_files_share_one_pop_up_and_stay_contiguous(popup, environment: PanelEnvironment):
    add_media(environment, VIDEO, IMAGE, SLIDES)
    environment.wait_until(popup.isVisible)
    video_row, image_row, slides_row = popup._rows
    type_text(video_row.fields[1], "60")
    type_text(image_row.fields[0], "20")
    type_text(slides_row.fields[1], "30")
    popup.accept()
    video, image, slides = environment.webinar.programme
    assert (video.start_ms, video.end_ms) == (0, 65_000)
    assert (image.start_ms, image.end_ms) == (65_000, 85_000)
    assert (slides.start_ms, slides.end_ms) == (85_000, 115_000)
    assert [page.length_ms for page in slides.pages] == [10_000] * 3
    environment.controller.undo()
    assert not environment.webinar.programme


def test_each_page_can_have_its_own_time(popup, environment: PanelEnvironment):
    add_media(environment, SLIDES)
    environment.wait_until(popup.isVisible)
    (row,) = popup._rows
    row._open_button.click()
    row._editor.pages_edited.emit(
        (Page(page=0, length_ms=5_000), Page(page=1, length_ms=7_000), Page(page=2, length_ms=9_000))
    )
    assert row.fields[1].value_ms == 21_000
    popup.accept()
    (slides,) = environment.webinar.programme
    assert isinstance(slides, Presentation)
    assert [page.length_ms for page in slides.pages] == [5_000, 7_000, 9_000]
    assert slides.length_ms == 21_000


def test_a_length_without_room_shows_an_error_and_the_pop_up_stays_open(popup, environment: PanelEnvironment):
    add_media(environment, IMAGE, at=15_000)
    environment.wait_until(popup.isVisible)
    popup.dismiss()
    add_media(environment, IMAGE)
    environment.wait_until(popup.isVisible)
    field = popup._rows[0].fields[0]
    type_text(field, "16")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert popup._error_line.is_shown
    assert popup.isVisible()
    assert environment.webinar.programme[0].length_ms == 10_000
    type_text(field, "14")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert environment.webinar.programme[0].length_ms == 14_000


def test_an_out_point_before_the_in_point_cannot_be_applied(popup, environment: PanelEnvironment):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    begin, end, _ = popup._rows[0].fields
    type_text(begin, "60")
    type_text(end, "30")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert not popup._set_button.isEnabled()


def test_another_edit_closes_it_and_does_not_join_its_undo_step(popup, environment: PanelEnvironment):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    environment.controller.edit(Lock(lane="interactions"))
    assert not popup.isVisible()
    assert environment.controller.undo_step.op_tag == "lock"


def test_undo_closes_it(popup, environment: PanelEnvironment):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    environment.controller.undo()
    assert not popup.isVisible()


def test_it_does_not_open_again_after_dont_ask_again(popup, environment: PanelEnvironment, qtbot):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    popup._never_button.click()
    assert environment.settings["ask_lengths"] is False
    add_media(environment, IMAGE, at=800_000)
    qtbot.wait(20)
    assert not popup.isVisible()


def test_new_times_of_an_existing_segment_are_their_own_undo_step(popup, environment: PanelEnvironment):
    (segment,) = add_media(environment, IMAGE)
    environment.wait_until(popup.isVisible)
    popup.dismiss()
    popup.open_for_segment(segment.id)
    start, lasts = popup._rows[0].fields
    type_text(start, "30")
    type_text(lasts, "12")
    QTest.keyClick(lasts, Qt.Key.Key_Return)
    (image,) = environment.webinar.programme
    assert isinstance(image, Image)
    assert (image.start_ms, image.length_ms) == (30_000, 12_000)
    environment.controller.undo()
    assert environment.webinar.programme == (segment,)


def test_it_stays_inside_the_window(popup, environment: PanelEnvironment, window):
    add_media(environment, VIDEO, IMAGE, SLIDES)
    environment.wait_until(popup.isVisible)
    window.resize(640, 420)
    assert window.rect().contains(popup.geometry())


def test_contiguous_segments_stay_contiguous_and_gaps_are_kept():
    first, second = segment_factory.make_sequence((IMAGE, IMAGE), 0, SEGMENT_DEFAULTS)
    third = segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS)
    lengths = keep_contiguous([(first, Lengths(segment=first.id, play_ms=4_000)), (second, None), (third, None)])
    assert lengths == (
        Lengths(segment=first.id, play_ms=4_000),
        Lengths(segment=second.id, start_ms=4_000),
    )


def test_a_total_time_is_divided_to_the_millisecond():
    pages = tuple(Page(page=number, length_ms=1) for number in range(3))
    assert [page.length_ms for page in share_evenly(pages, 10_000)] == [3_334, 3_333, 3_333]


@pytest.mark.usefixtures("theme_name")
def test_screenshots(popup, environment: PanelEnvironment, window, theme_name, screenshot):
    add_media(environment, VIDEO)
    environment.wait_until(popup.isVisible)
    screenshot(window, f"lengths-one-{theme_name}")
    popup.dismiss()
    add_media(environment, VIDEO, IMAGE, SLIDES, at=2_000_000)
    environment.wait_until(popup.isVisible)
    popup._rows[2]._open_button.click()
    environment.wait_idle()
    screenshot(window, f"lengths-several-{theme_name}")
