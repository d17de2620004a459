"""The attributes of an object of the window all exist once it is made: none appears in a later method."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("ui", "demo")


class ClassAttributes:
    """The attributes that one class assigns: at the latest in `__init__`, and in its other methods."""

    def __init__(self, node: ast.ClassDef) -> None:
        self.bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
        self.initial: set[str] = set()
        self.later: dict[str, str] = {}
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                assigned = set(find_assigned(part))
                if part.name in {"__init__", "__new__"}:
                    self.initial |= assigned
                else:
                    self.later |= dict.fromkeys(assigned, part.name)
            elif isinstance(part, ast.AnnAssign | ast.Assign):
                targets = [part.target] if isinstance(part, ast.AnnAssign) else part.targets
                self.initial |= {each.id for each in targets if isinstance(each, ast.Name)}


def find_assigned(function):
    """Return the names of the attributes of `self` that a function assigns."""
    for node in ast.walk(function):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        for target in targets:
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "self":
                    yield each.attr


def find_late_attributes(sources):
    """Return "Class.attribute in method" for every attribute that `__init__` of its class and bases does not assign."""
    classes = {
        node.name: ClassAttributes(node)
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    }

    def initial_of(name):
        found = classes.get(name)
        return set() if found is None else found.initial.union(*map(initial_of, found.bases))

    return sorted(
        f"{name}.{attribute} in {method}"
        for name, each in classes.items()
        for attribute, method in each.later.items()
        if attribute not in initial_of(name)
    )


def test_a_late_attribute_is_found_and_an_inherited_one_is_not():
    source = """
class Base:
    kind: str
    def __init__(self):
        self.a, self.b = 1, 2
class Part(Base):
    def show(self):
        self.a = self.kind = 3
        self.c = 4
"""
    assert find_late_attributes([source]) == ["Part.c in show"]


def test_no_attribute_of_the_window_appears_after_it_is_made():
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    assert find_late_attributes(file.read_text("utf-8") for file in files) == []
