"""Drives the program from outside as a user does: mouse, keyboard, screenshots, and the process itself.

Mouse and keyboard are the X server's own (xdotool); screenshots show the whole screen; texts and positions of controls
come from the accessibility tree (`tests.journeys.accessibility_server`).
"""

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.journeys.file_manager import ROW, WIDTH
from tests.screenshot_checks import require_picture

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "test-output"
TIMEOUT_S = 20.0
"""How long an outside process may take for anything on a busy machine."""
POLL_INTERVAL_S = 0.03
Point = tuple[int, int]
T = TypeVar("T")


def wait_for(probe: Callable[[], T | None], description: str, timeout_s: float = TIMEOUT_S) -> T:
    """Call a function again and again until it returns something, and return that."""
    deadline = time.monotonic() + timeout_s
    while True:
        result = probe()
        if result:
            return result
        assert time.monotonic() < deadline, f"waited {timeout_s:.0f} s in vain: {description}"
        time.sleep(POLL_INTERVAL_S)


# --------------------------------------------------------------------------------------- mouse and keyboard


def xdotool(*words: str | int) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=True, timeout=30, stdout=subprocess.DEVNULL)


def click(at: Point, *, button: int = 1, times: int = 1) -> None:
    xdotool("mousemove", *at, "click", "--repeat", times, "--delay", 60, button)


def press(at: Point) -> None:
    xdotool("mousemove", *at, "mousedown", 1)


def move(*places: Point) -> None:
    """Move the mouse through some positions, one after another."""
    for place in places:
        xdotool("mousemove", *place)
        time.sleep(0.012)


def release() -> None:
    xdotool("mouseup", 1)


def drag(start: Point, end: Point, *, steps: int = 8) -> None:
    """Press, move in steps, release."""
    press(start)
    move(*interpolate(start, end, steps))
    release()


