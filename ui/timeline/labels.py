"""The texts of the timeline: lane headers, subtitles of clips, tooltips, and sentences for screen readers.

A QObject, because only `QObject.tr` knows plurals. `ui.text.formatter` formats the times.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import assert_never

from PySide6.QtCore import QObject

from editor.schedule.kinds import kind_of, lane_of
from editor.schedule.model import AnySegment, Cta, Image, Lane, Offer, Presentation, Survey, Timed, Webinar
from ui.text.formatter import Formatter
from ui.timeline.input.keyboard_controller import HeldPart

MAX_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class LaneLabels:
    """The fixed texts of the lanes (names, hints of empty lanes), by lane, in the user's language; immutable."""

    names: dict[Lane, str]
    subtitles: dict[Lane, str]
    hints: dict[Lane, str]
    """Shown in an empty lane."""


def to_one_line(title: str) -> str:
    """Return a title with every run of line breaks, tabs and spaces replaced by one space.

    A title without line breaks, tabs and other unprintable characters is returned as it is.
    """
    return title if title.isprintable() else " ".join(title.split())


def count_visible_pages(segment: Presentation) -> int:
    """Return how many pages of a presentation are shown, at least in part, between its in-point and its out-point."""
    ends = list(accumulate(page.length_ms for page in segment.pages))
    return bisect_left(ends, segment.out_ms) - bisect_right(ends, segment.in_ms) + 1


