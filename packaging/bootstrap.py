"""What `./matinee` does before Matinee itself can run; standard library only.

A *profile* is what a word needs: `run` to edit, `full` to test, lint, measure and give the demo. Setting one up is
remembered in a stamp that carries the hash of everything it was made from, so a second start only compares hashes.
"""

import contextlib
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Environment = dict[str, str]

# What a machine needs to show Qt windows and to play: libvlc without its own window, ffmpeg, and the X libraries
# that Qt's xcb plugin loads.
RUN_PACKAGES = (
    "libvlc5",
    "vlc-plugin-base",
    "ffmpeg",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "fonts-dejavu-core",
)
# A virtual screen, a mouse for it, a voice for the sample talk, and LibreOffice to read slides in the tests.
FULL_PACKAGES = (*RUN_PACKAGES, "xvfb", "xdotool", "espeak-ng", "libreoffice-impress-nogui")


class CannotSetUp(Exception):
    """Setting up failed; the message says what to do by hand."""


@dataclass(frozen=True)
class Profile:
    """What one group of words needs."""

    name: str
    packages: tuple[str, ...]
    requirements: str
    commands: tuple[str, ...]
    """Programs that must be found where there is no apt to ask."""


RUN = Profile("run", RUN_PACKAGES, "desktop.txt", ("ffmpeg",))
DEMO = Profile("demo", FULL_PACKAGES, "desktop.txt", ("ffmpeg", "Xvfb"))
FULL = Profile("full", FULL_PACKAGES, "dev.txt", ("ffmpeg", "Xvfb", "xdotool", "espeak-ng", "soffice"))


def main(root: Path, words: Sequence[str], environment: Environment) -> int:
    """Set up what the first word needs and carry it out; returns the exit code."""
    word = words[0] if words else ""
    rest = list(words[1:])
    if word in {"help", "-h"}:
        words = ["--help"]
    if word == "test":
        return test(set_up(root, FULL, environment), environment, rest)
    if word == "lint":
        return lint(set_up(root, FULL, environment), environment)
    if word == "bench":
        return bench(set_up(root, FULL, environment), environment, rest)
    if word == "demo":
        place = set_up(root, DEMO, environment)
        with screen(environment) as there:
            return run(place, ["-m", "ui.demo", *rest], there)
    place = set_up(root, RUN, environment)
    if not words:
        return run(place, ["-m", "ui.main"], environment)
    return run(place, ["-m", "editor.cli", *words], environment)


# ------------------------------------------------------------------------------------------------ setting up


@dataclass(frozen=True)
class Place:
    """A set-up checkout."""

    root: Path
    python: Path


def set_up(root: Path, profile: Profile, environment: Environment) -> Place:
    """Make sure that everything a profile needs is there.

    Raises:
        CannotSetUp: something is missing that cannot be installed from here; the message says how to.
    """
    place = Place(root, root / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
    requirements = root / "packaging" / "requirements" / profile.requirements
    made_of = [requirements.read_bytes(), *(name.encode() for name in profile.packages), sys.version.encode()]
    made_of += [source.read_bytes() for source in sorted((root / "resources" / "i18n").glob("*.ts"))]
    mark = hashlib.sha256(b"\0".join(made_of)).hexdigest()
    stamp = root / ".venv" / f"ready-{profile.name}"
    if place.python.exists() and stamp.exists() and stamp.read_text("utf-8") == mark:
        return place
    install_packages(profile, environment)
    make_environment(place, requirements, environment)
    compile_translations(place, environment)
    stamp.write_text(mark, "utf-8")
    return place


def install_packages(profile: Profile, environment: Environment) -> None:
    """Install the system packages of a profile that are missing, through apt; elsewhere tell what to install."""
    if shutil.which("apt-get") is None:
        missing = [name for name in profile.commands if shutil.which(name) is None]
        if ctypes.util.find_library("vlc") is None:
            missing.append("libvlc")
        if missing:
            raise CannotSetUp(
                f"Matinee needs {', '.join(missing)}, and this system has no apt to install them with.\n"
                "  Fedora:   sudo dnf install vlc-libs vlc-plugins-base ffmpeg-free xorg-x11-server-Xvfb xdotool\n"
                "  Arch:     sudo pacman -S vlc ffmpeg xorg-server-xvfb xdotool\n"
                "  openSUSE: sudo zypper install libvlc5 vlc-noX ffmpeg xorg-x11-server-Xvfb xdotool\n"
                "  macOS:    brew install ffmpeg && brew install --cask vlc\n"
                "Then start ./matinee again."
            )
        return
    asked = [*profile.packages, *([] if has_ensurepip() else ["python3-venv"])]
    missing = [name for name in asked if not is_installed(name)]
    if not missing:
        return
    say(f"Installing system packages: {' '.join(missing)}")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and shutil.which("sudo") is None:
        raise CannotSetUp(f"As root, run: apt-get install --no-install-recommends {' '.join(missing)}")
    quiet = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-q"], env=quiet, check=False, stdout=subprocess.DEVNULL)
    command = [*sudo, "apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    if subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        raise CannotSetUp(f"That failed. Mend the package manager's trouble (above) and run: {' '.join(command)}")


def has_ensurepip() -> bool:
    """Whether this Python can make environments (Debian ships that part on its own)."""
    asked = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True)
    return asked.returncode == 0


def is_installed(package: str) -> bool:
    """Whether dpkg has a package installed."""
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], check=False, capture_output=True, text=True)
    return asked.stdout.strip() == "install ok installed"


