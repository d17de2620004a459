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

import build_web

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
OPTIONAL_PACKAGES = frozenset({"chromium"})


class SetupError(Exception):
    """Setting up failed; the message says what to do by hand."""


@dataclass(frozen=True)
class Profile:
    """What one group of words needs."""

    name: str
    packages: tuple[str, ...]
    requirements: str
    commands: tuple[str, ...]
    """Programs that must be found where there is no apt to ask."""
    superset: "Profile | None" = None
    """A larger one that holds all of this one: where that is set up, so is this."""


FULL = Profile("full", FULL_PACKAGES, "dev.txt", ("ffmpeg", "Xvfb", "xdotool", "espeak-ng", "soffice"))
DEMO = Profile("demo", DEMO_PACKAGES, "desktop.txt", ("ffmpeg", "Xvfb"), FULL)
RUN = Profile("run", RUN_PACKAGES, "desktop.txt", ("ffmpeg",), DEMO)
# A server: no window, no player, no system packages at all.
HOST = Profile("host", (), "hosting.txt", (), RUN)


def main(root: Path, arguments: Sequence[str], environment: Environment) -> int:
    """Set up what the first word needs and carry it out; returns the exit code."""
    command = arguments[0] if arguments else ""
    remaining = list(arguments[1:])
    if command in {"help", "-h", "--help"}:
        print(USAGE, flush=True)
        arguments = ["--help"]
    if command == "test":
        return test(set_up(root, FULL, environment), environment, remaining)
    if command == "lint":
        return lint(set_up(root, FULL, environment), environment)
    if command == "bench":
        return bench(set_up(root, FULL, environment), environment, remaining)
    if command == "demo":
        checkout = set_up(root, DEMO, environment)
        with provide_display(environment) as display_environment:
            return run(checkout, ["-m", "demo", *remaining], display_environment)
    if command == "host":
        return exec_program(
            set_up(root, HOST, environment), ["-m", "hosting.cli", *(remaining or ["serve"])], environment
        )
    checkout = set_up(root, RUN, environment)
    return exec_program(checkout, ["-m", "editor.cli", *arguments] if arguments else ["-m", "ui.app.main"], environment)


# ------------------------------------------------------------------------------------------------ setting up


@dataclass(frozen=True)
class Checkout:
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
    def unfinished_marker(self) -> Path:
        """A file that is there while the environment is being changed: found later, somebody was interrupted."""
        return self.root / ".build" / "half-made"


def set_up(root: Path, profile: Profile, environment: Environment) -> Checkout:
    """Make sure that everything a profile needs is there. Of two starts at once, one does it and the other waits.

    Raises:
        CannotSetUp: something is missing that cannot be installed from here; the message says how to.
    """
    checkout = Checkout(root)
    if is_ready(checkout, profile):
        return checkout
    try:
        with hold_setup_lock(root):
            if not is_ready(checkout, profile):
                install_packages(profile, environment)
                make_environment(checkout, profile, environment)
                if profile is not HOST:
                    compile_translations(checkout, environment)
                build_pages(checkout, environment)
                checkout.unfinished_marker.unlink()
                stamp_path(checkout, profile).write_text(compute_fingerprint(checkout, profile), "utf-8")
    except OSError as error:
        raise SetupError(
            f"Matinee cannot be set up in {root}: {error.strerror or error} ({error.filename or root}).\n"
            "Free some space or give yourself the right to write there, and start again."
        ) from error
    return checkout


def is_ready(checkout: Checkout, profile: Profile) -> bool:
    """Whether all that a profile needs was set up, from what is needed now, and nobody was interrupted since."""
    if not is_complete(checkout):
        return False
    candidate: Profile | None = profile
    while candidate is not None:
        with contextlib.suppress(FileNotFoundError):
            if stamp_path(checkout, candidate).read_text("utf-8") == compute_fingerprint(checkout, candidate):
                return True
        candidate = candidate.superset
    return False


def is_complete(checkout: Checkout) -> bool:
    """Whether there is an environment, finished, whose Python is still the one it was made with."""
    if checkout.unfinished_marker.exists() or not checkout.python.exists():
        return False
    try:
        configuration = (checkout.environment / "pyvenv.cfg").read_text("utf-8")
    except FileNotFoundError:
        return False
    # An upgrade of the system may put another Python behind the link, which would not find its packages.
    made_with = [line.partition("=")[2].strip() for line in configuration.splitlines() if line.startswith("executable")]
    return os.name == "nt" or not made_with or made_with == [os.path.realpath(checkout.python)]


def stamp_path(checkout: Checkout, profile: Profile) -> Path:
    """The file that remembers what a profile was set up from."""
    return checkout.environment / f"ready-{profile.name}"


