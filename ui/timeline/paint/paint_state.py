"""Everything one paint of the timeline needs to know, gathered by the widget and read by the painters."""

from dataclasses import dataclass

from editor.schedule.model import Lane, Webinar
from ui.style.theme import Look
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.gestures import GesturePreview
from ui.timeline.input.keyboard_controller import FocusZone


@dataclass(frozen=True, slots=True)
class LaneLabels:
    """The fixed words of the timeline, in the person's language."""

    names: dict[Lane, str]
    subtitles: dict[Lane, str]
    hints: dict[Lane, str]
    """What an empty lane says."""


@dataclass(frozen=True, slots=True)
class PaintState:
    """One state of the timeline, as it is drawn."""

    webinar: Webinar
    """As it is committed; the lanes show `preview.webinar` where there is one."""
    layout: Layout
    scale: Timescale
    look: Look
    lane_labels: LaneLabels
    preview: GesturePreview
    selected: frozenset[str]
    hovered_id: str | None
    playhead_ms: int
    shows_clock: bool
    focus_zone: FocusZone | None
    """Where the keyboard is, if it is in the timeline and its place is to be shown."""
    focused_id: str | None
    """The segment that the keyboard is at."""
    is_held: bool
    """Whether the keyboard holds it."""
    is_dropping: bool
    """Whether something is dragged over the timeline from elsewhere."""
    editable: bool
    """Whether there is anything to take hold of."""

    @property
    def displayed_webinar(self) -> Webinar:
        """The webinar that the lanes show."""
        return self.preview.webinar or self.webinar
