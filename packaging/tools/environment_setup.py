"""Sets up what Matinee needs before it can run; standard library only.

A *profile* names the system packages, the pinned Python packages and the built files that a group of commands needs.
A profile that is set up leaves a stamp with the hash of everything it was made from, so a later start only compares
hashes and touches no network.
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

# To read and play media: libvlc without its own window, and ffmpeg.
MEDIA_PACKAGES = ("libvlc5", "vlc-plugin-base", "ffmpeg", "fonts-dejavu-core")
# To show Qt's windows: the X libraries that Qt's xcb plugin loads.
WINDOW_PACKAGES = (
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
)
RUN_PACKAGES = (*MEDIA_PACKAGES, *WINDOW_PACKAGES)
# A virtual screen, a voice for the sample talk, and a browser that shows the room.
DEMO_PACKAGES = (*RUN_PACKAGES, "xvfb", "espeak-ng", "chromium")
# A mouse for the virtual screen, a message bus like a desktop's, and LibreOffice to read slides.
FULL_PACKAGES = (*DEMO_PACKAGES, "xdotool", "dbus-daemon", "libreoffice-impress-nogui")
# Packages that apt may not have (Ubuntu has Chromium as a snap only): the others are installed without them, and the
# command that needs one reports it.
OPTIONAL_PACKAGES = frozenset({"chromium"})


class SetupError(Exception):
    """Setting up failed; the message says what happened and what to do by hand."""


@dataclass(frozen=True)
class Profile:
    """The packages and built files that one group of commands needs."""

    name: str
    packages: tuple[str, ...]
    """System packages, by their names in apt."""
    requirements: str
    """The file in `packaging/requirements` that pins the Python packages."""
    commands: tuple[str, ...]
    """Programs that must be found on the PATH where there is no apt to ask."""
    superset: "Profile | None" = None
    """A larger profile that contains this one: where that is set up, so is this."""
    needs_translations: bool = True
    needs_pages: bool = True
    """Whether the attendees' pages must be built."""


# Tests, lint, benchmarks: everything.
FULL = Profile("full", FULL_PACKAGES, "dev.txt", ("ffmpeg", "Xvfb", "xdotool", "espeak-ng", "soffice"))
DEMO = Profile("demo", DEMO_PACKAGES, "desktop.txt", ("ffmpeg", "Xvfb"), FULL)
RUN = Profile("run", RUN_PACKAGES, "desktop.txt", ("ffmpeg",), DEMO)
# A server: no window, no player, no system packages.
HOST = Profile("host", (), "hosting.txt", (), RUN, needs_translations=False)
# Parts of the tests, each with what it needs and no more: windows without a screen, media, Python code alone.
TEST_WINDOW = Profile("test-window", RUN_PACKAGES, "dev.txt", ("ffmpeg",), FULL)
TEST_MEDIA = Profile(
    "test-media", MEDIA_PACKAGES, "dev.txt", ("ffmpeg",), TEST_WINDOW, needs_translations=False, needs_pages=False
)
TEST_CODE = Profile("test-code", (), "dev.txt", (), TEST_MEDIA, needs_translations=False, needs_pages=False)


@dataclass(frozen=True)
class Checkout:
    """A working copy of Matinee, with the places of its Python environment."""

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
        """A file that exists while the environment is being changed; found later, it tells of an interrupted set-up."""
        return self.root / ".build" / "half-made"


def set_up(root: Path, profile: Profile, environment: Environment) -> Checkout:
    """Install and build what a profile needs and the checkout lacks. Of two starts at once, one waits for the other.

    Raises:
        SetupError: something is missing that cannot be installed from here; the message says how to do it.
    """
    checkout = Checkout(root)
    if is_ready(checkout, profile):
        return checkout
    try:
        with hold_setup_lock(root):
            if not is_ready(checkout, profile):
                install_packages(profile, environment)
                make_environment(checkout, profile, environment)
                if profile.needs_translations:
                    compile_translations(checkout, environment)
                if profile.needs_pages:
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
    """Tell whether a profile, or one that contains it, is set up from the present sources and was not interrupted."""
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
    """Tell whether there is a finished environment whose Python is still the one it was made with."""
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
    """Return the file that holds the fingerprint of a profile that was set up."""
    return checkout.environment / f"ready-{profile.name}"


