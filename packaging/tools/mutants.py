"""Small faults that can be made in a module: which there are, and the code with one of them.

A mutant is one change of the syntax tree: a comparison swapped, an integer one larger, a statement removed, a condition
negated, another constant, `and` for `or`. Docstrings, annotations and `__all__` are left alone.
"""

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

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
        return is_all or (isinstance(node.value, ast.Subscript | ast.BinOp | ast.Call) and _is_type(node))
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_type(node: ast.Assign) -> bool:
    """Return whether an assignment names a type, as in ``Side = Literal["left", "right"]`` or ``T = TypeVar("T")``."""
    value = node.value
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "TypeVar"
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


def compile_function(root: Path, mutant: Mutant) -> CodeType | None:
    """Return the code of the function or method in which a mutant's change lies; None where it lies in none.

    Functions inside of others are part of the outermost one. A default value lies outside of its function.
    """
    path = root / mutant.path
    tree = ast.parse(path.read_text("utf-8"))
    change = list(find_changes(tree))[mutant.index]
    for function in _iter_outermost_functions(tree.body):
        if any(node is change.node for statement in function.body for node in ast.walk(statement)):
            change.carry_out()
            code = compile(ast.fix_missing_locations(tree), str(path), "exec")
            line = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
            return _find_code(code, function.name, line)
    return None


def _iter_outermost_functions(statements: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from _iter_outermost_functions(statement.body)


def _find_code(code: CodeType, name: str, line: int) -> CodeType | None:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if (inner.co_name, inner.co_firstlineno) == (name, line):
                return inner
            found = _find_code(inner, name, line)
            if found is not None:
                return found
    return None


def describe(mutant: Mutant) -> str:
    """Return a mutant as ``file:line operator: source line``."""
    return f"{mutant.path}:{mutant.line} {mutant.operator}: {mutant.text}"
