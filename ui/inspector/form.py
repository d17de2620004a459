"""What the forms of all kinds share: what they work with, how they show a segment, how they hand changes in."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.schedule.model import AnySegment, Webinar
from editor.schedule.operations import Lengths, SetLengths
from editor.settings import Settings
from ui.bridge import Bridge
from ui.inspector.commits import Change, Commits, put
from ui.media_bin.choosing import Choosing
from ui.media_desk import MediaDesk
from ui.words import Words


@dataclass(frozen=True)
class Means:
    """What every form works with."""

    bridge: Bridge
    desk: MediaDesk
    words: Words
    settings: Settings
    commits: Commits
    choosing: Choosing


class Form(QWidget):
    """The fields of one kind of segment. A subclass lays them out once and fills them whenever the segment changed."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.means = means
        self.segment_id = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is now."""
        return self.means.bridge.webinar

    def show_segment(self, segment: AnySegment) -> None:
        """Show a segment of this form's kind."""
        self.segment_id = segment.id
        self.fill(segment)

    def fill(self, segment: AnySegment) -> None:
        """Put a segment's values into the fields."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        raise NotImplementedError

    def do(self, change: Change) -> None:
        """Hand a change of the shown segment in."""
        self.means.commits.do(self.segment_id, change)

    def put(self, **fields: object) -> None:
        """Give the shown segment's own fields these values."""
        self.do(put(**fields))

    def lengths(self, **numbers: object) -> None:
        """Set the shown segment's start, in-point, lengths, in the mode of the timeline."""
        self.do(lambda segment: SetLengths(lengths=(lengths_of(segment, numbers),), mode=self.means.settings["mode"]))


def lengths_of(segment: AnySegment, numbers: dict[str, object]) -> Lengths:
    """The numbers for one segment; an `out_ms` becomes the part that is played up to it."""
    told = dict(numbers)
    out_ms = told.pop("out_ms", None)
    if "in_ms" in told and out_ms is None:
        out_ms = getattr(segment, "out_ms", None)
    if isinstance(out_ms, int):
        in_ms = told.get("in_ms", getattr(segment, "in_ms", 0))
        assert isinstance(in_ms, int)
        told["play_ms"] = out_ms - in_ms
    return Lengths(segment=segment.id, **told)  # type: ignore[arg-type]
