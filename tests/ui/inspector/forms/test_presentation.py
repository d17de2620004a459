"""The form of a presentation."""

from editor.schedule import segment_factory
from editor.schedule.model import (
    Presentation,
)
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    SLIDES,
    SOUND,
    add_and_select,
    current_form,
    find_segment,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment


def test_times_of_pages_are_edited_one_by_one_evenly_and_all_at_once(inspector, environment: PanelEnvironment):
    slides = add_and_select(environment, segment_factory.make_segment(SLIDES, 0, SEGMENT_DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._rows.setData(pages._rows.index(1), 50_000)
    changed = find_segment(environment, slides)
    assert isinstance(changed, Presentation)
    assert [page.length_ms for page in changed.pages] == [30_000, 50_000, 30_000]
    assert changed.length_ms == 110_000
    pages._spread_button.click()
    assert {page.length_ms for page in find_segment(environment, slides).pages} <= {36_666, 36_667}
    type_text(pages._each, "20")
    assert [page.length_ms for page in find_segment(environment, slides).pages] == [20_000] * 3


def test_a_presentation_gets_a_sound_track(inspector, environment: PanelEnvironment):
    slides = add_and_select(
        environment, segment_factory.make_segment(SLIDES, 0, SEGMENT_DEFAULTS), media=(SLIDES, SOUND)
    )
    assert not current_form(inspector)._sound.isVisible()
    current_form(inspector)._audio._field.activated.emit(1)
    assert find_segment(environment, slides).audio == SOUND.sha256
    assert current_form(inspector)._sound.isVisible()
