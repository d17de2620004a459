"""The fields of an image."""

import msgspec
from PySide6.QtWidgets import QWidget

from editor.schedule.model import AnySegment
from editor.schedule.names import name_of
from ui.inspector.fields import Labelled, LineField
from ui.inspector.form import Form, Means
from ui.inspector.timing import TimingFields


class StillForm(Form):
    """One image."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(means, parent)
        self._title = LineField()
        self._title_row = Labelled(self._title)
        self._timing = TimingFields(means.words, timed=False)
        self.column.addWidget(self._title_row)
        self.column.addWidget(self._timing)
        self._title.edited.connect(lambda title: self.put(title=title))
        self._timing.lengths_asked.connect(lambda numbers: self.lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title_row.say(self.tr("Title"))
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Show an image."""
        self._title.set_value(segment.title)
        self._title.setPlaceholderText(name_of(msgspec.structs.replace(segment, title=""), self.webinar.media))
        self._timing.show_segment(segment, self.webinar)
