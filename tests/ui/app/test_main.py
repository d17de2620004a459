import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screenshot_checks import require_picture
from ui.app.main import CommandLineOptions, has_display, main

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_looked_for(environment, platform, shown):
    assert has_display(environment, platform) is shown


def test_without_a_display_a_sentence_points_to_the_demo(capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 2
    error_text = capsys.readouterr().err
    assert "./matinee demo" in error_text
    assert "Traceback" not in error_text


def test_words_that_mean_nothing_are_named(capsys):
    assert main(["--libary", "x"]) == 2
    assert "“--libary”" in capsys.readouterr().err
    assert main(["--library"]) == 2
    capsys.readouterr()


def test_help_is_told(capsys):
    assert main(["--help"]) == 0
    assert "--library" in capsys.readouterr().out


def test_what_is_asked(tmp_path):
    options = CommandLineOptions(["--library", str(tmp_path), "--webinar", "w", "--screenshot", "s.png", "a.matinee"])
    assert options.library == tmp_path
    assert options.webinar == "w"
    assert options.screenshot == Path("s.png").absolute()
    assert options.files == [Path("a.matinee").absolute()]


def test_before_the_first_paint_nothing_heavy_is_imported():
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from ui.app.application import Application\n"
        "from pathlib import Path\n"
        "app = QApplication([])\n"
        "program = Application(app, Path(sys.argv[1]), lambda: None)\n"
        "program.window.show()\n"
        "app.processEvents()\n"
        "heavy = {'sqlalchemy', 'alembic', 'av', 'vlc', 'PIL', 'pypdfium2', 'ffmpeg', 'requests', 'pysubs2', 'typer',\n"
        "         'editor.schedule', 'editor.document', 'editor.workspace', 'ui.app.editor_page', 'ui.home.panel'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "nowhere")],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_it_opens_draws_itself_and_ends(tmp_path):
    picture = tmp_path / "window.png"
    (tmp_path / "library").mkdir()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "ui.app.main", "--library", str(tmp_path / "library"), "--screenshot", str(picture)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    require_picture(picture)
    assert "Traceback" not in done.stderr
