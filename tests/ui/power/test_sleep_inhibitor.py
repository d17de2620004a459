"""Keeping the computer awake, with a real D-Bus and services that answer on it."""

import os
import subprocess

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor

from ui.power.sleep_inhibitor import SleepInhibitor, make_backends

SLOTS = QDBusConnection.RegisterOption.ExportAllSlots


@ClassInfo({"D-Bus Interface": "org.freedesktop.login1.Manager"})
class FakeLoginManager(QObject):
    """Returns a file descriptor, and notices when all copies of it are closed."""

    def __init__(self):
        super().__init__()
        self.requests = []
        self.end = None

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, *arguments):
        self.requests.append(arguments)
        self.end, write_end = os.pipe()
        os.set_blocking(self.end, False)
        answer = QDBusUnixFileDescriptor(write_end)
        os.close(write_end)
        return answer

    @property
    def is_held(self):
        try:
            return os.read(self.end, 1) != b""
        except BlockingIOError:
            return True


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class FakeScreenSaver(QObject):
    """Returns a number, as the desktop does."""

    def __init__(self):
        super().__init__()
        self.requests = []

    @Slot(str, str, result=int)
    def Inhibit(self, *arguments):
        self.requests.append(arguments)
        return 7


@pytest.fixture
def bus():
    """Start a D-Bus and return what connects to it."""
    command = ("dbus-daemon", "--session", "--nofork", "--print-address=1")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        address = daemon.stdout.readline().strip()
        names = []

        def connect():
            names.append(f"test {len(names)}")
            return QDBusConnection.connectToBus(address, names[-1])

        yield connect
        for name in names:
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


def register_service(connection, name, path, service):
    assert connection.registerService(name)
    assert connection.registerObject(path, service, SLOTS)


def connect_nowhere():
    return QDBusConnection.connectToBus("unix:path=/nowhere/at/all", "nowhere")


def test_the_log_in_manager_holds_the_machine_up_until_it_is_let_go(qtbot, bus):
    service = FakeLoginManager()
    register_service(bus(), "org.freedesktop.login1", "/org/freedesktop/login1", service)
    awake = SleepInhibitor(make_backends("linux", system=bus, session=connect_nowhere))
    awake.set_needed(True)
    assert awake.state == "asking"
    qtbot.waitUntil(lambda: awake.state == "held")
    assert [request[0] for request in service.requests] == ["sleep:idle"]
    assert service.is_held
    awake.set_needed(True)
    awake.set_needed(False)
    assert awake.state == "off"
    qtbot.waitUntil(lambda: not service.is_held)
    os.close(service.end)


def test_what_is_no_longer_needed_when_the_answer_comes_is_let_go(qtbot, bus):
    service = FakeLoginManager()
    register_service(bus(), "org.freedesktop.login1", "/org/freedesktop/login1", service)
    awake = SleepInhibitor(make_backends("linux", system=bus, session=connect_nowhere))
    awake.set_needed(True)
    awake.set_needed(False)
    qtbot.waitUntil(lambda: bool(service.requests) and not service.is_held)
    assert awake.state == "off"
    os.close(service.end)


def test_without_a_log_in_manager_the_desktop_is_asked(qtbot, bus):
    service, connection = FakeScreenSaver(), bus()
    register_service(connection, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", service)
    awake = SleepInhibitor(make_backends("linux", system=connect_nowhere, session=bus))
    awake.set_needed(True)
    qtbot.waitUntil(lambda: awake.state == "held")
    assert [request[0] for request in service.requests] == ["Matinee"]
    others = connection.interface().registeredServiceNames
    there = len(others().value())
    awake.set_needed(False)
    qtbot.waitUntil(lambda: len(others().value()) < there)


def test_where_nothing_answers_that_is_told_and_asked_again_the_next_time(qtbot, bus):
    awake = SleepInhibitor(make_backends("linux", system=connect_nowhere, session=bus))
    for _ in range(2):
        awake.set_needed(True)
        qtbot.waitUntil(lambda: awake.state == "impossible")
        awake.set_needed(False)
        assert awake.state == "off"


def test_a_program_that_holds_the_machine_up_ends_when_it_is_let_go():
    (caffeinate,) = make_backends("darwin")
    caffeinate._command = ("sleep", "60")
    awake = SleepInhibitor((caffeinate,))
    awake.set_needed(True)
    child = caffeinate._child
    assert (awake.state, child.poll()) == ("held", None)
    awake.set_needed(False)
    assert child.poll() is not None
    caffeinate._command = ("no-such-program-here",)
    awake.set_needed(True)
    assert awake.state == "impossible"
