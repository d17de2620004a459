"""The media bin: files in, media out."""

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from editor.schedule import segment_factory
from editor.schedule.model import Video
from editor.schedule.operations import Add, AddMedia
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.panel_fixtures import FakeFileDialogs, PanelEnvironment, SampleFiles
from ui.media_bin.list_model import ROW_ROLE
from ui.media_bin.panel import MediaBin
from ui.media_bin.sidecars import RecordingSidecars
from ui.services.drag_mime import MEDIA_MIME_TYPE, DragPayload, decode_payloads, encode_payloads


@pytest.fixture
def media_bin(environment: PanelEnvironment, choices: FakeFileDialogs, qtbot):
    panel = MediaBin(
        environment.controller,
        environment.media_service,
        environment.tasks,
        environment.formatter,
        environment.settings,
        selection=environment.selection,
        marks=environment.source_marks,
        file_dialogs=choices,
    )
    qtbot.addWidget(panel)
    panel.resize(264, 520)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def names(media_bin):
    return [media_bin._rows.get_row(number).name for number in range(media_bin._rows.rowCount())]


def wait_known(environment: PanelEnvironment, count: int):
    environment.wait_until(lambda: len(environment.webinar.media) == count)
    environment.wait_idle()


def choose(media_bin, *chosen_names):
    media_bin._view.clearSelection()
    for number, name in enumerate(names(media_bin)):
        if name in chosen_names:
            index = media_bin._rows.index(number)
            media_bin._view.selectionModel().select(index, media_bin._view.selectionModel().SelectionFlag.Select)
            media_bin._view.selectionModel().setCurrentIndex(
                index, media_bin._view.selectionModel().SelectionFlag.NoUpdate
            )


def texts(menu: QMenu):
    return [action.text() for action in menu.actions() if action.text()]


def trigger(menu: QMenu, text: str):
    next(action for action in menu.actions() if action.text() == text).trigger()


def make_url_mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_ctrl_i_asks_for_files_and_they_show_by_name(
    media_bin, environment: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    choices.paths = (files.video, files.image, files.slides, files.sound)
    media_bin.ask_import()
    wait_known(environment, 4)
    assert names(media_bin) == ["agenda.png", "interlude.mp3", "product tour.pdf", "welcome talk.mp4"]
    assert environment.controller.undo_step.op_tag == "know_media"
    rows = [media_bin._rows.get_row(number) for number in range(4)]
    assert [row.facts for row in rows] == ["640 × 360", "4 s", "3 page(s)", "6 s · 180p"]
    assert {row.state for row in rows} == {"ready"}


def test_files_dropped_from_the_file_manager_come_in(media_bin, environment: PanelEnvironment, files: SampleFiles):
    viewport = media_bin._view.viewport()
    at = QPoint(40, 40)
    data = make_url_mime(files.video, files.image)
    for kind in ("enter", "drop"):
        event = _drag(kind, at, data)
        QGuiApplication.sendEvent(viewport, event)
        assert event.isAccepted()
    wait_known(environment, 2)
    assert names(media_bin) == ["agenda.png", "welcome talk.mp4"]


def _drag(kind, at, data):
    from PySide6.QtGui import QDragEnterEvent

    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    if kind == "enter":
        return QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    return QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys)


def test_files_of_the_clipboard_are_pasted(media_bin, environment: PanelEnvironment, files: SampleFiles):
    QGuiApplication.clipboard().setMimeData(make_url_mime(files.sound))
    QTest.keyClick(media_bin._view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_known(environment, 1)
    assert names(media_bin) == ["interlude.mp3"]
    QGuiApplication.clipboard().clear()  # what Python made must not outlive it there


def test_importing_files_show_their_progress(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.video,))
    row = media_bin._rows.get_row(0)
    assert (row.name, row.state, row.percent) == ("welcome talk.mp4", "arriving", 0)
    assert "importing" in row.state_text
    assert media_bin._rows.media_at(0) is None
    wait_known(environment, 1)
    assert media_bin._rows.get_row(0).state == "ready"


