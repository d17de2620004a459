"""What the timeline says: the second line of a block, a segment for a screen reader, what keys hold, tooltips.

A QObject, because only `QObject.tr` knows plurals. Times are `ui.words`'.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate

from PySide6.QtCore import QObject

from editor.schedule.model import AnySegment, Cta, Image, Lane, Presentation, Survey, Timed, Webinar, kind_of
from ui.timeline.keys import Held
from ui.timeline.letters import one_line
from ui.timeline.scene import Wording
from ui.words import Words

KEPT = 20_000


def shown_pages(segment: Presentation) -> int:
    """How many pages the window on the track lets be seen, in part at least: half of a split shows its own alone."""
    ends = list(accumulate(page.length_ms for page in segment.pages))
    return bisect_left(ends, segment.out_ms) - bisect_right(ends, segment.in_ms) + 1


class Phrases(QObject):
    """Sentences about segments, in the person's language. `retranslate` after the language changed."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.bubble = ("", "", "")
        self.numbers = ""
        self.wording = Wording({}, {}, {})
        self._counted: dict[tuple[str, int], str] = {}
        self._lengths: dict[int, str] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words of the translator in force."""
        # A ripple asks for a hundred lines at every frame, of segments that are new at each; their lengths are not.
        self._counted.clear()
        self._lengths.clear()
        self.numbers = self.tr("Set start and length")
        self._holding = self.tr("{plays} + {hold} hold")
        self.bubble = (self.tr("Start"), self.tr("End"), self.tr("Length"))
        self.wording = Wording(
            lanes={"programme": self.tr("Programme"), "interactions": self.tr("Interactions")},
            subtitles={"programme": self.tr("what plays"), "interactions": self.tr("on top")},
            hints={
                "programme": self.tr("Drop a video, pictures, slides or sound here, or press Ctrl+I"),
                "interactions": self.tr("Calls to action and surveys lie here, over whatever plays"),
            },
        )

    # ------------------------------------------------------------------------------------------- on blocks

    def subtitle(self, segment: AnySegment) -> str:
        """The second line of a block."""
        length = self.length(segment)
        if isinstance(segment, Timed):
            if not segment.hold_ms:
                return length
            return self._holding.format(plays=self._duration(segment.play_ms), hold=self._duration(segment.hold_ms))
        if isinstance(segment, Presentation):
            return f"{self._pages(shown_pages(segment))} · {length}"
        if isinstance(segment, Cta):
            return f"{self._words.position(segment.start_ms, thousandths=False)} · {length}"
        if isinstance(segment, Survey):
            return f"{self._questions(len(segment.questions))} · {length}"
        return length

    def _pages(self, count: int) -> str:
        known = self._counted.get(("pages", count))
        if known is None:
            known = self._counted["pages", count] = self.tr("%n page(s)", "", count)
        return known

    def _questions(self, count: int) -> str:
        known = self._counted.get(("questions", count))
        if known is None:
            known = self._counted["questions", count] = self.tr("%n question(s)", "", count)
        return known

    def _duration(self, length_ms: int) -> str:
        known = self._lengths.get(length_ms)
        if known is None:
            if len(self._lengths) > KEPT:
                self._lengths.clear()
            known = self._lengths[length_ms] = self._words.duration(length_ms)
        return known

    def length(self, segment: AnySegment) -> str:
        """The second line of a block too narrow for all of it."""
        return self._duration(segment.length_ms)

    def troubled(self, state: str, percent: int | None) -> str:
        """What is said of media whose file cannot be shown."""
        if state == "missing":
            return self.tr("file missing")
        if state == "hosted":
            return self.tr("prepared copy from the hosting")
        return self.tr("preparing") if percent is None else self.tr("preparing {percent} %").format(percent=percent)

    # ------------------------------------------------------------------------------------- out loud, in tips

    def title(self, segment: AnySegment) -> str:
        """A segment's title, or its kind where it has none."""
        return one_line(segment.title) or self._words.kind_name(kind_of(segment))

    def spoken(self, segment: AnySegment, webinar: Webinar, state: str = "ready") -> str:
        """A segment in one line: "Welcome, video, starts 0:00:10, lasts 2:00"."""
        parts = [
            self.title(segment),
            self._words.kind_name(kind_of(segment)),
            self.tr("starts {start}").format(start=self._exact(segment.start_ms)),
            self.tr("lasts {length}").format(length=self._words.duration(segment.length_ms)),
        ]
        if isinstance(segment, Timed) and segment.hold_ms:
            parts.append(self.tr("holds {hold}").format(hold=self._words.duration(segment.hold_ms)))
        if segment.group is not None:
            parts.append(self.tr("grouped"))
        if state != "ready":
            parts.append(self.troubled(state, None))
        if webinar.locked("interactions" if isinstance(segment, Cta | Survey) else "programme"):
            parts.append(self.tr("locked"))
        return ", ".join(parts)

    def tip(self, segment: AnySegment, state: str = "ready") -> str:
        """The tooltip of a segment, its lines parted by line breaks."""
        lines = [
            self.title(segment),
            self.tr("{kind}, {start} – {end}").format(
                kind=self._words.kind_name(kind_of(segment)),
                start=self._words.position(segment.start_ms),
                end=self._words.position(segment.end_ms),
            ),
            self.subtitle(segment),
        ]
        if isinstance(segment, Timed) and segment.in_ms:
            lines.append(
                self.tr("plays from {position} of the file").format(position=self._words.position(segment.in_ms))
            )
        if isinstance(segment, Image | Timed | Presentation) and state != "ready":
            lines.append(self.troubled(state, None))
        return "\n".join(lines)

    def lane(self, lane: Lane, webinar: Webinar) -> str:
        """A lane in one line: "Programme, 3 segments"."""
        text = self.tr("{lane}, {segments}").format(
            lane=self.wording.lanes[lane], segments=self.tr("%n segment(s)", "", len(webinar.lane(lane)))
        )
        return self.tr("{lane}, locked").format(lane=text) if webinar.locked(lane) else text

    def ruler(self, at_ms: int) -> str:
        """The ruler in one line."""
        return self.tr("Ruler, playhead at {position}").format(position=self._exact(at_ms))

    def holding(self, held: Held, segment: AnySegment) -> str:
        """What the keyboard took hold of, and how to go on."""
        title = self.title(segment)
        what = {
            "end": self.tr("End of “{title}”"),
            "start": self.tr("Start of “{title}”"),
            "whole": self.tr("“{title}”"),
        }[held].format(title=title)
        return self.tr("{what} held: arrows move it, Enter keeps, Esc drops").format(what=what)

    def _exact(self, ms: int) -> str:
        return self._words.position(ms, thousandths=ms % 1000 != 0)
