"""“Host on this computer”: a hosting as a child process, which needs no configuration and ends with the editor.

The child listens on all of the machine's addresses, so that others in the same network can attend. Its port is
remembered, so that links stay good from one start to the next. It reads its standard input to the end: when the editor
is gone, for whatever reason, that end comes, and the child stops in good order by itself.

The owner's account is made by itself at the first start, with a password that nobody needs to know.
"""

import getpass
import json
import os
import queue
import secrets as random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import msgspec

from editor.errors import Known
from editor.sync.account import Secrets
from editor.sync.client import Client

EMAIL = "owner@this-computer.invalid"
"""The owner's address on this machine's own hosting; no mail is ever sent to it."""
PATIENCE_S = 60
"""How long the child may take to listen: migrations, a slow disk."""
STOPPING_S = 15
LOG_MOST = 5_000_000
"""Bytes; a longer log is begun anew at the next start, and the one before is kept."""
PACKAGES = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "hosting.cli")


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """The child while it runs."""

    url: str
    """Where this machine reaches it."""
    addresses: tuple[str, ...]
    """Where attendees reach it, the best first."""
    epoch: str
    token: str


class _Kept(msgspec.Struct, kw_only=True):
    """What is remembered from start to start."""

    port: int = 0
    wanted: bool = False
    """Whether it ran when it was last heard of, and shall run again with the editor."""