def test_enter_and_double_click_ask_for_the_playhead(
    media_bin, environment: PanelEnvironment, files: SampleFiles, qtbot
):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    choose(media_bin, "welcome talk.mp4")
    with qtbot.waitSignal(media_bin.place_requested) as signal:
        QTest.keyClick(media_bin._view, Qt.Key.Key_Return)
    assert (signal.args[0].name, *signal.args[1:]) == ("welcome talk.mp4", None, None)
    spot = media_bin._view.visualRect(media_bin._rows.index(0)).center()
    QTest.mouseClick(media_bin._view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(media_bin.place_requested):
        QTest.mouseDClick(media_bin._view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_several_media_are_placed_in_one_step(media_bin, environment: PanelEnvironment, files: SampleFiles, qtbot):
    media_bin.import_files((files.video, files.image))
    wait_known(environment, 2)
    choose(media_bin, "welcome talk.mp4", "agenda.png")
    with qtbot.waitSignal(media_bin.place_requested) as signal:
        QTest.keyClick(media_bin._view, Qt.Key.Key_Return)
    assert [media.name for media in signal.args[0]] == ["agenda.png", "welcome talk.mp4"]


def test_in_and_out_points_of_the_bin_are_used_when_placing(
    media_bin, environment: PanelEnvironment, files: SampleFiles, qtbot
):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    choose(media_bin, "welcome talk.mp4")
    trim = media_bin._trim
    assert trim.isVisible()
    trim._in.setFocus()
    trim._in.selectAll()
    QTest.keyClicks(trim._in, "1,5")
    QTest.keyClick(trim._in, Qt.Key.Key_Return)
    strip = trim._strip
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() - 8, 20))
    QTest.mouseMove(strip, QPoint(round(strip._ms_to_x(4_000)), 20))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip._ms_to_x(4_000)), 20))
    (media,) = environment.webinar.media.values()
    in_ms, out_ms = environment.source_marks.get_range(media)
    assert in_ms == 1_500
    assert abs(out_ms - 4_000) < 30
    assert media_bin._rows.get_row(0).part
    with qtbot.waitSignal(media_bin.place_requested) as signal:
        QTest.keyClick(media_bin._view, Qt.Key.Key_Return)
    assert signal.args[1:] == [in_ms, out_ms]
    data = media_bin._rows.mimeData([media_bin._rows.index(0)])
    assert decode_payloads(bytes(data.data(MEDIA_MIME_TYPE).data())) == (DragPayload(media.sha256, in_ms, out_ms),)
    trim._whole_button.click()
    assert environment.source_marks.get_range(media) == (0, media.duration_ms)


def test_the_ends_keep_a_second_between_them(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    choose(media_bin, "welcome talk.mp4")
    strip = media_bin._trim._strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_I)
    for _ in range(9):
        QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (media,) = environment.webinar.media.values()
    assert environment.source_marks.get_range(media) == (5_000, 6_000)


def test_what_is_selected_stays_so_while_others_come_in(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    choose(media_bin, "welcome talk.mp4")
    (video,) = environment.webinar.media.values()
    environment.controller.edit(AddMedia(media=environment.import_files(files.image, files.sound)))
    assert media_bin.selected() == (video,)
    assert media_bin._trim.isVisible()


def test_pictures_have_no_in_and_out(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.image,))
    wait_known(environment, 1)
    choose(media_bin, "agenda.png")
    assert not media_bin._trim.isVisible()


def test_a_recording_brings_its_subtitles_and_its_chat(
    media_bin, environment: PanelEnvironment, files: SampleFiles, tmp_path, choices: FakeFileDialogs, monkeypatch
):
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    shutil.copy(files.video, meeting / "call.mp4")
    shutil.copy(files.subtitles, meeting / "call.vtt.srt")
    shutil.copy(files.subtitles, meeting / "call.srt")
    (meeting / "chat.txt").write_text("19:02 Ada: good evening\n", "utf-8")
    choices.paths = (meeting / "call.mp4",)
    monkeypatch.setattr(media_bin, "_ask_sidecars", lambda found: found)
    media_bin.ask_recording()
    environment.wait_until(lambda: any(media.captions for media in environment.webinar.media.values()))
    wait_known(environment, 1)
    (media,) = environment.webinar.media.values()
    assert [track.name for track in media.captions][-1:] == ["call.vtt.srt"] or media.captions[0].name == "call.srt"
    assert media_bin._rows.get_row(0).kind == "recording"
    assert environment.source_marks.get(media.sha256).chat == "19:02 Ada: good evening"
    choose(media_bin, "call.mp4")
    assert media_bin._rows._make_payload(media).recording
    trigger(media_bin.menu(), "Place as a video")
    assert media_bin._rows.get_row(0).kind == "video"


def test_what_lies_beside_a_recording_is_asked_about_once(
    media_bin, environment: PanelEnvironment, files: SampleFiles, qtbot, screenshot
):
    sidecars = RecordingSidecars((files.subtitles,), files.subtitles.with_name("chat.txt"), "hello")

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "welcome talk.srt" in box.informativeText()
        screenshot(box, "bin-recording")
        box.accept()
        box.done(QMessageBox.StandardButton.Ok)

    QTimer.singleShot(0, answer)
    assert media_bin._ask_sidecars(sidecars) == sidecars
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    assert media_bin._ask_sidecars(sidecars) is None
    assert media_bin._ask_sidecars(RecordingSidecars()) == RecordingSidecars()


