"""Measures how many small faults in a part of the code its tests notice.

`./matinee mutate PART [--sample 150] [--seed 7] [--least 90]` draws a sample of all mutants of PART (a folder or a
file), runs the tests of that part against each in a process of its own, and prints the survivors. No file changes: a
mutant exists only in the memory of its process. The exit code is 1 if fewer than `--least` per cent were killed.

A mutant is one change of the syntax tree: a comparison swapped, an integer one larger, a statement removed, a condition
negated, another constant, `and` for `or`. Docstrings, annotations and `__all__` are left alone. Mutants that no test
can notice, because the program behaves the same, are listed with their reasons in `equivalent_mutants.toml`.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

TESTS = {
    "editor/schedule": ("tests/editor/schedule", "tests/editor/test_document.py", "tests/editor/protocol"),
    "editor/sync": ("tests/editor/sync",),
    "hosting/sessions": ("tests/hosting/sessions",),
    "hosting/delivery": ("tests/hosting/delivery",),
    "ui/timeline/input": ("tests/ui/timeline/input",),
    "ui/timeline/geometry": ("tests/ui/timeline/geometry",),
}
"""Which tests are asked about a part, where that is more than its mirror in `tests/`."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
UNMEASURED = frozenset({4, 5, 70})
"""Exit codes that say nothing of a mutant: pytest's usage error and empty run, and ours for a process that broke."""
REMOVABLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Return, ast.Continue, ast.Break)


@dataclass(frozen=True)
class Mutant:
    """One small fault: where it is, and which of the changes that are possible there."""

    path: str
    """The file, relative to the root."""
    index: int
    """The node's place among all nodes of the file that can be changed."""
    operator: str
    line: int
    text: str
    """The source line."""


@dataclass(frozen=True)
class Change:
    """A change that is possible at one node of a syntax tree."""

    node: ast.AST
    operator: str
    carry_out: Callable[[], None]
    """Changes the tree in place."""


def find_changes(tree: ast.Module) -> Iterator[Change]:
    """Yield every change that is possible in a module, in the order of the tree."""
    skipped = _find_skipped(tree)
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        yield from _find_expression_changes(node)
        for field in ("body", "orelse", "finalbody"):
            statements = getattr(node, field, None)
            if not isinstance(statements, list) or isinstance(node, (ast.Module, ast.ClassDef)):
                continue
            for place, statement in enumerate(statements):
                if isinstance(statement, REMOVABLE) and id(statement) not in skipped:
                    yield Change(statement, "removed statement", _replacer(statements, place))


