"""When it begins: as the webinar is planned, or at once as a private test."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from editor.schedule.model import SECOND, Webinar
from editor.schedule.start import clock_at
from ui.parts import button, label
from ui.words import Words


class MomentForm(QWidget):
    """Chooses between the two."""

    changed = Signal()
    plan_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.test_in_ms = 5 * SECOND
        """A private test begins so long after it is published."""
        self._planned = QRadioButton()
        self._planned.setChecked(True)
        self._test = QRadioButton()
        self._planned_means = label("quiet", wrap=True)
        self._test_means = label("quiet", wrap=True)
        self._plan = button("link")
        self._plan.clicked.connect(self.plan_asked)
        self._test.toggled.connect(lambda _on: self.changed.emit())
        plan = QHBoxLayout()
        plan.setSpacing(8)
        plan.addWidget(self._planned)
        plan.addWidget(self._plan)
        plan.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(plan)
        column.addWidget(self._planned_means)
        column.addSpacing(4)
        column.addWidget(self._test)
        column.addWidget(self._test_means)
        for means in (self._planned_means, self._test_means):
            means.setContentsMargins(26, 0, 0, 0)

    @property
    def test(self) -> bool:
        """Whether it is to be a private test."""
        return self._test.isChecked()

    def choose_test(self) -> None:
        """Choose the private test."""
        self._test.setChecked(True)

    def show_webinar(self, webinar: Webinar) -> None:
        """Say when this webinar starts, here and where it is planned."""
        start = clock_at(webinar, 0)
        self._plan.setText(self.tr("Change…"))
        self._test.setText(self.tr("Private test session, now"))
        self._test_means.setText(
            self.tr(
                "Begins in {seconds} seconds on the real hosting, outside figures and limits. Nobody else has its link."
            ).format(seconds=self.test_in_ms // SECOND)
        )
        if start is None:
            self._planned.setText(self.tr("As planned: no date is set yet"))
            self._planned_means.clear()
            return
        self._planned.setText(self._words.moment(start, zone=webinar.zone))
        here = start.astimezone()
        if here.utcoffset() == start.utcoffset():
            self._planned_means.setText(self.tr("Starts by itself, with or without you."))
        else:
            text = self.tr("That is {moment} on this computer's clock. Starts by itself, with or without you.")
            self._planned_means.setText(text.format(moment=self._words.moment(here)))
