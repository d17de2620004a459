"""Every action of the window in one table: its name, what it is called, its keys and its icon.

Menus, tooltips, the list of shortcuts and the preferences all read this table. Keys are rebindable: what the settings
hold under ``shortcuts`` (action → keys in Qt's portable form, joined by a space) goes before what is declared here.
No action's first key needs AltGr on a French keyboard.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from editor.settings import Settings
from ui import theme


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text of the table for the translators; it is translated where it is shown."""
    return text


Scope = Literal["window", "editor", "canvas"]
"""Where an action works: always; while a webinar is open; or while the timeline or the preview has the focus, for
keys that mean something else in lists and fields."""


class Entry(NamedTuple):
    """One line of the table. `text` has its mnemonic; `tip` says more where the text alone does not."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    scope: Scope = "editor"
    checkable: bool = False
    tip: str = ""


TABLE: tuple[Entry, ...] = (
    # -- File
    Entry("new", QT_TRANSLATE_NOOP("Actions", "&New webinar…"), ("Ctrl+N",), "add", "window"),
    Entry("home", QT_TRANSLATE_NOOP("Actions", "&All webinars"), ("Ctrl+O",), "home", "editor"),
    Entry("load_bundle", QT_TRANSLATE_NOOP("Actions", "Open a &bundle…"), ("Ctrl+Shift+O",), "import", "window"),
    Entry("export_bundle", QT_TRANSLATE_NOOP("Actions", "&Export as a bundle…"), ("Ctrl+E",), "export"),
    Entry("import_media", QT_TRANSLATE_NOOP("Actions", "&Import media…"), ("Ctrl+I",), "import"),
    Entry(
        "import_recording",
        QT_TRANSLATE_NOOP("Actions", "Import &recording…"),
        ("Ctrl+Shift+I",),
        "kind-recording",
        tip=QT_TRANSLATE_NOOP("Actions", "A video from another tool, e.g. of a meeting, with its captions and chat"),
    ),
    Entry("plan", QT_TRANSLATE_NOOP("Actions", "&Plan…"), ("Ctrl+P",), "plan"),
    Entry(
        "save",
        QT_TRANSLATE_NOOP("Actions", "&Save"),
        ("Ctrl+S",),
        "save",
        tip=QT_TRANSLATE_NOOP("Actions", "Make a version. Edits are kept without it too."),
    ),
    Entry("save_note", QT_TRANSLATE_NOOP("Actions", "Save with a n&ote…"), ("Ctrl+Shift+S",), "note"),
    Entry("history", QT_TRANSLATE_NOOP("Actions", "&Versions"), ("Ctrl+H",), "history"),
    Entry(
        "publish",
        QT_TRANSLATE_NOOP("Actions", "P&ublish…"),
        ("Ctrl+Shift+P",),
        "publish",
        tip=QT_TRANSLATE_NOOP("Actions", "Put a version on the hosting, and get the attendees' link"),
    ),
    Entry(
        "sync_now",
        QT_TRANSLATE_NOOP("Actions", "S&ync now"),
        ("Ctrl+Shift+Y",),
        "sync",
        "window",
        tip=QT_TRANSLATE_NOOP("Actions", "Bring saved versions and notes to the hosting, and get what is new there"),
    ),
    Entry("duplicate_webinar", QT_TRANSLATE_NOOP("Actions", "&Duplicate this webinar"), (), "duplicate"),
    Entry("as_template", QT_TRANSLATE_NOOP("Actions", "Use as a &template"), (), "template", checkable=True),
    Entry("preferences", QT_TRANSLATE_NOOP("Actions", "Pre&ferences…"), ("Ctrl+,",), "preferences", "window"),
    Entry("close", QT_TRANSLATE_NOOP("Actions", "&Close webinar"), ("Ctrl+W",), "close"),
    Entry("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), ("Ctrl+Q",), "quit", "window"),
    # -- Edit
    Entry("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), ("Ctrl+Z",), "undo"),
    Entry("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    Entry("cut", QT_TRANSLATE_NOOP("Actions", "Cu&t"), ("Ctrl+X",), "cut", "canvas"),
    Entry("copy", QT_TRANSLATE_NOOP("Actions", "&Copy"), ("Ctrl+C",), "copy", "canvas"),
    Entry(
        "paste",
        QT_TRANSLATE_NOOP("Actions", "Paste at the pla&yhead"),
        ("Ctrl+V",),
        "paste",
        "canvas",
        tip=QT_TRANSLATE_NOOP("Actions", "Segments of this or another webinar, or files"),
    ),
    Entry("duplicate", QT_TRANSLATE_NOOP("Actions", "&Duplicate"), ("Ctrl+D",), "duplicate"),
    Entry("delete", QT_TRANSLATE_NOOP("Actions", "De&lete, leave the gap"), ("Del", "Backspace"), "delete", "canvas"),
    Entry(
        "ripple_delete",
        QT_TRANSLATE_NOOP("Actions", "Delete and close the &gap"),
        ("Shift+Del", "Shift+Backspace"),
        "ripple-delete",
        "canvas",
    ),
    Entry("select_all", QT_TRANSLATE_NOOP("Actions", "Select &all"), ("Ctrl+A",), "select-all", "canvas"),
    Entry("select_none", QT_TRANSLATE_NOOP("Actions", "Select &none"), ("Ctrl+Shift+A",), "", "editor"),
    Entry(
        "select_after",
        QT_TRANSLATE_NOOP("Actions", "Select everything a&fter the playhead"),
        ("Ctrl+Shift+E",),
        "select-after",
    ),
    Entry("group", QT_TRANSLATE_NOOP("Actions", "Gr&oup"), ("Ctrl+G",), "group"),
    Entry("ungroup", QT_TRANSLATE_NOOP("Actions", "Ungrou&p"), ("Ctrl+Shift+G",), "ungroup"),
    Entry("numbers", QT_TRANSLATE_NOOP("Actions", "Start, &in-point and length…"), ("F2",), "numbers"),
    # -- Timeline
    Entry(
        "mode_normal",
        QT_TRANSLATE_NOOP("Actions", "&Normal"),
        ("F6",),
        "mode-normal",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("Actions", "A place that is taken is refused; the nearest free one is offered"),
    ),
    Entry(
        "mode_insert",
        QT_TRANSLATE_NOOP("Actions", "&Insert"),
        ("F7",),
        "mode-insert",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("Actions", "Everything after makes room"),
    ),
    Entry(
        "mode_overwrite",
        QT_TRANSLATE_NOOP("Actions", "&Overwrite"),
        ("F8",),
        "mode-overwrite",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("Actions", "What stands there is cut back"),
    ),
    Entry("snap", QT_TRANSLATE_NOOP("Actions", "&Snap"), ("N",), "snap", checkable=True),
    Entry("add_cta", QT_TRANSLATE_NOOP("Actions", "Add a &call to action"), ("C",), "kind-cta"),
    Entry("add_survey", QT_TRANSLATE_NOOP("Actions", "Add a s&urvey"), ("U",), "kind-survey"),
    Entry("add_marker", QT_TRANSLATE_NOOP("Actions", "Set a &marker"), ("M",), "marker"),
    Entry(
        "split",
        QT_TRANSLATE_NOOP("Actions", "S&plit at the playhead"),
        ("S",),
        "split",
        tip=QT_TRANSLATE_NOOP("Actions", "What is selected, else what plays there"),
    ),
    Entry("start_here", QT_TRANSLATE_NOOP("Actions", "Start at the pla&yhead"), ("I", "["), "in-point"),
    Entry("end_here", QT_TRANSLATE_NOOP("Actions", "&End at the playhead"), ("O", "]"), "out-point"),
    Entry("ripple_start", QT_TRANSLATE_NOOP("Actions", "Cut away &before the playhead"), ("Q",), "trim-start"),
    Entry("ripple_end", QT_TRANSLATE_NOOP("Actions", "Cut away &after the playhead"), ("W",), "trim-end"),
    Entry("close_gap", QT_TRANSLATE_NOOP("Actions", "Close this &gap"), ("G",), "close-gap"),
    Entry("close_gaps", QT_TRANSLATE_NOOP("Actions", "C&lose all gaps"), ("Shift+G",), "close-gap"),
    Entry("lock_programme", QT_TRANSLATE_NOOP("Actions", "Loc&k the programme"), (), "lock", checkable=True),
    Entry("lock_interactions", QT_TRANSLATE_NOOP("Actions", "Lock the in&teractions"), (), "lock", checkable=True),
    # -- Playback
    Entry("play", QT_TRANSLATE_NOOP("Actions", "&Play or pause"), ("Space",), "play"),
    Entry("shuttle_back", QT_TRANSLATE_NOOP("Actions", "Play &backwards, faster each time"), ("J",), "previous-cut"),
    Entry("shuttle_stop", QT_TRANSLATE_NOOP("Actions", "&Stop"), ("K",), "stop"),
    Entry("shuttle_on", QT_TRANSLATE_NOOP("Actions", "Play &forwards, faster each time"), ("L",), "next-cut"),
    Entry("to_start", QT_TRANSLATE_NOOP("Actions", "To the b&eginning"), ("Home",), "to-start", "canvas"),
    Entry("to_end", QT_TRANSLATE_NOOP("Actions", "To the e&nd"), ("End",), "to-end", "canvas"),
    Entry("previous_cut", QT_TRANSLATE_NOOP("Actions", "P&revious cut"), ("Up",), "up", "canvas"),
    Entry("next_cut", QT_TRANSLATE_NOOP("Actions", "Ne&xt cut"), ("Down",), "down", "canvas"),
    Entry("full_screen", QT_TRANSLATE_NOOP("Actions", "Pre&view on the full screen"), ("F11",), "full-screen"),
    # -- View
    Entry("zoom_in", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), ("+", "="), "zoom-in"),
    Entry("zoom_out", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), ("-",), "zoom-out"),
    Entry("fit", QT_TRANSLATE_NOOP("Actions", "&Fit the whole webinar"), ("F", "\\"), "fit"),
    Entry("ruler_position", QT_TRANSLATE_NOOP("Actions", "Ruler shows the &position"), (), "", checkable=True),
    Entry("ruler_clock", QT_TRANSLATE_NOOP("Actions", "Ruler shows the event's &clock"), (), "clock", checkable=True),
    Entry("table", QT_TRANSLATE_NOOP("Actions", "As a &table"), ("Ctrl+T",), "table", checkable=True),
    Entry("preflight", QT_TRANSLATE_NOOP("Actions", "Before you pu&blish"), ("F4",), "hint"),
    Entry("reset_layout", QT_TRANSLATE_NOOP("Actions", "Panels back to their p&laces"), (), ""),
    # -- Help
    Entry("shortcuts", QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), ("F1",), "keyboard", "window"),
    Entry("tour", QT_TRANSLATE_NOOP("Actions", "A &tour in five steps"), (), "help", "editor"),
    Entry("about", QT_TRANSLATE_NOOP("Actions", "&About Matinee"), (), "info", "window"),
)

SEPARATOR = "-"
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Actions", "&File"),
        (
            *("new", "home", "load_bundle", "export_bundle", SEPARATOR),
            *("import_media", "import_recording", SEPARATOR),
            *("plan", "save", "save_note", "history", "publish", "sync_now", SEPARATOR),
            *("duplicate_webinar", "as_template", SEPARATOR),
            *("preferences", "close", "quit"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Edit"),
        (
            *("undo", "redo", SEPARATOR),
            *("cut", "copy", "paste", "duplicate", "delete", "ripple_delete", SEPARATOR),
            *("select_all", "select_none", "select_after", SEPARATOR),
            *("group", "ungroup", "numbers"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&View"),
        (
            *("zoom_in", "zoom_out", "fit", SEPARATOR),
            *("ruler_position", "ruler_clock", SEPARATOR),
            *("table", "preflight", SEPARATOR, "reset_layout"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Playback"),
        (
            *("play", "shuttle_back", "shuttle_stop", "shuttle_on", SEPARATOR),
            *("to_start", "to_end", "previous_cut", "next_cut", SEPARATOR),
            "full_screen",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Timeline"),
        (
            *("mode_normal", "mode_insert", "mode_overwrite", "snap", SEPARATOR),
            *("add_cta", "add_survey", "add_marker", SEPARATOR),
            *("split", "start_here", "end_here", "ripple_start", "ripple_end", SEPARATOR),
            *("close_gap", "close_gaps", SEPARATOR),
            *("lock_programme", "lock_interactions"),
        ),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Help"), ("shortcuts", "tour", SEPARATOR, "about")),
)
"""The menu bar, in order."""

_ENTRIES = {entry.id: entry for entry in TABLE}
IDS = frozenset(_ENTRIES)
DEFAULT_KEYS = {entry.id: entry.keys for entry in TABLE}


def keys_of(action_id: str, rebound: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action in Qt's portable form: the person's own if there are any, else the table's."""
    own = rebound.get(action_id)
    return tuple(own.split()) if isinstance(own, str) else _ENTRIES[action_id].keys


