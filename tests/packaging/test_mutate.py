import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))

import mutant_runs  # noqa: E402 - as above
import mutants  # noqa: E402 - as above
import mutate  # noqa: E402 - found in the folder that was just named

SOURCE = '''"""Compare ages."""

from typing import Literal, TypeVar

T = TypeVar("T")
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
    list(mutants.find_changes(module))[index].carry_out()
    return ast.unparse(module)


def test_each_operator_changes_one_thing_and_leaves_types_and_docstrings_alone():
    operators = [change.operator for change in mutants.find_changes(ast.parse(SOURCE))]
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
    listed = mutants.list_mutants(tree, "ages.py")
    (mutant,) = [one for one in listed if one.operator == "swapped branch"]
    space: dict[str, object] = {}
    exec(mutants.compile_mutant(tree, mutant), space)
    assert space["is_adult"](17) is True
    assert (tree / "ages.py").read_text() == SOURCE


def test_the_same_seed_draws_the_same_mutants():
    path = "editor/schedule/stage.py"
    assert mutants.list_mutants(ROOT, path) == mutants.list_mutants(ROOT, path)


def test_every_mutant_that_is_called_equivalent_has_a_reason(tmp_path):
    assert len(mutate.load_equivalent(mutate.EQUIVALENT)) <= 5
    listed = tmp_path / "equivalent.toml"
    listed.write_text('[[mutant]]\npath = "a.py"\noperator = "+1"\ntext = "x = 1"\n')
    with pytest.raises(ValueError, match="no reason"):
        mutate.load_equivalent(listed)


def test_tests_that_name_the_module_come_first_and_properties_last():
    mutant = mutants.Mutant("editor/schedule/merge.py", 0, "+1", 1, "")
    tests = mutant_runs.TestSet(ROOT, tuple(mutate.find_tests(ROOT, "editor/schedule")))
    near, others, properties = mutant_runs.list_stages(tests, mutant)
    assert (near.files, near.marker) == (("tests/editor/schedule/test_merge.py",), "not hypothesis")
    assert "tests/editor/test_document.py" in others.files
    assert others.marker == "not hypothesis"
    assert (sorted(properties.files), properties.marker) == (sorted(tests.files), "hypothesis")


def test_a_change_in_a_function_is_told_from_one_outside(tree):
    codes = [mutants.compile_function(tree, mutant) for mutant in mutants.list_mutants(tree, "ages.py")]
    assert {code.co_qualname for code in codes} == {"is_adult"}
    (tree / "ages.py").write_text("LEAST = 18\n\n\ndef is_adult(age, least=18):\n    return age >= least\n")
    listed = mutants.list_mutants(tree, "ages.py")
    outside = [one.line for one in listed if mutants.compile_function(tree, one) is None]
    assert sorted(outside) == [1, 4]


def test_tests_that_are_left_out_exist():
    for name in mutate.LEFT_OUT:
        path, _, function = name.partition("::")
        assert f"def {function}(" in (ROOT / path).read_text() if function else (ROOT / path).exists()


AGES_TESTS = """
import ages
import pytest
from hypothesis import given, strategies as st

def test_of_age():
    assert ages.is_adult(18) and not ages.is_adult(17)

@given(st.integers(0, 17))
def test_children(age):
    assert not ages.is_adult(age)
"""


def test_a_run_names_the_mutants_that_survive(tree):
    """The tool runs as a program: it forks, and pytest runs anew in each process."""
    (tree / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (tree / "tests").mkdir()
    (tree / "tests" / "ages").mkdir()
    (tree / "tests" / "ages" / "test_ages.py").write_text(AGES_TESTS)
    script = (
        "import sys; from pathlib import Path; import mutate; "
        f"mutate.ROOT = Path({str(tree)!r}); sys.exit(mutate.main(['ages.py', '--least', '50', '--workers', '1']))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "packaging" / "tools")}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    survivors = {line.strip() for line in run.stdout.splitlines() if line.startswith("  survived")}
    bound = "ages.py:12 {}: if age >= 18 and age < 200:"
    assert {f"survived  {bound.format(operator)}" for operator in ("comparison", "+1")} <= survivors
    assert "of 10 killed" in run.stdout