class TimelineLabels(QObject):
    """Texts about segments and lanes in the user's language; made by the timeline, which calls `retranslate`."""

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._hold_format = ""
        self.tooltip_labels = ("", "", "")
        self.lane_labels = LaneLabels({}, {}, {})
        self._counts: dict[tuple[str, int], str] = {}
        self._durations: dict[int, str] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts anew from the translator that is installed now.

        The timeline calls this after a change of language.
        """
        # A ripple edit previews a hundred new segments at every frame, but most of their lengths stay the same.
        self._counts.clear()
        self._durations.clear()
        self._hold_format = self.tr("{plays} + {hold} freeze frame")
        self.tooltip_labels = (self.tr("Start"), self.tr("End"), self.tr("Length"))
        self.lane_labels = LaneLabels(
            names={"programme": self.tr("Programme"), "interactions": self.tr("Interactions")},
            subtitles={"programme": self.tr("video, slides, audio"), "interactions": self.tr("links and surveys")},
            hints={
                "programme": self.tr("Drop videos, images, slides or audio here, or press Ctrl+I"),
                "interactions": self.tr("Calls to action and surveys go here; they appear on top of the programme"),
            },
        )

    # ------------------------------------------------------------------------------------------- on clips

    def format_subtitle(self, segment: AnySegment) -> str:
        """Return the second line of a clip: its length, with the number of pages or questions before it.

        A call to action's start is before it instead. With a freeze frame, its length follows the playing time.
        """
        length = self.format_length(segment)
        if isinstance(segment, Timed):
            if not segment.hold_ms:
                return length
            return self._hold_format.format(
                plays=self._format_duration(segment.play_ms), hold=self._format_duration(segment.hold_ms)
            )
        if isinstance(segment, Presentation):
            return f"{self._format_pages(count_visible_pages(segment))} · {length}"
        if isinstance(segment, Cta):
            return f"{self._formatter.format_position(segment.start_ms, thousandths=False)} · {length}"
        if isinstance(segment, Survey):
            return f"{self._format_questions(len(segment.questions))} · {length}"
        if isinstance(segment, Image):
            return length
        assert_never(segment)

    def _format_pages(self, count: int) -> str:
        text = self._counts.get(("pages", count))
        if text is None:
            text = self._counts["pages", count] = self.tr("%n page(s)", "", count)
        return text

    def _format_questions(self, count: int) -> str:
        text = self._counts.get(("questions", count))
        if text is None:
            text = self._counts["questions", count] = self.tr("%n question(s)", "", count)
        return text

    def _format_duration(self, length_ms: int) -> str:
        text = self._durations.get(length_ms)
        if text is None:
            if len(self._durations) > MAX_CACHED:
                self._durations.clear()
            text = self._durations[length_ms] = self._formatter.format_duration(length_ms)
        return text

    def format_length(self, segment: AnySegment) -> str:
        """Return the length of a segment: the second line of a clip that is too narrow for its subtitle."""
        return self._format_duration(segment.length_ms)

    def describe_media_state(self, state: str, percent: int | None) -> str:
        """Return a text for the state of a file that cannot be shown (yet).

        Args:
            state: "hosted", "missing" or "unprepared".
            percent: the progress of the preparation; None if it has not begun. Used for "unprepared" only.
        """
        if state == "missing":
            return self.tr("file missing")
        if state == "hosted":
            return self.tr("prepared copy from the server")
        return self.tr("preparing") if percent is None else self.tr("preparing {percent} %").format(percent=percent)

    # ------------------------------------------------------------------------------------- sentences and tooltips

    def find_title(self, segment: AnySegment) -> str:
        """Return a segment's title in one line, or the translated name of its kind if it has none."""
        return to_one_line(segment.title) or self._formatter.format_kind(kind_of(segment))

    def describe_segment(self, segment: AnySegment, webinar: Webinar, state: str = "ready") -> str:
        """Return a segment in one line, for screen readers: "Welcome, video, starts 0:00:10, lasts 2:00".

        Args:
            segment: the segment.
            webinar: tells whether the segment's lane is locked.
            state: the state of its file; any but "ready" is part of the line.
        """
        parts = [
            self.find_title(segment),
            self._formatter.format_kind(kind_of(segment)),
            self.tr("starts {start}").format(start=self._format_exact(segment.start_ms)),
            self.tr("lasts {length}").format(length=self._formatter.format_duration(segment.length_ms)),
        ]
        if isinstance(segment, Timed) and segment.hold_ms:
            parts.append(self.tr("freeze frame {hold}").format(hold=self._formatter.format_duration(segment.hold_ms)))
        if segment.group is not None:
            parts.append(self.tr("grouped"))
        if state != "ready":
            parts.append(self.describe_media_state(state, None))
        if webinar.is_locked(lane_of(segment)):
            parts.append(self.tr("locked"))
        return ", ".join(parts)

    def format_tooltip(self, segment: AnySegment, state: str = "ready") -> str:
        """Return the tooltip of a segment: lines of plain text, separated by line breaks.

        Args:
            segment: the segment.
            state: the state of its file; any but "ready" gets a line.
        """
        lines = [
            self.find_title(segment),
            self.tr("{kind}, {start} – {end}").format(
                kind=self._formatter.format_kind(kind_of(segment)),
                start=self._formatter.format_position(segment.start_ms),
                end=self._formatter.format_position(segment.end_ms),
            ),
            self.format_subtitle(segment),
        ]
        if isinstance(segment, Timed) and segment.in_ms:
            lines.append(
                self.tr("starts at {position} in the file").format(
                    position=self._formatter.format_position(segment.in_ms)
                )
            )
        if not isinstance(segment, Offer) and state != "ready":
            lines.append(self.describe_media_state(state, None))
        return "\n".join(lines)

    def describe_lane(self, lane: Lane, webinar: Webinar) -> str:
        """Return a lane in one line: "Programme, 3 segments", with "locked" at the end if it is."""
        text = self.tr("{lane}, {segments}").format(
            lane=self.lane_labels.names[lane], segments=self.tr("%n segment(s)", "", len(webinar.get_lane(lane)))
        )
        return self.tr("{lane}, locked").format(lane=text) if webinar.is_locked(lane) else text

    def describe_ruler(self, at_ms: int) -> str:
        """Return the ruler, with the position of the playhead (in milliseconds), in one line."""
        return self.tr("Ruler, playhead at {position}").format(position=self._format_exact(at_ms))

    def describe_held_part(self, held_part: HeldPart, segment: AnySegment) -> str:
        """Return a sentence on what the keyboard holds, and the keys that continue from there.

        Args:
            held_part: the held edge, or "whole".
            segment: the held segment.
        """
        title = self.find_title(segment)
        what = {
            "end": self.tr("End of “{title}”"),
            "start": self.tr("Start of “{title}”"),
            "whole": self.tr("“{title}”"),
        }[held_part].format(title=title)
        return self.tr("{what}: arrow keys move it, Enter applies, Esc cancels").format(what=what)

    def _format_exact(self, ms: int) -> str:
        return self._formatter.format_position(ms, thousandths=ms % 1000 != 0)
