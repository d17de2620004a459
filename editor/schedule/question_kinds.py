"""The kinds of question of a survey and what is true of each: one table, `QUESTION_TRAITS`, that others ask.

A rule asks for one property of a kind: ``QUESTION_TRAITS[question.kind].has_choices``. Code that does something
different for each kind, or for each `AnswerField`, is a dispatch that ends in ``typing.assert_never``.

A new kind is added to `QuestionKind` (`editor.schedule.model`) and to this table. mypy then names every dispatch and
every `QuestionKindTable` in which it is missing, and TypeScript those of the attendees' pages.
"""

from dataclasses import dataclass
from typing import Generic, Literal, TypedDict, TypeVar, get_args

T = TypeVar("T")

AnswerField = Literal["choices", "text", "rating"]
"""The field of an answer that a question asks for; the others stay empty."""
ANSWER_FIELDS: tuple[AnswerField, ...] = get_args(AnswerField)


class QuestionKindTable(TypedDict, Generic[T]):
    """A value for every kind of question; a table in which a kind is missing is a type error."""

    single: T
    multiple: T
    text: T
    rating: T


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTraits:
    """What is true of every question of one kind; immutable, `QUESTION_TRAITS` has the one of each."""

    answer: AnswerField
    """The field of an answer that it asks for."""
    allows_several: bool = False
    """An answer may have more than one choice."""

    @property
    def has_choices(self) -> bool:
        """Whether it offers `Question.choices`, of one or several; preflight demands two of them."""
        return self.answer == "choices"

    @property
    def has_scale(self) -> bool:
        """Whether it asks for a number from 1 to `Question.scale`."""
        return self.answer == "rating"


QUESTION_TRAITS: QuestionKindTable[QuestionTraits] = {
    "single": QuestionTraits(answer="choices"),
    "multiple": QuestionTraits(answer="choices", allows_several=True),
    "text": QuestionTraits(answer="text"),
    "rating": QuestionTraits(answer="rating"),
}
"""What is true of each kind of question."""
