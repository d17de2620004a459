"""Runs tests against mutants, each in a forked process that ends at the first failure.

A change inside a function is made in a process in which pytest has collected all tests already: the function gets the
changed code, and the tests run. That takes fractions of a second. A change outside of functions (a constant, a table, a
default) has its effect while modules are imported; its tests are collected anew. So are, for the mutants that survived,
the tests that name their module, because a function may have been called while the modules were imported.

Hypothesis' draws are fixed and not stored, so that two runs give one figure.
"""

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TextIO

from mutants import Mutant, compile_function, compile_mutant, describe

EXAMPLES_OF_A_PROPERTY = 25
"""How many examples Hypothesis draws at most: what the first ones do not notice, the figure does not count."""
BROKEN = 70
"""The exit code of a process in which the tool itself failed; it says nothing of a mutant."""
NO_TESTS = 5
"""Pytest's exit code where no test of the files belongs to the stage."""
MEMORY_LIMIT_BYTES = 4 << 30
PROPERTIES = "hypothesis"
"""The marker of the tests for which Hypothesis draws examples."""
_SETTINGS = "_hypothesis_internal_use_settings"
"""Where Hypothesis keeps the settings of a test function."""


@dataclass(frozen=True)
class TestSet:
    """The tests that are run against mutants."""

    __test__ = False

    root: Path
    """The project's folder."""
    files: tuple[str, ...]
    """The test files, relative to the root."""
    left_out: tuple[str, ...] = ()
    """The ids of tests that are not run."""


@dataclass(frozen=True)
class Stage:
    """Tests that are run against a mutant in one process."""

    files: tuple[str, ...]
    marker: str
    """Pytest's marker expression that chooses among the tests of the files."""


@dataclass
class _Run:
    """A mutant whose tests are running."""

    mutant: Mutant
    stages: list[Stage]
    """The stages that are still to come."""
    started: float
    """When the present stage began, on the monotonic clock."""


def list_stages(tests: TestSet, mutant: Mutant) -> list[Stage]:
    """Return the tests in the order in which a mutant meets them: those that name its module, others, properties."""
    near = [path for path in tests.files if is_near(path, mutant)]
    others = [path for path in tests.files if path not in near]
    stages = [
        Stage(tuple(near), f"not {PROPERTIES}"),
        Stage(tuple(others), f"not {PROPERTIES}"),
        Stage((*near, *others), PROPERTIES),
    ]
    return [stage for stage in stages if stage.files]


def is_near(test: str, mutant: Mutant) -> bool:
    """Return whether the name of a test file says the module of a mutant."""
    path = Path(mutant.path)
    return (path.parent.name if path.name == "__init__.py" else path.stem) in Path(test).stem


def to_module_name(path: str) -> str:
    """Return the dotted name of a file, such as ``editor.schedule.stage``."""
    name = path.removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


class _MutantFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from other code than its file holds."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name = name
        self._path = path
        self._code = code

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for the mutated module, and None for all others."""
        if name != self._name:
            return None
        package = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(name, self._path, loader=self, submodule_search_locations=package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code as the module."""
        exec(self._code, module.__dict__)  # noqa: S102 - the code is this project's own, with one change


