"""The order of the inspector's edits, and what a refusal offers."""

from editor.schedule import segment_factory
from editor.schedule.operations import Add, Lock
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    IMAGE,
    VIDEO,
    add_and_select,
    current_form,
    find_segment,
    timing_field,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment
from ui.inspector.panel import Inspector


def test_a_refusal_is_shown_with_a_button_for_the_alternative(inspector, environment: PanelEnvironment):
    first = segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS)
    second = segment_factory.make_segment(IMAGE, 20_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(first, second), media=(IMAGE,)))
    environment.selection.set((second.id,))
    type_text(timing_field(inspector, "start_ms"), "5")
    assert inspector._error_line.is_shown
    assert timing_field(inspector, "start_ms").text() == "0:00:20.000"
    inspector._error_line._button.click()
    assert find_segment(environment, second).start_ms == 10_000
    assert not inspector._error_line.is_shown


def test_a_locked_lane_is_unlocked_from_the_refusal(inspector, environment: PanelEnvironment):
    image = add_and_select(environment, segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), media=(IMAGE,))
    environment.controller.edit(Lock(lane="programme"))
    type_text(current_form(inspector)._title, "Agenda")
    assert inspector._error_line.is_shown
    inspector._error_line._button.click()
    assert find_segment(environment, image).title == "Agenda"
    assert not environment.webinar.programme_locked


def test_quick_edits_of_several_fields_never_undo_each_other(environment: PanelEnvironment, qtbot, formatter, settings):
    """Each edit is saved only when the test says so, as on a slow disk."""
    waiting = []
    controller = environment.controller
    runner = controller._runner
    controller._runner = lambda work, done, failed: waiting.append(lambda: runner(work, done, failed))
    inspector = Inspector(controller, environment.selection, environment.media_service, formatter, settings)
    qtbot.addWidget(inspector)
    image = segment_factory.make_segment(VIDEO, 0, SEGMENT_DEFAULTS)
    controller.edit(Add(segments=(image,), media=(VIDEO,)))
    waiting.pop()()
    environment.selection.set((image.id,))
    current_form(inspector)._title.edited.emit("Welcome")
    current_form(inspector)._sound.edited.emit({"volume": 40})
    current_form(inspector)._timing.lengths_requested.emit({"hold_ms": 9_000})
    current_form(inspector)._sound.edited.emit({"muted": True})
    while waiting:
        waiting.pop(0)()
    changed = environment.webinar.find_segment(image.id)
    assert (changed.title, changed.volume, changed.hold_ms, changed.muted) == ("Welcome", 40, 9_000, True)
