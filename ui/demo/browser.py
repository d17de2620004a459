"""A Chromium without a window, told what to do over a pipe (the DevTools protocol): nothing more has to be installed.

For one thread; each wait reports to a `Progress`, so that it can be given up.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from editor.errors import Known
from editor.progress import Progress

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    # It goes to this computer's own hosting only; and its sandbox is not to be had as root, or in a container.
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--hide-scrollbars",
    "--accept-lang=en",
)
COMMANDS, ANSWERS = 3, 4
"""The file descriptors on which Chromium listens and speaks."""
ANSWER_S = 30
LOOK_S = 0.1
CLOSING_S = 10


class Browser:
    """One browser and its one page.

    Args:
        folder: where its profile and its log go.
        size: of the page, in pixels.
        progress: told at each wait.

    Raises:
        Known: ``demo.no_browser``, ``demo.browser`` (`reason`).
    """

    def __init__(self, folder: Path, size: tuple[int, int], progress: Progress) -> None:
        program = next(filter(None, map(shutil.which, NAMES)), None)
        if program is None:
            raise Known("demo.no_browser", names=NAMES)
        folder.mkdir(parents=True, exist_ok=True)
        self._progress = progress
        self._log = folder / "browser.log"
        self._profile = folder / "profile"
        self._count = 0
        self._read = b""
        self._session: str | None = None
        self._start(program)
        try:
            made = self._ask("Target.createTarget", url="about:blank")
            self._session = self._ask("Target.attachToTarget", targetId=made["targetId"], flatten=True)["sessionId"]
            width, height = size
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        except Known:
            self.close()
            raise

    def _start(self, program: str) -> None:
        heard, self._commands = os.pipe()
        self._answers, spoken = os.pipe()
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        # Far from 3 and 4 first, or one could be put in another's place before it has been moved.
        aside = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (heard, spoken, log, log)]
        actions = [(os.POSIX_SPAWN_DUP2, end, at) for end, at in zip(aside, (COMMANDS, ANSWERS, 1, 2), strict=True)]
        words = [program, *ARGUMENTS, f"--user-data-dir={self._profile}"]
        try:
            self.process_id = os.posix_spawn(program, words, os.environ, file_actions=actions)
        finally:
            for end in (heard, spoken, log, *aside):
                os.close(end)

    # -------------------------------------------------------------------------------------------- the page

    def go(self, url: str) -> None:
        """Open a page."""
        self._ask("Page.navigate", url=url)

    def see(self, expression: str, what: str, patience_s: float) -> None:
        """Wait until an expression of the page's holds.

        Raises:
            Known: ``demo.not_seen`` (`what`, `limit_ms`), ``demo.browser``.
            Cancelled: the progress was cancelled.
        """
        ends = time.monotonic() + patience_s
        while not self._value(f"Boolean({expression})"):
            if time.monotonic() > ends:
                raise Known("demo.not_seen", what=what, limit_ms=round(patience_s * 1000))
            self._progress.report(0, 0)
            time.sleep(LOOK_S)

    def click(self, expression: str) -> None:
        """Click on an element."""
        self._value(f"({expression}).click()")

    def write(self, expression: str, text: str) -> None:
        """Write into a field."""
        self._value(f"({expression}).focus()")
        self._ask("Input.insertText", text=text)

    def shoot(self, file: Path) -> None:
        """Write a picture of the page."""
        data = self._ask("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def _value(self, expression: str) -> Any:
        told = self._ask("Runtime.evaluate", expression=expression, returnByValue=True, userGesture=True)
        if "exceptionDetails" in told:
            raise Known("demo.browser", reason=told["exceptionDetails"]["text"])
        return told["result"].get("value")

    # -------------------------------------------------------------------------------------------- the pipe

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._count += 1
        question: dict[str, object] = {"id": self._count, "method": method, "params": parameters}
        if self._session is not None:
            question["sessionId"] = self._session
        try:
            os.write(self._commands, json.dumps(question).encode() + b"\0")
        except OSError as error:
            raise self._ended() from error
        while True:
            answer = json.loads(self._next())
            if answer.get("id") != self._count:
                continue  # something that happened in the page, which nobody asked for
            if "error" in answer:
                raise Known("demo.browser", reason=answer["error"]["message"])
            result: dict[str, Any] = answer["result"]
            return result

    def _next(self) -> bytes:
        parts = [self._read]
        while b"\0" not in parts[-1]:
            if not select.select([self._answers], [], [], ANSWER_S)[0]:
                raise Known("demo.browser", reason=f"no answer within {ANSWER_S} s")
            part = os.read(self._answers, 1 << 16)
            if not part:
                raise self._ended()
            parts.append(part)
        message, _, self._read = b"".join(parts).partition(b"\0")
        return message

    def _ended(self) -> Known:
        words = self._log.read_text("utf-8", "replace").strip().splitlines()
        return Known("demo.browser", reason=words[-1] if words else "it ended")

    # ---------------------------------------------------------------------------------------------- its end

    def close(self) -> None:
        """End it, and remove its profile; without its pipe it ends by itself."""
        os.close(self._commands)
        os.close(self._answers)
        self._wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _wait(self) -> None:
        ends = time.monotonic() + CLOSING_S
        while os.waitpid(self.process_id, os.WNOHANG) == (0, 0):
            if time.monotonic() > ends:
                os.kill(self.process_id, signal.SIGKILL)
                os.waitpid(self.process_id, 0)
                return
            time.sleep(LOOK_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
