"""Measures how many small faults in a part of the code its tests notice.

`./matinee mutate PART [--sample 150] [--seed 7] [--least 90]` draws a sample of all mutants of PART (a folder or a
file; `mutants.py` says what a mutant is), runs the tests of that part against each (`mutant_runs.py`), and prints the
survivors. No file changes: a mutant exists only in the memory of a process. The exit code is 1 if fewer than `--least`
per cent were killed. The hash seed is fixed, so that two runs give one figure.

Mutants that no test can notice, because the program behaves the same, are listed with their reasons in
`equivalent_mutants.toml`.
"""

import argparse
import importlib
import os
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from mutant_runs import TestSet, measure
from mutants import describe, list_mutants

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

TESTS = {
    "editor/schedule": ("tests/editor/schedule", "tests/editor/test_document.py", "tests/golden/test_golden.py"),
    "ui/timeline/input": ("tests/ui/timeline/input",),
    "ui/timeline/geometry": ("tests/ui/timeline/geometry",),
}
"""Which tests are asked about a part, where that is not its mirror in `tests/` alone."""
LEFT_OUT = {
    "tests/editor/schedule/test_edits_speed.py": "12 s; measures time and notices no wrong result",
    "tests/editor/schedule/test_edits_properties.py::test_thousands_of_random_sequences": (
        "11 s; draws longer sequences than test_whatever_is_edited_undone_and_redone_every_invariant_holds, same checks"
    ),
}
"""Tests that are not run against mutants, and why."""
PRELOADED = ("pytest", "hypothesis.strategies", "msgspec.json", "sqlalchemy.orm", "PIL.Image", "asyncio", "sqlite3")
"""Modules that nearly every test imports: imported once here, so that no forked process spends time on them."""


def find_tests(root: Path, part: str) -> list[str]:
    """Return the test files of a part, relative to the root."""
    known = [tests for prefix, tests in TESTS.items() if part == prefix or part.startswith(f"{prefix}/")]
    folders = known[0] if known else (f"tests/{part.removesuffix('.py')}",)
    paths = [
        path
        for folder in folders
        for path in ([root / folder] if folder.endswith(".py") else sorted((root / folder).rglob("test_*.py")))
    ]
    return [path.relative_to(root).as_posix() for path in paths]


def load_equivalent(path: Path) -> set[tuple[str, str, str]]:
    """Return the mutants that no test can notice, as (file, operator, source line).

    Raises:
        ValueError: an entry gives no reason.
    """
    entries = tomllib.loads(path.read_text("utf-8")).get("mutant", []) if path.exists() else []
    for entry in entries:
        if not entry.get("reason"):
            raise ValueError(f"{path.name}: no reason is given for {entry}")
    return {(entry["path"], entry["operator"], entry["text"]) for entry in entries}


def main(arguments: Sequence[str]) -> int:
    """Measure one part, print the survivors and the share of killed mutants; return the exit code."""
    parser = argparse.ArgumentParser(prog="./matinee mutate", description="Measure how many faults the tests notice.")
    parser.add_argument("part", help="a folder or a file, such as editor/schedule")
    parser.add_argument("--sample", type=int, default=150, help="how many mutants to draw (150)")
    parser.add_argument("--seed", type=int, default=7, help="the seed of the draw (7)")
    parser.add_argument("--least", type=float, default=90, help="per cent that have to be killed (90)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes at once")
    options = parser.parse_args(arguments)
    part = options.part.rstrip("/")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not part.startswith(("ui", "demo")):
        os.environ["MATINEE_WITHOUT_QT"] = "1"
    sys.path.insert(0, str(ROOT))
    for name in PRELOADED:
        importlib.import_module(name)
    begin = time.monotonic()
    mutants = list_mutants(ROOT, part)
    chosen = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))  # noqa: S311 - no secret
    tests = TestSet(ROOT, tuple(find_tests(ROOT, part)), tuple(LEFT_OUT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder  # the tests' own files go with it
        results = measure(chosen, tests, options.workers)
    equivalent = load_equivalent(EQUIVALENT)
    survivors = [mutant for mutant, result in results.items() if result == "survived"]
    excused = [mutant for mutant in survivors if (mutant.path, mutant.operator, mutant.text) in equivalent]
    mutant_count = len(results) - len(excused)
    killed = mutant_count - (len(survivors) - len(excused))
    share = 100 * killed / mutant_count if mutant_count else 100.0
    minutes = (time.monotonic() - begin) / 60
    print(f"\n{part}: {len(mutants)} mutants, {len(chosen)} drawn with seed {options.seed}, {minutes:.1f} minutes")
    for mutant in survivors:
        print(f"  {'equivalent' if mutant in excused else 'survived'}  {describe(mutant)}")
    print(f"{killed} of {mutant_count} killed: {share:.1f} %")
    return 0 if share >= options.least else 1


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})
    sys.exit(main(sys.argv[1:]))