class _FewerExamples:
    """A plugin of pytest that lowers the number of examples of tests that set a high one themselves."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        import hypothesis

        for item in items:
            if item.get_closest_marker(PROPERTIES) is not None:
                own = getattr(item.obj, _SETTINGS)
                count = min(own.max_examples, EXAMPLES_OF_A_PROPERTY)
                setattr(item.obj, _SETTINGS, hypothesis.settings(own, max_examples=count))


def _run_pytest(tests: TestSet, files: Sequence[str], arguments: Sequence[str], *plugins: object) -> int:
    """Run pytest in this process, quietly; return its exit code."""
    import hypothesis
    import pytest

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    hypothesis.settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    options = ["-x", "-q", "--no-header", "--tb=no", "-s", "--timeout=60"]
    options += ["-p", "no:cacheprovider", "-p", "no:pytest-qt"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning", "--hypothesis-profile", "mutants"]
    options += [f"--deselect={name}" for name in tests.left_out]
    options += ["-c", str(tests.root / "pyproject.toml"), "--rootdir", str(tests.root)]
    options += [*arguments, *(str(tests.root / path) for path in files)]
    return int(pytest.main(options, plugins=[_FewerExamples(), *plugins]))


def fork(work: Callable[[], int], cpu_limit_s: int = 0) -> int:
    """Fork a process that ends with the result of `work`, or with `BROKEN` where that raises; return its id.

    Args:
        work: returns the exit code.
        cpu_limit_s: after how many seconds of processor time the process is ended; 0 for no limit.
    """
    child = os.fork()
    if child:
        return child
    status = BROKEN
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if cpu_limit_s:
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_limit_s, cpu_limit_s + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
        status = work()
    finally:
        os._exit(status)


# ----------------------------------------------------------------------------- changes in functions, tests collected


class _CollectedTests:
    """A plugin of pytest that, instead of running the collected tests once, runs them against every mutant."""

    def __init__(self, mutants: Sequence[Mutant], tests: TestSet, workers: int, report: Path) -> None:
        self._mutants = mutants
        self._tests = tests
        self._workers = workers
        self._report = report
        self._progress = os.fdopen(os.dup(sys.stdout.fileno()), "w")
        """The tool's own output; pytest's is thrown away."""
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        for found in gc.get_objects():
            if isinstance(found, FunctionType):
                code = found.__code__
                self._functions.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(found)
        session.items.sort(key=lambda item: item.get_closest_marker(PROPERTIES) is not None)
        _, status, usage = os.wait4(fork(lambda: _run_items(session, session.items, self._progress)), 0)
        cpu_s = usage.ru_utime + usage.ru_stime
        results: dict[int, str] = {}
        if not status:
            cpu_limit_s = 10 + round(2 * cpu_s)
            results = dict(self._measure(session, cpu_limit_s))
        self._report.write_text(json.dumps({"failed": bool(status), "cpu_s": cpu_s, "results": results}))
        return True

    def _measure(self, session: Any, cpu_limit_s: int) -> Iterator[tuple[int, str]]:
        running: dict[int, int] = {}
        waiting = list(reversed(range(len(self._mutants))))
        while waiting or running:
            while waiting and len(running) < self._workers:
                number = waiting.pop()
                mutant = self._mutants[number]
                items = sorted(session.items, key=lambda item: self._get_distance(item, mutant))
                if self._swap(mutant, try_only=True):
                    running[fork(lambda: self._run_swapped(session, items, mutant), cpu_limit_s)] = number  # noqa: B023 - as above
            if running:
                child, status = os.wait()
                if child in running:
                    number = running.pop(child)
                    result = _read_result(os.waitstatus_to_exitcode(status))
                    print(f"{result:8}  {describe(self._mutants[number])}", file=self._progress, flush=True)
                    yield number, result

    def _get_distance(self, item: Any, mutant: Mutant) -> tuple[bool, bool]:
        is_property = item.get_closest_marker(PROPERTIES) is not None
        return is_property, not is_near(item.path.name, mutant)

    def _run_swapped(self, session: Any, items: Sequence[Any], mutant: Mutant) -> int:
        self._swap(mutant)
        return _run_items(session, items)

    def _swap(self, mutant: Mutant, *, try_only: bool = False) -> bool:
        """Give the function of a mutant the changed code; return whether there is such a function."""
        code = compile_function(self._tests.root, mutant)
        if code is None:
            return False
        functions = self._functions.get((code.co_filename, code.co_qualname, code.co_firstlineno), [])
        if any(function.__code__.co_freevars != code.co_freevars for function in functions):
            return False
        if not try_only:
            for function in functions:
                function.__code__ = code
        return bool(functions)


def _run_items(session: Any, items: Sequence[Any], output: TextIO | None = None) -> int:
    """Run collected tests up to the first failure; return 1 if there was one, and write which to `output`."""
    try:
        for item, following in zip(items, [*items[1:], None], strict=True):  # pytest tears down by what follows
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                print(f"failed: {item.nodeid}", file=output or sys.stdout, flush=True)
                return 1
    except BaseException:  # noqa: BLE001 - whatever a mutant raises between tests, it was noticed
        return 1
    return 0


def measure_in_functions(mutants: Sequence[Mutant], tests: TestSet, workers: int) -> tuple[dict[Mutant, str], float]:
    """Run the tests against the mutants whose change lies in a function.

    Returns:
        What happened to each, mutants with other changes left out; and the processor time of the tests without any
        change, in seconds.

    Raises:
        SystemExit: the tests fail without any change, or cannot be run, so nothing can be measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        plugin = _CollectedTests(mutants, tests, workers, report)
        _, status = os.waitpid(fork(lambda: _run_pytest(tests, tests.files, [], plugin)), 0)
        if not report.exists():
            raise SystemExit(f"The tests cannot be run (exit code {os.waitstatus_to_exitcode(status)}).")
        content = json.loads(report.read_text("utf-8"))
    if content["failed"]:
        raise SystemExit("The tests fail as they are.")
    return {mutants[int(number)]: result for number, result in content["results"].items()}, content["cpu_s"]


