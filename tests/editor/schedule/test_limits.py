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


def test_the_limits_that_servers_pages_and_windows_rely_on() -> None:
    assert limits.as_dict() == {
        "MAX_SHORT_TEXT_CHARS": 200,
        "MIN_PASSWORD_CHARS": 10,
        "MAX_PASSWORD_CHARS": 1_000,
        "MAX_ATTENDEE_NAME_CHARS": 80,
        "MAX_EMAIL_CHARS": 254,
        "MAX_LANGUAGE_CHARS": 20,
        "MAX_MESSAGE_CHARS": 1_000,
        "MAX_ANSWER_CHARS": 2_000,
        "MAX_TROUBLE_CHARS": 1_000,
        "MAX_TROUBLE_FACTS_CHARS": 2_000,
        "MAX_PAUSE_NOTE_CHARS": 500,
        "MAX_VERSION_NOTE_CHARS": 2_000,
        "MAX_SPEAKER_NOTE_CHARS": 20_000,
        "MAX_BUTTON_CHARS": 60,
        "MAX_LINK_CHARS": 2_000,
        "MAX_QUESTION_CHARS": 500,
        "MAX_PREVIEW_CHARS": 300,
    }
