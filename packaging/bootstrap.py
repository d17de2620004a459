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

import pages

Environment = dict[str, str]

USAGE = """\
 ./matinee            opens the editor; without a display it says what to do
 ./matinee demo       makes a sample webinar, plays it and puts it on (on a virtual screen where there is no display)
 ./matinee host       runs the hosting: keeps webinars and puts their sessions on at their hour
 ./matinee test       runs the tests, or those named after it
 ./matinee lint       runs the linters, the type checks and the import contracts
 ./matinee bench      runs the benchmarks
 ./matinee COMMAND …  goes on to the program:"""

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
# A virtual screen, a voice for the sample talk, and a browser for its room.
DEMO_PACKAGES = (*RUN_PACKAGES, "xvfb", "espeak-ng", "chromium")
# Also a mouse for that screen, a bus like a desktop's, and LibreOffice to read slides.
FULL_PACKAGES = (*DEMO_PACKAGES, "xdotool", "dbus-daemon", "libreoffice-impress-nogui")
# Where apt has no such package (Ubuntu has it as a snap only), the rest is installed; whoever misses it says so.
WISHED = frozenset({"chromium"})


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
    within: "Profile | None" = None
    """A larger one that holds all of this one: where that is set up, so is this."""


FULL = Profile("full", FULL_PACKAGES, "dev.txt", ("ffmpeg", "Xvfb", "xdotool", "espeak-ng", "soffice"))
DEMO = Profile("demo", DEMO_PACKAGES, "desktop.txt", ("ffmpeg", "Xvfb"), FULL)
RUN = Profile("run", RUN_PACKAGES, "desktop.txt", ("ffmpeg",), DEMO)
# A server: no window, no player, no system packages at all.
HOST = Profile("host", (), "hosting.txt", (), RUN)


def main(root: Path, words: Sequence[str], environment: Environment) -> int:
    """Set up what the first word needs and carry it out; returns the exit code."""
    word = words[0] if words else ""
    rest = list(words[1:])
    if word in {"help", "-h", "--help"}:
        print(USAGE, flush=True)
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
    if word == "host":
        return become(set_up(root, HOST, environment), ["-m", "hosting.cli", *(rest or ["serve"])], environment)
    place = set_up(root, RUN, environment)
    return become(place, ["-m", "editor.cli", *words] if words else ["-m", "ui.main"], environment)


# ------------------------------------------------------------------------------------------------ setting up


