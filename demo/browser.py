"""A headless Chromium, controlled through a pipe by the Chrome DevTools Protocol without further packages.

Not thread-safe. Each wait reports to a `Progress`, so it can be cancelled.
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

from editor.errors import KnownError
from editor.progress import Progress

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
BROWSER_ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    # The browser opens the local server only, and Chromium's sandbox is not available to root or in containers.
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
COMMAND_FD, ANSWER_FD = 3, 4
"""File descriptors from which Chromium reads commands and to which it writes answers (--remote-debugging-pipe)."""
ANSWER_TIMEOUT_S = 30
POLL_INTERVAL_S = 0.1
EXIT_TIMEOUT_S = 10


class Browser:
    """A headless Chromium process with one page; use it in a `with` statement, or `close` it.

    Every method may raise ``demo.browser``, with the browser's `reason`, where the page or the browser fails.

    Args:
        folder: Folder for the profile and the log, created if missing.
        size: Width and height of the page in pixels.
        progress: Is reported to at each wait.

    Raises:
        KnownError: ``demo.no_browser``, ``demo.browser`` (`reason`).
    """

    def __init__(self, folder: Path, size: tuple[int, int], progress: Progress) -> None:
        program = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
        if program is None:
            raise KnownError("demo.no_browser", names=BROWSER_NAMES)
        folder.mkdir(parents=True, exist_ok=True)
        self._progress = progress
        self._log = folder / "browser.log"
        self._profile = folder / "profile"
        self._last_id = 0
        self._read_buffer = b""
        self._session_id: str | None = None
        self.process_id, self._commands, self._answers = self._start(program)
        try:
            target = self._send_command("Target.createTarget", url="about:blank")
            self._session_id = self._send_command("Target.attachToTarget", targetId=target["targetId"], flatten=True)[
                "sessionId"
            ]
            width, height = size
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            self._send_command("Emulation.setDeviceMetricsOverride", **metrics)
        except KnownError:
            self.close()
            raise

    def _start(self, program: str) -> tuple[int, int, int]:
        """Start the browser; return its process id, and the descriptors to write commands to and read answers from."""
        command_reader, commands = os.pipe()
        answers, answer_writer = os.pipe()
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        # Moved above 10 first: one of them might be 3 or 4 itself and be overwritten before it has been duplicated.
        moved_fds = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (command_reader, answer_writer, log, log)]
        actions = [
            (os.POSIX_SPAWN_DUP2, end, at) for end, at in zip(moved_fds, (COMMAND_FD, ANSWER_FD, 1, 2), strict=True)
        ]
        command = [program, *BROWSER_ARGUMENTS, f"--user-data-dir={self._profile}"]
        try:
            process_id = os.posix_spawn(program, command, os.environ, file_actions=actions)
        finally:
            for end in (command_reader, answer_writer, log, *moved_fds):
                os.close(end)
        return process_id, commands, answers

    # -------------------------------------------------------------------------------------------- the page

    def navigate(self, url: str) -> None:
        """Open a URL without waiting until the page is loaded (`wait_for`); that it cannot be loaded is no error here.

        Raises:
            KnownError: ``demo.browser``: the browser has ended, refuses the command or does not answer.
        """
        self._send_command("Page.navigate", url=url)

    def wait_for(self, expression: str, description: str, timeout_s: float) -> None:
        """Wait until a JavaScript expression is true in the page, asking every `POLL_INTERVAL_S` seconds; it blocks.

        Args:
            expression: The expression.
            description: What is waited for, for the error.
            timeout_s: Seconds to wait at most.

        Raises:
            KnownError: ``demo.not_seen`` (`what`, `limit_ms`): it was not true in time. ``demo.browser``: the
                expression throws an exception, or the page fails.
            CancelledError: The progress was cancelled.
        """
        deadline = time.monotonic() + timeout_s
        while not self._evaluate(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                raise KnownError("demo.not_seen", what=description, limit_ms=round(timeout_s * 1000))
            self._progress.report(0, 0)
            time.sleep(POLL_INTERVAL_S)

    def click(self, expression: str) -> None:
        """Click on the element that a JavaScript expression gives, by its method `click`.

        Raises:
            KnownError: ``demo.browser``: there is no such element, or the page fails.
        """
        self._evaluate(f"({expression}).click()")

    def type_text(self, expression: str, text: str) -> None:
        """Focus the field that a JavaScript expression gives, and insert text at its cursor.

        Raises:
            KnownError: ``demo.browser``: there is no such field, or the page fails.
        """
        self._evaluate(f"({expression}).focus()")
        self._send_command("Input.insertText", text=text)

    def take_screenshot(self, file: Path) -> None:
        """Write a PNG of the visible part of the page to a file, which is replaced if it exists.

        `OSError` is raised if it cannot be written.
        """
        data = self._send_command("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def _evaluate(self, expression: str) -> Any:
        response = self._send_command("Runtime.evaluate", expression=expression, returnByValue=True, userGesture=True)
        if "exceptionDetails" in response:
            raise KnownError("demo.browser", reason=response["exceptionDetails"]["text"])
        return response["result"].get("value")

    # -------------------------------------------------------------------------------------------- the pipe

    def _send_command(self, method: str, **parameters: object) -> dict[str, Any]:
        self._last_id += 1
        command: dict[str, object] = {"id": self._last_id, "method": method, "params": parameters}
        if self._session_id is not None:
            command["sessionId"] = self._session_id
        try:
            os.write(self._commands, json.dumps(command).encode() + b"\0")
        except OSError as error:
            raise self._exit_error() from error
        while True:
            answer = json.loads(self._read_message())
            if answer.get("id") != self._last_id:
                continue  # an event of the page, not the answer
            if "error" in answer:
                raise KnownError("demo.browser", reason=answer["error"]["message"])
            result: dict[str, Any] = answer["result"]
            return result

    def _read_message(self) -> bytes:
        parts = [self._read_buffer]
        while b"\0" not in parts[-1]:
            if not select.select([self._answers], [], [], ANSWER_TIMEOUT_S)[0]:
                raise KnownError("demo.browser", reason=f"no answer within {ANSWER_TIMEOUT_S} s")
            part = os.read(self._answers, 1 << 16)
            if not part:
                raise self._exit_error()
            parts.append(part)
        message, _, self._read_buffer = b"".join(parts).partition(b"\0")
        return message

    def _exit_error(self) -> KnownError:
        log_lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return KnownError("demo.browser", reason=log_lines[-1] if log_lines else "it ended")

    # --------------------------------------------------------------------------------------------- the end

    def close(self) -> None:
        """End the browser, by force after `EXIT_TIMEOUT_S` seconds, and remove its profile; call it once.

        The log stays.
        """
        os.close(self._commands)
        os.close(self._answers)
        self._wait_for_exit()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _wait_for_exit(self) -> None:
        deadline = time.monotonic() + EXIT_TIMEOUT_S
        while os.waitpid(self.process_id, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(self.process_id, signal.SIGKILL)
                os.waitpid(self.process_id, 0)
                return
            time.sleep(POLL_INTERVAL_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