def conflicts(rebound: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Keys that more than one action has, with those actions."""
    takers: dict[str, list[str]] = {}
    for entry in TABLE:
        for key in keys_of(entry.id, rebound):
            takers.setdefault(key, []).append(entry.id)
    return {key: tuple(ids) for key, ids in takers.items() if len(ids) > 1}


class Actions(QObject):
    """The table as QActions, in the person's language and with the person's keys."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._slots: dict[str, Callable[[], object]] = {}
        for entry in TABLE:
            action = QAction(self)
            action.triggered.connect(partial(self._run, entry.id))
            action.setObjectName(entry.id)
            action.setCheckable(entry.checkable)
            # Held down, J and L would go on doubling, and the space bar would flutter.
            action.setAutoRepeat(not entry.id.startswith(("play", "shuttle_")))
            if entry.scope == "canvas":
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._actions[entry.id] = action
        self.retranslate()
        self.dress()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def on(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do from now on: id → what to call when it is chosen."""
        self._slots.update(slots)

    def off(self, ids: Iterable[str]) -> None:
        """These do nothing any more: what they worked on is closed."""
        for action_id in ids:
            self._slots.pop(action_id, None)

    def _run(self, action_id: str, _checked: bool = False) -> None:
        slot = self._slots.get(action_id)
        if slot is not None:
            slot()

    def enable(self, ids: Iterable[str], enabled: bool) -> None:
        """Make actions available, or grey."""
        for action_id in ids:
            self._actions[action_id].setEnabled(enabled)

    def of_scope(self, *scopes: Scope) -> list[QAction]:
        """All actions that work there."""
        return [self._actions[entry.id] for entry in TABLE if entry.scope in scopes]

    def retranslate(self) -> None:
        """Take texts from the language in force, and keys from the settings."""
        for entry in TABLE:
            action = self._actions[entry.id]
            action.setText(text_of(entry.id))
            action.setShortcuts([QKeySequence(key) for key in keys_of(entry.id, self._settings["shortcuts"])])
            self._tell(entry)

    def dress(self) -> None:
        """Take icons in the theme's colour."""
        for entry in TABLE:
            if entry.icon:
                self._actions[entry.id].setIcon(theme.icon(entry.icon))

    def rebind(self, rebound: dict[str, str]) -> None:
        """Take and keep the person's own keys.

        Raises:
            OSError: they cannot be stored; they hold until the program ends.
        """
        try:
            self._settings["shortcuts"] = rebound
        finally:
            self.retranslate()

    def name(self, action_id: str, text: str) -> None:
        """Call an action something else for now ("Undo move of “Welcome”")."""
        self._actions[action_id].setText(text)
        self._tell(_ENTRIES[action_id])

    def _tell(self, entry: Entry) -> None:
        action = self._actions[entry.id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        head = action.text().replace("&", "").removesuffix("…")
        head = f"{head} ({keys})" if keys else head
        tip = QCoreApplication.translate("Actions", entry.tip) if entry.tip else ""
        action.setToolTip(f"{head}\n{tip}" if tip else head)


def text_of(action_id: str) -> str:
    """What an action is called, with its mnemonic."""
    return QCoreApplication.translate("Actions", _ENTRIES[action_id].text)


def menus() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The menus' names without mnemonics, each with its actions."""
    return tuple(
        (
            QCoreApplication.translate("Actions", name).replace("&", ""),
            tuple(action_id for action_id in ids if action_id != SEPARATOR),
        )
        for name, ids in MENUS
    )


def plain_text_of(action_id: str) -> str:
    """What an action is called, without mnemonic and dots."""
    return text_of(action_id).replace("&", "").removesuffix("…")


def add_to(widget: QWidget, actions: Iterable[QAction]) -> None:
    """Give a widget actions whose keys work while it, or what is in it, has the focus."""
    for action in actions:
        widget.addAction(action)