def network_address() -> str | None:
    """This machine's address in its network; None where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # Nothing is sent: the system only says from which of its addresses it would be (RFC 5737: nobody's).
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = asking.getsockname()[0]
    return None if address.startswith(("127.", "0.")) else address


class Embedded:
    """The hosting on this computer, for one library. Calls block; make them from a thread of the network's.

    Args:
        root: the library's folder; the hosting's own is `hosting` in it.
        secrets: keeps the owner's password and token.
        network: says this machine's address in its network.
        command: starts the hosting's command line.
    """

    def __init__(
        self,
        root: Path,
        secrets: Secrets,
        *,
        network: Callable[[], str | None] = network_address,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._folder = root / "hosting"
        self._file = root / "hosting-here.json"
        self._secrets = secrets
        self._network = network
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._watch: threading.Thread | None = None
        self._running: Running | None = None
        self.on_end: Callable[[], None] = lambda: None
        """Called, in a thread of its own, when the child ends without having been told to."""

    @property
    def running(self) -> Running | None:
        """What runs now, if anything."""
        child = self._child
        return self._running if child is not None and child.poll() is None else None

    @property
    def wanted(self) -> bool:
        """Whether it is to run whenever the editor does."""
        return self._kept().wanted

    @property
    def log(self) -> Path:
        """What the child says of itself."""
        return self._folder / "hosting.log"

    def start(self) -> Running:
        """Start it, if it does not run, and make sure that one can sign in.

        Raises:
            Known: ``sync.no_start`` (`reason`), ``sync.no_owner``: the secrets of its owner are lost.
        """
        with self._lock:
            if (running := self.running) is not None:
                return running
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                told, port = self._launch()
                running = self._running = self._sign_in(told, port)
                self._keep(_Kept(port=port, wanted=True))
            except OSError as error:
                self._end()
                raise Known("sync.no_start", reason=error.strerror or str(error)) from error
            except Known:
                self._end()
                raise
            return running

    def stop(self) -> None:
        """Stop it, and let it stay stopped until it is started again."""
        with self._lock:
            self._end()
            kept = self._kept()
            kept.wanted = False
            self._keep(kept)

    def close(self) -> None:
        """The editor ends: stop it, to be started again with the editor."""
        with self._lock:
            self._end()

    # ------------------------------------------------------------------------------------------- the child

    def _launch(self) -> tuple[dict[str, str], int]:
        """Start the child; gives what it said of itself, and its port."""
        network = self._network()
        host = "0.0.0.0" if network else "127.0.0.1"  # noqa: S104 - attendees of the same network shall reach it
        port = _free_port(host, self._kept().port)
        begun = self._rotate()
        place = ("--data", str(self._folder), "--host", host, "--port", str(port))
        reached = ("--base-url", f"http://{network or '127.0.0.1'}:{port}", "--until-eof")
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [*self._command, "serve", *place, *reached],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGES), os.environ.get("PYTHONPATH", "")))},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        assert child.stdout is not None
        first: queue.Queue[str] = queue.Queue()
        self._child = child
        self._watch = threading.Thread(
            target=self._watch_over, args=(child, child.stdout, first), name="hosting here", daemon=True
        )
        self._watch.start()
        try:
            told = json.loads(first.get(timeout=PATIENCE_S))
        except (queue.Empty, ValueError) as error:
            raise Known("sync.no_start", reason=self._last_words(begun)) from error
        return told, port

    def _watch_over(self, child: "subprocess.Popen[str]", said: IO[str], first: "queue.Queue[str]") -> None:
        """Read the child's words to their end, which is its own."""
        with said:
            first.put(said.readline())
            for _line in said:
                pass  # it says no more than the one line; the pipe is read so that it can never fill
        child.wait()
        assert child.stdin is not None
        child.stdin.close()
        if self._child is child:
            running, self._child, self._running = self._running, None, None
            if running is not None:
                self.on_end()

    def _end(self) -> None:
        child, self._child, self._running = self._child, None, None
        if child is None:
            return
        assert child.stdin is not None
        try:
            child.stdin.close()
            child.wait(STOPPING_S)
        except (OSError, subprocess.TimeoutExpired):
            child.kill()
            child.wait()
        if self._watch is not None:
            self._watch.join()

    def _rotate(self) -> int:
        """Begin the log anew where it is long; gives where this start's words will begin."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if size <= LOG_MOST:
            return size
        self.log.replace(self.log.with_suffix(".log.1"))
        return 0

    def _last_words(self, begun: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begun)
            lines = log.read()[-4_000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "—"

    # ------------------------------------------------------------------------------------------- the owner

    def _sign_in(self, told: dict[str, str], port: int) -> Running:
        url = f"http://127.0.0.1:{port}"
        client = Client(url, self._secrets.get("token here"))
        try:
            token = self._token(client, told.get("first_owner", "").partition("#")[2])
        finally:
            client.close()
        addresses = (told["listening"], *((url,) if told["listening"] != url else ()))
        return Running(url=url, addresses=addresses, epoch=told["epoch"], token=token)

    def _token(self, client: Client, key: str) -> str:
        if key:
            # Kept before it is used: were it lost in between, nobody could ever sign in.
            password = random.token_urlsafe(24)
            self._secrets.keep("password here", password)
            token = client.first_owner(key, EMAIL, password, _person()).token
        else:
            token = self._secrets.get("token here")
            try:
                client.me()
            except Known as known:
                if known.code != "account.signed_out":
                    raise
                token = self._token_again(client)
        self._secrets.keep("token here", token)
        return token

    def _token_again(self, client: Client) -> str:
        try:
            return client.sign_in(EMAIL, self._secrets.get("password here")).token
        except Known as known:
            if known.code == "account.wrong":
                raise Known("sync.no_owner", path=str(self._folder)) from known
            raise

    # ------------------------------------------------------------------------------------- what is remembered

    def _kept(self) -> _Kept:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return _Kept()

    def _keep(self, kept: _Kept) -> None:
        aside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        aside.write_bytes(msgspec.json.encode(kept))
        aside.replace(self._file)


def _free_port(host: str, remembered: int) -> int:
    """The port of the last time if it is free, else any."""
    for port in (remembered, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trying:
            if os.name != "nt":
                trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind((host, port))
            except OSError:
                continue
            found: int = trying.getsockname()[1]
            return found
    raise Known("sync.no_start", reason=host)


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
