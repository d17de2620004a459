"""The table of question kinds agrees with the structs of questions and of answers, and every rule knows each kind."""

import msgspec
import pytest

from editor.protocol.api import AnswerRequest
from editor.schedule.model import QUESTION_KINDS, Question, Survey
from editor.schedule.question_kinds import ANSWER_FIELDS, QUESTION_TRAITS, QuestionKindTable
from editor.schedule.room.responses import check_answer
from editor.schedule.session_events import QuestionAnswered

CONTENT = {"choices": (0,), "text": "yes", "rating": 1}
"""For each field of an answer a value that a question which asks for it accepts."""


def test_every_kind_has_its_traits():
    assert QuestionKindTable.__required_keys__ == frozenset(QUESTION_KINDS)
    assert tuple(QUESTION_TRAITS) == QUESTION_KINDS
    assert {QUESTION_TRAITS[kind].answer for kind in QUESTION_KINDS} == set(ANSWER_FIELDS)
    assert [kind for kind in QUESTION_KINDS if QUESTION_TRAITS[kind].has_choices] == ["single", "multiple"]
    assert [kind for kind in QUESTION_KINDS if QUESTION_TRAITS[kind].has_scale] == ["rating"]
    assert [kind for kind in QUESTION_KINDS if QUESTION_TRAITS[kind].allows_several] == ["multiple"]


@pytest.mark.parametrize("struct", [AnswerRequest, QuestionAnswered])
def test_an_answer_has_a_place_for_every_field(struct):
    assert set(ANSWER_FIELDS) <= {field.name for field in msgspec.structs.fields(struct)}


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_question_accepts_an_answer_in_its_own_field_alone(kind):
    question = Question(id="q", kind=kind, choices=("a", "b"))
    survey = Survey(id="s", start_ms=0, length_ms=1_000, offer="o", questions=(question,))
    codes = {
        field: check_answer(survey, AnswerRequest(offer="o", question="q", **{field: CONTENT[field]}))
        for field in ANSWER_FIELDS
    }
    assert [field for field, error in codes.items() if error is None] == [QUESTION_TRAITS[kind].answer]
    assert {error.code for error in codes.values() if error} == {"room.answer_kind"}
