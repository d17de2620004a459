"""The card of one question of a survey: text, answer type, choices, whether it is required."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.limits import MAX_QUESTION_CHARS
from editor.schedule.model import QUESTION_KINDS, Question
from editor.schedule.question_kinds import QUESTION_TRAITS, QuestionKindTable
from ui.inspector.input_widgets import ChoiceField, LabelledField, LineField, TextField, make_small_button
from ui.style import theme
from ui.text.plain_text import to_tooltip
from ui.widgets import basics


def get_kind_names() -> QuestionKindTable[str]:
    """Return the names of the kinds of question, by kind, in the current language."""
    return {
        "single": QCoreApplication.translate("QuestionCard", "Single choice"),
        "multiple": QCoreApplication.translate("QuestionCard", "Multiple choice"),
        "text": QCoreApplication.translate("QuestionCard", "Free text"),
        "rating": QCoreApplication.translate("QuestionCard", "Rating"),
    }


class QuestionCard(QFrame):
    """The card with the fields of one question of a survey; it edits nothing itself, but reports edits by signals."""

    edited = Signal(str, object)
    """Emitted with the id of the question and a dict of its edited fields."""
    moved = Signal(int)
    """Emitted with -1 to move the question up, 1 to move it down."""
    removed = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._question = question
        self._number = basics.make_label("strong")
        self._kind = ChoiceField()
        self._up, self._down, self._remove = (make_small_button() for _ in range(3))
        self._text = LineField(max_length=MAX_QUESTION_CHARS)
        self._choices = TextField(lines=4)
        self._choices_row = LabelledField(self._choices)
        self._scale = ChoiceField()
        self._scale_row = LabelledField(self._scale)
        self._required = QCheckBox()
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._number)
        head.addWidget(self._kind, 1)
        for button in (self._up, self._down, self._remove):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self._text, self._choices_row, self._scale_row, self._required):
            column.addWidget(part)
        self._kind.edited.connect(lambda kind: self._emit_change(kind=kind))
        self._text.edited.connect(lambda text: self._emit_change(text=text))
        self._choices.edited.connect(lambda text: self._emit_change(choices=parse_choices(text)))
        self._scale.edited.connect(lambda scale: self._emit_change(scale=scale))
        self._required.clicked.connect(lambda required: self._emit_change(required=required))
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._remove.clicked.connect(self.removed)
        self._update_icons()

    @property
    def question_id(self) -> str:
        """The id of the question that is shown."""
        return self._question.id

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        question = self._question
        traits, names = QUESTION_TRAITS[question.kind], get_kind_names()
        self._kind.set_choices(tuple((kind, names[kind]) for kind in QUESTION_KINDS), question.kind)
        self._kind.setAccessibleName(self.tr("Answer type"))
        self._text.setPlaceholderText(self.tr("What do you want to know?"))
        self._text.setAccessibleName(self.tr("Question"))
        self._choices_row.set_name(self.tr("Answers, one per line"))
        has_too_few = traits.has_choices and len(set(question.choices)) < 2
        self._choices_row.set_problem(self.tr("Enter at least two different answers.") if has_too_few else "")
        self._choices.setPlaceholderText(self.tr("Yes") + "\n" + self.tr("No"))
        self._scale_row.set_name(self.tr("Stars"))
        self._required.setText(self.tr("Required"))
        for button, tip in (
            (self._up, self.tr("Move up")),
            (self._down, self.tr("Move down")),
            (self._remove, self.tr("Remove this question")),
        ):
            button.setToolTip(to_tooltip(tip))
            button.setAccessibleName(tip)

    def show_question(self, question: Question, number: int, count: int) -> None:
        """Show a question in the fields; a text that the user is typing is kept.

        Args:
            question: its values.
            number: its place in the survey, from 1.
            count: the number of questions.
        """
        self._question = question
        self._number.setText(f"{number}.")
        self._text.set_value(question.text)
        traits = QUESTION_TRAITS[question.kind]
        self._choices_row.setVisible(traits.has_choices)
        self._choices.set_value("\n".join(question.choices))
        self._scale_row.setVisible(traits.has_scale)
        self._scale.set_choices([(stars, str(stars)) for stars in range(2, 11)], question.scale)
        self._required.setChecked(question.required)
        self._up.setEnabled(number > 1)
        self._down.setEnabled(number < count)
        self.retranslate()

    def focus_text(self) -> None:
        """Give the keyboard focus to the field with the text of the question."""
        self._text.setFocus()

    def _emit_change(self, **fields: object) -> None:
        self.edited.emit(self._question.id, fields)

    def _update_icons(self) -> None:
        colour = theme.look_of(self).text
        for button, name in ((self._up, "up"), (self._down, "down"), (self._remove, "remove")):
            button.setIcon(theme.icon(name, colour))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()


def parse_choices(text: str) -> tuple[str, ...]:
    """Return the choices of a text, one per line, in order, without empty and repeated ones.

    Spaces at both ends of a line are dropped.
    """
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
