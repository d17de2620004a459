"""Keeps this computer from going to sleep while attendees depend on it.

Each system has its own way: Windows is told by a call, macOS by `caffeinate`, which ends with us, Linux by D-Bus:
`org.freedesktop.login1` holds the whole machine up, and where that is not there or refuses,
`org.freedesktop.ScreenSaver` at least keeps the desktop from thinking that nobody is there. Where none of them
answers, that is said, and somebody has to see to it. A lid that is closed, or a battery that is empty, is beyond all
of them.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

State = Literal["off", "asking", "held", "impossible"]
WHO = "Matinee"
ANSWER_MS = 3_000
"""How long a service of the desktop's may take to answer."""


class Holder(Protocol):
    """One way to keep the machine up."""

    def hold(self, why: str, then: Callable[[bool], None]) -> None:
        """Try to; `then` is told whether it is held now."""

    def release(self) -> None:
        """Let it sleep again."""


class Awake(QObject):
    """Holds the machine up while it is needed, by the first way that works."""

    changed = Signal()

    def __init__(self, holders: Sequence[Holder], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holders = tuple(holders)
        self._held: Holder | None = None
        self._needed = False
        self._asking = False
        self.state: State = "off"

    def need(self, needed: bool) -> None:
        """Whether the machine has to stay up from now on."""
        self._needed = needed
        # What has been asked is waited for: it may hold the machine up after all.
        if not self._asking:
            self._settle()

    def _settle(self) -> None:
        if not self._needed:
            held, self._held = self._held, None
            if held is not None:
                held.release()
            self._set("off")
        elif self.state == "off":
            self._set("asking")
            self._asking = True
            self._try(0)

    def _try(self, number: int) -> None:
        if number == len(self._holders):
            self._end("impossible")
            return
        holder = self._holders[number]

        def told(held: bool) -> None:
            if held:
                self._held = holder
                self._end("held")
            else:
                self._try(number + 1)

        holder.hold(self.tr("A webinar is hosted on this computer."), told)

    def _end(self, state: State) -> None:
        self._asking = False
        self._set(state)
        self._settle()

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def _own_session() -> QDBusConnection:
    """A connection to the desktop's bus of our own, to be closed."""
    return QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "matinee-awake")


def holders(
    platform: str = sys.platform,
    *,
    system: Callable[[], QDBusConnection] = QDBusConnection.systemBus,
    session: Callable[[], QDBusConnection] = _own_session,
) -> tuple[Holder, ...]:
    """The ways of a system, the best first."""
    if platform == "win32":
        return (_Windows(),)
    if platform == "darwin":
        return (_Command(("caffeinate", "-i", "-w", str(os.getpid()))),)
    return _LogIn(system), _ScreenSaver(session)


class _Bus:
    """A service on a bus of Linux's. The bus is not there on every machine, and nor is the service."""

    def __init__(self, bus: Callable[[], QDBusConnection], service: str, path: str, interface: str) -> None:
        self._bus = bus
        self._place = (service, path, interface)
        self._asked: QDBusPendingCallWatcher | None = None
        self.connection: QDBusConnection | None = None

    def ask(self, method: str, arguments: list[object], answered: Callable[[list[object] | None], None]) -> None:
        """Call a method; `answered` gets what it gave, or None."""
        bus = self.connection = self._bus()
        if not bus.isConnected():
            answered(None)
            return
        message = QDBusMessage.createMethodCall(*self._place, method)
        message.setArguments(arguments)
        watcher = self._asked = QDBusPendingCallWatcher(bus.asyncCall(message, ANSWER_MS))

        def finished() -> None:
            answered(None if watcher.isError() else watcher.reply().arguments())

        watcher.finished.connect(finished)


class _LogIn(_Bus):
    """systemd's log-in manager: holds until the descriptor that it gave is closed, also by our end."""

    def __init__(self, bus: Callable[[], QDBusConnection]) -> None:
        name = "org.freedesktop.login1"
        super().__init__(bus, name, "/org/freedesktop/login1", f"{name}.Manager")
        self._lock: QDBusUnixFileDescriptor | None = None

    def hold(self, why: str, then: Callable[[bool], None]) -> None:
        def answered(given: list[object] | None) -> None:
            lock = given[0] if given else None
            self._lock = lock if isinstance(lock, QDBusUnixFileDescriptor) and lock.isValid() else None
            then(self._lock is not None)

        self.ask("Inhibit", ["sleep:idle", WHO, why, "block"], answered)

    def release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock.takeFileDescriptor())


class _ScreenSaver(_Bus):
    """The desktop: holds until whoever asked is gone from the bus, so it is asked on a connection of its own."""

    def __init__(self, bus: Callable[[], QDBusConnection]) -> None:
        name = "org.freedesktop.ScreenSaver"
        super().__init__(bus, name, "/org/freedesktop/ScreenSaver", name)

    def hold(self, why: str, then: Callable[[bool], None]) -> None:
        def answered(given: list[object] | None) -> None:
            if not given:
                self.release()
            then(bool(given))

        self.ask("Inhibit", [WHO, why], answered)

    def release(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            QDBusConnection.disconnectFromBus(connection.name())


class _Windows:
    """A flag of the thread that sets it: the GUI's, which lives as long as we do."""

    CONTINUOUS, SYSTEM_REQUIRED = 0x8000_0000, 0x0000_0001

    def hold(self, _why: str, then: Callable[[bool], None]) -> None:
        then(self._set(self.CONTINUOUS | self.SYSTEM_REQUIRED))

    def release(self) -> None:
        self._set(self.CONTINUOUS)

    @staticmethod
    def _set(flags: int) -> bool:
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is there on Windows alone
        return bool(kernel.SetThreadExecutionState(flags))


class _Command:
    """A program that holds the machine up as long as it runs."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None

    def hold(self, _why: str, then: Callable[[bool], None]) -> None:
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
