"""Checks whether an attendee's answer to a survey or click on a call to action is accepted."""

from collections.abc import Iterable
from typing import Protocol, assert_never

from editor.errors import KnownError
from editor.schedule.clock import AnyClockEvent, RoomClock
from editor.schedule.limits import MAX_ANSWER_CHARS
from editor.schedule.model import Cta, Question, Survey, Webinar
from editor.schedule.question_kinds import ANSWER_FIELDS, QUESTION_TRAITS, AnswerField
from editor.schedule.room.due_cues import collect_past_offers
from editor.schedule.room.phases import RESPONSE_GRACE_MS, is_within_grace


class AnswerLike(Protocol):
    """One answer to one question of a survey: a request (`AnswerRequest`) or a row of the log (`QuestionAnswered`)."""

    @property
    def question(self) -> str:
        """The id of the question."""

    @property
    def choices(self) -> tuple[int, ...]:
        """The indexes of the choices in `Question.choices`, from 0; empty where none was made."""

    @property
    def text(self) -> str:
        """The answer in words; empty where there is none."""

    @property
    def rating(self) -> int | None:
        """The rating, from 1 to the question's `scale`; None where there is none."""


def check_response_allowed(
    webinar: Webinar,
    events: Iterable[AnyClockEvent],
    clock: RoomClock,
    now_ms: int,
    offer: str,
    *,
    replay: bool = False,
) -> KnownError | None:
    """Return why a click on an offer, or an answer to it, is not accepted now, or None where it is.

    An offer that was opened accepts them for `RESPONSE_GRACE_MS` after the end; on demand every offer does from the
    start on, and in a replay always.

    Args:
        webinar: The version that plays.
        events: The events of the room clock.
        clock: The clock after these events.
        now_ms: The server time, in ms since the epoch.
        offer: The offer's id.
        replay: The session can be watched when it is over.

    Returns:
        ``room.no_offer`` (not in this webinar, or not opened yet), ``room.offer_over`` or None.
    """
    if not any(segment.offer == offer for segment in webinar.interactions):
        return KnownError("room.no_offer")
    if webinar.room == "on_demand":
        return KnownError("room.no_offer") if clock.read(now_ms).phase == "waiting" else None
    if replay and clock.read(now_ms).phase == "over":
        return None
    if not any(cue.offer == offer for cue in collect_past_offers(webinar, events, clock, now_ms)):
        return KnownError("room.no_offer")
    return None if is_within_grace(clock, now_ms, RESPONSE_GRACE_MS) else KnownError("room.offer_over")


def find_survey(webinar: Webinar, offer: str) -> Survey | None:
    """Return the survey with an offer id, of a split one the first part; None where the webinar has none."""
    return next((one for one in webinar.interactions if one.offer == offer and isinstance(one, Survey)), None)


def find_cta(webinar: Webinar, offer: str) -> Cta | None:
    """Return the call to action with an offer id, of a split one the first part; None where the webinar has none."""
    return next((one for one in webinar.interactions if one.offer == offer and isinstance(one, Cta)), None)


def check_answer(survey: Survey, answer: AnswerLike) -> KnownError | None:
    """Return the error that says why an answer does not fit its question, or None where it does; nothing is raised.

    Codes: ``room.no_question``, ``room.answer_needed`` (required and empty), ``room.answer_choice`` (no such choice, or
    one twice), ``room.answer_one`` (several choices where one is asked), ``room.answer_rating`` (scale),
    ``room.answer_long`` (most), ``room.answer_kind`` (e.g. words where a choice is asked). An empty answer, or a text
    of white space alone, fits a question that is not required.
    """
    question = next((one for one in survey.questions if one.id == answer.question), None)
    if question is None:
        return KnownError("room.no_question")
    given_fields = {field for field in ANSWER_FIELDS if _has_content(answer, field)}
    if given_fields - {QUESTION_TRAITS[question.kind].answer}:
        return KnownError("room.answer_kind", kind=question.kind)
    if not given_fields:
        return KnownError("room.answer_needed") if question.required else None
    return _check_bounds(question, answer)


def _has_content(answer: AnswerLike, field: AnswerField) -> bool:
    """Return whether an answer fills in a field."""
    match field:
        case "choices":
            return bool(answer.choices)
        case "text":
            return bool(answer.text.strip())
        case "rating":
            return answer.rating is not None
        case _:
            assert_never(field)


def _check_bounds(question: Question, answer: AnswerLike) -> KnownError | None:
    """Return why an answer that fills in the right field is out of bounds, or None."""
    traits = QUESTION_TRAITS[question.kind]
    if len(answer.text) > MAX_ANSWER_CHARS:  # of any question: a text of spaces counts as empty
        return KnownError("room.answer_long", most=MAX_ANSWER_CHARS)
    match traits.answer:
        case "choices":
            is_known = all(0 <= choice < len(question.choices) for choice in answer.choices)
            if not is_known or len(set(answer.choices)) != len(answer.choices):
                return KnownError("room.answer_choice")
            return KnownError("room.answer_one") if len(answer.choices) > 1 and not traits.allows_several else None
        case "rating":
            is_on_scale = answer.rating is not None and 1 <= answer.rating <= question.scale
            return None if is_on_scale else KnownError("room.answer_rating", scale=question.scale)
        case "text":
            return None
        case _:
            assert_never(traits.answer)
