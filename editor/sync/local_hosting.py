"""The hosting on this computer: a child process that needs no configuration and ends with the editor.

The child listens on all of the machine's addresses, so that others in the same network can attend. Its port is
stored, so that links stay valid from one start to the next. It reads its standard input to the end: when the editor
is gone, for whatever reason, that end comes, and the child shuts down by itself.

The owner's account is created at the first start, with a generated password.
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

from editor.atomic_file import write_atomically
from editor.errors import KnownError
from editor.private_files import create_private_file, make_private_folder
from editor.sync.client import ApiClient
from editor.sync.connections import SecretStore

OWNER_EMAIL = "owner@this-computer.invalid"
"""The owner's address on this machine's own hosting; no mail is ever sent to it."""
START_TIMEOUT_S = 60
"""How long the child may take to listen: migrations, a slow disk."""
STOP_TIMEOUT_S = 15
MAX_LOG_BYTES = 5_000_000
"""Bytes; a longer log is begun anew at the next start, and the one before is kept."""
PACKAGE_ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "hosting.cli")


class RunningHosting(msgspec.Struct, frozen=True, kw_only=True):
    """Where the hosting on this computer is reached while it runs, and the owner's token for it; an immutable record.

    `url` is for this computer, `addresses` are for attendees, the best first.
    """

    url: str
    """Where this machine reaches it."""
    addresses: tuple[str, ...]
    """Where attendees reach it, the best first."""
    epoch: str
    token: str


class _PersistedState(msgspec.Struct, kw_only=True):
    """What is stored from start to start."""

    port: int = 0
    wanted: bool = False
    """Whether it ran when it was last heard of, and shall run again with the editor."""


def find_network_address() -> str | None:
    """Return this computer's IPv4 address in its network; None where it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only says which address it would send from (192.0.2.1 is reserved, RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith(("127.", "0.")) else address


