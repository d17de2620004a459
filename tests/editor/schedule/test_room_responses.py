"""Answers that fit their questions are accepted; others are refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors.messages import ERRORS, format_message
from editor.protocol.api import AnswerRequest
from editor.schedule import room
from editor.schedule.model import Question, Survey
from editor.schedule.session_events import QuestionAnswered

SURVEY = Survey(
    id="s",
    start_ms=0,
    length_ms=1_000,
    offer="o",
    questions=(
        Question(id="one", kind="single", choices=("a", "b"), required=True),
        Question(id="many", kind="multiple", choices=("a", "b", "c")),
        Question(id="words", kind="text"),
        Question(id="stars", kind="rating", scale=3, required=True),
    ),
)


@pytest.mark.parametrize(
    ("question", "given_", "code"),
    [
        ("one", {"choices": (1,)}, None),
        ("one", {"choices": (2,)}, "room.answer_choice"),
        ("one", {"choices": (-1,)}, "room.answer_choice"),
        ("one", {"choices": (0, 1)}, "room.answer_one"),
        ("one", {}, "room.answer_needed"),
        ("one", {"text": "a"}, "room.answer_kind"),
        ("one", {"choices": (0,), "rating": 1}, "room.answer_kind"),
        ("many", {"choices": (2, 0)}, None),
        ("many", {"choices": (0, 0)}, "room.answer_choice"),
        ("many", {}, None),
        ("words", {"text": "x" * 2_000}, None),
        ("words", {"text": "x" * 2_001}, "room.answer_long"),
        ("words", {"text": "  "}, None),
        ("stars", {"rating": 1}, None),
        ("stars", {"rating": 3}, None),
        ("stars", {"rating": 0}, "room.answer_rating"),
        ("stars", {"rating": 4}, "room.answer_rating"),
        ("stars", {}, "room.answer_needed"),
        ("stars", {"choices": (1,)}, "room.answer_kind"),
        ("none", {"choices": (1,)}, "room.no_question"),
    ],
)
def test_an_answer_fits_its_question(question, given_, code):
    for answer in (
        AnswerRequest(offer="o", question=question, **given_),
        QuestionAnswered(person="p", offer="o", question=question, **given_),
    ):
        error = room.check_answer(SURVEY, answer)
        assert (error and error.code) == code
        if error is not None:
            assert code in ERRORS
            assert "?" not in format_message(error.code, error.facts)


answers = st.builds(
    AnswerRequest,
    offer=st.just("o"),
    question=st.sampled_from(["one", "many", "words", "stars"]),
    choices=st.lists(st.integers(-1, 4), max_size=4).map(tuple),
    text=st.sampled_from(["", " ", "words"]),
    rating=st.none() | st.integers(-1, 5),
)


@given(answers)
def test_whatever_is_taken_can_be_counted(run_json):
    """Figures can be computed from the log without further checks."""
    if room.check_answer(SURVEY, run_json) is not None:
        return
    question = next(one for one in SURVEY.questions if one.id == run_json.question)
    assert all(question.choices[choice] for choice in run_json.choices)
    assert all(choice >= 0 for choice in run_json.choices)
    assert run_json.rating is None or run_json.rating in range(1, question.scale + 1)
    assert len(run_json.choices) <= (1 if question.kind == "single" else len(question.choices))
    assert not question.required or run_json.choices or run_json.rating
