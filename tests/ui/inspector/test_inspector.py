"""The inspector: the fields of what is selected."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from editor.schedule import segment_factory
from editor.schedule.model import (
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Media,
    Page,
    Presentation,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.operations import Add, AddMedia, ChangeSegment, Lock
from tests.ui.panel_fixtures import FakeFileDialogs, PanelEnvironment, SampleFiles
from ui.inspector.panel import Inspector

TRACK = CaptionTrack(sha256="f" * 64, language="fr", name="welcome-talk.fr.vtt")
VIDEO = Media(
    sha256="a" * 64,
    kind="video",
    name="welcome-talk.mp4",
    duration_ms=760_000,
    width=1920,
    height=1080,
    has_audio=True,
    captions=(TRACK,),
)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)
SLIDES = Media(sha256="c" * 64, kind="presentation", name="product-tour.pdf", pages=3)
SOUND = Media(sha256="d" * 64, kind="audio", name="interlude.mp3", duration_ms=125_000, has_audio=True)
DEFAULTS = segment_factory.SegmentDefaults()


@pytest.fixture
def inspector(room: PanelEnvironment, choices: FakeFileDialogs, qtbot):
    window = QWidget()
    made = Inspector(
        room.controller,
        room.selection,
        room.media_service,
        room.formatter,
        room.settings,
        notes=room.notes,
        file_dialogs=choices,
    )
    made.remote_only = QLineEdit()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addWidget(made.remote_only)
    made.window_over = window
    qtbot.addWidget(window)
    window.resize(320, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return made


def add_and_select(room: PanelEnvironment, *segments, media=()):
    room.controller.edit(Add(segments=segments, media=media))
    room.selection.set(segment.id for segment in segments)
    return segments[0]


def current_form(inspector):
    return inspector.page


def type_text(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def timing_field(inspector, name):
    return current_form(inspector)._timing._fields[name]


def find_segment(room: PanelEnvironment, segment):
    return room.webinar.find_segment(segment.id)


# ------------------------------------------------------------------------------------------ timed


def test_every_field_of_a_video_is_one_step_each(inspector, room: PanelEnvironment):
    video = add_and_select(room, segment_factory.make_segment(VIDEO, 30_000, DEFAULTS), media=(VIDEO,))
    type_text(current_form(inspector)._title, "Welcome")
    type_text(timing_field(inspector, "start_ms"), "40")
    type_text(timing_field(inspector, "in_ms"), "12")
    type_text(timing_field(inspector, "out_ms"), "742")
    type_text(timing_field(inspector, "hold_ms"), "7")
    type_text(current_form(inspector)._sound._fade_in, "1,5")
    type_text(current_form(inspector)._sound._volume._percent, "80")
    current_form(inspector)._sound._volume._mute_button.click()
    changed = find_segment(room, video)
    assert isinstance(changed, Video)
    assert (changed.title, changed.start_ms) == ("Welcome", 40_000)
    assert (changed.in_ms, changed.out_ms, changed.hold_ms) == (12_000, 742_000, 7_000)
    assert (changed.fade_in_ms, changed.volume, changed.muted) == (1_500, 80, True)
    for _ in range(8):
        room.controller.undo()
    assert find_segment(room, video) == video


def test_plays_sets_the_out_point_and_stops_where_the_file_does(inspector, room: PanelEnvironment):
    video = add_and_select(room, segment_factory.make_segment(VIDEO, 0, DEFAULTS), media=(VIDEO,))
    type_text(timing_field(inspector, "play_ms"), "1m")
    assert find_segment(room, video).out_ms == 60_000
    field = timing_field(inspector, "play_ms")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "20m")
    assert "0:12:40.000" in field.error_text
    inspector.remote_only.setFocus()
    assert find_segment(room, video).out_ms == 60_000


def test_a_refusal_is_said_in_place_and_its_way_out_is_a_click(inspector, room: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, DEFAULTS)
    room.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((second.id,))
    type_text(timing_field(inspector, "start_ms"), "5")
    assert inspector._error_line.is_shown
    assert timing_field(inspector, "start_ms").text() == "0:00:20.000"
    inspector._error_line._button.click()
    assert find_segment(room, second).start_ms == 10_000
    assert not inspector._error_line.is_shown


def test_a_locked_lane_is_unlocked_from_the_refusal(inspector, room: PanelEnvironment):
    image = add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.controller.edit(Lock(lane="programme"))
    type_text(current_form(inspector)._title, "Agenda")
    assert inspector._error_line.is_shown
    inspector._error_line._button.click()
    assert find_segment(room, image).title == "Agenda"
    assert not room.webinar.programme_locked


def test_a_video_can_be_called_a_recording_and_back(inspector, room: PanelEnvironment):
    video = add_and_select(room, segment_factory.make_segment(VIDEO, 0, DEFAULTS), media=(VIDEO,))
    inspector._kind.setCurrentIndex(1)
    inspector._kind.activated.emit(1)
    changed = find_segment(room, video)
    assert isinstance(changed, Recording)
    assert msgspec.structs.asdict(changed) == msgspec.structs.asdict(video)
    inspector._kind.activated.emit(0)
    assert find_segment(room, video) == video


def test_captions_are_chosen_or_attached(
    inspector, room: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    (media,) = room.import_files(files.video)
    video = add_and_select(room, segment_factory.make_segment(media, 0, DEFAULTS), media=(media,))
    assert find_segment(room, video).captions is None
    choices.paths = (files.subtitles,)
    captions = current_form(inspector)._captions
    captions.activated.emit(captions.count() - 1)
    room.wait_until(lambda: find_segment(room, video).captions)
    (track,) = room.webinar.media[media.sha256].captions
    assert find_segment(room, video).captions == track.sha256
    assert captions.currentData() == track.sha256
    captions.activated.emit(0)
    assert find_segment(room, video).captions is None


def test_audio_gets_a_picture_from_the_bin(inspector, room: PanelEnvironment):
    audio = add_and_select(room, segment_factory.make_segment(SOUND, 0, DEFAULTS), media=(SOUND, IMAGE))
    picture = current_form(inspector)._picture._field
    picture.activated.emit(1)
    changed = find_segment(room, audio)
    assert isinstance(changed, Audio)
    assert changed.picture == IMAGE.sha256


def test_a_picture_that_comes_late_goes_to_the_segment_it_was_chosen_for(
    inspector, room: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    audio = add_and_select(room, segment_factory.make_segment(SOUND, 0, DEFAULTS), media=(SOUND,))
    other = segment_factory.make_segment(SOUND, 200_000, DEFAULTS)
    room.controller.edit(Add(segments=(other,)))
    choices.paths = (files.image,)
    picture = current_form(inspector)._picture._field
    picture.activated.emit(picture.count() - 1)
    room.selection.set((other.id,))
    room.wait_until(lambda: find_segment(room, audio).picture)
    assert find_segment(room, other).picture is None


# --------------------------------------------------------------------------------------- presentations


def test_a_presentation_has_its_pages_times(inspector, room: PanelEnvironment):
    slides = add_and_select(room, segment_factory.make_segment(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._rows.setData(pages._rows.index(1), 50_000)
    changed = find_segment(room, slides)
    assert isinstance(changed, Presentation)
    assert [page.length_ms for page in changed.pages] == [30_000, 50_000, 30_000]
    assert changed.length_ms == 110_000
    pages._spread_button.click()
    assert {page.length_ms for page in find_segment(room, slides).pages} <= {36_666, 36_667}
    type_text(pages._each, "20")
    assert [page.length_ms for page in find_segment(room, slides).pages] == [20_000] * 3


def test_a_page_is_written_in_the_list(inspector, room: PanelEnvironment):
    slides = add_and_select(room, segment_factory.make_segment(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._list.setCurrentIndex(pages._rows.index(2))
    pages._list.setFocus()
    QTest.keyClick(pages._list, Qt.Key.Key_Return)
    editor = pages._list.focusWidget() or pages._list.window().focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, "1:10")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.wait_until(lambda: find_segment(room, slides).pages[2].length_ms == 70_000)


def test_pages_change_their_order_and_go(inspector, room: PanelEnvironment):
    slides = add_and_select(room, segment_factory.make_segment(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._select_rows([0])
    QTest.keyClick(pages._list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [page.page for page in find_segment(room, slides).pages] == [1, 0, 2]
    pages._select_rows([2])
    QTest.keyClick(pages._list, Qt.Key.Key_Delete)
    assert [page.page for page in find_segment(room, slides).pages] == [1, 0]
    assert find_segment(room, slides).length_ms == 60_000


def test_a_presentation_gets_a_sound_track(inspector, room: PanelEnvironment):
    slides = add_and_select(room, segment_factory.make_segment(SLIDES, 0, DEFAULTS), media=(SLIDES, SOUND))
    assert not current_form(inspector)._sound.isVisible()
    current_form(inspector)._audio._field.activated.emit(1)
    assert find_segment(room, slides).audio == SOUND.sha256
    assert current_form(inspector)._sound.isVisible()


# --------------------------------------------------------------------------------------- interactions


def test_a_call_to_action_is_drawn_as_one_writes_and_kept_when_done(inspector, room: PanelEnvironment):
    cta = add_and_select(room, segment_factory.make_cta(0, DEFAULTS))
    label = current_form(inspector)._label
    before = current_form(inspector)._preview.grab().toImage()
    label.setFocus()
    QTest.keyClicks(label, "Book your setup call")
    assert find_segment(room, cta).label == ""
    assert current_form(inspector)._preview.grab().toImage() != before
    inspector.remote_only.setFocus()
    assert find_segment(room, cta).label == "Book your setup call"


def test_a_link_gets_what_people_leave_out_and_nonsense_is_said(inspector, room: PanelEnvironment):
    cta = add_and_select(room, segment_factory.make_cta(0, DEFAULTS))
    type_text(current_form(inspector)._link, "example.org/book")
    assert find_segment(room, cta).link == "https://example.org/book"
    assert current_form(inspector)._link.text() == "https://example.org/book"
    type_text(current_form(inspector)._link, "book a call")
    assert current_form(inspector)._link.property("wrong") is True
    assert current_form(inspector)._link_row._problem.isVisible()


def test_look_and_colour_of_a_call_to_action(inspector, room: PanelEnvironment):
    cta = add_and_select(room, segment_factory.make_cta(0, DEFAULTS))
    current_form(inspector)._look.button("corner").click()
    current_form(inspector)._colour._swatches[1].click()
    changed = find_segment(room, cta)
    assert isinstance(changed, Cta)
    assert (changed.look, changed.colour) == ("corner", "#0072B2")


def test_a_survey_gets_questions_of_every_kind(inspector, room: PanelEnvironment):
    survey = add_and_select(room, segment_factory.make_survey(0, DEFAULTS))
    for action in current_form(inspector)._add.menu().actions():
        action.trigger()
    kinds = [question.kind for question in find_segment(room, survey).questions]
    assert kinds == ["single", "multiple", "text", "rating"]
    cards = list(current_form(inspector)._cards.values())
    assert inspector.window_over.focusWidget() is cards[-1]._text
    type_text(cards[0]._text, "How clear was this?")
    cards[0]._choices.setFocus()
    cards[0]._choices.insertPlainText("Clear\nNot clear\n\nClear")
    cards[0]._required.setFocus()
    cards[0]._required.click()
    cards[3]._scale.activated.emit(5)
    first, *_, last = find_segment(room, survey).questions
    assert (first.text, first.choices, first.required) == ("How clear was this?", ("Clear", "Not clear"), True)
    assert last.scale == 7


def test_questions_change_their_order_and_go(inspector, room: PanelEnvironment):
    survey = add_and_select(room, segment_factory.make_survey(0, DEFAULTS))
    questions = tuple(Question(id=name, text=name, kind="text") for name in "abc")
    room.controller.edit(ChangeSegment(segment=msgspec.structs.replace(survey, questions=questions)))
    current_form(inspector)._cards["c"]._up.click()
    current_form(inspector)._cards["a"]._remove.click()
    changed = find_segment(room, survey)
    assert isinstance(changed, Survey)
    assert [question.id for question in changed.questions] == ["c", "b"]
    texts = [current_form(inspector)._list.itemAt(index).widget()._text.text() for index in range(2)]
    assert texts == ["c", "b"]


# --------------------------------------------------------------------------------- what changes under it


def test_undo_shows_in_the_fields(inspector, room: PanelEnvironment):
    add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    type_text(current_form(inspector)._title, "Agenda")
    inspector.remote_only.setFocus()
    room.controller.undo()
    assert current_form(inspector)._title.text() == "agenda"
    room.controller.redo()
    assert current_form(inspector)._title.text() == "Agenda"


def test_a_change_elsewhere_steals_neither_text_nor_cursor(inspector, room: PanelEnvironment):
    image = add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    title = current_form(inspector)._title
    title.setFocus()
    title.setText("")
    QTest.keyClicks(title, "Agend")
    title.setCursorPosition(2)
    room.controller.edit(ChangeSegment(segment=msgspec.structs.replace(image, title="Other")))
    assert (title.text(), title.cursorPosition()) == ("Agend", 2)
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert find_segment(room, image).title == "Agend"


def test_what_is_being_written_belongs_to_what_was_selected(inspector, room: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, DEFAULTS)
    room.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((first.id,))
    title = current_form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "First")
    room.selection.set((second.id,))
    assert find_segment(room, first).title == "First"
    assert find_segment(room, second).title == "agenda"
    assert current_form(inspector)._title.text() == "agenda"


def test_two_fields_in_a_row_never_undo_each_other(room: PanelEnvironment, qtbot, formatter, settings):
    """Over a bridge whose edits take their time, as on a slow disk."""
    waiting = []
    bridge = room.controller
    runner = bridge._runner
    bridge._runner = lambda work, done, failed: waiting.append(lambda: runner(work, done, failed))
    inspector = Inspector(bridge, room.selection, room.media_service, formatter, settings)
    qtbot.addWidget(inspector)
    image = segment_factory.make_segment(VIDEO, 0, DEFAULTS)
    bridge.edit(Add(segments=(image,), media=(VIDEO,)))
    waiting.pop()()
    room.selection.set((image.id,))
    current_form(inspector)._title.edited.emit("Welcome")
    current_form(inspector)._sound.edited.emit({"volume": 40})
    current_form(inspector)._timing.lengths_requested.emit({"hold_ms": 9_000})
    current_form(inspector)._sound.edited.emit({"muted": True})
    while waiting:
        waiting.pop(0)()
    changed = room.webinar.find_segment(image.id)
    assert (changed.title, changed.volume, changed.hold_ms, changed.muted) == ("Welcome", 40, 9_000, True)


def test_several_are_summed_up_and_changed_in_one_step(inspector, room: PanelEnvironment):
    first = segment_factory.make_segment(VIDEO, 0, DEFAULTS)
    second = segment_factory.make_segment(SOUND, 800_000, DEFAULTS)
    third = segment_factory.make_segment(IMAGE, 950_000, DEFAULTS)
    add_and_select(room, first, second, third, media=(VIDEO, SOUND, IMAGE))
    assert (
        current_form(inspector)._summary_label.text().replace("\N{NO-BREAK SPACE}", " ")
        == "1 × video, 1 × audio, 1 × image"
    )
    type_text(current_form(inspector)._volume._percent, "30")
    assert [find_segment(room, each).volume for each in (first, second)] == [30, 30]
    room.controller.undo()
    assert [find_segment(room, each).volume for each in (first, second)] == [100, 100]
    assert room.controller.undo_step.op_tag == "add"
    type_text(current_form(inspector)._hold, "3")
    assert [find_segment(room, each).hold_ms for each in (first, second)] == [3_000, 3_000]


def test_nothing_selected_says_what_the_webinar_is_and_leads_to_its_plan(inspector, room: PanelEnvironment, qtbot):
    assert "Onboarding" in current_form(inspector)._title.text()
    with qtbot.waitSignal(inspector.settings_requested):
        current_form(inspector)._settings_button.click()


def test_notes_are_kept_beside_the_segment_and_make_no_step(inspector, room: PanelEnvironment):
    image = add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    note = inspector._note
    note.setFocus()
    QTest.keyClicks(note, "Pause after the demo.")
    inspector.remote_only.setFocus()
    room.wait_until(lambda: room.stored_notes)
    assert room.stored_notes == {image.id: "Pause after the demo."}
    assert room.controller.undo_step.op_tag == "add"
    room.selection.clear()
    room.selection.set((image.id,))
    assert note.toPlainText() == "Pause after the demo."


def test_a_note_that_is_being_written_goes_to_its_own_segment(inspector, room: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, DEFAULTS)
    room.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((first.id,))
    inspector._note.setFocus()
    QTest.keyClicks(inspector._note, "for the first")
    room.selection.set((second.id,))
    room.wait_idle()
    assert room.stored_notes == {first.id: "for the first"}
    assert inspector._note.toPlainText() == ""


def test_what_is_being_written_when_the_window_closes_is_kept(inspector, room: PanelEnvironment):
    image = add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    title = current_form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Agenda")
    inspector.window_over.close()
    assert find_segment(room, image).title == "Agenda"


def test_another_file_is_asked_for_from_the_media_line(inspector, room: PanelEnvironment, qtbot):
    image = add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.wait_until(lambda: room.media_service.get_state(IMAGE.sha256) == "missing")
    with qtbot.waitSignal(inspector.relink_requested):
        inspector._media._button.click()
    assert find_segment(room, image) == image


def test_what_was_deleted_shows_no_more(inspector, room: PanelEnvironment):
    add_and_select(room, segment_factory.make_segment(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.controller.undo()
    room.selection.prune(room.webinar)
    assert current_form(inspector) is inspector._summary


@pytest.mark.usefixtures("dress")
def test_it_looks_as_it_should(inspector, room: PanelEnvironment, files: SampleFiles, dress, screenshot):
    video, image, slides, sound = room.import_files(files.video, files.image, files.slides, files.sound)
    room.wait_idle()
    room.controller.edit(AddMedia(media=(video, image, slides, sound)))
    segments = (
        segment_factory.make_segment(video, 30_000, DEFAULTS),
        segment_factory.make_segment(slides, 60_000, DEFAULTS),
        msgspec.structs.replace(segment_factory.make_segment(sound, 200_000, DEFAULTS), picture=image.sha256),
        msgspec.structs.replace(
            segment_factory.make_cta(510_000, DEFAULTS, title="Book a setup call"),
            text="Ready to begin?",
            label="Book your setup call",
            link="https://example.org/book",
        ),
        msgspec.structs.replace(
            segment_factory.make_survey(900_000, DEFAULTS, title="How clear was this?"),
            questions=(
                Question(
                    id="q1",
                    text="How clear was this part?",
                    choices=("Very clear", "Mostly", "Not at all"),
                    required=True,
                ),
                Question(id="q2", kind="rating", text="Would you recommend it?"),
            ),
        ),
    )
    room.controller.edit(Add(segments=segments))
    room.notes.write(segments[0].id, "Pause after the calendar demo. The booking button appears at 8:30.")
    screenshot(inspector.window_over, f"inspector-summary-{dress}")
    for segment, name in zip(segments, ("video", "slides", "audio", "cta", "survey"), strict=True):
        room.selection.set((segment.id,))
        inspector.window_over.resize(320, 900)
        for _ in range(3):
            inspector.grab()
            room.wait_idle()
        screenshot(inspector.window_over, f"inspector-{name}-{dress}")
    room.selection.set(segment.id for segment in segments)
    screenshot(inspector.window_over, f"inspector-several-{dress}")


def test_a_webinar_that_must_not_be_edited_is_only_read(room: PanelEnvironment, qtbot, formatter, settings):
    webinar = Webinar(
        id="r", programme=(segment_factory.make_segment(IMAGE, 0, DEFAULTS),), media={IMAGE.sha256: IMAGE}
    )
    bridge = type(room.controller).in_memory(webinar, room.root)
    bridge._read_only = True
    inspector = Inspector(bridge, room.selection, room.media_service, formatter, settings)
    qtbot.addWidget(inspector)
    room.selection.set((webinar.programme[0].id,))
    assert isinstance(inspector._segment, Image)
    assert not current_form(inspector).isEnabled()


def test_a_page_outside_the_window_is_told_from_those_inside(inspector, room: PanelEnvironment):
    slides = segment_factory.make_segment(SLIDES, 0, DEFAULTS)
    pages = (Page(page=0, length_ms=30_000), Page(page=1, length_ms=30_000), Page(page=2, length_ms=30_000))
    add_and_select(room, msgspec.structs.replace(slides, pages=pages, in_ms=40_000, out_ms=60_000), media=(SLIDES,))
    rows = current_form(inspector)._pages._rows
    assert [rows.is_in_window(row) for row in range(3)] == [False, True, False]
