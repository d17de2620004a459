"""Drives one webinar in the editor, and reads its stored draft as another program does."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QImage

from editor.library.store import Library
from editor.schedule import serialization
from editor.schedule.kinds import kind_of
from editor.schedule.model import Webinar
from tests.journeys import expected_picture
from tests.journeys.desktop_driver import (
    AccessibleNode,
    EditorProcess,
    FileManagerProcess,
    click,
    colour_share,
    drag_without_drop,
    grab_screen,
    move,
    wait_for,
)
from ui.style.theme import KIND_COLOURS

MAX_PICTURE_DIFFERENCE = 8
"""Pictures of the same thing differ by less; other slides of the sample differ by at least 15."""

MIN_GHOST_DIFFERENCE = 6
"""From this difference on, something is shown on an empty lane."""


class EditorDriver:
    """The editor page of a webinar.

    Args:
        program: the editor's process.
        library: the library's folder.
        files: files that may have been imported.
    """

    def __init__(self, program: EditorProcess, library: Path, files: Sequence[Path] = ()) -> None:
        self.program = program
        self._library = library
        self._files = files

    # ------------------------------------------------------------------------------------ what is stored

    def load_draft(self) -> Webinar:
        """Return the draft of the library's newest webinar, read from disk."""
        library = Library(self._library)
        try:
            return library.load_draft(library.list_webinars()[0].id).webinar
        finally:
            library.close()

    def load_draft_json(self) -> bytes:
        """Return that draft as canonical JSON."""
        return serialization.encode(self.load_draft())

    def wait_for_draft(self, predicate: Callable[[Webinar], bool], description: str) -> Webinar:
        """Return the draft on disk, once it fulfils a condition."""
        found: list[Webinar] = []

        def is_stored() -> bool:
            found[:] = [self.load_draft()]
            return predicate(found[0])

        wait_for(is_stored, description)
        return found[0]

    # ----------------------------------------------------------------------------------- where things are

    @property
    def timeline(self) -> AccessibleNode:
        return self.program.wait_for_node("Timeline", "List")

    def find_clip(self, title: str, *, nth: int = 0) -> AccessibleNode:
        """Return the node of a segment on the timeline."""
        return self.program.wait_for_node(f"{re.escape(title)}, .*", "ListItem", nth=nth)

    def x_of(self, at_ms: int) -> int:
        """Return the x position of a time, interpolated between the first and the last visible edge."""
        things = self.program.list_nodes()
        edges: dict[int, int] = {}
        for segment in self.load_draft().segments:
            for item in things:
                ours = item.role == "ListItem" and item.name.startswith(f"{segment.title}, ")
                if ours and "offscreen" not in item.states:
                    edges.setdefault(segment.start_ms, item.rect[0])
                    edges.setdefault(segment.end_ms, item.rect[0] + item.rect[2])
        (first_ms, first_x), (last_ms, last_x) = min(edges.items()), max(edges.items())
        return round(first_x + (at_ms - first_ms) * (last_x - first_x) / (last_ms - first_ms))

    def seek(self, at_ms: int) -> int:
        """Click the ruler and return the position that is shown then, within a pixel of it."""
        click((self.x_of(at_ms), self.timeline.rect[1] + 46))
        return self.read_position()

    def read_position(self) -> int:
        """Return the position that is shown below the picture."""
        return parse_position(self.program.wait_for_node(r"\d:\d\d:\d\d\.\d{3}", "StaticText").name)

    def find_end_of_programme(self) -> tuple[int, int]:
        """Return a position on the programme just behind its last segment."""
        left, top, width, height = self.find_clip(self.load_draft().programme[-1].title).rect
        return left + width + 4, top + height // 2

    # ------------------------------------------------------------------------------------------ what is seen

    def stage_rect(self) -> tuple[int, int, int, int]:
        """Return the rectangle of the picture: the largest 16 : 9 inside the preview's margin."""
        left, top, width, height = self.program.wait_for_node("Preview", "Client").rect
        left, top, width, height = left + 12, top + 12, width - 24, height - 24
        fit = min(width / 16, height / 9)
        wide, tall = round(fit * 16), round(fit * 9)
        return left + (width - wide) // 2, top + (height - tall) // 2, wide, tall

    def grab_stage(self) -> QImage:
        """Return a screenshot of the picture."""
        return grab_screen().copy(*self.stage_rect())

    def grab_lanes(self) -> QImage:
        """Return a screenshot of the lanes."""
        left, top, width, height = self.timeline.rect
        return grab_screen().copy(left + 140, top + 60, width - 150, height - 70)

    def assert_stage_picture(self) -> None:
        """Check that the picture is what an attendee sees at the position."""
        webinar, position = self.load_draft(), self.read_position()
        places = {
            media.sha256: next(path for path in self._files if path.name == media.name)
            for media in webinar.media.values()
        }
        expected = expected_picture.expected_picture(webinar, position, places)
        assert expected is not None
        stage = self.stage_rect()
        wait_for(
            lambda: expected_picture.picture_difference(grab_screen().copy(*stage), expected) < MAX_PICTURE_DIFFERENCE,
            f"the picture at {position} ms",
        )

    def assert_clips_painted(self) -> None:
        """Wait until each segment has the colour of its kind between its start and its end."""
        wait_for(lambda: not self._find_unpainted_clip(), "all clips are painted where they are")

    def _find_unpainted_clip(self) -> str:
        """Return the title of the first clip that is not painted between its start and its end; "" without any."""
        screen, webinar = grab_screen(), self.load_draft()
        for segment in webinar.segments:
            left, right = self.x_of(segment.start_ms), self.x_of(segment.end_ms)
            if right - left < 16:
                continue
            top = self.find_clip(segment.title).rect[1] + 3
            colour = KIND_COLOURS[kind_of(segment)]
            # A strip along its head is its plain colour, whatever it shows below.
            if colour_share(screen, colour, (left + 5, top, right - left - 10, 3)) <= 0.6:
                return segment.title
            lane = webinar.programme if segment in webinar.programme else webinar.interactions
            goes_on = colour_share(screen, colour, (right + 3, top, 6, 3)) >= 0.3
            if goes_on and all(other.start_ms != segment.end_ms for other in lane):
                return segment.title
        return ""

    # ------------------------------------------------------------------------------------------ what is done

    def drag_files(self, files: Sequence[Path], at: tuple[int, int], screenshot_name: str = "") -> None:
        """Drag files out of a file manager, check the preview on the lane, and drop them."""
        left, top = at[0] - 20, at[1] - 20
        before = grab_screen().copy(left, top, 60, 40)

        def is_ghost_shown() -> bool:
            # A move is told of once the one before is answered: the hand trembles until all have arrived.
            move((at[0] + 1, at[1]), at)
            self.program.list_nodes()
            return expected_picture.difference(grab_screen().copy(left, top, 60, 40), before) > MIN_GHOST_DIFFERENCE

        with FileManagerProcess(files, 1450, 20) as manager:
            drag_without_drop(manager.row(-1), at)
            wait_for(is_ghost_shown, "a ghost shows where the files would come to lie")
            move((at[0] + 1, at[1]), at)
            self.program.list_nodes()
            if screenshot_name:
                self.program.save_screenshot(screenshot_name)
            manager.drop()
            # The files are read from the file manager: it must not go before that is done.
            self.program.list_nodes()
            self.program.list_nodes()

    def drop_files(self, files: Sequence[Path], at: tuple[int, int], shot: str = "") -> None:
        """Drop files on the timeline and wait for the length pop-up."""
        self.drag_files(files, at, shot)
        self.program.wait_for_node("Lengths")

    def answer_length_popup(self, *keys: str) -> None:
        """Answer the length pop-up with keys and wait until it is gone."""
        self.program.wait_for_node("Lengths")
        self.program.press_keys(*keys)
        self.program.wait_until_gone("Lengths")


def parse_position(shown: str) -> int:
    """Return a written position in milliseconds."""
    hours, minutes, seconds = shown.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
