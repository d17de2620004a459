"""Each limit of a text stands once: the API's structs and the rules of the room take it from the same place."""

from dataclasses import dataclass

import msgspec
import pytest

from editor.protocol import api
from editor.schedule import limits
from editor.schedule.model import Question, Survey
from editor.schedule.room import check_answer


@dataclass
class WrittenAnswer:
    text: str
    question: str = "q"
    choices: tuple[int, ...] = ()
    rating: int | None = None


@pytest.mark.parametrize(
    ("struct", "field", "most"),
    [
        (api.ChatMessageRequest, "text", limits.MAX_MESSAGE_CHARS),
        (api.AnswerRequest, "text", limits.MAX_ANSWER_CHARS),
        (api.TroubleReport, "text", limits.MAX_TROUBLE_CHARS),
        (api.TroubleReport, "seen", limits.MAX_TROUBLE_FACTS_CHARS),
        (api.EnterRequest, "name", limits.MAX_ATTENDEE_NAME_CHARS),
        (api.EnterRequest, "email", limits.MAX_EMAIL_CHARS),
        (api.ControlRequest, "note", limits.MAX_PAUSE_NOTE_CHARS),
        (api.PushedVersion, "note", limits.MAX_VERSION_NOTE_CHARS),
        (api.FirstOwnerRequest, "password", limits.MAX_PASSWORD_CHARS),
    ],
)
def test_the_schema_of_the_api_has_the_limit(struct: type, field: str, most: int) -> None:
    schema = msgspec.json.schema(struct)["$defs"][struct.__name__]
    assert schema["properties"][field]["maxLength"] == most


def test_the_room_takes_the_longest_text_and_refuses_one_character_more() -> None:
    survey = Survey(id="s", start_ms=0, offer="o", length_ms=1_000, questions=(Question(id="q", kind="text"),))
    assert check_answer(survey, WrittenAnswer("x" * 2_000)) is None
    error = check_answer(survey, WrittenAnswer("x" * 2_001))
    assert error is not None
    assert (error.code, error.facts["most"]) == ("room.answer_long", 2_000)


def test_all_limits_are_named_in_one_dictionary() -> None:
    named = limits.as_dict()
    assert named["MAX_MESSAGE_CHARS"] == 1_000
    assert named["MIN_PASSWORD_CHARS"] == 10
    assert len(named) == 17