@dataclass(frozen=True)
class Place:
    """A checkout, and where its Python environment is."""

    root: Path

    @property
    def environment(self) -> Path:
        """The folder of the Python environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def half_made(self) -> Path:
        """A file that is there while the environment is being changed: found later, somebody was interrupted."""
        return self.root / ".build" / "half-made"


def set_up(root: Path, profile: Profile, environment: Environment) -> Place:
    """Make sure that everything a profile needs is there. Of two starts at once, one does it and the other waits.

    Raises:
        CannotSetUp: something is missing that cannot be installed from here; the message says how to.
    """
    place = Place(root)
    if is_ready(place, profile):
        return place
    try:
        with alone(root):
            if not is_ready(place, profile):
                install_packages(profile, environment)
                make_environment(place, profile, environment)
                if profile is not HOST:
                    compile_translations(place, environment)
                build_pages(place, environment)
                place.half_made.unlink()
                stamp_of(place, profile).write_text(mark_of(place, profile), "utf-8")
    except OSError as error:
        raise CannotSetUp(
            f"Matinee cannot be set up in {root}: {error.strerror or error} ({error.filename or root}).\n"
            "Free some space or give yourself the right to write there, and start again."
        ) from error
    return place


def is_ready(place: Place, profile: Profile) -> bool:
    """Whether all that a profile needs was set up, from what is needed now, and nobody was interrupted since."""
    if not is_whole(place):
        return False
    wider: Profile | None = profile
    while wider is not None:
        with contextlib.suppress(FileNotFoundError):
            if stamp_of(place, wider).read_text("utf-8") == mark_of(place, wider):
                return True
        wider = wider.within
    return False


def is_whole(place: Place) -> bool:
    """Whether there is an environment, finished, whose Python is still the one it was made with."""
    if place.half_made.exists() or not place.python.exists():
        return False
    try:
        told = (place.environment / "pyvenv.cfg").read_text("utf-8")
    except FileNotFoundError:
        return False
    # An upgrade of the system may put another Python behind the link, which would not find its packages.
    made_with = [line.partition("=")[2].strip() for line in told.splitlines() if line.startswith("executable")]
    return os.name == "nt" or not made_with or made_with == [os.path.realpath(place.python)]


def stamp_of(place: Place, profile: Profile) -> Path:
    """The file that remembers what a profile was set up from."""
    return place.environment / f"ready-{profile.name}"


def mark_of(place: Place, profile: Profile) -> str:
    """The hash of everything a profile is set up from."""
    requirements = requirements_of(place, profile)
    made_of = [requirements.read_bytes(), *(name.encode() for name in profile.packages)]
    made_of += [source.read_bytes() for source in sorted((place.root / "resources" / "i18n").glob("*.ts"))]
    made_of.append(pages.mark_of(place.root / "hosting" / "web").encode())
    return hashlib.sha256(b"\0".join(made_of)).hexdigest()


def requirements_of(place: Place, profile: Profile) -> Path:
    """The file that pins a profile's Python packages."""
    return place.root / "packaging" / "requirements" / profile.requirements


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Set up alone: whoever starts meanwhile waits here.

    A lock goes with the last process that holds it; what `carry_out` starts holds it, too, so that a pip that outlives
    its launcher is not disturbed.
    """
    (root / ".build").mkdir(exist_ok=True)
    with (root / ".build" / "set-up.lock").open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another start that is setting up")
                fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)
        yield


def carry_out(command: Sequence[str], environment: Environment) -> bool:
    """Run a part of the set-up; whether it went well."""
    return subprocess.run(command, env=of_our_own(environment), check=False, close_fds=False).returncode == 0


def install_packages(profile: Profile, environment: Environment) -> None:
    """Install the system packages of a profile that are missing, through apt; elsewhere tell what to install."""
    if not profile.packages:
        return
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
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    by_hand = f"    apt-get update && apt-get install --no-install-recommends {' '.join(missing)}\nThen start again."
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and shutil.which("sudo") is None:
        raise CannotSetUp(f"That takes an administrator. As root, run\n{by_hand}")
    quiet = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-q"], env=quiet, check=False, stdout=subprocess.DEVNULL)
    to_be_had = [name for name in missing if name not in WISHED or is_known(name)]
    if subprocess.run([*sudo, *command, *to_be_had], env=quiet, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        raise CannotSetUp(f"That failed; what is in the way is said above. Mend it, or as root run\n{by_hand}")


def has_ensurepip() -> bool:
    """Whether this Python can make environments (Debian ships that part on its own)."""
    asked = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True)
    return asked.returncode == 0


def is_installed(package: str) -> bool:
    """Whether dpkg has a package installed."""
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], check=False, capture_output=True, text=True)
    return asked.stdout.strip() == "install ok installed"


def is_known(package: str) -> bool:
    """Whether apt has a package of this name."""
    return subprocess.run(["apt-cache", "show", package], check=False, capture_output=True).returncode == 0


def make_environment(place: Place, profile: Profile, environment: Environment) -> None:
    """Have in .venv what the hashed requirements name; one that somebody was interrupted at is made anew."""
    whole = is_whole(place)
    place.half_made.touch()
    if not whole:
        say("Making the Python environment in .venv")
        if not carry_out([sys.executable, "-m", "venv", "--clear", str(place.environment)], environment):
            raise CannotSetUp("Python could not make an environment. On Debian: sudo apt-get install python3-venv")
    requirements = requirements_of(place, profile)
    say(f"Installing what {requirements.name} names")
    pip = [str(place.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if not carry_out([*pip, "-r", str(requirements)], environment):
        raise CannotSetUp("The Python packages could not be installed (see above). Check the network and start again.")


def compile_translations(place: Place, environment: Environment) -> None:
    """Turn the translators' .ts files into the .qm files Qt reads."""
    # Not by its script: the first line of that names a path, which a moved checkout no longer has.
    lrelease = [str(place.python), "-c", "from PySide6.scripts.pyside_tool import lrelease; lrelease()", "-silent"]
    for source in sorted((place.root / "resources" / "i18n").glob("*.ts")):
        if not carry_out([*lrelease, str(source), "-qm", str(source.with_suffix(".qm"))], environment):
            raise CannotSetUp(f"The translation {source.name} could not be compiled (see above).")


