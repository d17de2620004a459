"""The form of a survey and the cards of its questions."""

import msgspec

from editor.schedule import segment_factory
from editor.schedule.model import (
    QUESTION_KINDS,
    Question,
    Survey,
)
from editor.schedule.operations import ChangeSegment
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    add_and_select,
    current_form,
    find_segment,
    type_text,
)
from tests.ui.panel_fixtures import PanelEnvironment


def test_questions_of_every_kind_can_be_added_and_edited(inspector, environment: PanelEnvironment):
    survey = add_and_select(environment, segment_factory.make_survey(0, SEGMENT_DEFAULTS))
    for action in current_form(inspector)._add.menu().actions():
        action.trigger()
    kinds = [question.kind for question in find_segment(environment, survey).questions]
    assert tuple(kinds) == QUESTION_KINDS
    cards = list(current_form(inspector)._cards.values())
    assert inspector.container.focusWidget() is cards[-1]._text
    type_text(cards[0]._text, "How clear was this?")
    cards[0]._choices.setFocus()
    cards[0]._choices.insertPlainText("Clear\nNot clear\n\nClear")
    cards[0]._required.setFocus()
    cards[0]._required.click()
    cards[3]._scale.activated.emit(5)
    first, *_, last = find_segment(environment, survey).questions
    assert (first.text, first.choices, first.required) == ("How clear was this?", ("Clear", "Not clear"), True)
    assert last.scale == 7


def test_questions_are_moved_and_removed(inspector, environment: PanelEnvironment):
    survey = add_and_select(environment, segment_factory.make_survey(0, SEGMENT_DEFAULTS))
    questions = tuple(Question(id=name, text=name, kind="text") for name in "abc")
    environment.controller.edit(ChangeSegment(segment=msgspec.structs.replace(survey, questions=questions)))
    current_form(inspector)._cards["c"]._up.click()
    current_form(inspector)._cards["a"]._remove.click()
    changed = find_segment(environment, survey)
    assert isinstance(changed, Survey)
    assert [question.id for question in changed.questions] == ["c", "b"]
    texts = [current_form(inspector)._list.itemAt(index).widget()._text.text() for index in range(2)]
    assert texts == ["c", "b"]
