"""Runs the environment's Python, on a virtual screen where one is needed; standard library only."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from environment_setup import Checkout, Environment, SetupError, clean_environment, print_status


def run(checkout: Checkout, arguments: Sequence[str], environment: Environment) -> int:
    """Run the environment's Python and return its exit code: 128 + the signal's number if a signal ended it."""
    code = subprocess.run(
        [str(checkout.python), *arguments], env=make_program_environment(checkout, environment), check=False
    ).returncode
    return code if code >= 0 else 128 - code


def exec_program(checkout: Checkout, arguments: Sequence[str], environment: Environment) -> int:
    """Replace this process by Matinee, so that signals reach it; on Windows, run it and return its exit code."""
    if os.name != "nt":
        os.execve(checkout.python, [str(checkout.python), *arguments], make_program_environment(checkout, environment))
    return run(checkout, arguments, environment)


def make_program_environment(checkout: Checkout, environment: Environment) -> Environment:
    """Return the environment in which Python finds this checkout's modules."""
    program_environment = {**clean_environment(environment), "PYTHONPATH": str(checkout.root)}
    program_environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return program_environment


@contextlib.contextmanager
def provide_display(environment: Environment, *, always: bool = False) -> Iterator[Environment]:
    """Provide an environment with a display: the present one, or a virtual screen while the context lasts.

    Args:
        environment: the environment that this process was started with.
        always: use a virtual screen even where there is a display.

    Raises:
        SetupError: the virtual screen did not start.
    """
    if not always and (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        yield environment
        return
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as display_pipe:
            number = display_pipe.readline().strip()
        if not number:
            raise SetupError("The virtual screen (Xvfb) did not start. Its messages: run Xvfb :99 by hand.")
        without_wayland = {name: value for name, value in environment.items() if name != "WAYLAND_DISPLAY"}
        yield {**without_wayland, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "MATINEE_VIRTUAL_SCREEN": "1"}
    finally:
        server.terminate()
        server.wait()


class PartTimer:
    """Runs parts of a check one after the other and prints how many minutes each took.

    Where the environment variable MATINEE_MINUTES_FILE names a file, the table is appended to it instead, so that
    `.ci/run` prints one table at its end.
    """

    def __init__(self, environment: Environment) -> None:
        self._file = environment.get("MATINEE_MINUTES_FILE")
        self._rows: list[str] = []
        self._codes: list[int] = []

    def run(self, name: str, part: Callable[[], int]) -> None:
        """Run a part, which returns an exit code, and keep its time."""
        print_status(name)
        started = time.monotonic()
        code = part()
        minutes = (time.monotonic() - started) / 60
        self._codes.append(abs(code))
        self._rows.append(f"{minutes:6.1f} min  {name}{'  (failed)' if code else ''}")

    def finish(self) -> int:
        """Print the table of minutes and return the worst exit code of all parts."""
        if self._file:
            with Path(self._file).open("a", encoding="utf-8") as table:
                table.writelines(f"{row}\n" for row in self._rows)
        else:
            for row in self._rows:
                print_status(row)
        return max(self._codes, default=0)
