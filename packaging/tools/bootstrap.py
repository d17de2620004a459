"""The commands of `./matinee`: sets up what a command needs, then runs it; standard library only."""

import os
from collections.abc import Sequence
from pathlib import Path

import build_web
import test_runner
from environment_setup import (
    DEMO,
    FULL,
    HOST,
    RUN,
    TEST_CODE,
    Checkout,
    Environment,
    SetupError,
    clean_environment,
    set_up,
)
from process_runner import PartTimer, exec_program, provide_display, run

__all__ = ["SetupError", "main"]

USAGE = """\
 ./matinee            opens the editor; without a display it says what to do
 ./matinee demo       makes a sample webinar, plays it and publishes it (on a virtual screen where there is no display)
 ./matinee host       runs the server, which keeps webinars and plays their sessions at their hour
 ./matinee test       runs all tests; `test PATH…` some of them, `test --quick` the quick ones
 ./matinee lint       runs the linters, the type checks and the import contracts
 ./matinee bench      runs the benchmarks
 ./matinee mutate     measures how many small faults in a part the tests notice
 ./matinee COMMAND …  the editor's commands, without a window:"""


def main(root: Path, arguments: Sequence[str], environment: Environment) -> int:
    """Set up what the first argument needs, carry it out and return the exit code.

    Raises:
        SetupError: something is missing that cannot be installed from here.
    """
    command = arguments[0] if arguments else ""
    remaining = list(arguments[1:])
    if command in {"help", "-h", "--help"}:
        print(USAGE, flush=True)
        arguments = ["--help"]
    if command == "test":
        return test_runner.test(root, remaining, environment)
    if command == "lint":
        return lint(root, environment)
    if command == "bench":
        return bench(root, remaining, environment)
    if command == "mutate":
        script = str(root / "packaging" / "tools" / "mutate.py")
        return run(set_up(root, TEST_CODE, environment), [script, *remaining], environment)
    if command == "demo":
        checkout = set_up(root, DEMO, environment)
        with provide_display(environment) as display_environment:
            return run(checkout, ["-m", "demo", *remaining], display_environment)
    if command == "host":
        checkout = set_up(root, HOST, environment)
        return exec_program(checkout, ["-m", "hosting.cli", *remaining], environment)
    checkout = set_up(root, RUN, environment)
    return exec_program(checkout, ["-m", "editor.cli", *arguments] if arguments else ["-m", "ui.app.main"], environment)


def lint(root: Path, environment: Environment) -> int:
    """Run every linter, type check and import contract; all of them, so that one run shows everything."""
    checkout = set_up(root, TEST_CODE, environment)
    os.chdir(checkout.root)
    timer = PartTimer(environment)
    parts = {
        "Ruff": ["-m", "ruff", "check", "."],
        "Format": ["-m", "ruff", "format", "--check", "."],
        "Types": ["-m", "mypy"],
        "Import contracts": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        "Class names": ["packaging/tools/check_names.py"],
        "Commit subjects": ["packaging/tools/check_commit.py"],
    }
    for name, command in parts.items():
        timer.run(f"Lint: {name}", lambda command=command: run(checkout, command, environment))
    timer.run("Lint: Pages", lambda: lint_pages(checkout, environment))
    return timer.finish()


def lint_pages(checkout: Checkout, environment: Environment) -> int:
    """Check the code of the attendees' pages and return the exit code."""
    try:
        return build_web.lint(checkout.root, checkout.python, clean_environment(environment))
    except build_web.BuildError as why:
        raise SetupError(str(why)) from why


def bench(root: Path, selection: Sequence[str], environment: Environment) -> int:
    """Run the benchmarks, all or those selected, and print their tables."""
    checkout = set_up(root, FULL, environment)
    benchmarks = checkout.root / "tests" / "benchmarks"
    chosen = list(selection) or [str(path) for path in sorted(benchmarks.glob("bench_*.py"))]
    pytest = ["-m", "pytest", "-c", str(checkout.root / "pyproject.toml"), "--rootdir", str(checkout.root), "-s"]
    with provide_display(environment, always=True) as display_environment:
        return run(checkout, [*pytest, *chosen], {**display_environment, "QT_QPA_PLATFORM": "offscreen"})