def build_pages(place: Place, environment: Environment) -> None:
    """Build what attendees see in their browsers."""
    try:
        pages.build(place.root, place.python, of_our_own(environment))
    except pages.CannotBuild as why:
        raise CannotSetUp(str(why)) from why


def of_our_own(environment: Environment) -> Environment:
    """The environment without what would lead our Python to somebody else's packages."""
    return {name: value for name, value in environment.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


# ------------------------------------------------------------------------------------------------ carrying out


def run(place: Place, arguments: Sequence[str], environment: Environment) -> int:
    """Run Matinee's own Python and return its exit code; 128 and the signal's number for one that died of a signal."""
    code = subprocess.run([str(place.python), *arguments], env=inside(place, environment), check=False).returncode
    return code if code >= 0 else 128 - code


def become(place: Place, arguments: Sequence[str], environment: Environment) -> int:
    """Turn into Matinee, so that signals reach it and nothing waits beside it; returns only where that cannot be."""
    if os.name != "nt":
        os.execve(place.python, [str(place.python), *arguments], inside(place, environment))
    return run(place, arguments, environment)


def inside(place: Place, environment: Environment) -> Environment:
    """The environment in which this checkout's modules are found."""
    kept = {**of_our_own(environment), "PYTHONPATH": str(place.root)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


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
    core = [*pytest, "-p", "no:pytest-qt"]
    rooms = [str(tests / room) for room in ("editor", "hosting", "packaging", "golden")]
    # What a player shows within so many milliseconds is tried with nothing beside it.
    playing = str(tests / "editor" / "media" / "test_playback.py")
    say("The core and the hosting, with PySide6 out of reach")
    codes = [run(place, [*core, *workers, f"--ignore={playing}", *rooms], without_qt)]
    codes.append(run(place, [*core, playing], without_qt))
    say("The attendees' pages")
    codes.append(pages.test(place.root, place.python, of_our_own(environment)))
    say("The window")
    # The tests of the whole window dress the whole program anew: in a process that shows nothing else.
    whole = [tests / "ui" / name for name in ("test_program.py", "test_language_switch.py")]
    parts = [f"--ignore={path}" for path in whole]
    codes.append(run(place, [*pytest, *workers, "-m", "not screen", *parts, str(tests / "ui")], offscreen))
    codes.append(run(place, [*pytest, *workers, "-m", "not screen", *map(str, whole)], offscreen))
    say("On a real screen")
    with screen(environment, always=True) as there:
        codes.append(run(place, [*pytest, "-m", "screen", str(tests / "ui"), str(tests / "journeys")], there))
    return max(map(abs, codes))


def lint(place: Place, environment: Environment) -> int:
    """Run every linter, type check and import contract; all of them, so that one run shows everything."""
    os.chdir(place.root)
    codes = [
        run(place, ["-m", "ruff", "check", "."], environment),
        run(place, ["-m", "ruff", "format", "--check", "."], environment),
        run(place, ["-m", "mypy"], environment),
        run(place, ["-c", "from importlinter.cli import lint_imports_command as go; go()"], environment),
    ]
    return max(map(abs, codes))


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