def _find_expression_changes(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            other = COMPARISONS[type(operator)]
            yield Change(node, "comparison", _setter(node.ops, place, other()))
    elif isinstance(node, ast.BoolOp):
        other_operator = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield Change(node, "and/or", _attribute_setter(node, "op", other_operator))
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        negated = ast.UnaryOp(op=ast.Not(), operand=node.test)
        yield Change(node, "swapped branch", _attribute_setter(node, "test", negated))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        other_sign = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield Change(node, "sign", _attribute_setter(node, "op", other_sign))
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield Change(node, "constant", _attribute_setter(node, "value", not node.value))
        elif isinstance(node.value, int):
            yield Change(node, "+1", _attribute_setter(node, "value", node.value + 1))
        elif isinstance(node.value, str) and node.value:
            yield Change(node, "constant", _attribute_setter(node, "value", node.value + "~"))


def _find_skipped(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes that are not changed."""
    roots = [root for node in ast.walk(tree) for root in _list_skipped(node)]
    return {id(inner) for root in roots if root is not None for inner in ast.walk(root)}


def _list_skipped(node: ast.AST) -> list[ast.AST | None]:
    """Return what is left alone at one node: itself, or its annotations, bases and decorators."""
    if isinstance(node, ast.AnnAssign | ast.arg):
        return [node.annotation]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.returns, *node.decorator_list]
    if isinstance(node, ast.ClassDef):
        return [*node.bases, *node.keywords, *node.decorator_list]
    return [node] if _is_skipped(node) else []


def _is_skipped(node: ast.AST) -> bool:
    """Tell whether a node does nothing that a test could notice: a docstring, `__all__`, the name of a type."""
    if isinstance(node, ast.JoinedStr | ast.ImportFrom | ast.Assert):
        return True
    if isinstance(node, ast.Expr):
        is_docstring = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return is_docstring or (isinstance(node.value, ast.Call) and _is_unreachable(node.value))
    if isinstance(node, ast.Assign):
        is_all = any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
        return is_all or (isinstance(node.value, ast.Subscript | ast.BinOp) and _is_type(node))
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_type(node: ast.Assign) -> bool:
    """Return whether an assignment names a type, as in ``Side = Literal["left", "right"]``."""
    value = node.value
    while isinstance(value, (ast.Subscript, ast.BinOp)):
        value = value.value if isinstance(value, ast.Subscript) else value.left
    return isinstance(value, ast.Name) and value.id in {"Literal", "Callable", "Annotated", "dict", "tuple", "Mapping"}


def _is_unreachable(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "assert_never"


def _setter(values: list[ast.cmpop], place: int, value: ast.cmpop) -> Callable[[], None]:
    def carry_out() -> None:
        values[place] = value

    return carry_out


def _attribute_setter(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    def carry_out() -> None:
        setattr(node, name, value)

    return carry_out


def _replacer(statements: list[ast.stmt], place: int) -> Callable[[], None]:
    def carry_out() -> None:
        statements[place] = ast.copy_location(ast.Pass(), statements[place])

    return carry_out


def list_mutants(root: Path, part: str) -> list[Mutant]:
    """Return all mutants of a file or a folder, in the order of files and of their syntax trees."""
    place = root / part
    mutants = []
    for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
        source = path.read_text("utf-8")
        lines = source.splitlines()
        for index, change in enumerate(find_changes(ast.parse(source))):
            line = getattr(change.node, "lineno", 1)
            name = path.relative_to(root).as_posix()
            mutants.append(Mutant(name, index, change.operator, line, lines[line - 1].strip()))
    return mutants


def compile_mutant(root: Path, mutant: Mutant) -> CodeType:
    """Return the code of a mutant's module, with its one change."""
    path = root / mutant.path
    tree = copy.deepcopy(ast.parse(path.read_text("utf-8")))
    changes = list(find_changes(tree))
    changes[mutant.index].carry_out()
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


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


def to_module_name(path: str) -> str:
    """Return the dotted name of a file, such as ``editor.schedule.stage``."""
    name = path.removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


def find_tests(root: Path, part: str, mutant: Mutant | None) -> list[str]:
    """Return the test files of a part; those that name the mutant's module come first, so that it dies quickly."""
    known = [tests for prefix, tests in TESTS.items() if part == prefix or part.startswith(f"{prefix}/")]
    folders = known[0] if known else (f"tests/{part.removesuffix('.py')}",)
    files = [
        path
        for folder in folders
        for path in ([root / folder] if folder.endswith(".py") else sorted((root / folder).rglob("test_*.py")))
    ]
    if mutant is None:
        return [str(path) for path in files]
    stem = Path(mutant.path).stem if not mutant.path.endswith("__init__.py") else Path(mutant.path).parent.name

    def distance(path: Path) -> tuple[bool, bool, int]:
        text = path.read_text("utf-8")
        return stem not in path.stem, stem not in text, len(text)

    return [str(path) for path in sorted(files, key=distance)]


def run_tests(files: Sequence[str]) -> int:
    """Run tests in this process, quietly, up to the first failure; return pytest's exit code."""
    import pytest

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    options = ["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-p", "no:pytest-qt"]
    return int(pytest.main([*options, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), *files]))


def start(root: Path, part: str, mutant: Mutant | None) -> int:
    """Fork a process that runs the tests against a mutant, or against the code as it is; return its id."""
    code = None if mutant is None else compile_mutant(root, mutant)
    files = find_tests(root, part, mutant)
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        os.setpgid(0, 0)
        if mutant is not None and code is not None:
            sys.meta_path.insert(0, _MutantFinder(to_module_name(mutant.path), root / mutant.path, code))
        status = run_tests(files)
    finally:
        os._exit(status)


def measure(root: Path, part: str, mutants: Sequence[Mutant], workers: int) -> dict[Mutant, str]:
    """Run the tests against each mutant and return what happened: ``killed``, ``timeout`` or ``survived``.

    Raises:
        SystemExit: the tests fail without any change, or cannot be run, so nothing can be measured.
    """
    begin = time.monotonic()
    _, status = os.waitpid(start(root, part, None), 0)
    if status:
        raise SystemExit(f"The tests of {part} fail as they are (exit code {os.waitstatus_to_exitcode(status)}).")
    limit_s = 30 + 4 * workers * (time.monotonic() - begin)
    results: dict[Mutant, str] = {}
    running: dict[int, tuple[Mutant, float]] = {}
    waiting = list(reversed(mutants))
    while waiting or running:
        while waiting and len(running) < workers:
            mutant = waiting.pop()
            running[start(root, part, mutant)] = (mutant, time.monotonic())
        child, status = os.waitpid(-1, os.WNOHANG)
        if child in running:
            mutant, _ = running.pop(child)
            if os.waitstatus_to_exitcode(status) in UNMEASURED:
                raise SystemExit(f"The tests could not be run against {describe(mutant)}")
            results[mutant] = "killed" if status else "survived"
            print(f"{len(results):4} of {len(mutants)}  {results[mutant]:8}  {describe(mutant)}", flush=True)
            continue
        for child, (mutant, started) in list(running.items()):
            if time.monotonic() - started > limit_s:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                del running[child]
                results[mutant] = "timeout"
        time.sleep(0.02)
    return results


def describe(mutant: Mutant) -> str:
    """Return a mutant as ``file:line operator: source line``."""
    return f"{mutant.path}:{mutant.line} {mutant.operator}: {mutant.text}"


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
    sys.path.insert(0, str(ROOT))
    import pytest  # noqa: F401 - imported once here, so that no forked process spends time on it

    mutants = list_mutants(ROOT, part)
    chosen = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))  # noqa: S311 - no secret
    results = measure(ROOT, part, chosen, options.workers)
    equivalent = load_equivalent(EQUIVALENT)
    survivors = [mutant for mutant, result in results.items() if result == "survived"]
    excused = [mutant for mutant in survivors if (mutant.path, mutant.operator, mutant.text) in equivalent]
    mutant_count = len(results) - len(excused)
    killed = mutant_count - (len(survivors) - len(excused))
    share = 100 * killed / mutant_count if mutant_count else 100.0
    print(f"\n{part}: {len(mutants)} mutants, {len(chosen)} drawn with seed {options.seed}")
    for mutant in survivors:
        print(f"  {'equivalent' if mutant in excused else 'survived'}  {describe(mutant)}")
    print(f"{killed} of {mutant_count} killed: {share:.1f} %")
    return 0 if share >= options.least else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