def interpolate(start: Point, end: Point, steps: int) -> list[Point]:
    return [
        (start[0] + (end[0] - start[0]) * step // steps, start[1] + (end[1] - start[1]) * step // steps)
        for step in range(1, steps + 1)
    ]


# --------------------------------------------------------------------------------------------------- looking


def grab_screen() -> QImage:
    """Return a screenshot."""
    shown = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    return shown.convertToFormat(QImage.Format.Format_RGB32)


def save_screenshot(name: str, picture: QImage | None = None) -> QImage:
    """Save a picture of the screen and check it: its size, and more than one colour."""
    screenshot = picture or grab_screen()
    SCREENSHOTS.mkdir(exist_ok=True)
    file = SCREENSHOTS / f"{name}.png"
    assert screenshot.save(str(file))
    require_picture(file, (screenshot.width(), screenshot.height()))
    return screenshot


def is_near_colour(one: QColor, other: QColor, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def colour_share(picture: QImage, colour: QColor, rect: tuple[int, int, int, int], *, step: int = 3) -> float:
    """Return which part of a rectangle has a colour, 0 to 1."""
    left, top, width, height = rect
    spots = [(x, y) for x in range(left, left + width, step) for y in range(top, top + height, step)]
    return sum(is_near_colour(picture.pixelColor(x, y), colour) for x, y in spots) / max(len(spots), 1)


def brightness(picture: QImage, rect: tuple[int, int, int, int]) -> float:
    """Return the mean brightness of a rectangle, 0 to 255."""
    part = picture.copy(*rect).scaled(48, 27).convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(part.pixelColor(x, y).red() for x in range(48) for y in range(27)) / (48 * 27)


def difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of two pictures of the same size, 0 to 255."""
    assert one.size() == other.size()
    first, second = (each.convertToFormat(QImage.Format.Format_Grayscale8) for each in (one, other))
    whole = 0
    for y in range(first.height()):
        a, b = (bytes(each.constScanLine(y))[: each.width()] for each in (first, second))
        whole += sum(abs(p - q) for p, q in zip(a, b, strict=True))
    return whole / (first.width() * first.height())


# ---------------------------------------------------------------------------------------------- the program


@dataclass(frozen=True)
class AccessibleNode:
    """One node of the accessibility tree."""

    role: str
    name: str
    value: str
    help: str
    rect: tuple[int, int, int, int]
    states: tuple[str, ...]
    kind: str
    tab: bool
    depth: int
    window: int

    @property
    def centre(self) -> Point:
        left, top, width, height = self.rect
        return left + width // 2, top + height // 2

    def point_at(self, x: int, y: int) -> Point:
        """Return a position inside it; negative numbers count from the right or the bottom."""
        left, top, width, height = self.rect
        return left + (x if x >= 0 else width + x), top + (y if y >= 0 else height + y)


class EditorProcess:
    """The editor in a process of its own, driven by its accessibility tree, mouse and keyboard."""

    def __init__(
        self,
        library: Path,
        folder: Path,
        *arguments: str,
        environment: dict[str, str] | None = None,
        command_prefix: Sequence[str] = (),
    ) -> None:
        """Start it.

        Args:
            library: its library.
            place: where its socket and what it says are kept.
            words: what more it is told on its command line.
            environment: what more is in its environment.
            before: a command that runs it.
        """
        self.library = library
        self._socket = folder / f"witness-{time.monotonic_ns()}"
        self.log = self._socket.with_suffix(".log")
        python = [sys.executable, "-X", "faulthandler", "-m", "tests.journeys.accessibility_server", str(self._socket)]
        command = [*command_prefix, *python, "--library", str(library), *arguments]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": "", **(environment or {})},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._client: socket.socket | None = None

    # ------------------------------------------------------------------------------------------- asking it

    def _ask(self, question: str) -> object:
        if self._client is None:
            self._client = wait_for(self._connect, "the program is there")
            self._lines = self._client.makefile("rw", encoding="utf-8")
        self._lines.write(question + "\n")
        self._lines.flush()
        answer = self._lines.readline()
        assert answer, f"the program is gone: {self.log.read_text('utf-8', 'replace')}"
        return json.loads(answer)

    def _connect(self) -> socket.socket | None:
        """Return a connection to the accessibility server, once it listens."""
        assert self.process.poll() is None, f"the program is gone: {self.log.read_text('utf-8', 'replace')}"
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(TIMEOUT_S)
        try:
            client.connect(str(self._socket))
        except (FileNotFoundError, ConnectionRefusedError):
            client.close()
            return None
        return client

    def list_nodes(self) -> list[AccessibleNode]:
        """Return all visible nodes."""
        return [
            AccessibleNode(**{**each, "rect": tuple(each["rect"]), "states": tuple(each["states"])})
            for each in self._ask("tree")  # type: ignore[attr-defined]
        ]

    def pauses(self) -> list[tuple[float, float]]:
        """Return the longest steps on the GUI thread since the last call, in seconds: CPU time, and wall-clock time."""
        return [tuple(each) for each in self._ask("pauses")]  # type: ignore[attr-defined]

    def find(self, name: str, role: str = "", *, kind: str = "", nth: int = 0) -> AccessibleNode | None:
        """Return the node whose whole name matches a regular expression, if it is visible."""
        found = [
            each
            for each in self.list_nodes()
            if re.fullmatch(name, each.name, re.DOTALL) and role in {"", each.role} and kind in {"", each.kind}
        ]
        return found[nth] if len(found) > nth else None

    def wait_for_node(
        self, name: str, role: str = "", *, kind: str = "", nth: int = 0, timeout_s: float = TIMEOUT_S
    ) -> AccessibleNode:
        """Return the node of a name, once it is visible."""
        try:
            return wait_for(lambda: self.find(name, role, kind=kind, nth=nth), f"“{name}” is shown", timeout_s)
        except AssertionError:
            save_screenshot("in-vain")
            listed = "\n".join(
                f"{'  ' * each.depth}{each.role}: {each.name!r}" for each in self.list_nodes() if each.name
            )
            raise AssertionError(f"“{name}” {role} is not shown; this is:\n{listed}") from None

    def wait_until_gone(self, name: str, role: str = "") -> None:
        """Wait until no node of a name is visible."""
        wait_for(lambda: self.find(name, role) is None, f"“{name}” is gone")

    def click_node(self, name: str, role: str = "", *, nth: int = 0) -> AccessibleNode:
        """Click the node of a name."""
        thing = self.wait_for_node(name, role, nth=nth)
        click(thing.centre)
        return thing

    def save_screenshot(self, name: str) -> QImage:
        """Keep a picture of the screen, once it is painted: when it stays the same, or half a second later."""
        shown = grab_screen()
        for _ in range(round(0.5 / POLL_INTERVAL_S)):
            before, shown = shown, grab_screen()
            if shown == before and self.list_nodes():
                break
        return save_screenshot(name, shown)

    # --------------------------------------------------------------------------------------------- keyboard

    def to_front(self) -> None:
        """Raise its window above those of other programs and give it the keyboard."""
        window = next(each.window for each in self.list_nodes() if each.depth == 0)
        xdotool("windowraise", window, "windowfocus", "--sync", window)

    def press_keys(self, *keys: str) -> None:
        """Press keys, one after another."""
        self._ensure_focus()
        xdotool("key", "--delay", 20, *keys)

    def type_text(self, text: str) -> None:
        """Type a text."""
        self._ensure_focus()
        xdotool("type", "--delay", 12, text)

    def _ensure_focus(self) -> None:
        """Give the keyboard to the remaining window when one closes, as a window manager does."""
        windows = [each.window for each in self.list_nodes() if each.depth == 0]
        command = subprocess.run(["xdotool", "getwindowfocus"], check=False, capture_output=True, text=True, timeout=30)
        if command.stdout.strip() not in map(str, windows):
            xdotool("windowfocus", "--sync", windows[-1])

    # ---------------------------------------------------------------------------------------------- its end

    def close(self) -> None:
        """Close the window by its shortcut and check that the program exits without an error."""
        self.press_keys("ctrl+q")
        code = self.process.wait(TIMEOUT_S)
        self._disconnect()
        assert code == 0, f"it ended with {code}: {self.log.read_text('utf-8', 'replace')}"
        assert "Traceback" not in self.log.read_text("utf-8", "replace"), self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """``kill -9``."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(TIMEOUT_S)
        self._disconnect()

    def _disconnect(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):  # a question was under way when it ended
                self._lines.close()
            self._client.close()
            self._client = None

    def stop(self) -> None:
        """End the process, whatever happened in the test."""
        if self.process.poll() is None:
            self.kill()
        self._disconnect()


# ------------------------------------------------------------------------------------------ the file manager


class FileManagerProcess:
    """A file manager with a row for each file."""

    def __init__(self, files: Sequence[Path], left: int, top: int) -> None:
        self._left, self._top, self._rows = left, top, len(files) + 1
        words = [sys.executable, "-m", "tests.journeys.file_manager", str(left), str(top), *map(str, files)]
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._read_line() == "shown"

    def row(self, number: int) -> Point:
        """Return where to grab a file; -1 for all of them together."""
        return self._left + WIDTH // 2, self._top + ROW * (number % self._rows) + ROW // 2

    def drop(self) -> None:
        """Release what is dragged and wait until it is accepted."""
        release()
        assert self._read_line() == "CopyAction", "the drop was accepted"

    def _read_line(self) -> str:
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], TIMEOUT_S)[0], "the file manager says nothing"
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(TIMEOUT_S)
        self._process.stdout.close()  # type: ignore[union-attr]


def drag_without_drop(start: Point, end: Point) -> None:
    """Drag files to a position without releasing them."""
    press(start)
    move((start[0] - 6, start[1] + 4), (start[0] - 16, start[1] + 12))
    move(*interpolate(start, end, 10), end)
