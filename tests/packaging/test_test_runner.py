"""Which tests `./matinee test` runs, and what it sets up for them."""

import contextlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import test_runner  # noqa: E402 - found only once packaging/ is on the path
from environment_setup import FULL, TEST_CODE, TEST_MEDIA, TEST_WINDOW, Checkout  # noqa: E402


@pytest.mark.parametrize(
    ("arguments", "profile"),
    [
        (["tests/editor/schedule"], TEST_CODE),
        (["tests/editor/schedule/", "tests/editor/library"], TEST_CODE),
        (["tests/editor/test_document.py::test_one", "-k", "undo"], TEST_CODE),
        (["tests/editor/media/frames"], TEST_MEDIA),
        (["tests/editor/schedule", "tests/ui/timeline"], TEST_WINDOW),
        (["tests/editor"], FULL),
        (["tests/hosting"], FULL),
        (["tests/journeys"], FULL),
        (["tests/ui/timeline", "-m", "screen"], FULL),
        (["-k", "undo"], FULL),
    ],
)
def test_sets_up_what_the_selected_tests_need(arguments, profile, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert test_runner.choose_profile(ROOT, arguments) is profile


def test_every_path_with_a_profile_exists():
    paths = [*test_runner.PROFILES_BY_PATH, *test_runner.QUICK_TESTS, *test_runner.WHOLE_WINDOW_TESTS]
    assert [path for path in [*paths, test_runner.PLAYER_TEST] if not (ROOT / path).exists()] == []


@pytest.fixture
def runs(monkeypatch):
    """Collect what the runner would have run: the arguments after pytest's own, and the environment."""
    calls = []

    def record(_checkout, command, environment):
        calls.append((command[6:], environment))
        return 0

    monkeypatch.setattr(test_runner, "run", record)
    monkeypatch.setattr(test_runner, "set_up", lambda root, _profile, _environment: Checkout(root))
    monkeypatch.setattr(test_runner.build_web, "run_tests", lambda *_: 0)
    monkeypatch.setattr(
        test_runner, "provide_display", lambda *_, **__: contextlib.nullcontext({"DISPLAY": ":virtual"})
    )
    monkeypatch.chdir(ROOT)
    return calls


def test_tests_of_the_core_run_without_qt_and_without_a_display(runs):
    assert test_runner.test(ROOT, ["tests/editor/schedule", "-x"], {}) == 0
    assert runs == [(["tests/editor/schedule", "-x", "-p", "no:pytest-qt"], {"MATINEE_WITHOUT_QT": "1"})]


def test_tests_of_the_window_need_no_display_unless_they_ask_for_a_screen(runs):
    test_runner.test(ROOT, ["tests/ui/timeline"], {})
    test_runner.test(ROOT, ["tests/ui/timeline", "-m", "screen"], {})
    assert [environment for _, environment in runs] == [{}, {"DISPLAY": ":virtual"}]


def test_quick_tests_need_python_alone(runs):
    test_runner.test(ROOT, ["--quick", "-x"], {})
    assert test_runner.choose_profile(ROOT, test_runner.QUICK_TESTS) is TEST_CODE
    ((command, environment),) = runs
    assert set(test_runner.QUICK_TESTS) < set(command)
    assert "-x" in command
    assert environment["MATINEE_WITHOUT_QT"] == "1"


def test_all_tests_are_run_by_one_part_or_another(runs):
    assert test_runner.test(ROOT, [], {}) == 0
    named = {argument.removeprefix("--ignore=") for command, _ in runs for argument in command}
    folders = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if list(path.rglob("test_*.py"))}
    assert folders <= named


def test_files_that_use_a_program_are_given_it():
    smallest = {r"\bffmpeg\b": TEST_MEDIA, r"\b(odp|pptx|soffice)\b": FULL, r"\bplaywright\b|\bXvfb\b": FULL}
    size = test_runner.PROFILES_BY_SIZE.index
    wanting = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        name = path.relative_to(ROOT).as_posix()
        # Texts that only mention a program: names of modules that must not be imported, file names, messages.
        code = re.sub(r'"[^"]*"', lambda text: text[0] if text[0] == '"ffmpeg"' else "", path.read_text("utf-8"))
        for pattern, profile in smallest.items():
            if re.search(pattern, code) and size(test_runner.choose_profile(ROOT, [name])) < size(profile):
                wanting.append((name, pattern))
    assert wanting == []
