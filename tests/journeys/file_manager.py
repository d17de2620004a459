"""A minimal file manager: a row for each file that can be dragged; the last row drags all of them.

``python -m tests.journeys.file_manager LEFT TOP FILE…`` prints when it is shown, and the outcome of each drag.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

ROW = 28
WIDTH = 140


class FileRow(QLabel):
    """A row that drags some files."""

    def __init__(self, name: str, files: list[str]) -> None:
        super().__init__(name)
        self._files = files
        self.setFixedHeight(ROW)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        del event
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(file) for file in self._files])
        drag.setMimeData(data)
        print(drag.exec(Qt.DropAction.CopyAction).name, flush=True)


if __name__ == "__main__":
    left, top, *files = sys.argv[1:]
    app = QApplication([])
    window = QWidget(None, Qt.WindowType.FramelessWindowHint)
    rows = QVBoxLayout(window)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for each in files:
        rows.addWidget(FileRow(Path(each).name, [each]))
    rows.addWidget(FileRow("all of them", files))
    window.setGeometry(int(left), int(top), WIDTH, ROW * (len(files) + 1))
    window.show()
    print("shown", flush=True)
    sys.exit(app.exec())
