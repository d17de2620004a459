"""The window in another language, another theme, another size and on another screen, while a webinar is open."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from tests.journeys.desktop_driver import (
    ROOT,
    SCREENSHOTS,
    TIMEOUT_S,
    EditorProcess,
    brightness,
    grab_screen,
    wait_for,
    xdotool,
)
from tests.journeys.editor_driver import EditorDriver

FRENCH = {
    message.findtext("source"): message.findtext("translation")
    for message in ET.parse(ROOT / "resources" / "i18n" / "fr" / "matinee.ts").iter("message")
}


def collect_texts(program: EditorProcess) -> set[str]:
    """Return every text on the screen and in the accessibility tree."""
    shown = {text for each in program.list_nodes() for text in (each.name, each.help)}
    return {text for text in shown if any(letter.isalpha() for letter in text)}


def choose_value(program: EditorProcess, box: str, value: str) -> None:
    """Choose a value of a list in the preferences by its first letters."""
    program.click_node(box, "ComboBox")
    program.wait_for_node(value, "ListItem")
    program.press_keys(value[0].lower(), "Return")
    program.wait_for_node(value, "ComboBox")


def visit_pages(program: EditorProcess, *, home: str, plan: str) -> set[str]:
    """Visit the webinar, its settings and Home, and return all texts."""
    written = collect_texts(program)
    program.press_keys("ctrl+p")
    program.wait_for_node(plan, "PageTab")
    written |= collect_texts(program)
    program.save_screenshot(f"60-plan-{home}")
    program.press_keys("Escape")
    program.press_keys("ctrl+o")
    program.wait_for_node(home, "CheckBox")
    written |= collect_texts(program)
    program.save_screenshot(f"61-home-{home}")
    program.press_keys("Return")
    program.wait_for_node("Book a seat, .*", "ListItem")
    return written


def test_language_and_theme_change_while_a_webinar_is_open(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    program = start_editor("--webinar", webinar.id, LANG="en_GB.UTF-8")
    editor = EditorDriver(program, library, sample.media)
    editor.find_clip("Book a seat")
    english = visit_pages(program, home="Recent", plan="Waiting room")
    assert brightness(grab_screen(), editor.timeline.rect) > 150, "it begins in the light"

    program.press_keys("ctrl+comma")
    program.wait_for_node("Preferences", "Dialog")
    choose_value(program, "Same as system", "Français")
    choose_value(program, "Comme le système", "Sombre")
    program.press_keys("Escape")
    program.wait_until_gone("Préférences", "Dialog")
    timeline_in_french = program.wait_for_node("Montage", "List")
    wait_for(lambda: brightness(grab_screen(), timeline_in_french.rect) < 110, "it is dark")
    program.save_screenshot("62-french-and-dark")
    french = visit_pages(program, home="Récents", plan="Salle d’attente")
    assert not {text for text in french if FRENCH.get(text, text) != text}, "still in English"
    assert len(french - english) > len(french) // 2
    program.close()


def test_a_small_window_holds_everything(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    program = start_editor("--webinar", webinar.id)
    editor = EditorDriver(program, library, sample.media)
    editor.find_clip("Book a seat")
    window = program.list_nodes()[0]
    xdotool("windowsize", window.window, 900, 600)
    wait_for(lambda: program.list_nodes()[0].rect[2:] == (900, 600), "it is small")
    program.save_screenshot("63-small")
    assert_buttons_inside(program)
    editor.assert_stage_picture()
    for title in ("The night sky", "Agenda", "Four things to find", "Interlude"):
        assert editor.find_clip(title).rect[2] > 20
    program.press_keys("ctrl+p")
    program.wait_for_node("Waiting room", "PageTab")
    program.save_screenshot("64-small-plan")
    program.press_keys("Escape")
    program.press_keys("ctrl+o")
    program.save_screenshot("65-small-home")
    assert_buttons_inside(program)
    program.close()


def assert_buttons_inside(program: EditorProcess) -> None:
    """Check that no button lies outside the window or over another."""
    _, _, width, height = program.list_nodes()[0].rect
    buttons = [each for each in program.list_nodes() if each.role in {"Button", "CheckBox"} and each.tab]
    for each in buttons:
        left, top, wide, tall = each.rect
        assert left >= 0, each
        assert top >= 0, each
        assert left + wide <= width, each
        assert top + tall <= height, each


@contextlib.contextmanager
def virtual_screen(size: str) -> Iterator[str]:
    """Start a virtual screen of another size and return its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as display_number:
            yield f":{display_number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(TIMEOUT_S)


@pytest.mark.parametrize("factor", ["1.5", "2", "3"])
def test_it_is_sharp_at_every_scale(library, make_webinar, factor):
    webinar = make_webinar()
    SCREENSHOTS.mkdir(exist_ok=True)
    picture = SCREENSHOTS / f"66-scale-{factor}.png"
    picture.unlink(missing_ok=True)
    words = [sys.executable, "-m", "ui.app.main", "--library", str(library), "--webinar", webinar.id]
    with virtual_screen("4400x2800") as display:
        done = subprocess.run(
            [*words, "--screenshot", str(picture)],
            check=False,
            cwd=ROOT,
            env={**os.environ, "DISPLAY": display, "QT_SCALE_FACTOR": factor, "LANG": "en_GB.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    shown = QImage(str(picture))
    assert shown.width() == round(1440 * float(factor))
    assert measure_sharpness(shown) > 40, "text has hard edges, as it has not where it was enlarged"


def measure_sharpness(picture: QImage) -> int:
    """Return the greatest step of brightness between neighbouring pixels of the menu bar."""
    lines = range(4, picture.height() // 40)
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = (bytes(grey.constScanLine(y))[: picture.width() // 4] for y in lines)
    return max(abs(one - other) for row in rows for one, other in pairwise(row))
