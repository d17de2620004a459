"""A Chromium whose tab is really hidden: its timers are throttled and it draws no pictures.

Playwright keeps every page active on purpose, so this browser is controlled by the Chrome DevTools Protocol.
"""

import itertools
import json
import re
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
from websockets.sync.client import ClientConnection, connect

from tests.benchmarks.skew.attendee_pages import ARGUMENTS, PROBE


class BrowserTabs:
    """A browser with two tabs: the measured one, and another to hide it."""

    def __init__(self, folder: Path, url: str) -> None:
        arguments = [
            "--headless=new",
            "--remote-debugging-port=0",
            "--window-size=700,560",
            f"--user-data-dir={folder}",
        ]
        self._process = subprocess.Popen(
            ["/usr/bin/chromium", *ARGUMENTS, *arguments, "about:blank"], stderr=subprocess.PIPE, text=True
        )
        assert self._process.stderr is not None
        matches = (re.search(r"ws://127\.0\.0\.1:(\d+)/", line) for line in self._process.stderr)
        self._base = f"http://127.0.0.1:{next(found[1] for found in matches if found)}/json"
        self._other = self._open()
        self._page = self._open()
        self._numbers = itertools.count(1)
        self._socket: ClientConnection = connect(self._page["webSocketDebuggerUrl"], max_size=None).__enter__()
        self._send_command("Page.enable")
        self._send_command("Page.addScriptToEvaluateOnNewDocument", source=PROBE.replace("WRONG", "0"))
        self._send_command("Page.navigate", url=url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=20)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page, after awaiting a promise."""
        reply = self._send_command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    def wait(self, condition: str, seconds: int = 20) -> None:
        """Wait until an expression is true in the page."""
        times = seconds * 10
        ask = (
            f"new Promise((yes, no) => {{ let n = 0; const look = () => ({condition}) ? yes(true) : "
            f"++n > {times} ? no(new Error('not in time')) : setTimeout(look, 100); look(); }})"
        )
        self.evaluate(ask)

    def hide(self) -> None:
        requests.get(f"{self._base}/activate/{self._other['id']}", timeout=10)
        self.wait("document.visibilityState === 'hidden'")

    def show(self) -> None:
        requests.get(f"{self._base}/activate/{self._page['id']}", timeout=10)
        self.wait("document.visibilityState === 'visible'")

    def _open(self) -> dict[str, Any]:
        tab: dict[str, Any] = requests.put(f"{self._base}/new?about:blank", timeout=10).json()
        return tab

    def _send_command(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (reply := json.loads(self._socket.recv(timeout=60))).get("id") != number:
            pass
        assert "result" in reply, reply
        result: dict[str, Any] = reply["result"]
        return result
