import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))

import mutate  # noqa: E402

SOURCE = '''"""Compare ages."""

from typing import Literal

Side = Literal["left", "right"]
__all__ = ["is_adult"]


def is_adult(age: int) -> bool:
    """Return whether an age is 18 or more."""
    if age >= 18 and age < 200:
        return True
    return False
'''


@pytest.fixture
def tree(tmp_path) -> Path:
    """A project of one module and one test that leaves the upper bound untested."""
    (tmp_path / "ages.py").write_text(SOURCE)
    return tmp_path


def changed(index: int) -> str:
    module = ast.parse(SOURCE)
    list(mutate.find_changes(module))[index].carry_out()
    return ast.unparse(module)


def test_each_operator_changes_one_thing_and_leaves_types_and_docstrings_alone():
    operators = [change.operator for change in mutate.find_changes(ast.parse(SOURCE))]
    assert sorted(operators) == [
        "+1",
        "+1",
        "and/or",
        "comparison",
        "comparison",
        "constant",
        "constant",
        "removed statement",
        "removed statement",
        "swapped branch",
    ]
    texts = {changed(index) for index in range(len(operators))}
    assert len(texts) == len(operators)
    assert any("age > 18" in text for text in texts)
    assert any("age >= 19" in text for text in texts)
    assert any("if not (age >= 18 and age < 200)" in text for text in texts)
    assert all('Literal["left", "right"]' in text.replace("'", '"') for text in texts)


def test_a_mutant_is_compiled_without_touching_the_file(tree):
    mutants = mutate.list_mutants(tree, "ages.py")
    (mutant,) = [one for one in mutants if one.operator == "swapped branch"]
    space: dict[str, object] = {}
    exec(mutate.compile_mutant(tree, mutant), space)
    assert space["is_adult"](17) is True
    assert (tree / "ages.py").read_text() == SOURCE


def test_the_same_seed_draws_the_same_mutants():
    assert mutate.list_mutants(ROOT, "editor/schedule/stage.py") == mutate.list_mutants(
        ROOT, "editor/schedule/stage.py"
    )


def test_every_mutant_that_is_called_equivalent_has_a_reason(tmp_path):
    assert len(mutate.load_equivalent(mutate.EQUIVALENT)) <= 5
    listed = tmp_path / "equivalent.toml"
    listed.write_text('[[mutant]]\npath = "a.py"\noperator = "+1"\ntext = "x = 1"\n')
    with pytest.raises(ValueError, match="no reason"):
        mutate.load_equivalent(listed)


def test_tests_that_name_the_module_come_first():
    mutant = mutate.Mutant("editor/schedule/merge.py", 0, "+1", 1, "")
    first = mutate.find_tests(ROOT, "editor/schedule", mutant)[0]
    assert Path(first).name == "test_merge.py"