def compute_fingerprint(checkout: Checkout, profile: Profile) -> str:
    """The hash of everything a profile is set up from."""
    requirements = requirements_path(checkout, profile)
    parts = [requirements.read_bytes(), *(name.encode() for name in profile.packages)]
    parts += [source.read_bytes() for source in sorted((checkout.root / "resources" / "i18n").glob("*.ts"))]
    parts.append(build_web.compute_fingerprint(checkout.root / "hosting" / "web").encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def requirements_path(checkout: Checkout, profile: Profile) -> Path:
    """The file that pins a profile's Python packages."""
    return checkout.root / "packaging" / "requirements" / profile.requirements


@contextlib.contextmanager
def hold_setup_lock(root: Path) -> Iterator[None]:
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
                print_status("Waiting for another start that is setting up")
                fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)
        yield


def run_step(command: Sequence[str], environment: Environment) -> bool:
    """Run a part of the set-up; whether it went well."""
    return subprocess.run(command, env=clean_environment(environment), check=False, close_fds=False).returncode == 0


def install_packages(profile: Profile, environment: Environment) -> None:
    """Install the system packages of a profile that are missing, through apt; elsewhere tell what to install."""
    if not profile.packages:
        return
    if shutil.which("apt-get") is None:
        missing = [name for name in profile.commands if shutil.which(name) is None]
        if ctypes.util.find_library("vlc") is None:
            missing.append("libvlc")
        if missing:
            raise SetupError(
                f"Matinee needs {', '.join(missing)}, and this system has no apt to install them with.\n"
                "  Fedora:   sudo dnf install vlc-libs vlc-plugins-base ffmpeg-free xorg-x11-server-Xvfb xdotool\n"
                "  Arch:     sudo pacman -S vlc ffmpeg xorg-server-xvfb xdotool\n"
                "  openSUSE: sudo zypper install libvlc5 vlc-noX ffmpeg xorg-x11-server-Xvfb xdotool\n"
                "  macOS:    brew install ffmpeg && brew install --cask vlc\n"
                "Then start ./matinee again."
            )
        return
    required = [*profile.packages, *([] if has_ensurepip() else ["python3-venv"])]
    missing = [name for name in required if not is_installed(name)]
    if not missing:
        return
    print_status(f"Installing system packages: {' '.join(missing)}")
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    by_hand = f"    apt-get update && apt-get install --no-install-recommends {' '.join(missing)}\nThen start again."
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and shutil.which("sudo") is None:
        raise SetupError(f"That takes an administrator. As root, run\n{by_hand}")
    apt_environment = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-q"], env=apt_environment, check=False, stdout=subprocess.DEVNULL)
    available = [name for name in missing if name not in OPTIONAL_PACKAGES or is_available(name)]
    if (
        subprocess.run(
            [*sudo, *command, *available], env=apt_environment, check=False, stdout=subprocess.DEVNULL
        ).returncode
        != 0
    ):
        raise SetupError(f"That failed; what is in the way is said above. Mend it, or as root run\n{by_hand}")


def has_ensurepip() -> bool:
    """Whether this Python can make environments (Debian ships that part on its own)."""
    completed = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True)
    return completed.returncode == 0


def is_installed(package: str) -> bool:
    """Whether dpkg has a package installed."""
    completed = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}", package], check=False, capture_output=True, text=True
    )
    return completed.stdout.strip() == "install ok installed"


def is_available(package: str) -> bool:
    """Whether apt has a package of this name."""
    return subprocess.run(["apt-cache", "show", package], check=False, capture_output=True).returncode == 0


