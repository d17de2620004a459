"""Time from the start of the process to the first painted window, against a bare PySide6 window in the same run."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark_table
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
BASELINE_SCRIPT = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic() - float(os.environ["BEGAN"]), flush=True)
        os._exit(0)

app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
MATINEE_SCRIPT = """
import os, sys, time
from ui.app import main, main_window

paint = main_window.MainWindow.paintEvent

def painted(self, event):
    paint(self, event)
    print(time.monotonic() - float(os.environ["BEGAN"]), flush=True)
    os._exit(0)

main_window.MainWindow.paintEvent = painted
main.main(sys.argv[1:])
"""


def measure_start_ms(code, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BEGAN": str(time.monotonic())}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    return float(done.stdout.split()[0]) * 1_000


def test_start_to_first_paint(tmp_path):
    # In alternation, so that other load affects both alike; the first pair warms the disk cache.
    pairs = [
        (measure_start_ms(BASELINE_SCRIPT), measure_start_ms(MATINEE_SCRIPT, "--library", str(tmp_path)))
        for _ in range(ROUNDS + 1)
    ][1:]
    baseline, matinee = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for theirs, mine in pairs)
    print(
        f"\nstart to first paint: bare window {baseline:.0f} ms, Matinee {matinee:.0f} ms, ratio {ratio:.2f} (bar 2.00)"
    )
    assert ratio <= 2
