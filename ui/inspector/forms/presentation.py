"""The form of a presentation: times, pages, sound track."""

import msgspec
from PySide6.QtWidgets import QWidget

from editor.schedule.model import AnySegment, Media, Presentation
from editor.schedule.operations import SpreadEvenly
from editor.schedule.segment_titles import get_segment_title
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.forms.media_choice import MediaChoice, make_media_change
from ui.inspector.forms.sound_fields import SoundFields
from ui.inspector.forms.timing_fields import TimingFields
from ui.inspector.input_widgets import LabelledField, LineField
from ui.inspector.slide_pages import PagesEditor


class PresentationForm(SegmentForm):
    """The inspector's form with the fields and pages of a presentation; made once and filled for each segment."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._title = LineField()
        self._title_row = LabelledField(self._title)
        self._timing = TimingFields(context.formatter, timed=False)
        self._pages = PagesEditor(context.media_service)
        self._audio = MediaChoice(context, "audio")
        self._audio_row = LabelledField(self._audio)
        self._sound = SoundFields()
        for part in (self._title_row, self._timing, self._pages, self._audio_row, self._sound):
            self.column.addWidget(part)
        self._title.edited.connect(lambda title: self.set_fields(title=title))
        self._timing.lengths_requested.connect(lambda numbers: self.set_lengths(**numbers))
        self._pages.pages_edited.connect(lambda pages: self.set_lengths(pages=pages))
        self._pages.spread_requested.connect(lambda: self.enqueue(lambda segment: SpreadEvenly(segment=segment.id)))
        self._audio.edited.connect(self._on_audio)
        self._sound.edited.connect(lambda fields: self.set_fields(**fields))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._title_row.set_name(self.tr("Title"))
        self._audio_row.set_name(self.tr("Sound track"), self.tr("Plays from the first page on"))
        self._timing.retranslate()
        self._pages.retranslate()
        self._audio.retranslate()
        self._sound.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Put title, times, pages and sound track of a presentation into the fields.

        The fields for volume and fades are hidden without a sound track.
        """
        assert isinstance(segment, Presentation)
        self._title.set_value(segment.title)
        self._title.setPlaceholderText(
            get_segment_title(msgspec.structs.replace(segment, title=""), self.webinar.media)
        )
        self._timing.show_segment(segment, self.webinar)
        self._pages.show_pages(segment.media, segment.pages, (segment.in_ms, segment.out_ms))
        self._audio.show_choice(segment.id, segment.audio)
        self._sound.setVisible(segment.audio is not None)
        self._sound.show_sound(segment, segment.length_ms)

    def _on_audio(self, segment_id: str, audio: Media | None) -> None:
        self.context.edit_queue.enqueue(segment_id, make_media_change("audio", audio))
