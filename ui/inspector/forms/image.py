"""The fields of an image."""

import msgspec
from PySide6.QtWidgets import QWidget

from editor.schedule.model import AnySegment
from editor.schedule.segment_titles import get_segment_title
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.forms.timing_fields import TimingFields
from ui.inspector.input_widgets import LabelledField, LineField


class ImageForm(SegmentForm):
    """The inspector's form with the fields of an image segment; made once and filled for each segment."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._title = LineField()
        self._title_row = LabelledField(self._title)
        self._timing = TimingFields(context.formatter, timed=False)
        self.column.addWidget(self._title_row)
        self.column.addWidget(self._timing)
        self._title.edited.connect(lambda title: self.set_fields(title=title))
        self._timing.lengths_requested.connect(lambda numbers: self.set_lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._title_row.set_name(self.tr("Title"))
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Put title, start and length of an image segment into the fields."""
        self._title.set_value(segment.title)
        self._title.setPlaceholderText(
            get_segment_title(msgspec.structs.replace(segment, title=""), self.webinar.media)
        )
        self._timing.show_segment(segment, self.webinar)
