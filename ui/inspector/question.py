"""One question of a survey, as a card: what is asked, how it is answered, whether it must be."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.model import Question
from ui import parts, theme
from ui.inspector.fields import ChoiceField, Labelled, LineField, TextField, small_button

KINDS = ("single", "multiple", "text", "rating")
CHOOSING = ("single", "multiple")


class QuestionCard(QFrame):
    """Edits one question; the survey has it, this only tells."""

    edited = Signal(str, object)
    """The question's id, and a dict of its fields that a person changed."""
    moved = Signal(int)
    """Earlier (-1) or later (1)."""
    removed = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._question = question
        self._number = parts.label("strong")
        self._kind = ChoiceField()
        self._up, self._down, self._remove = (small_button() for _ in range(3))
        self._text = LineField(longest=500)
        self._choices = TextField(lines=4)
        self._choices_row = Labelled(self._choices)
        self._scale = ChoiceField()
        self._scale_row = Labelled(self._scale)
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
        self._kind.edited.connect(lambda kind: self._tell(kind=kind))
        self._text.edited.connect(lambda text: self._tell(text=text))
        self._choices.edited.connect(lambda text: self._tell(choices=lines_of(text)))
        self._scale.edited.connect(lambda scale: self._tell(scale=scale))
        self._required.clicked.connect(lambda required: self._tell(required=required))
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._remove.clicked.connect(self.removed)
        self._dress()

    @property
    def question_id(self) -> str:
        """Which question it is."""
        return self._question.id

    def say(self) -> None:
        """Say everything in the language in force."""
        question = self._question
        names = (self.tr("one answer"), self.tr("several answers"), self.tr("own words"), self.tr("rating"))
        self._kind.set_choices(tuple(zip(KINDS, names, strict=True)), question.kind)
        self._kind.setAccessibleName(self.tr("How it is answered"))
        self._text.setPlaceholderText(self.tr("What do you want to know?"))
        self._text.setAccessibleName(self.tr("Question"))
        self._choices_row.say(self.tr("Answers, one a line"))
        few = question.kind in CHOOSING and len(set(question.choices)) < 2
        self._choices_row.set_problem(self.tr("At least two different answers.") if few else "")
        self._choices.setPlaceholderText(self.tr("Yes") + "\n" + self.tr("No"))
        self._scale_row.say(self.tr("Stars"))
        self._required.setText(self.tr("Must be answered"))
        for button, tip in (
            (self._up, self.tr("Earlier")),
            (self._down, self.tr("Later")),
            (self._remove, self.tr("Remove this question")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)

    def show_question(self, question: Question, number: int, count: int) -> None:
        """Show a question, the how-manieth of how many."""
        self._question = question
        self._number.setText(f"{number}.")
        self._text.set_value(question.text)
        self._choices_row.setVisible(question.kind in CHOOSING)
        self._choices.set_value("\n".join(question.choices))
        self._scale_row.setVisible(question.kind == "rating")
        self._scale.set_choices([(stars, str(stars)) for stars in range(2, 11)], question.scale)
        self._required.setChecked(question.required)
        self._up.setEnabled(number > 1)
        self._down.setEnabled(number < count)
        self.say()

    def start_writing(self) -> None:
        """Put the cursor where the question is written."""
        self._text.setFocus()

    def _tell(self, **fields: object) -> None:
        self.edited.emit(self._question.id, fields)

    def _dress(self) -> None:
        colour = theme.look_of(self).text
        for button, name in ((self._up, "up"), (self._down, "down"), (self._remove, "remove")):
            button.setIcon(theme.icon(name, colour))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def lines_of(text: str) -> tuple[str, ...]:
    """The answers somebody wrote, one a line, each once, without empty ones."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
