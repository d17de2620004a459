"""The inspector: which fields it shows, and when a typed text is committed."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.schedule import segment_factory
from editor.schedule.model import (
    Image,
    Question,
    Recording,
    Webinar,
)
from editor.schedule.operations import Add, AddMedia, ChangeSegment
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    IMAGE,
    VIDEO,
    add_and_select,
    current_form,
    find_segment,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.inspector.panel import Inspector


def test_a_video_can_be_changed_to_a_recording_and_back(inspector, environment: PanelEnvironment):
    video = add_and_select(environment, segment_factory.make_segment(VIDEO, 0, SEGMENT_DEFAULTS), media=(VIDEO,))
    inspector._kind.setCurrentIndex(1)
    inspector._kind.activated.emit(1)
    changed = find_segment(environment, video)
    assert isinstance(changed, Recording)
    assert msgspec.structs.asdict(changed) == msgspec.structs.asdict(video)
    inspector._kind.activated.emit(0)
    assert find_segment(environment, video) == video


def test_fields_follow_undo_and_redo(inspector, environment: PanelEnvironment):
    add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    type_text(current_form(inspector)._title, "Agenda")
    inspector.other_field.setFocus()
    environment.controller.undo()
    assert current_form(inspector)._title.text() == "agenda"
    environment.controller.redo()
    assert current_form(inspector)._title.text() == "Agenda"


def test_another_edit_replaces_neither_the_typed_text_nor_the_cursor(inspector, environment: PanelEnvironment):
    image = add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    title = current_form(inspector)._title
    title.setFocus()
    title.setText("")
    QTest.keyClicks(title, "Agend")
    title.setCursorPosition(2)
    environment.controller.edit(ChangeSegment(segment=msgspec.structs.replace(image, title="Other")))
    assert (title.text(), title.cursorPosition()) == ("Agend", 2)
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert find_segment(environment, image).title == "Agend"


def test_a_typed_text_is_committed_to_the_segment_that_was_selected(inspector, environment: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    environment.selection.set((first.id,))
    title = current_form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "First")
    environment.selection.set((second.id,))
    assert find_segment(environment, first).title == "First"
    assert find_segment(environment, second).title == "agenda"
    assert current_form(inspector)._title.text() == "agenda"


def test_without_a_selection_the_overview_is_shown_and_leads_to_the_settings(
    inspector, environment: PanelEnvironment, qtbot
):
    assert "Onboarding" in current_form(inspector)._title.text()
    with qtbot.waitSignal(inspector.settings_requested):
        current_form(inspector)._settings_button.click()


def test_notes_are_stored_without_an_undo_step(inspector, environment: PanelEnvironment):
    image = add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    note = inspector._note
    note.setFocus()
    QTest.keyClicks(note, "Pause after the demo.")
    inspector.other_field.setFocus()
    environment.wait_until(lambda: environment.stored_notes)
    assert environment.stored_notes == {image.id: "Pause after the demo."}
    assert environment.controller.undo_step.op_tag == "add"
    environment.selection.clear()
    environment.selection.set((image.id,))
    assert note.toPlainText() == "Pause after the demo."


def test_a_typed_note_goes_to_the_segment_that_was_selected(inspector, environment: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    environment.selection.set((first.id,))
    inspector._note.setFocus()
    QTest.keyClicks(inspector._note, "for the first")
    environment.selection.set((second.id,))
    environment.wait_idle()
    assert environment.stored_notes == {first.id: "for the first"}
    assert inspector._note.toPlainText() == ""


def test_closing_the_window_commits_the_typed_text(inspector, environment: PanelEnvironment):
    image = add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    title = current_form(inspector)._title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Agenda")
    inspector.container.close()
    assert find_segment(environment, image).title == "Agenda"


def test_a_missing_file_can_be_relinked_from_its_row(inspector, environment: PanelEnvironment, qtbot):
    image = add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    environment.wait_until(lambda: environment.media_service.get_state(IMAGE.sha256) == "missing")
    with qtbot.waitSignal(inspector.relink_requested):
        inspector._media._button.click()
    assert find_segment(environment, image) == image


def test_a_deleted_segment_is_no_longer_shown(inspector, environment: PanelEnvironment):
    add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    environment.controller.undo()
    environment.selection.prune(environment.webinar)
    assert current_form(inspector) is inspector._summary


@pytest.mark.usefixtures("theme_name")
def test_screenshots(inspector, environment: PanelEnvironment, files: SampleFiles, theme_name, screenshot):
    video, image, slides, sound = environment.import_files(files.video, files.image, files.slides, files.sound)
    environment.wait_idle()
    environment.controller.edit(AddMedia(media=(video, image, slides, sound)))
    segments = (
        segment_factory.make_segment(video, 30_000, SEGMENT_DEFAULTS),
        segment_factory.make_segment(slides, 60_000, SEGMENT_DEFAULTS),
        msgspec.structs.replace(segment_factory.make_segment(sound, 200_000, SEGMENT_DEFAULTS), picture=image.sha256),
        msgspec.structs.replace(
            segment_factory.make_cta(510_000, SEGMENT_DEFAULTS, title="Book a setup call"),
            text="Ready to begin?",
            label="Book your setup call",
            link="https://example.org/book",
        ),
        msgspec.structs.replace(
            segment_factory.make_survey(900_000, SEGMENT_DEFAULTS, title="How clear was this?"),
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
    environment.controller.edit(Add(segments=segments))
    environment.notes.write(segments[0].id, "Pause after the calendar demo. The booking button appears at 8:30.")
    screenshot(inspector.container, f"inspector-summary-{theme_name}")
    for segment, name in zip(segments, ("video", "slides", "audio", "cta", "survey"), strict=True):
        environment.selection.set((segment.id,))
        inspector.container.resize(320, 900)
        for _ in range(3):
            inspector.grab()
            environment.wait_idle()
        screenshot(inspector.container, f"inspector-{name}-{theme_name}")
    environment.selection.set(segment.id for segment in segments)
    screenshot(inspector.container, f"inspector-several-{theme_name}")


def test_the_fields_of_a_read_only_webinar_are_disabled(environment: PanelEnvironment, qtbot, formatter, settings):
    webinar = Webinar(
        id="r", programme=(segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),), media={IMAGE.sha256: IMAGE}
    )
    controller = type(environment.controller).in_memory(webinar, environment.root)
    controller._read_only = True
    inspector = Inspector(controller, environment.selection, environment.media_service, formatter, settings)
    qtbot.addWidget(inspector)
    environment.selection.set((webinar.programme[0].id,))
    assert isinstance(inspector._segment, Image)
    assert not current_form(inspector).isEnabled()
