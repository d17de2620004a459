"""The fields of a survey: its questions in their order, and what attendees will see of it."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from editor.schedule.model import AnySegment, Question, QuestionKind, Survey, new_id
from editor.schedule.operations import AnyOperation, Put
from ui import parts, theme
from ui.inspector.fields import Labelled, LineField
from ui.inspector.form import Form, Means
from ui.inspector.offer_preview import OfferPreview
from ui.inspector.question import QuestionCard
from ui.inspector.timing import TimingFields


class SurveyForm(Form):
    """One survey."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(means, parent)
        self._preview = OfferPreview()
        self._title = LineField()
        self._title_row = Labelled(self._title)
        self._heading = parts.label("heading")
        self._cards: dict[str, QuestionCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._add = parts.button()
        self._timing = TimingFields(means.words, timed=False)
        self._fresh: str | None = None
        self.column.addWidget(self._preview)
        self.column.addWidget(self._title_row)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._list)
        self.column.addWidget(self._add)
        self.column.addWidget(self._timing)
        self._title.edited.connect(lambda title: self.put(title=title))
        self._title.textChanged.connect(self._on_written)
        self._timing.lengths_asked.connect(lambda numbers: self.lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._preview.setAccessibleName(self.tr("What attendees will see"))
        self._preview.setToolTip(self.tr("What attendees will see. Click to see it large."))
        self._title_row.say(self.tr("Title"), self.tr("Attendees read it above the questions"))
        self._title.setPlaceholderText(self.tr("How was it?"))
        self._heading.setText(self.tr("Questions"))
        self._add.setText(self.tr("Add a question"))
        self._add.setIcon(theme.icon("add", theme.look_of(self).text))
        before, menu = self._add.menu(), QMenu(self._add)
        kinds: tuple[tuple[QuestionKind, str], ...] = (
            ("single", self.tr("One answer of several")),
            ("multiple", self.tr("Several answers")),
            ("text", self.tr("In their own words")),
            ("rating", self.tr("A rating")),
        )
        for kind, text in kinds:
            menu.addAction(text).setData(kind)
        menu.triggered.connect(lambda action: self._on_add(action.data()))
        self._add.setMenu(menu)
        if before is not None:
            before.deleteLater()
        for card in self._cards.values():
            card.say()
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Show a survey; cards of questions that are still there stay, with whoever writes in them."""
        assert isinstance(segment, Survey)
        self._title.set_value(segment.title)
        self._timing.show_segment(segment, self.webinar)
        wanted = [question.id for question in segment.questions]
        for gone in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(gone)
            self._list.removeWidget(card)
            card.deleteLater()
        for place, question in enumerate(segment.questions):
            card = self._cards.get(question.id) or self._new_card(question)
            if self._list.indexOf(card) != place:
                self._list.removeWidget(card)
                self._list.insertWidget(place, card)
            card.show_question(question, place + 1, len(wanted))
        if self._fresh in self._cards:
            self._cards[self._fresh].start_writing()
            self._fresh = None
        self._on_written()

    def _new_card(self, question: Question) -> QuestionCard:
        card = QuestionCard(question)
        self._cards[question.id] = card
        card.edited.connect(self._on_edited)
        card.moved.connect(lambda by: self._on_moved(card.question_id, by))
        card.removed.connect(lambda: self._on_removed(card.question_id))
        return card

    def _on_written(self) -> None:
        segment = self.webinar.find(self.segment_id)
        if isinstance(segment, Survey):
            self._preview.show_offer(msgspec.structs.replace(segment, title=self._title.text()))

    # ------------------------------------------------------------------------------------------- the changes

    def _questions(self, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]) -> None:
        def put(segment: AnySegment) -> AnyOperation | None:
            if not isinstance(segment, Survey):
                return None
            questions = change(segment.questions)
            if questions == segment.questions:
                return None
            return Put(segment=msgspec.structs.replace(segment, questions=questions))

        self.do(put)

    def _on_add(self, kind: QuestionKind) -> None:
        question = Question(id=new_id(), kind=kind)
        self._fresh = question.id
        self._questions(lambda questions: (*questions, question))

    def _on_edited(self, question_id: str, fields: dict[str, object]) -> None:
        def edited(questions: tuple[Question, ...]) -> tuple[Question, ...]:
            return tuple(
                msgspec.structs.replace(each, **fields) if each.id == question_id else each for each in questions
            )

        self._questions(edited)

    def _on_removed(self, question_id: str) -> None:
        self._questions(lambda questions: tuple(each for each in questions if each.id != question_id))

    def _on_moved(self, question_id: str, by: int) -> None:
        def moved(questions: tuple[Question, ...]) -> tuple[Question, ...]:
            order = list(questions)
            place = next((n for n, each in enumerate(order) if each.id == question_id), None)
            if place is None or not 0 <= place + by < len(order):
                return questions
            order.insert(place + by, order.pop(place))
            return tuple(order)

        self._questions(moved)
