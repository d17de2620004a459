"""The form of several segments."""

from editor.schedule import segment_factory
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    IMAGE,
    SOUND,
    VIDEO,
    add_and_select,
    current_form,
    find_segment,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment


def test_several_segments_are_summarised_and_changed_in_one_undo_step(inspector, environment: PanelEnvironment):
    first = segment_factory.make_segment(VIDEO, 0, SEGMENT_DEFAULTS)
    second = segment_factory.make_segment(SOUND, 800_000, SEGMENT_DEFAULTS)
    third = segment_factory.make_segment(IMAGE, 950_000, SEGMENT_DEFAULTS)
    add_and_select(environment, first, second, third, media=(VIDEO, SOUND, IMAGE))
    assert (
        current_form(inspector)._summary_label.text().replace("\N{NO-BREAK SPACE}", " ")
        == "1 × video, 1 × audio, 1 × image"
    )
    type_text(current_form(inspector)._volume._percent, "30")
    assert [find_segment(environment, each).volume for each in (first, second)] == [30, 30]
    environment.controller.undo()
    assert [find_segment(environment, each).volume for each in (first, second)] == [100, 100]
    assert environment.controller.undo_step.op_tag == "add"
    type_text(current_form(inspector)._hold, "3")
    assert [find_segment(environment, each).hold_ms for each in (first, second)] == [3_000, 3_000]