def _read_result(exit_code: int) -> str:
    """Return what the exit code of its tests says of a mutant: ``killed``, ``timeout`` or ``survived``."""
    if exit_code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "timeout"
    return "survived" if exit_code in {0, NO_TESTS} else "killed"


# ------------------------------------------------------------------------------------ other changes, tests anew


def _run_anew(tests: TestSet, stage: Stage, mutant: Mutant, code: CodeType) -> int:
    sys.meta_path.insert(0, _MutantFinder(to_module_name(mutant.path), tests.root / mutant.path, code))
    return _run_pytest(tests, stage.files, ["-m", stage.marker])


def measure_anew(
    stages: dict[Mutant, list[Stage]], tests: TestSet, workers: int, cpu_limit_s: int
) -> dict[Mutant, str]:
    """Run the stages of each mutant, each in a process that imports everything anew; return what happened.

    Raises:
        SystemExit: the tests could not be run.
    """
    results: dict[Mutant, str] = {}
    running: dict[int, _Run] = {}
    waiting = [_Run(mutant, list(todo), 0.0) for mutant, todo in reversed(stages.items())]
    limit_s = 60 + 3 * workers * cpu_limit_s

    def begin_stage(run: _Run) -> None:
        run.started = time.monotonic()
        stage, code = run.stages.pop(0), compile_mutant(tests.root, run.mutant)
        running[fork(lambda: _run_anew(tests, stage, run.mutant, code), cpu_limit_s)] = run

    while waiting or running:
        while waiting and len(running) < workers:
            begin_stage(waiting.pop())
        child, status = os.waitpid(-1, os.WNOHANG)
        if child in running:
            run = running.pop(child)
            exit_code = os.waitstatus_to_exitcode(status)
            if exit_code == BROKEN:
                raise SystemExit(f"The tests could not be run against {describe(run.mutant)}")
            result = _read_result(exit_code)
            if result == "survived" and run.stages:
                begin_stage(run)
            else:
                results[run.mutant] = result
                print(f"{result:8}  {describe(run.mutant)}", flush=True)
            continue
        for child, run in list(running.items()):
            if time.monotonic() - run.started > limit_s:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                results[running.pop(child).mutant] = "timeout"
        time.sleep(0.02)
    return results


def measure(mutants: Sequence[Mutant], tests: TestSet, workers: int) -> dict[Mutant, str]:
    """Run the tests against each mutant and return what happened: ``killed``, ``timeout`` or ``survived``.

    Raises:
        SystemExit: the tests fail without any change, or cannot be run, so nothing can be measured.
    """
    begin = time.monotonic()
    results, cpu_s = measure_in_functions(mutants, tests, workers)
    print(f"without any change: {cpu_s:.1f} s of processor time", flush=True)
    print(f"{len(results)} mutants in functions: {time.monotonic() - begin:.0f} s", flush=True)
    begin = time.monotonic()
    stages: dict[Mutant, list[Stage]] = {}
    for mutant in mutants:
        if mutant not in results:
            stages[mutant] = list_stages(tests, mutant)
        elif results[mutant] == "survived":
            stages[mutant] = [stage for stage in list_stages(tests, mutant)[:1] if is_near(stage.files[0], mutant)]
    stages = {mutant: todo for mutant, todo in stages.items() if todo}
    results |= measure_anew(stages, tests, workers, 20 + round(2 * cpu_s))
    print(f"{len(stages)} mutants with new imports: {time.monotonic() - begin:.0f} s", flush=True)
    return {mutant: results[mutant] for mutant in mutants}