def test_what_is_used_stays_and_what_is_not_can_go(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.video, files.image))
    wait_known(environment, 2)
    video = next(media for media in environment.webinar.media.values() if media.kind == "video")
    environment.controller.edit(Add(segments=(segment_factory.make_segment(video, 0, SEGMENT_DEFAULTS),)))
    choose(media_bin, "welcome talk.mp4")
    action = next(each for each in media_bin.menu().actions() if each.text() == "Remove from the bin")
    assert not action.isEnabled()
    choose(media_bin, "welcome talk.mp4", "agenda.png")
    QTest.keyClick(media_bin._view, Qt.Key.Key_Delete)
    assert names(media_bin) == ["welcome talk.mp4"]
    environment.controller.undo()
    assert names(media_bin) == ["agenda.png", "welcome talk.mp4"]


def test_a_missing_file_says_so_and_is_found_by_its_content(
    media_bin, environment: PanelEnvironment, files: SampleFiles, tmp_path, choices: FakeFileDialogs
):
    there = tmp_path / "talk.mp4"
    shutil.copy(files.video, there)
    media_bin.import_files((there,))
    wait_known(environment, 1)
    environment.wait_until(lambda: environment.media_service.get_path(next(iter(environment.webinar.media))))
    there.rename(tmp_path / "moved.mp4")
    environment.media_service.recheck()
    environment.wait_until(lambda: media_bin._rows.get_row(0).state == "missing")
    assert media_bin._missing_bar.isVisible()
    choose(media_bin, "talk.mp4")
    assert "Relink…" in texts(media_bin.menu())
    choices.place = tmp_path
    trigger(media_bin.menu(), "Relink…")
    environment.wait_until(lambda: not media_bin._missing_bar.isVisible())
    assert media_bin._rows.get_row(0).state == "ready"


def test_subtitles_are_attached_from_the_menu(
    media_bin, environment: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    choose(media_bin, "welcome talk.mp4")
    choices.paths = (files.subtitles,)
    trigger(media_bin.menu(), "Attach subtitles…")
    environment.wait_until(lambda: next(iter(environment.webinar.media.values())).captions)
    tip = media_bin._rows.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "welcome talk.srt" in tip


def test_another_file_replaces_the_media_of_the_selected_segment(
    media_bin, environment: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    (video,) = environment.webinar.media.values()
    segment = segment_factory.make_segment(video, 5_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(segment,)))
    choices.paths = (files.silent,)
    media_bin.ask_replace(segment.id)
    environment.wait_until(lambda: environment.webinar.programme[0].media != video.sha256)
    (new,) = environment.webinar.programme
    assert isinstance(new, Video)
    assert (new.id, new.start_ms, new.length_ms) == (segment.id, 5_000, segment.length_ms)
    environment.selection.set((segment.id,))
    choose(media_bin, "welcome talk.mp4")
    trigger(media_bin.menu(), "Use in the selected segment")
    assert environment.webinar.programme[0].media == video.sha256


def test_names_with_line_breaks_and_odd_letters_stay_on_one_line(
    media_bin, environment: PanelEnvironment, files: SampleFiles, tmp_path, screenshot
):
    odd = tmp_path / "två\nrader “☕” שלום.png"
    shutil.copy(files.image, odd)
    media_bin.import_files((odd,))
    wait_known(environment, 1)
    assert media_bin._rows.index(0).data(ROW_ROLE).name == " ".join(odd.name.split())
    screenshot(media_bin, "bin-odd-name")


def test_a_screen_reader_hears_all_of_a_row(media_bin, environment: PanelEnvironment, files: SampleFiles):
    media_bin.import_files((files.video,))
    wait_known(environment, 1)
    accessible_text = media_bin._rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert accessible_text == "welcome talk.mp4, video, 6 s · 180p, ready"


def test_one_media_is_one_object_and_several_are_a_list_on_the_wire():
    one, other = DragPayload("a" * 64), DragPayload("b" * 64, 1, 2, recording=True)
    assert encode_payloads((one,)).startswith(b"{")
    assert decode_payloads(encode_payloads((one,))) == (one,)
    assert decode_payloads(encode_payloads((one, other))) == (one, other)
    assert decode_payloads(b"[1, 2") == ()


@pytest.mark.usefixtures("theme_name")
def test_it_looks_as_it_should(media_bin, environment: PanelEnvironment, files: SampleFiles, theme_name, screenshot):
    screenshot(media_bin, f"bin-empty-{theme_name}")
    media_bin.import_files((files.video, files.image, files.slides, files.sound, files.silent))
    wait_known(environment, 5)
    video = next(media for media in environment.webinar.media.values() if media.name == "welcome talk.mp4")
    environment.controller.edit(Add(segments=(segment_factory.make_segment(video, 0, SEGMENT_DEFAULTS),)))
    environment.source_marks.set_recording(
        next(m.sha256 for m in environment.webinar.media.values() if m.name == "silent.mp4"), recording=True
    )
    choose(media_bin, "welcome talk.mp4")
    environment.source_marks.set_range(video, 1_000, 5_000)
    media_bin._show_trim()
    media_bin.grab()
    environment.wait_idle()
    media_bin.grab()
    environment.wait_idle()
    screenshot(media_bin, f"bin-{theme_name}")
