"""Fixtures of the library's tests: webinars, libraries, and other processes that use the same library."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import editor
from editor.library.store import Library
from editor.schedule.model import Image, Media, Webinar

PICTURE = "ab" * 32


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 12, 1, 18, 0, 0, 123_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def webinar() -> Callable[..., Webinar]:
    """Return a function that makes webinars of so many images, one after another."""

    def make(name: str = "w", segments: int = 3, **fields: object) -> Webinar:
        images = tuple(
            Image(id=f"s{n}", start_ms=n * 2_000, length_ms=1_500, media=PICTURE, title=f"Picture {n}")
            for n in range(segments)
        )
        media = {PICTURE: Media(sha256=PICTURE, kind="image", name="picture.png", width=64, height=48)}
        return Webinar(id=name, **{"title": "Welcome", "programme": images, "media": media, **fields})

    return make


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def make_library(clock: FixedClock) -> Iterator[Callable[..., Library]]:
    """Return a function that opens libraries, which are closed after the test."""
    libraries: list[Library] = []

    def open_library(root: Path, **options: object) -> Library:
        library = Library(root, **{"now": clock, **options})
        libraries.append(library)
        return library

    yield open_library
    for library in libraries:
        library.close()


@pytest.fixture
def library(make_library, root: Path) -> Library:
    return make_library(root)


class ChildProgram:
    """Another process. What it prints is read line by line; what it is told goes to its standard input."""

    def __init__(self, text: str, *arguments: object) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(editor.__file__).parents[1])}
        self.process = subprocess.Popen(
            [sys.executable, "-c", text, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def read_line(self) -> str:
        """Return the next line of the program's output; empty when it has ended."""
        return self.process.stdout.readline().strip()

    def read_rest(self) -> list[str]:
        """All it says until it ends."""
        return self.process.stdout.read().split("\n")[:-1]

    def write_line(self, text: str) -> None:
        self.process.stdin.write(f"{text}\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def start_program() -> Iterator[Callable[..., ChildProgram]]:
    """Return a function that starts other processes, which are ended after the test."""
    started: list[ChildProgram] = []

    def start(text: str, *arguments: object) -> ChildProgram:
        started.append(ChildProgram(text, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.kill()