def compute_fingerprint(checkout: Checkout, profile: Profile) -> str:
    """Return the SHA-256, in hexadecimal, of everything that a profile is set up from."""
    parts = [requirements_path(checkout, profile).read_bytes(), *(name.encode() for name in profile.packages)]
    if profile.needs_translations:
        parts += [source.read_bytes() for source in list_translations(checkout)]
    if profile.needs_pages:
        parts.append(build_web.compute_fingerprint(checkout.root).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def list_translations(checkout: Checkout) -> list[Path]:
    """Return the translators' files, which Qt Linguist edits."""
    return sorted((checkout.root / "resources" / "i18n").glob("**/*.ts"))


def requirements_path(checkout: Checkout, profile: Profile) -> Path:
    """Return the file that pins a profile's Python packages."""
    return checkout.root / "packaging" / "requirements" / profile.requirements


@contextlib.contextmanager
def hold_setup_lock(root: Path) -> Iterator[None]:
    """Keep other starts of this checkout from setting up at the same time; they wait.

    The programs that `run_step` starts inherit the lock, so a pip that outlives its launcher is not disturbed.
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
                print_status("Waiting for another start of Matinee that is setting up")
                fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)
        yield


def run_step(command: Sequence[str], environment: Environment) -> bool:
    """Run one command of the set-up and tell whether it succeeded."""
    return subprocess.run(command, env=clean_environment(environment), check=False, close_fds=False).returncode == 0


def install_packages(profile: Profile, environment: Environment) -> None:
    """Install the missing system packages of a profile through apt.

    Raises:
        SetupError: there is no apt, no right to use it, or it failed; the message lists what to install by hand.
    """
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
        raise SetupError(f"Only an administrator can install these packages. As root, run\n{by_hand}")
    apt_environment = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-q"], env=apt_environment, check=False, stdout=subprocess.DEVNULL)
    available = [name for name in missing if name not in OPTIONAL_PACKAGES or is_available(name)]
    if (
        subprocess.run(
            [*sudo, *command, *available], env=apt_environment, check=False, stdout=subprocess.DEVNULL
        ).returncode
        != 0
    ):
        raise SetupError(f"apt could not install the packages (see above). Mend that, or as root run\n{by_hand}")


def has_ensurepip() -> bool:
    """Tell whether this Python can make virtual environments (Debian packages that part separately)."""
    completed = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True)
    return completed.returncode == 0


def is_installed(package: str) -> bool:
    """Tell whether dpkg lists a package as installed."""
    completed = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}", package], check=False, capture_output=True, text=True
    )
    return completed.stdout.strip() == "install ok installed"


def is_available(package: str) -> bool:
    """Tell whether apt knows a package of this name."""
    return subprocess.run(["apt-cache", "show", package], check=False, capture_output=True).returncode == 0


def make_environment(checkout: Checkout, profile: Profile, environment: Environment) -> None:
    """Install the pinned, hashed requirements in `.venv`, which is made anew if it is missing or was interrupted.

    Raises:
        SetupError: Python could not make the environment, or pip could not install the packages.
    """
    is_reusable = is_complete(checkout)
    checkout.unfinished_marker.touch()
    if not is_reusable:
        print_status("Making the Python environment in .venv")
        if not run_step([sys.executable, "-m", "venv", "--clear", str(checkout.environment)], environment):
            raise SetupError("Python could not make an environment. On Debian: sudo apt-get install python3-venv")
    requirements = requirements_path(checkout, profile)
    print_status(f"Installing the Python packages of {requirements.name}")
    pip = [str(checkout.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if not run_step([*pip, "-r", str(requirements)], environment):
        raise SetupError("The Python packages could not be installed (see above). Check the network and start again.")


def compile_translations(checkout: Checkout, environment: Environment) -> None:
    """Compile the translators' .ts files into the .qm files that Qt reads."""
    # Called through Python and not as a script: a script's first line names a path, which a moved checkout lacks.
    lrelease = [str(checkout.python), "-c", "from PySide6.scripts.pyside_tool import lrelease; lrelease()", "-silent"]
    for source in list_translations(checkout):
        if not run_step([*lrelease, str(source), "-qm", str(source.with_suffix(".qm"))], environment):
            raise SetupError(f"The translation {source.name} could not be compiled (see above).")


def build_pages(checkout: Checkout, environment: Environment) -> None:
    """Build the attendees' pages."""
    try:
        build_web.build(checkout.root, checkout.python, clean_environment(environment))
    except build_web.BuildError as why:
        raise SetupError(str(why)) from why


def clean_environment(environment: Environment) -> Environment:
    """Return the environment without the variables that lead Python to packages outside `.venv`."""
    return {name: value for name, value in environment.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


def print_status(text: str) -> None:
    """Print what is being done to standard error, apart from a program's own output."""
    print(f"matinee: {text}", file=sys.stderr, flush=True)
