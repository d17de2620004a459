"""Keeps this computer from going to sleep while attendees depend on it.

Each system has its own way: a call on Windows, `caffeinate` on macOS, and D-Bus on Linux, where
`org.freedesktop.login1` inhibits sleep of the computer, and as a fallback `org.freedesktop.ScreenSaver` keeps the
desktop from becoming idle. Where none of them works the user is told to change the system's settings. A closed lid or
an empty battery cannot be prevented.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

InhibitorState = Literal["off", "asking", "held", "impossible"]
APP_NAME = "Matinee"
DBUS_TIMEOUT_MS = 3_000
"""How long a service may take to answer."""


class InhibitorBackend(Protocol):
    """The interface of one way to keep the computer awake, such as a service or a program of the system."""

    def inhibit(self, reason: str, then: Callable[[bool], None]) -> None:
        """Try to keep the computer awake until `release`, without blocking.

        Args:
            reason: translated sentence that the system may show to the user.
            then: called once with whether that worked, at once or later on the GUI thread.
        """

    def release(self) -> None:
        """Let the computer sleep again, without blocking; called only after `inhibit` has worked."""


class SleepInhibitor(QObject):
    """The switch that keeps the computer awake while needed, by the first backend that works; used on the GUI thread.

    `state` is "off", "asking" (a backend has not answered), "held" or "impossible" (no backend works); `changed` is
    emitted when it is another.

    Args:
        backends: the ways to try, the best first.
        parent: Qt's owner.
    """

    changed = Signal()

    def __init__(self, backends: Sequence[InhibitorBackend], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backends = tuple(backends)
        self._active_backend: InhibitorBackend | None = None
        self._is_needed = False
        self._is_trying = False
        self.state: InhibitorState = "off"

    def set_needed(self, needed: bool) -> None:
        """Set whether the computer has to stay awake; `state` follows at once or when a backend has answered.

        After "impossible" the backends are tried again only once it was not needed meanwhile.
        """
        self._is_needed = needed
        # A backend that was asked may still succeed.
        if not self._is_trying:
            self._apply_needed()

    def _apply_needed(self) -> None:
        if not self._is_needed:
            backend, self._active_backend = self._active_backend, None
            if backend is not None:
                backend.release()
            self._set_state("off")
        elif self.state == "off":
            self._set_state("asking")
            self._is_trying = True
            self._try_backend(0)

    def _try_backend(self, number: int) -> None:
        if number == len(self._backends):
            self._finish_trying("impossible")
            return
        backend = self._backends[number]

        def on_answer(is_inhibited: bool) -> None:
            if is_inhibited:
                self._active_backend = backend
                self._finish_trying("held")
            else:
                self._try_backend(number + 1)

        backend.inhibit(self.tr("A webinar is hosted on this computer."), on_answer)

    def _finish_trying(self, state: InhibitorState) -> None:
        self._is_trying = False
        self._set_state(state)
        self._apply_needed()

    def _set_state(self, state: InhibitorState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def _connect_session_bus() -> QDBusConnection:
    """Return a connection of our own to the session bus, which the caller closes."""
    return QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "matinee-awake")


def make_backends(
    platform: str = sys.platform,
    *,
    system: Callable[[], QDBusConnection] = QDBusConnection.systemBus,
    session: Callable[[], QDBusConnection] = _connect_session_bus,
) -> tuple[InhibitorBackend, ...]:
    """Return the backends of an operating system, the best first; nothing is asked of them yet.

    Args:
        platform: as `sys.platform` names it; all but "win32" and "darwin" count as Linux.
        system: returns the system bus of Linux; called when a backend is first used.
        session: returns a connection to the session bus of Linux, likewise.
    """
    if platform == "win32":
        return (_WindowsPower(),)
    if platform == "darwin":
        return (_InhibitProcess(("caffeinate", "-i", "-w", str(os.getpid()))),)
    return _LoginManager(system), _ScreenSaver(session)


class _DbusService:
    """A service on a D-Bus of Linux; neither bus nor service exists on every computer."""

    def __init__(self, connect: Callable[[], QDBusConnection], service: str, path: str, interface: str) -> None:
        self._connect = connect
        self._address = (service, path, interface)
        self._pending_call: QDBusPendingCallWatcher | None = None
        self.connection: QDBusConnection | None = None

    def call(self, method: str, arguments: list[object], on_answer: Callable[[list[object] | None], None]) -> None:
        """Call a method; `answered` gets its result, or None."""
        bus = self.connection = self._connect()
        if not bus.isConnected():
            on_answer(None)
            return
        message = QDBusMessage.createMethodCall(*self._address, method)
        message.setArguments(arguments)
        watcher = self._pending_call = QDBusPendingCallWatcher(bus.asyncCall(message, DBUS_TIMEOUT_MS))

        def on_finished() -> None:
            on_answer(None if watcher.isError() else watcher.reply().arguments())

        watcher.finished.connect(on_finished)


class _LoginManager(_DbusService):
    """systemd-logind: inhibits until the returned file descriptor is closed, which the end of the process does too."""

    def __init__(self, bus: Callable[[], QDBusConnection]) -> None:
        name = "org.freedesktop.login1"
        super().__init__(bus, name, "/org/freedesktop/login1", f"{name}.Manager")
        self._lock: QDBusUnixFileDescriptor | None = None

    def inhibit(self, reason: str, then: Callable[[bool], None]) -> None:
        def on_answer(answer: list[object] | None) -> None:
            lock = answer[0] if answer else None
            self._lock = lock if isinstance(lock, QDBusUnixFileDescriptor) and lock.isValid() else None
            then(self._lock is not None)

        self.call("Inhibit", ["sleep:idle", APP_NAME, reason, "block"], on_answer)

    def release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock.takeFileDescriptor())


class _ScreenSaver(_DbusService):
    """The desktop's screen saver: inhibits until the caller leaves the bus, hence on a connection of its own."""

    def __init__(self, bus: Callable[[], QDBusConnection]) -> None:
        name = "org.freedesktop.ScreenSaver"
        super().__init__(bus, name, "/org/freedesktop/ScreenSaver", name)

    def inhibit(self, reason: str, then: Callable[[bool], None]) -> None:
        def on_answer(answer: list[object] | None) -> None:
            if not answer:
                self.release()
            then(bool(answer))

        self.call("Inhibit", [APP_NAME, reason], on_answer)

    def release(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            QDBusConnection.disconnectFromBus(connection.name())


class _WindowsPower:
    """SetThreadExecutionState of the GUI thread, which lives as long as the process."""

    CONTINUOUS, SYSTEM_REQUIRED = 0x8000_0000, 0x0000_0001

    def inhibit(self, _reason: str, then: Callable[[bool], None]) -> None:
        then(self._set(self.CONTINUOUS | self.SYSTEM_REQUIRED))

    def release(self) -> None:
        self._set(self.CONTINUOUS)

    @staticmethod
    def _set(flags: int) -> bool:
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is there on Windows alone
        return bool(kernel.SetThreadExecutionState(flags))


class _InhibitProcess:
    """A program that keeps the computer awake as long as it runs."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None

    def inhibit(self, _reason: str, then: Callable[[bool], None]) -> None:
        try:
            self._child = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
        except OSError:
            self._child = None
        then(self._child is not None)

    def release(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.terminate()
            child.wait()
