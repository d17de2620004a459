"""The state that one paint of the timeline draws, gathered by the view and read by the painters."""

from dataclasses import dataclass

from editor.schedule.model import Webinar
from ui.style.theme import Look
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.gestures import GesturePreview
from ui.timeline.input.keyboard_controller import FocusZone
from ui.timeline.labels import LaneLabels


@dataclass(frozen=True, slots=True)
class PaintState:
    """The values that one paint of the timeline draws: the webinar, the view, the playhead, selection and focus.

    Immutable; made by `TimelineView.make_paint_state` for each paint.
    """

    webinar: Webinar
    """The committed webinar; while a gesture previews an edit, the lanes show `preview.webinar` instead."""
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
    """The part with the keyboard focus; None if the focus ring is hidden."""
    focused_id: str | None
    """The segment with the keyboard focus."""
    is_held: bool
    """Whether the keyboard holds that segment or one of its edges."""
    is_dropping: bool
    """Whether files or media are being dragged over the timeline from elsewhere."""
    editable: bool
    """Whether the webinar may be changed; if not, clips have no handles."""

    @property
    def displayed_webinar(self) -> Webinar:
        """The webinar that the lanes show: the preview of a gesture, or the committed one."""
        return self.preview.webinar or self.webinar
