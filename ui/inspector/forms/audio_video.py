"""The form of videos, recordings and audio."""

from pathlib import Path

import msgspec
from PySide6.QtWidgets import QWidget

from editor.schedule.model import AnySegment, Audio, CaptionTrack, Media, Timed
from editor.schedule.operations import AddMedia, AnyOperation, ChangeSegment
from editor.schedule.segment_titles import get_segment_title
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.forms.media_choice import MediaChoice, make_media_change
from ui.inspector.forms.sound_fields import SoundFields
from ui.inspector.forms.timing_fields import TimingFields
from ui.inspector.input_widgets import ChoiceField, LabelledField, LineField

ATTACH_CHOICE = "attach"


class AudioVideoForm(SegmentForm):
    """The inspector's form with the fields of a video, a recording or audio; made once and filled for each segment."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._title = LineField()
        self._title_row = LabelledField(self._title)
        self._timing = TimingFields(context.formatter, timed=True)
        self._sound = SoundFields()
        self._captions = ChoiceField()
        self._captions_row = LabelledField(self._captions)
        self._picture = MediaChoice(context, "image")
        self._picture_row = LabelledField(self._picture)
        for part in (self._title_row, self._timing, self._sound, self._captions_row, self._picture_row):
            self.column.addWidget(part)
        self._title.edited.connect(lambda title: self.set_fields(title=title))
        self._timing.lengths_requested.connect(lambda numbers: self.set_lengths(**numbers))
        self._sound.edited.connect(lambda fields: self.set_fields(**fields))
        self._captions.edited.connect(self._on_captions)
        self._picture.edited.connect(self._on_picture)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._title_row.set_name(self.tr("Title"))
        self._captions_row.set_name(self.tr("Captions"))
        self._picture_row.set_name(self.tr("Picture"), self.tr("Shown to attendees while the audio plays"))
        self._timing.retranslate()
        self._sound.retranslate()
        self._picture.retranslate()
        if self.segment_id and (segment := self.webinar.find_segment(self.segment_id)) is not None:
            self.fill(segment)

    def fill(self, segment: AnySegment) -> None:
        """Put title, times, sound and captions of a video, a recording or audio into the fields.

        The fields for sound are hidden for a file without it; that for a picture is shown for audio alone.
        """
        assert isinstance(segment, Timed)
        media = self.webinar.media.get(segment.media)
        self._title.set_value(segment.title)
        self._title.setPlaceholderText(
            get_segment_title(msgspec.structs.replace(segment, title=""), self.webinar.media)
        )
        self._timing.show_segment(segment, self.webinar)
        self._sound.setVisible(media is None or media.has_audio or media.kind == "audio")
        self._sound.show_sound(segment, segment.play_ms)
        self._captions.set_choices(self._list_tracks(media), segment.captions)
        self._picture_row.setVisible(isinstance(segment, Audio))
        if isinstance(segment, Audio):
            self._picture.show_choice(segment.id, segment.picture)

    # ------------------------------------------------------------------------------------------- captions

    def _list_tracks(self, media: Media | None) -> list[tuple[object, str]]:
        tracks = media.captions if media is not None else ()
        choices: list[tuple[object, str]] = [(None, self.tr("None"))]
        choices += [(track.sha256, self._format_track(track)) for track in tracks]
        choices.append((ATTACH_CHOICE, self.tr("Add a file…")))
        return choices

    def _format_track(self, track: CaptionTrack) -> str:
        name = track.name or self.tr("Subtitles")
        return f"{name} ({track.language})" if track.language else name

    def _on_captions(self, choice: object) -> None:
        if choice != ATTACH_CHOICE:
            self.set_fields(captions=choice)
            return
        segment = self.webinar.find_segment(self.segment_id)
        media = self.webinar.media.get(segment.media) if isinstance(segment, Timed) else None
        if segment is None or media is None:
            return
        self._captions.set_value(segment.captions if isinstance(segment, Timed) else None)
        path = self.context.file_dialogs.choose_subtitles(self, media.name)
        if path is not None:
            self._attach(segment.id, media, path)

    def _attach(self, segment_id: str, media: Media, path: Path) -> None:
        def on_attached(better: Media) -> None:
            def show(segment: AnySegment) -> AnyOperation:
                assert isinstance(segment, Timed)
                shown = msgspec.structs.replace(segment, captions=better.captions[-1].sha256)
                return ChangeSegment(segment=shown, media=(better,)) if shown != segment else AddMedia(media=(better,))

            self.context.edit_queue.enqueue(segment_id, show)

        self.context.media_service.attach_captions(media, path, on_attached)

    # ------------------------------------------------------------------------------------------- picture

    def _on_picture(self, segment_id: str, picture: Media | None) -> None:
        self.context.edit_queue.enqueue(segment_id, make_media_change("picture", picture))
