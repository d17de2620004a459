"""The inspector: the fields of what is selected."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from editor.schedule import build
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
from editor.schedule.operations import Add, KnowMedia, Lock, Put
from tests.ui.room import Choices, Files, Room
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
DEFAULTS = build.Defaults()


@pytest.fixture
def inspector(room: Room, choices: Choices, qtbot):
    window = QWidget()
    made = Inspector(
        room.bridge, room.selection, room.desk, room.words, room.settings, notes=room.notes, choosing=choices
    )
    made.elsewhere = QLineEdit()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addWidget(made.elsewhere)
    made.window_over = window
    qtbot.addWidget(window)
    window.resize(320, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return made


def show(room: Room, *segments, media=()):
    room.bridge.edit(Add(segments=segments, media=media))
    room.selection.set(segment.id for segment in segments)
    return segments[0]


def form(inspector):
    return inspector.page


def write(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def timing(inspector, name):
    return form(inspector)._timing._fields[name]


def now(room: Room, segment):
    return room.webinar.find(segment.id)


# ------------------------------------------------------------------------------------------ timed


def test_every_field_of_a_video_is_one_step_each(inspector, room: Room):
    video = show(room, build.segment_for(VIDEO, 30_000, DEFAULTS), media=(VIDEO,))
    write(form(inspector)._title, "Welcome")
    write(timing(inspector, "start_ms"), "40")
    write(timing(inspector, "in_ms"), "12")
    write(timing(inspector, "out_ms"), "742")
    write(timing(inspector, "hold_ms"), "7")
    write(form(inspector)._sound._fade_in, "1,5")
    write(form(inspector)._sound._volume._figure, "80")
    form(inspector)._sound._volume._mute.click()
    changed = now(room, video)
    assert isinstance(changed, Video)
    assert (changed.title, changed.start_ms) == ("Welcome", 40_000)
    assert (changed.in_ms, changed.out_ms, changed.hold_ms) == (12_000, 742_000, 7_000)
    assert (changed.fade_in_ms, changed.volume, changed.muted) == (1_500, 80, True)
    for _ in range(8):
        room.bridge.undo()
    assert now(room, video) == video


def test_plays_sets_the_out_point_and_stops_where_the_file_does(inspector, room: Room):
    video = show(room, build.segment_for(VIDEO, 0, DEFAULTS), media=(VIDEO,))
    write(timing(inspector, "play_ms"), "1m")
    assert now(room, video).out_ms == 60_000
    field = timing(inspector, "play_ms")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "20m")
    assert "0:12:40.000" in field.problem
    inspector.elsewhere.setFocus()
    assert now(room, video).out_ms == 60_000


def test_a_refusal_is_said_in_place_and_its_way_out_is_a_click(inspector, room: Room):
    first = build.segment_for(IMAGE, 0, DEFAULTS)
    second = build.segment_for(IMAGE, 20_000, DEFAULTS)
    room.bridge.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((second.id,))
    write(timing(inspector, "start_ms"), "5")
    assert inspector._refusal.shown
    assert timing(inspector, "start_ms").text() == "0:00:20.000"
    inspector._refusal._button.click()
    assert now(room, second).start_ms == 10_000
    assert not inspector._refusal.shown


def test_a_locked_lane_is_unlocked_from_the_refusal(inspector, room: Room):
    image = show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.bridge.edit(Lock(lane="programme"))
    write(form(inspector)._title, "Agenda")
    assert inspector._refusal.shown
    inspector._refusal._button.click()
    assert now(room, image).title == "Agenda"
    assert not room.webinar.programme_locked


def test_a_video_can_be_called_a_recording_and_back(inspector, room: Room):
    video = show(room, build.segment_for(VIDEO, 0, DEFAULTS), media=(VIDEO,))
    inspector._kind.setCurrentIndex(1)
    inspector._kind.activated.emit(1)
    changed = now(room, video)
    assert isinstance(changed, Recording)
    assert msgspec.structs.asdict(changed) == msgspec.structs.asdict(video)
    inspector._kind.activated.emit(0)
    assert now(room, video) == video


def test_captions_are_chosen_or_attached(inspector, room: Room, files: Files, choices: Choices):
    (media,) = room.take(files.video)
    video = show(room, build.segment_for(media, 0, DEFAULTS), media=(media,))
    assert now(room, video).captions is None
    choices.paths = (files.subtitles,)
    captions = form(inspector)._captions
    captions.activated.emit(captions.count() - 1)
    room.wait(lambda: now(room, video).captions)
    (track,) = room.webinar.media[media.sha256].captions
    assert now(room, video).captions == track.sha256
    assert captions.currentData() == track.sha256
    captions.activated.emit(0)
    assert now(room, video).captions is None


def test_audio_gets_a_picture_from_the_bin(inspector, room: Room):
    audio = show(room, build.segment_for(SOUND, 0, DEFAULTS), media=(SOUND, IMAGE))
    picture = form(inspector)._picture._field
    picture.activated.emit(1)
    changed = now(room, audio)
    assert isinstance(changed, Audio)
    assert changed.picture == IMAGE.sha256


def test_a_picture_that_comes_late_goes_to_the_segment_it_was_chosen_for(
    inspector, room: Room, files: Files, choices: Choices
):
    audio = show(room, build.segment_for(SOUND, 0, DEFAULTS), media=(SOUND,))
    other = build.segment_for(SOUND, 200_000, DEFAULTS)
    room.bridge.edit(Add(segments=(other,)))
    choices.paths = (files.image,)
    picture = form(inspector)._picture._field
    picture.activated.emit(picture.count() - 1)
    room.selection.set((other.id,))
    room.wait(lambda: now(room, audio).picture)
    assert now(room, other).picture is None


# --------------------------------------------------------------------------------------- presentations


def test_a_presentation_has_its_pages_times(inspector, room: Room):
    slides = show(room, build.segment_for(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = form(inspector)._pages
    pages._rows.setData(pages._rows.index(1), 50_000)
    changed = now(room, slides)
    assert isinstance(changed, Presentation)
    assert [page.length_ms for page in changed.pages] == [30_000, 50_000, 30_000]
    assert changed.length_ms == 110_000
    pages._spread.click()
    assert {page.length_ms for page in now(room, slides).pages} <= {36_666, 36_667}
    write(pages._each, "20")
    assert [page.length_ms for page in now(room, slides).pages] == [20_000] * 3


def test_a_page_is_written_in_the_list(inspector, room: Room):
    slides = show(room, build.segment_for(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = form(inspector)._pages
    pages._list.setCurrentIndex(pages._rows.index(2))
    pages._list.setFocus()
    QTest.keyClick(pages._list, Qt.Key.Key_Return)
    editor = pages._list.focusWidget() or pages._list.window().focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, "1:10")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.wait(lambda: now(room, slides).pages[2].length_ms == 70_000)


def test_pages_change_their_order_and_go(inspector, room: Room):
    slides = show(room, build.segment_for(SLIDES, 0, DEFAULTS), media=(SLIDES,))
    pages = form(inspector)._pages
    pages._choose([0])
    QTest.keyClick(pages._list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [page.page for page in now(room, slides).pages] == [1, 0, 2]
    pages._choose([2])
    QTest.keyClick(pages._list, Qt.Key.Key_Delete)
    assert [page.page for page in now(room, slides).pages] == [1, 0]
    assert now(room, slides).length_ms == 60_000


def test_a_presentation_gets_a_sound_track(inspector, room: Room):
    slides = show(room, build.segment_for(SLIDES, 0, DEFAULTS), media=(SLIDES, SOUND))
    assert not form(inspector)._sound.isVisible()
    form(inspector)._audio._field.activated.emit(1)
    assert now(room, slides).audio == SOUND.sha256
    assert form(inspector)._sound.isVisible()


# --------------------------------------------------------------------------------------- interactions


def test_a_call_to_action_is_drawn_as_one_writes_and_kept_when_done(inspector, room: Room):
    cta = show(room, build.cta(0, DEFAULTS))
    label = form(inspector)._label
    before = form(inspector)._preview.grab().toImage()
    label.setFocus()
    QTest.keyClicks(label, "Book your setup call")
    assert now(room, cta).label == ""
    assert form(inspector)._preview.grab().toImage() != before
    inspector.elsewhere.setFocus()
    assert now(room, cta).label == "Book your setup call"


def test_a_link_gets_what_people_leave_out_and_nonsense_is_said(inspector, room: Room):
    cta = show(room, build.cta(0, DEFAULTS))
    write(form(inspector)._link, "example.org/book")
    assert now(room, cta).link == "https://example.org/book"
    assert form(inspector)._link.text() == "https://example.org/book"
    write(form(inspector)._link, "book a call")
    assert form(inspector)._link.property("wrong") is True
    assert form(inspector)._link_row._problem.isVisible()


def test_look_and_colour_of_a_call_to_action(inspector, room: Room):
    cta = show(room, build.cta(0, DEFAULTS))
    form(inspector)._look.button("corner").click()
    form(inspector)._colour._swatches[1].click()
    changed = now(room, cta)
    assert isinstance(changed, Cta)
    assert (changed.look, changed.colour) == ("corner", "#0072B2")


def test_a_survey_gets_questions_of_every_kind(inspector, room: Room):
    survey = show(room, build.survey(0, DEFAULTS))
    for action in form(inspector)._add.menu().actions():
        action.trigger()
    kinds = [question.kind for question in now(room, survey).questions]
    assert kinds == ["single", "multiple", "text", "rating"]
    cards = list(form(inspector)._cards.values())
    assert inspector.window_over.focusWidget() is cards[-1]._text
    write(cards[0]._text, "How clear was this?")
    cards[0]._choices.setFocus()
    cards[0]._choices.insertPlainText("Clear\nNot clear\n\nClear")
    cards[0]._required.setFocus()
    cards[0]._required.click()
    cards[3]._scale.activated.emit(5)
    first, *_, last = now(room, survey).questions
    assert (first.text, first.choices, first.required) == ("How clear was this?", ("Clear", "Not clear"), True)
    assert last.scale == 7


def test_questions_change_their_order_and_go(inspector, room: Room):
    survey = show(room, build.survey(0, DEFAULTS))
    questions = tuple(Question(id=name, text=name, kind="text") for name in "abc")
    room.bridge.edit(Put(segment=msgspec.structs.replace(survey, questions=questions)))
    form(inspector)._cards["c"]._up.click()
    form(inspector)._cards["a"]._remove.click()
    changed = now(room, survey)
    assert isinstance(changed, Survey)
    assert [question.id for question in changed.questions] == ["c", "b"]
    texts = [form(inspector)._list.itemAt(place).widget()._text.text() for place in range(2)]
    assert texts == ["c", "b"]


# --------------------------------------------------------------------------------- what changes under it


def test_undo_shows_in_the_fields(inspector, room: Room):
    show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    write(form(inspector)._title, "Agenda")
    inspector.elsewhere.setFocus()
    room.bridge.undo()
    assert form(inspector)._title.text() == "agenda"
    room.bridge.redo()
    assert form(inspector)._title.text() == "Agenda"


def test_a_change_elsewhere_steals_neither_text_nor_cursor(inspector, room: Room):
    image = show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    title = form(inspector)._title
    title.setFocus()
    title.setText("")
    QTest.keyClicks(title, "Agend")
    title.setCursorPosition(2)
    room.bridge.edit(Put(segment=msgspec.structs.replace(image, title="Other")))
    assert (title.text(), title.cursorPosition()) == ("Agend", 2)
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert now(room, image).title == "Agend"


def test_what_is_being_written_belongs_to_what_was_selected(inspector, room: Room):
    first = build.segment_for(IMAGE, 0, DEFAULTS)
    second = build.segment_for(IMAGE, 20_000, DEFAULTS)
    room.bridge.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((first.id,))
    title = form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "First")
    room.selection.set((second.id,))
    assert now(room, first).title == "First"
    assert now(room, second).title == "agenda"
    assert form(inspector)._title.text() == "agenda"


def test_two_fields_in_a_row_never_undo_each_other(room: Room, qtbot, words, settings):
    """Over a bridge whose edits take their time, as on a slow disk."""
    waiting = []
    bridge = room.bridge
    runner = bridge._runner
    bridge._runner = lambda work, done, failed: waiting.append(lambda: runner(work, done, failed))
    inspector = Inspector(bridge, room.selection, room.desk, words, settings)
    qtbot.addWidget(inspector)
    image = build.segment_for(VIDEO, 0, DEFAULTS)
    bridge.edit(Add(segments=(image,), media=(VIDEO,)))
    waiting.pop()()
    room.selection.set((image.id,))
    form(inspector)._title.edited.emit("Welcome")
    form(inspector)._sound.edited.emit({"volume": 40})
    form(inspector)._timing.lengths_asked.emit({"hold_ms": 9_000})
    form(inspector)._sound.edited.emit({"muted": True})
    while waiting:
        waiting.pop(0)()
    changed = room.webinar.find(image.id)
    assert (changed.title, changed.volume, changed.hold_ms, changed.muted) == ("Welcome", 40, 9_000, True)


def test_several_are_summed_up_and_changed_in_one_step(inspector, room: Room):
    first = build.segment_for(VIDEO, 0, DEFAULTS)
    second = build.segment_for(SOUND, 800_000, DEFAULTS)
    third = build.segment_for(IMAGE, 950_000, DEFAULTS)
    show(room, first, second, third, media=(VIDEO, SOUND, IMAGE))
    assert form(inspector)._told.text().replace("\N{NO-BREAK SPACE}", " ") == "1 × video, 1 × audio, 1 × image"
    write(form(inspector)._volume._figure, "30")
    assert [now(room, each).volume for each in (first, second)] == [30, 30]
    room.bridge.undo()
    assert [now(room, each).volume for each in (first, second)] == [100, 100]
    assert room.bridge.undoable.op_tag == "add"
    write(form(inspector)._hold, "3")
    assert [now(room, each).hold_ms for each in (first, second)] == [3_000, 3_000]


def test_nothing_selected_says_what_the_webinar_is_and_leads_to_its_plan(inspector, room: Room, qtbot):
    assert "Onboarding" in form(inspector)._title.text()
    with qtbot.waitSignal(inspector.plan_asked):
        form(inspector)._plan.click()


def test_notes_are_kept_beside_the_segment_and_make_no_step(inspector, room: Room):
    image = show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    note = inspector._note
    note.setFocus()
    QTest.keyClicks(note, "Pause after the demo.")
    inspector.elsewhere.setFocus()
    room.wait(lambda: room.stored_notes)
    assert room.stored_notes == {image.id: "Pause after the demo."}
    assert room.bridge.undoable.op_tag == "add"
    room.selection.clear()
    room.selection.set((image.id,))
    assert note.toPlainText() == "Pause after the demo."


def test_a_note_that_is_being_written_goes_to_its_own_segment(inspector, room: Room):
    first = build.segment_for(IMAGE, 0, DEFAULTS)
    second = build.segment_for(IMAGE, 20_000, DEFAULTS)
    room.bridge.edit(Add(segments=(first, second), media=(IMAGE,)))
    room.selection.set((first.id,))
    inspector._note.setFocus()
    QTest.keyClicks(inspector._note, "for the first")
    room.selection.set((second.id,))
    room.wait_drawn()
    assert room.stored_notes == {first.id: "for the first"}
    assert inspector._note.toPlainText() == ""


def test_what_is_being_written_when_the_window_closes_is_kept(inspector, room: Room):
    image = show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    title = form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Agenda")
    inspector.window_over.close()
    assert now(room, image).title == "Agenda"


def test_another_file_is_asked_for_from_the_media_line(inspector, room: Room, qtbot):
    image = show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.wait(lambda: room.desk.state(IMAGE.sha256) == "missing")
    with qtbot.waitSignal(inspector.relink_asked):
        inspector._media._button.click()
    assert now(room, image) == image


def test_what_was_deleted_shows_no_more(inspector, room: Room):
    show(room, build.segment_for(IMAGE, 0, DEFAULTS), media=(IMAGE,))
    room.bridge.undo()
    room.selection.prune(room.webinar)
    assert form(inspector) is inspector._summary


@pytest.mark.usefixtures("dress")
def test_it_looks_as_it_should(inspector, room: Room, files: Files, dress, shot):
    video, image, slides, sound = room.take(files.video, files.image, files.slides, files.sound)
    room.wait_drawn()
    room.bridge.edit(KnowMedia(media=(video, image, slides, sound)))
    segments = (
        build.segment_for(video, 30_000, DEFAULTS),
        build.segment_for(slides, 60_000, DEFAULTS),
        msgspec.structs.replace(build.segment_for(sound, 200_000, DEFAULTS), picture=image.sha256),
        msgspec.structs.replace(
            build.cta(510_000, DEFAULTS, title="Book a setup call"),
            text="Ready to begin?",
            label="Book your setup call",
            link="https://example.org/book",
        ),
        msgspec.structs.replace(
            build.survey(900_000, DEFAULTS, title="How clear was this?"),
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
    room.bridge.edit(Add(segments=segments))
    room.notes.write(segments[0].id, "Pause after the calendar demo. The booking button appears at 8:30.")
    shot(inspector.window_over, f"inspector-summary-{dress}")
    for segment, name in zip(segments, ("video", "slides", "audio", "cta", "survey"), strict=True):
        room.selection.set((segment.id,))
        inspector.window_over.resize(320, 900)
        for _ in range(3):
            inspector.grab()
            room.wait_drawn()
        shot(inspector.window_over, f"inspector-{name}-{dress}")
    room.selection.set(segment.id for segment in segments)
    shot(inspector.window_over, f"inspector-several-{dress}")


def test_a_webinar_that_must_not_be_edited_is_only_read(room: Room, qtbot, words, settings):
    webinar = Webinar(id="r", programme=(build.segment_for(IMAGE, 0, DEFAULTS),), media={IMAGE.sha256: IMAGE})
    bridge = type(room.bridge).in_memory(webinar, room.root)
    bridge._read_only = True
    inspector = Inspector(bridge, room.selection, room.desk, words, settings)
    qtbot.addWidget(inspector)
    room.selection.set((webinar.programme[0].id,))
    assert isinstance(inspector._shown, Image)
    assert not form(inspector).isEnabled()


def test_a_page_outside_the_window_is_told_from_those_inside(inspector, room: Room):
    slides = build.segment_for(SLIDES, 0, DEFAULTS)
    pages = (Page(page=0, length_ms=30_000), Page(page=1, length_ms=30_000), Page(page=2, length_ms=30_000))
    show(room, msgspec.structs.replace(slides, pages=pages, in_ms=40_000, out_ms=60_000), media=(SLIDES,))
    rows = form(inspector)._pages._rows
    assert [rows.shown(row) for row in range(3)] == [False, True, False]