class LocalHosting:
    """The hosting on this computer, for one library: a child process, which this object starts and stops.

    `start`, `stop` and `close` block, so call them from a network thread; the properties may be read from any.

    Args:
        root: The library's folder; the hosting's own is `hosting` in it.
        secrets: Stores the owner's password and token.
        find_address: Returns this computer's address in its network; with None, only this computer reaches the hosting.
        command: The words that start the hosting's command line.
    """

    def __init__(
        self,
        root: Path,
        secrets: SecretStore,
        *,
        find_address: Callable[[], str | None] = find_network_address,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._folder = root / "hosting"
        self._file = root / "hosting-here.json"
        self._secrets = secrets
        self._find_address = find_address
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._watcher: threading.Thread | None = None
        self._running: RunningHosting | None = None
        self.on_end: Callable[[], None] = lambda: None
        """Called, in a thread of its own, when the child ends by itself."""

    @property
    def running(self) -> RunningHosting | None:
        """The address and token of the hosting while it runs; None where it does not, or is only starting."""
        child = self._child
        return self._running if child is not None and child.poll() is None else None

    @property
    def is_autostarted(self) -> bool:
        """Whether the hosting is to start with the editor: it was started, and not stopped by `stop` since."""
        return self._load_state().wanted

    @property
    def log_file(self) -> Path:
        """The path of the log of the child process; the file exists once it was started."""
        return self._folder / "hosting.log"

    def start(self) -> RunningHosting:
        """Start the child if it does not run, and sign in to it; return where it runs.

        That may take up to `START_TIMEOUT_S`. From now on it is started with the editor (`is_autostarted`).

        Raises:
            KnownError: ``sync.no_start``: it did not start; `reason` is the last line of its log, or what the system
                says. ``sync.no_owner``: the owner's password is lost. Else what a request to it raises. The child does
                not run then.
        """
        with self._lock:
            if (running := self.running) is not None:
                return running
            try:
                make_private_folder(self._folder)
                announcement, port = self._launch()
                running = self._running = self._sign_in(announcement, port)
                self._save_state(_PersistedState(port=port, wanted=True))
            except OSError as error:
                self._stop_child()
                raise KnownError("sync.no_start", reason=error.strerror or str(error)) from error
            except KnownError:
                self._stop_child()
                raise
            return running

    def stop(self) -> None:
        """Stop the child, if it runs, and keep it stopped until `start` is called, at the editor's next start too.

        Raises:
            OSError: That it is to stay stopped cannot be stored.
        """
        with self._lock:
            self._stop_child()
            state = self._load_state()
            state.wanted = False
            self._save_state(state)

    def close(self) -> None:
        """Stop the child, if it runs, at the end of the editor; `is_autostarted` stays as it is."""
        with self._lock:
            self._stop_child()

    # ------------------------------------------------------------------------------------------- the child

    def _launch(self) -> tuple[dict[str, str], int]:
        """Start the child; return its announcement and its port."""
        address = self._find_address()
        host = "0.0.0.0" if address else "127.0.0.1"  # noqa: S104 - attendees of the same network shall reach it
        port = _find_free_port(host, self._load_state().port)
        log_offset = self._rotate_log()
        listen_options = ("--data", str(self._folder), "--host", host, "--port", str(port))
        url_options = ("--base-url", f"http://{address or '127.0.0.1'}:{port}", "--until-eof")
        create_private_file(self.log_file)
        with self.log_file.open("ab") as log:
            child = subprocess.Popen(
                [*self._command, "serve", *listen_options, *url_options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join((str(PACKAGE_ROOT), os.environ.get("PYTHONPATH", ""))),
                },
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        assert child.stdout is not None
        first_line: queue.Queue[str] = queue.Queue()
        self._child = child
        self._watcher = threading.Thread(
            target=self._watch_child, args=(child, child.stdout, first_line), name="hosting here", daemon=True
        )
        self._watcher.start()
        try:
            announcement = json.loads(first_line.get(timeout=START_TIMEOUT_S))
        except (queue.Empty, ValueError) as error:
            raise KnownError("sync.no_start", reason=self._read_last_log_line(log_offset)) from error
        return announcement, port

    def _watch_child(self, child: "subprocess.Popen[str]", output: IO[str], first_line: "queue.Queue[str]") -> None:
        """Read the child's output to the end, which comes when the child ends."""
        with output:
            first_line.put(output.readline())
            for _line in output:
                pass  # it says no more than the one line; the pipe is read so that it can never fill
        child.wait()
        assert child.stdin is not None
        child.stdin.close()
        if self._child is child:
            running, self._child, self._running = self._running, None, None
            if running is not None:
                self.on_end()

    def _stop_child(self) -> None:
        child, self._child, self._running = self._child, None, None
        if child is None:
            return
        assert child.stdin is not None
        try:
            child.stdin.close()
            child.wait(STOP_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            child.kill()
            child.wait()
        if self._watcher is not None:
            self._watcher.join()

    def _rotate_log(self) -> int:
        """Rotate the log if it is long; return the offset at which this start's lines will begin."""
        size = self.log_file.stat().st_size if self.log_file.exists() else 0
        if size <= MAX_LOG_BYTES:
            return size
        self.log_file.replace(self.log_file.with_suffix(".log.1"))
        return 0

    def _read_last_log_line(self, offset: int) -> str:
        with self.log_file.open("rb") as log:
            log.seek(offset)
            lines = log.read()[-4_000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "—"

    # ------------------------------------------------------------------------------------------- the owner

    def _sign_in(self, announcement: dict[str, str], port: int) -> RunningHosting:
        url = f"http://127.0.0.1:{port}"
        client = ApiClient(url, self._secrets.get("token here"))
        try:
            token = self._obtain_token(client, announcement.get("first_owner", "").partition("#")[2])
        finally:
            client.close()
        addresses = (announcement["listening"], *((url,) if announcement["listening"] != url else ()))
        return RunningHosting(url=url, addresses=addresses, epoch=announcement["epoch"], token=token)

    def _obtain_token(self, client: ApiClient, key: str) -> str:
        if key:
            # Stored before it is used: if it were lost in between, no sign-in would ever be possible.
            password = random.token_urlsafe(24)
            self._secrets.set("password here", password)
            token = client.create_first_owner(key, OWNER_EMAIL, password, _get_user_name()).token
        else:
            token = self._secrets.get("token here")
            try:
                client.fetch_account()
            except KnownError as known:
                if known.code != "account.signed_out":
                    raise
                token = self._renew_token(client)
        self._secrets.set("token here", token)
        return token

    def _renew_token(self, client: ApiClient) -> str:
        try:
            return client.sign_in(OWNER_EMAIL, self._secrets.get("password here")).token
        except KnownError as known:
            if known.code == "account.wrong":
                raise KnownError("sync.no_owner", path=str(self._folder)) from known
            raise

    # ------------------------------------------------------------------------------------- what is remembered

    def _load_state(self) -> _PersistedState:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=_PersistedState)
        except (OSError, msgspec.DecodeError):
            return _PersistedState()

    def _save_state(self, state: _PersistedState) -> None:
        write_atomically(self._file, msgspec.json.encode(state))


def _find_free_port(host: str, preferred: int) -> int:
    """Return the preferred port if it is free, else any free one."""
    for port in (preferred, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            free_port: int = probe.getsockname()[1]
            return free_port
    raise KnownError("sync.no_start", reason=host)


def _get_user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
