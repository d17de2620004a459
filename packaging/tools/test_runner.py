"""Runs the tests, all of them or those asked for, and sets up no more than these need; standard library only."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import build_web
from environment_setup import (
    FULL,
    TEST_CODE,
    TEST_MEDIA,
    TEST_WINDOW,
    Checkout,
    Environment,
    Profile,
    clean_environment,
    set_up,
)
from process_runner import PartTimer, provide_display, run

# What the tests in a folder or file need; the longest path that contains a test decides. All others need FULL.
PROFILES_BY_PATH = {
    "tests/editor": TEST_CODE,
    "tests/editor/media": TEST_MEDIA,
    "tests/editor/media/formats": FULL,
    "tests/editor/media/previews/test_page_images.py": FULL,
    "tests/editor/media/test_catalog.py": FULL,
    "tests/editor/playback": TEST_MEDIA,
    "tests/editor/sync": TEST_MEDIA,
    "tests/editor/test_cli.py": TEST_MEDIA,
    "tests/editor/test_workspace.py": TEST_MEDIA,
    "tests/golden": TEST_CODE,
    "tests/hosting": TEST_CODE,
    "tests/hosting/web": FULL,
    "tests/packaging/test_checks.py": TEST_CODE,
    "tests/ui": TEST_WINDOW,
}
PROFILES_BY_SIZE = (TEST_CODE, TEST_MEDIA, TEST_WINDOW, FULL)
CORE_FOLDERS = ("tests/editor", "tests/hosting", "tests/packaging", "tests/golden")
"""Folders whose tests run with PySide6 out of reach."""

# The tests for every few minutes of work: those that need nothing but Python, and of these the quick ones.
QUICK_TESTS = ("tests/editor/schedule", "tests/editor/protocol", "tests/editor/library", "tests/golden")
# Players that must show something within milliseconds run with no other test beside them.
PLAYER_TEST = "tests/editor/media/libvlc/test_vlc_player.py"
# Tests that restyle the whole program run in a process that shows nothing else.
WHOLE_WINDOW_TESTS = (
    "tests/ui/app/test_application.py",
    "tests/ui/app/test_application_layout.py",
    "tests/ui/app/test_language_switch.py",
)
WORKERS = ("-n", "2", "--dist", "worksteal")


def test(root: Path, arguments: Sequence[str], environment: Environment) -> int:
    """Set up and run the tests.

    Args:
        root: the checkout.
        arguments: nothing for all tests, `--quick` for the quick ones, or what pytest takes: paths and options.
        environment: the environment that this process was started with.

    Returns:
        The exit code; 0 if every test passed.
    """
    if not arguments:
        return _run_all(set_up(root, FULL, environment), environment)
    if arguments[0] == "--quick":
        arguments = [*WORKERS, *QUICK_TESTS, *arguments[1:]]
    profile = choose_profile(root, arguments)
    checkout = set_up(root, profile, environment)
    paths = list(find_paths(root, arguments))
    command = [*_pytest(checkout), *arguments]
    if paths and all(is_inside(path, CORE_FOLDERS) for path in paths):
        return run(checkout, [*command, "-p", "no:pytest-qt"], {**environment, "MATINEE_WITHOUT_QT": "1"})
    if profile is not FULL:
        return run(checkout, command, environment)
    with provide_display(environment, always=True) as display_environment:
        return run(checkout, command, display_environment)


def choose_profile(root: Path, arguments: Sequence[str]) -> Profile:
    """Return the smallest profile that the tests selected by pytest's arguments need."""
    paths = list(find_paths(root, arguments))
    if not paths or "screen" in arguments:
        return FULL
    needed = []
    for path in paths:
        around = [entry for entry in PROFILES_BY_PATH if is_inside(path, (entry,))]
        needed.append(PROFILES_BY_PATH[max(around, key=len)] if around else FULL)
        needed += [profile for entry, profile in PROFILES_BY_PATH.items() if is_inside(entry, (path,))]
    return max(needed, key=PROFILES_BY_SIZE.index)


def find_paths(root: Path, arguments: Sequence[str]) -> Iterator[str]:
    """Yield the paths among pytest's arguments, relative to the checkout and without a test's name."""
    for argument in arguments:
        path = (Path.cwd() / argument.partition("::")[0]).resolve()
        if not argument.startswith("-") and path.exists() and path.is_relative_to(root.resolve()):
            yield path.relative_to(root.resolve()).as_posix()


def is_inside(path: str, folders: Sequence[str]) -> bool:
    """Tell whether a relative path is one of these or lies beneath one."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _pytest(checkout: Checkout) -> list[str]:
    return ["-m", "pytest", "-c", str(checkout.root / "pyproject.toml"), "--rootdir", str(checkout.root)]


def _run_all(checkout: Checkout, environment: Environment) -> int:
    """Run every part of the tests, even after one that failed, and print the minutes by part."""
    os.chdir(checkout.root)
    pytest = _pytest(checkout)
    core = [*pytest, "-p", "no:pytest-qt"]
    window = [*pytest, "-m", "not screen"]
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    without_qt = {**offscreen, "MATINEE_WITHOUT_QT": "1"}
    others = [f"--ignore={path}" for path in WHOLE_WINDOW_TESTS]
    timer = PartTimer(environment)
    timer.run(
        "Core and server, with PySide6 out of reach",
        lambda: run(checkout, [*core, *WORKERS, f"--ignore={PLAYER_TEST}", *CORE_FOLDERS], without_qt),
    )
    timer.run("Player", lambda: run(checkout, [*core, PLAYER_TEST], without_qt))
    timer.run(
        "Attendees' pages",
        lambda: build_web.run_tests(checkout.root, checkout.python, clean_environment(environment)),
    )
    timer.run("Window", lambda: run(checkout, [*window, *WORKERS, *others, "tests/ui", "tests/demo"], offscreen))
    timer.run("Whole window", lambda: run(checkout, [*window, *WORKERS, *WHOLE_WINDOW_TESTS], offscreen))
    with provide_display(environment, always=True) as display:
        timer.run(
            "On a virtual screen",
            lambda: run(checkout, [*pytest, "-m", "screen", "tests/ui", "tests/demo", "tests/journeys"], display),
        )
    return timer.finish()
