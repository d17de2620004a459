"""The form of a call to action."""

from PySide6.QtTest import QTest

from editor.schedule import segment_factory
from editor.schedule.model import (
    Cta,
)
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    add_and_select,
    current_form,
    find_segment,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment


def test_the_preview_follows_typing_and_the_text_is_committed_on_leaving(inspector, environment: PanelEnvironment):
    cta = add_and_select(environment, segment_factory.make_cta(0, SEGMENT_DEFAULTS))
    label = current_form(inspector)._label
    before = current_form(inspector)._preview.grab().toImage()
    label.setFocus()
    QTest.keyClicks(label, "Book your setup call")
    assert find_segment(environment, cta).label == ""
    assert current_form(inspector)._preview.grab().toImage() != before
    inspector.other_field.setFocus()
    assert find_segment(environment, cta).label == "Book your setup call"


def test_a_link_is_completed_and_an_invalid_one_is_marked(inspector, environment: PanelEnvironment):
    cta = add_and_select(environment, segment_factory.make_cta(0, SEGMENT_DEFAULTS))
    type_text(current_form(inspector)._link, "example.org/book")
    assert find_segment(environment, cta).link == "https://example.org/book"
    assert current_form(inspector)._link.text() == "https://example.org/book"
    type_text(current_form(inspector)._link, "book a call")
    assert current_form(inspector)._link.property("wrong") is True
    assert current_form(inspector)._link_row._problem.isVisible()


def test_style_and_colour_of_a_call_to_action(inspector, environment: PanelEnvironment):
    cta = add_and_select(environment, segment_factory.make_cta(0, SEGMENT_DEFAULTS))
    current_form(inspector)._look.button("corner").click()
    current_form(inspector)._colour._swatches[1].click()
    changed = find_segment(environment, cta)
    assert isinstance(changed, Cta)
    assert (changed.look, changed.colour) == ("corner", "#0072B2")