def make_environment(place: Place, requirements: Path, environment: Environment) -> None:
    """Make .venv with exactly what the hashed requirements name."""
    clean = {name: value for name, value in environment.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    if not place.python.exists():
        say("Making the Python environment in .venv")
        if subprocess.run([sys.executable, "-m", "venv", str(place.root / ".venv")], env=clean, check=False).returncode:
            raise CannotSetUp("Python could not make an environment. On Debian: sudo apt-get install python3-venv")
    say(f"Installing what {requirements.name} names")
    pip = [str(place.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*pip, "-r", str(requirements)], env=clean, check=False).returncode:
        raise CannotSetUp("The Python packages could not be installed (see above). Check the network and start again.")


def compile_translations(place: Place, environment: Environment) -> None:
    """Turn the translators' .ts files into the .qm files Qt reads."""
    release = place.python.with_name("pyside6-lrelease")
    for source in sorted((place.root / "resources" / "i18n").glob("*.ts")):
        done = subprocess.run(
            [release, "-silent", source, "-qm", source.with_suffix(".qm")], env=environment, check=False
        )
        if done.returncode:
            raise CannotSetUp(f"The translation {source.name} could not be compiled (see above).")


# ------------------------------------------------------------------------------------------------ carrying out


def run(place: Place, arguments: Sequence[str], environment: Environment) -> int:
    """Run Matinee's own Python and return its exit code."""
    inside = {**environment, "PYTHONPATH": str(place.root)}
    inside.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([str(place.python), *arguments], env=inside, cwd=Path.cwd(), check=False).returncode


@contextlib.contextmanager
def screen(environment: Environment, *, always: bool = False) -> Iterator[Environment]:
    """The environment with a display: the one there is, or a virtual one for as long as this lasts."""
    if not always and (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        yield environment
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise CannotSetUp("The virtual screen (Xvfb) did not start. Is another one in the way?")
        there = {name: value for name, value in environment.items() if name != "WAYLAND_DISPLAY"}
        yield {**there, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "MATINEE_VIRTUAL_SCREEN": "1"}
    finally:
        server.terminate()
        server.wait()


def test(place: Place, environment: Environment, rest: Sequence[str]) -> int:
    """Run the tests: the core with Qt out of reach, then the window, then what needs a real screen."""
    pytest = ["-m", "pytest", "-c", str(place.root / "pyproject.toml"), "--rootdir", str(place.root)]
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    if rest:
        with screen(environment, always=True) as there:
            return run(place, [*pytest, *rest], there)
    tests = place.root / "tests"
    workers = ["-n", "2", "--dist", "worksteal"]
    without_qt = {**offscreen, "MATINEE_WITHOUT_QT": "1"}
    core = [*pytest, *workers, "-p", "no:pytest-qt", str(tests / "editor"), str(tests / "packaging")]
    say("The core, with PySide6 out of reach")
    codes = [run(place, core, without_qt)]
    say("The window")
    codes.append(run(place, [*pytest, *workers, "-m", "not screen", str(tests / "ui")], offscreen))
    say("On a real screen")
    with screen(environment, always=True) as there:
        codes.append(run(place, [*pytest, "-m", "screen", str(tests / "ui"), str(tests / "journeys")], there))
    return max(codes)


def lint(place: Place, environment: Environment) -> int:
    """Run every linter, type check and import contract; all of them, so that one run shows everything."""
    os.chdir(place.root)
    codes = [
        run(place, ["-m", "ruff", "check", "."], environment),
        run(place, ["-m", "ruff", "format", "--check", "."], environment),
        run(place, ["-m", "mypy"], environment),
        run(place, ["-c", "from importlinter.cli import lint_imports_command as go; go()"], environment),
    ]
    return max(codes)


def bench(place: Place, environment: Environment, rest: Sequence[str]) -> int:
    """Run the benchmarks and print their table."""
    benchmarks = place.root / "tests" / "benchmarks"
    chosen = list(rest) or [str(path) for path in sorted(benchmarks.glob("bench_*.py"))]
    pytest = ["-m", "pytest", "-c", str(place.root / "pyproject.toml"), "--rootdir", str(place.root), "-s"]
    with screen(environment, always=True) as there:
        return run(place, [*pytest, *chosen], {**there, "QT_QPA_PLATFORM": "offscreen"})


def say(text: str) -> None:
    """Tell what is being done, where it does not mix with a program's own output."""
    print(f"matinee: {text}", file=sys.stderr, flush=True)
