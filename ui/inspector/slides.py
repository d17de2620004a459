"""The fields of a presentation: its place, its pages and their times, its sound track."""

import msgspec
from PySide6.QtWidgets import QWidget

from editor.schedule.model import AnySegment, Media, Presentation
from editor.schedule.names import name_of
from editor.schedule.operations import SpreadEvenly
from ui.inspector.fields import Labelled, LineField
from ui.inspector.form import Form, Means
from ui.inspector.media_choice import MediaChoice, with_media
from ui.inspector.pages import PagesEditor
from ui.inspector.sound import SoundFields
from ui.inspector.timing import TimingFields


class SlidesForm(Form):
    """One presentation."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(means, parent)
        self._title = LineField()
        self._title_row = Labelled(self._title)
        self._timing = TimingFields(means.words, timed=False)
        self._pages = PagesEditor(means.desk)
        self._audio = MediaChoice(means, "audio")
        self._audio_row = Labelled(self._audio)
        self._sound = SoundFields()
        for part in (self._title_row, self._timing, self._pages, self._audio_row, self._sound):
            self.column.addWidget(part)
        self._title.edited.connect(lambda title: self.put(title=title))
        self._timing.lengths_asked.connect(lambda numbers: self.lengths(**numbers))
        self._pages.pages_edited.connect(lambda pages: self.lengths(pages=pages))
        self._pages.spread_asked.connect(lambda: self.do(lambda segment: SpreadEvenly(segment=segment.id)))
        self._audio.edited.connect(self._on_audio)
        self._sound.edited.connect(lambda fields: self.put(**fields))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title_row.say(self.tr("Title"))
        self._audio_row.say(self.tr("Sound track"), self.tr("Plays along with the pages, from the first on"))
        self._timing.retranslate()
        self._pages.retranslate()
        self._audio.retranslate()
        self._sound.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Show a presentation."""
        assert isinstance(segment, Presentation)
        self._title.set_value(segment.title)
        self._title.setPlaceholderText(name_of(msgspec.structs.replace(segment, title=""), self.webinar.media))
        self._timing.show_segment(segment, self.webinar)
        self._pages.show_pages(segment.media, segment.pages, (segment.in_ms, segment.out_ms))
        self._audio.show_choice(segment.id, segment.audio)
        self._sound.setVisible(segment.audio is not None)
        self._sound.show_sound(segment, segment.length_ms)

    def _on_audio(self, segment_id: str, audio: Media | None) -> None:
        self.means.commits.do(segment_id, with_media("audio", audio))
