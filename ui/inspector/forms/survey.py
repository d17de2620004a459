"""The form of a survey: its questions in order, and a preview."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from editor.schedule.model import QUESTION_KINDS, AnySegment, Question, QuestionKind, Survey, new_id
from editor.schedule.operations import AnyOperation, ChangeSegment
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.forms.offer_preview import OfferPreview
from ui.inspector.forms.question import QuestionCard, get_kind_names
from ui.inspector.forms.timing_fields import TimingFields
from ui.inspector.input_widgets import LabelledField, LineField
from ui.style import theme
from ui.widgets import basics


class SurveyForm(SegmentForm):
    """The inspector's form with the fields of a survey, and a card for each question.

    Made once and filled for each survey.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._preview = OfferPreview()
        self._title = LineField()
        self._title_row = LabelledField(self._title)
        self._heading = basics.make_label("heading")
        self._cards: dict[str, QuestionCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._add = basics.make_button()
        self._timing = TimingFields(context.formatter, timed=False)
        self._new_question_id: str | None = None
        self.column.addWidget(self._preview)
        self.column.addWidget(self._title_row)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._list)
        self.column.addWidget(self._add)
        self.column.addWidget(self._timing)
        self._title.edited.connect(lambda title: self.set_fields(title=title))
        self._title.textChanged.connect(self._on_text_changed)
        self._timing.lengths_requested.connect(lambda numbers: self.set_lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._preview.setAccessibleName(self.tr("What attendees will see"))
        self._preview.setToolTip(self.tr("What attendees will see. Click to see it large."))
        self._title_row.set_name(self.tr("Title"), self.tr("Attendees read it above the questions"))
        self._title.setPlaceholderText(self.tr("How was it?"))
        self._heading.setText(self.tr("Questions"))
        self._add.setText(self.tr("Add a question"))
        self._add.setIcon(theme.icon("add", theme.look_of(self).text))
        old_menu, menu = self._add.menu(), QMenu(self._add)
        names = get_kind_names()
        for kind in QUESTION_KINDS:
            menu.addAction(names[kind]).setData(kind)
        menu.triggered.connect(lambda action: self._on_add(action.data()))
        self._add.setMenu(menu)
        if old_menu is not None:
            old_menu.deleteLater()
        for card in self._cards.values():
            card.retranslate()
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Put the values of a survey into the fields, and show its preview; a question just added gets the focus.

        Cards of remaining questions are kept, with a text being typed.
        """
        assert isinstance(segment, Survey)
        self._title.set_value(segment.title)
        self._timing.show_segment(segment, self.webinar)
        question_ids = [question.id for question in segment.questions]
        for removed_id in [each for each in self._cards if each not in question_ids]:
            card = self._cards.pop(removed_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for index, question in enumerate(segment.questions):
            card = self._cards.get(question.id) or self._make_card(question)
            if self._list.indexOf(card) != index:
                self._list.removeWidget(card)
                self._list.insertWidget(index, card)
            card.show_question(question, index + 1, len(question_ids))
        if self._new_question_id in self._cards:
            self._cards[self._new_question_id].focus_text()
            self._new_question_id = None
        self._on_text_changed()

    def _make_card(self, question: Question) -> QuestionCard:
        card = QuestionCard(question)
        self._cards[question.id] = card
        card.edited.connect(self._on_edited)
        card.moved.connect(lambda by: self._on_moved(card.question_id, by))
        card.removed.connect(lambda: self._on_removed(card.question_id))
        return card

    def _on_text_changed(self) -> None:
        segment = self.webinar.find_segment(self.segment_id)
        if isinstance(segment, Survey):
            self._preview.show_offer(msgspec.structs.replace(segment, title=self._title.text()))

    # ------------------------------------------------------------------------------------------- edits

    def _change_questions(self, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]) -> None:
        def change_survey(segment: AnySegment) -> AnyOperation | None:
            if not isinstance(segment, Survey):
                return None
            questions = change(segment.questions)
            if questions == segment.questions:
                return None
            return ChangeSegment(segment=msgspec.structs.replace(segment, questions=questions))

        self.enqueue(change_survey)

    def _on_add(self, kind: QuestionKind) -> None:
        question = Question(id=new_id(), kind=kind)
        self._new_question_id = question.id
        self._change_questions(lambda questions: (*questions, question))

    def _on_edited(self, question_id: str, fields: dict[str, object]) -> None:
        def edit_question(questions: tuple[Question, ...]) -> tuple[Question, ...]:
            return tuple(
                msgspec.structs.replace(each, **fields) if each.id == question_id else each for each in questions
            )

        self._change_questions(edit_question)

    def _on_removed(self, question_id: str) -> None:
        self._change_questions(lambda questions: tuple(each for each in questions if each.id != question_id))

    def _on_moved(self, question_id: str, step: int) -> None:
        def move_question(questions: tuple[Question, ...]) -> tuple[Question, ...]:
            order = list(questions)
            index = next((n for n, each in enumerate(order) if each.id == question_id), None)
            if index is None or not 0 <= index + step < len(order):
                return questions
            order.insert(index + step, order.pop(index))
            return tuple(order)

        self._change_questions(move_question)
