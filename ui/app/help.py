"""The dialogs of the Help menu: the keyboard shortcuts, and About."""

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from editor.settings import Settings
from ui.preferences.shortcuts import format_keys
from ui.services import action_registry
from ui.style import theme
from ui.widgets.basics import make_label


class ShortcutListDialog(QDialog):
    """The dialog that lists the actions that have keys, by menu, and the keys that work in the timeline alone.

    For reading only.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        browser = QTextBrowser()
        browser.setHtml(self._build_html(settings["shortcuts"]))
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(browser, 1)
        layout.addWidget(buttons)
        self.resize(720, 640)

    def _build_html(self, rebound: dict[str, str]) -> str:
        quiet = theme.look_of(self).quiet.name()
        parts = []
        for name, ids in action_registry.translate_menus():
            rows = [
                (
                    action_registry.translate_plain_text(action_id),
                    format_keys(action_registry.keys_of(action_id, rebound)),
                )
                for action_id in ids
                if action_registry.keys_of(action_id, rebound)
            ]
            parts.append(_build_table(name, rows, quiet))
        parts.append(_build_table(self.tr("In the timeline"), self._timeline_rows(), quiet))
        return "".join(parts)

    def _timeline_rows(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Move from area to area"), "Tab"),
            (self.tr("On the ruler and the preview: one step; on a lane: from segment to segment"), "← →"),
            (self.tr("On the ruler: ten steps; on a lane: select more"), "Shift ← →"),
            (self.tr("Grab an edge, confirm"), self.tr("Enter")),
            (self.tr("Release an edge, cancel a drag"), "Esc"),
            (self.tr("No snapping while dragging"), "Alt"),
            (self.tr("Zoom at the pointer"), self.tr("Ctrl + wheel")),
            (self.tr("Scroll the timeline"), self.tr("Shift + wheel, or drag with the middle button")),
            (self.tr("The menu of a segment, a gap, the ruler"), "Shift F10"),
        ]


class AboutDialog(QDialog):
    """The dialog that shows name, version ("–" if Matinee is not installed as a package) and licence of Matinee."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Matinee"))
        look = theme.look_of(self)
        logo = make_label()
        logo.setPixmap(theme.pixmap("logo", 64, look.accent, self.devicePixelRatioF()))
        logo.setAlignment(Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(8)
        text.addWidget(make_label("title", "Matinee"))
        text.addWidget(make_label("quiet", self.tr("Version {version}").format(version=_find_version())))
        text.addWidget(
            make_label(
                "",
                self.tr(
                    "Create automated webinars: arrange recorded media on a timeline, and they play at the "
                    "time you set."
                ),
                wrap=True,
            )
        )
        text.addWidget(
            make_label(
                "quiet", self.tr("Free software under the GNU General Public License, version 3 or later."), wrap=True
            )
        )
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(logo)
        row.addLayout(text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.setFixedWidth(480)


def _find_version() -> str:
    try:
        return metadata.version("matinee")
    except metadata.PackageNotFoundError:
        return "–"


def _build_table(name: str, rows: list[tuple[str, str]], quiet: str) -> str:
    lines = "".join(
        f"<tr><td width='400'>{_escape_html(text)}</td><td style='color:{quiet}'>{_escape_html(keys)}</td></tr>"
        for text, keys in rows
    )
    return f"<h3>{_escape_html(name)}</h3><table>{lines}</table>"


def _escape_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