def make_environment(checkout: Checkout, profile: Profile, environment: Environment) -> None:
    """Have in .venv what the hashed requirements name; one that somebody was interrupted at is made anew."""
    is_reusable = is_complete(checkout)
    checkout.unfinished_marker.touch()
    if not is_reusable:
        print_status("Making the Python environment in .venv")
        if not run_step([sys.executable, "-m", "venv", "--clear", str(checkout.environment)], environment):
            raise SetupError("Python could not make an environment. On Debian: sudo apt-get install python3-venv")
    requirements = requirements_path(checkout, profile)
    print_status(f"Installing what {requirements.name} names")
    pip = [str(checkout.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if not run_step([*pip, "-r", str(requirements)], environment):
        raise SetupError("The Python packages could not be installed (see above). Check the network and start again.")


def compile_translations(checkout: Checkout, environment: Environment) -> None:
    """Turn the translators' .ts files into the .qm files Qt reads."""
    # Not by its script: the first line of that names a path, which a moved checkout no longer has.
    lrelease = [str(checkout.python), "-c", "from PySide6.scripts.pyside_tool import lrelease; lrelease()", "-silent"]
    for source in sorted((checkout.root / "resources" / "i18n").glob("*.ts")):
        if not run_step([*lrelease, str(source), "-qm", str(source.with_suffix(".qm"))], environment):
            raise SetupError(f"The translation {source.name} could not be compiled (see above).")


def build_pages(checkout: Checkout, environment: Environment) -> None:
    """Build what attendees see in their browsers."""
    try:
        build_web.build(checkout.root, checkout.python, clean_environment(environment))
    except build_web.BuildError as why:
        raise SetupError(str(why)) from why


def clean_environment(environment: Environment) -> Environment:
    """The environment without what would lead our Python to somebody else's packages."""
    return {name: value for name, value in environment.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


# ------------------------------------------------------------------------------------------------ carrying out


def run(checkout: Checkout, arguments: Sequence[str], environment: Environment) -> int:
    """Run Matinee's own Python and return its exit code; 128 and the signal's number for one that died of a signal."""
    code = subprocess.run(
        [str(checkout.python), *arguments], env=make_program_environment(checkout, environment), check=False
    ).returncode
    return code if code >= 0 else 128 - code


def exec_program(checkout: Checkout, arguments: Sequence[str], environment: Environment) -> int:
    """Turn into Matinee, so that signals reach it and nothing waits beside it; returns only where that cannot be."""
    if os.name != "nt":
        os.execve(checkout.python, [str(checkout.python), *arguments], make_program_environment(checkout, environment))
    return run(checkout, arguments, environment)


def make_program_environment(checkout: Checkout, environment: Environment) -> Environment:
    """The environment in which this checkout's modules are found."""
    program_environment = {**clean_environment(environment), "PYTHONPATH": str(checkout.root)}
    program_environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return program_environment


@contextlib.contextmanager
def provide_display(environment: Environment, *, always: bool = False) -> Iterator[Environment]:
    """The environment with a display: the one there is, or a virtual one for as long as this lasts."""
    if not always and (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        yield environment
        return
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as display_pipe:
            number = display_pipe.readline().strip()
        if not number:
            raise SetupError("The virtual screen (Xvfb) did not start. Is another one in the way?")
        without_wayland = {name: value for name, value in environment.items() if name != "WAYLAND_DISPLAY"}
        yield {**without_wayland, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "MATINEE_VIRTUAL_SCREEN": "1"}
    finally:
        server.terminate()
        server.wait()


def test(checkout: Checkout, environment: Environment, selection: Sequence[str]) -> int:
    """Run the tests: the core with Qt out of reach, then the window, then what needs a real screen."""
    pytest = ["-m", "pytest", "-c", str(checkout.root / "pyproject.toml"), "--rootdir", str(checkout.root)]
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    if selection:
        with provide_display(environment, always=True) as display_environment:
            return run(checkout, [*pytest, *selection], display_environment)
    tests = checkout.root / "tests"
    workers = ["-n", "2", "--dist", "worksteal"]
    without_qt = {**offscreen, "MATINEE_WITHOUT_QT": "1"}
    core = [*pytest, "-p", "no:pytest-qt"]
    core_tests = [str(tests / room) for room in ("editor", "hosting", "packaging", "golden")]
    # What a player shows within so many milliseconds is tried with nothing beside it.
    playback_test = str(tests / "editor" / "media" / "libvlc" / "test_vlc_player.py")
    print_status("The core and the hosting, with PySide6 out of reach")
    codes = [run(checkout, [*core, *workers, f"--ignore={playback_test}", *core_tests], without_qt)]
    codes.append(run(checkout, [*core, playback_test], without_qt))
    print_status("The attendees' pages")
    codes.append(build_web.run_tests(checkout.root, checkout.python, clean_environment(environment)))
    print_status("The window")
    # The tests of the whole window dress the whole program anew: in a process that shows nothing else.
    whole_window = [tests / "ui" / "app" / name for name in ("test_application.py", "test_language_switch.py")]
    parts = [f"--ignore={path}" for path in whole_window]
    codes.append(run(checkout, [*pytest, *workers, "-m", "not screen", *parts, str(tests / "ui")], offscreen))
    codes.append(run(checkout, [*pytest, *workers, "-m", "not screen", *map(str, whole_window)], offscreen))
    print_status("On a real screen")
    with provide_display(environment, always=True) as display_environment:
        codes.append(
            run(checkout, [*pytest, "-m", "screen", str(tests / "ui"), str(tests / "journeys")], display_environment)
        )
    return max(map(abs, codes))


def lint(checkout: Checkout, environment: Environment) -> int:
    """Run every linter, type check and import contract; all of them, so that one run shows everything."""
    os.chdir(checkout.root)
    codes = [
        run(checkout, ["-m", "ruff", "check", "."], environment),
        run(checkout, ["-m", "ruff", "format", "--check", "."], environment),
        run(checkout, ["-m", "mypy"], environment),
        run(checkout, ["-c", "from importlinter.cli import lint_imports_command as go; go()"], environment),
    ]
    return max(map(abs, codes))


def bench(checkout: Checkout, environment: Environment, selection: Sequence[str]) -> int:
    """Run the benchmarks and print their table."""
    benchmarks = checkout.root / "tests" / "benchmarks"
    chosen = list(selection) or [str(path) for path in sorted(benchmarks.glob("bench_*.py"))]
    pytest = ["-m", "pytest", "-c", str(checkout.root / "pyproject.toml"), "--rootdir", str(checkout.root), "-s"]
    with provide_display(environment, always=True) as display_environment:
        return run(checkout, [*pytest, *chosen], {**display_environment, "QT_QPA_PLATFORM": "offscreen"})


def print_status(text: str) -> None:
    """Tell what is being done, where it does not mix with a program's own output."""
    print(f"matinee: {text}", file=sys.stderr, flush=True)
