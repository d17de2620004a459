"""The table of all actions: name, text, keys and icon, and the QActions made of it.

Menus, tooltips, the list of shortcuts and the preferences all read this table. Keys can be rebound: those in the
settings under ``shortcuts`` (action → keys in Qt's portable form, joined by a space) override those declared here.
The first key of an action never needs AltGr on a French keyboard.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from editor.settings import Settings
from ui.style import theme
from ui.text.plain_text import from_mnemonic_text, to_tooltip


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text of the table for translation; it is translated where it is shown."""
    return text


Scope = Literal["window", "editor", "canvas"]
"""Where an action works: always; while a webinar is open; or while the timeline or the preview has the focus, for keys
that mean something else in lists and fields."""


class ActionEntry(NamedTuple):
    """One row of the table of actions, `TABLE`; immutable.

    Attributes:
        id: name of the action in code, settings and `QAction.objectName`.
        text: English text with its mnemonic (`&`), translated where it is shown.
        keys: keys in Qt's portable form; the first is the one that menus and tooltips show.
        icon: name of the icon in `resources/icons`; empty for none.
        scope: where the action works.
        checkable: whether the action is a toggle.
        tip: English sentence that explains more in the tooltip, where the text is not enough.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    scope: Scope = "editor"
    checkable: bool = False
    tip: str = ""


TABLE: tuple[ActionEntry, ...] = (
    # -- File
    ActionEntry("new", QT_TRANSLATE_NOOP("ActionRegistry", "&New webinar…"), ("Ctrl+N",), "add", "window"),
    ActionEntry("home", QT_TRANSLATE_NOOP("ActionRegistry", "&All webinars"), ("Ctrl+O",), "home", "editor"),
    ActionEntry(
        "load_bundle", QT_TRANSLATE_NOOP("ActionRegistry", "Open a &bundle…"), ("Ctrl+Shift+O",), "import", "window"
    ),
    ActionEntry("export_bundle", QT_TRANSLATE_NOOP("ActionRegistry", "&Export as a bundle…"), ("Ctrl+E",), "export"),
    ActionEntry("import_media", QT_TRANSLATE_NOOP("ActionRegistry", "&Import media…"), ("Ctrl+I",), "import"),
    ActionEntry(
        "import_recording",
        QT_TRANSLATE_NOOP("ActionRegistry", "Import &recording…"),
        ("Ctrl+Shift+I",),
        "kind-recording",
        tip=QT_TRANSLATE_NOOP(
            "ActionRegistry", "A video from another tool, e.g. of a meeting, with its captions and chat"
        ),
    ),
    ActionEntry("plan", QT_TRANSLATE_NOOP("ActionRegistry", "&Webinar settings…"), ("Ctrl+P",), "plan"),
    ActionEntry(
        "save",
        QT_TRANSLATE_NOOP("ActionRegistry", "&Save"),
        ("Ctrl+S",),
        "save",
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Save a version. Edits are stored without it, too."),
    ),
    ActionEntry("save_note", QT_TRANSLATE_NOOP("ActionRegistry", "Save with a n&ote…"), ("Ctrl+Shift+S",), "note"),
    ActionEntry("history", QT_TRANSLATE_NOOP("ActionRegistry", "Version &history"), ("Ctrl+H",), "history"),
    ActionEntry(
        "publish",
        QT_TRANSLATE_NOOP("ActionRegistry", "P&ublish…"),
        ("Ctrl+Shift+P",),
        "publish",
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Publish a version on the server and get the link for attendees"),
    ),
    ActionEntry(
        "sync_now",
        QT_TRANSLATE_NOOP("ActionRegistry", "S&ync now"),
        ("Ctrl+Shift+Y",),
        "sync",
        "window",
        tip=QT_TRANSLATE_NOOP(
            "ActionRegistry", "Send saved versions and notes to the server, and get what is new there"
        ),
    ),
    ActionEntry("duplicate_webinar", QT_TRANSLATE_NOOP("ActionRegistry", "&Duplicate this webinar"), (), "duplicate"),
    ActionEntry(
        "as_template", QT_TRANSLATE_NOOP("ActionRegistry", "Use as a &template"), (), "template", checkable=True
    ),
    ActionEntry(
        "preferences", QT_TRANSLATE_NOOP("ActionRegistry", "Pre&ferences…"), ("Ctrl+,",), "preferences", "window"
    ),
    ActionEntry("close", QT_TRANSLATE_NOOP("ActionRegistry", "&Close webinar"), ("Ctrl+W",), "close"),
    ActionEntry("quit", QT_TRANSLATE_NOOP("ActionRegistry", "&Quit"), ("Ctrl+Q",), "quit", "window"),
    # -- Edit
    ActionEntry("undo", QT_TRANSLATE_NOOP("ActionRegistry", "&Undo"), ("Ctrl+Z",), "undo"),
    ActionEntry("redo", QT_TRANSLATE_NOOP("ActionRegistry", "&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    ActionEntry("cut", QT_TRANSLATE_NOOP("ActionRegistry", "Cu&t"), ("Ctrl+X",), "cut", "canvas"),
    ActionEntry("copy", QT_TRANSLATE_NOOP("ActionRegistry", "&Copy"), ("Ctrl+C",), "copy", "canvas"),
    ActionEntry(
        "paste",
        QT_TRANSLATE_NOOP("ActionRegistry", "Paste at the pla&yhead"),
        ("Ctrl+V",),
        "paste",
        "canvas",
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Segments of this or another webinar, or files"),
    ),
    ActionEntry("duplicate", QT_TRANSLATE_NOOP("ActionRegistry", "&Duplicate"), ("Ctrl+D",), "duplicate"),
    ActionEntry(
        "delete",
        QT_TRANSLATE_NOOP("ActionRegistry", "De&lete, leave the gap"),
        ("Del", "Backspace"),
        "delete",
        "canvas",
    ),
    ActionEntry(
        "ripple_delete",
        QT_TRANSLATE_NOOP("ActionRegistry", "Delete and close the &gap"),
        ("Shift+Del", "Shift+Backspace"),
        "ripple-delete",
        "canvas",
    ),
    ActionEntry("select_all", QT_TRANSLATE_NOOP("ActionRegistry", "Select &all"), ("Ctrl+A",), "select-all", "canvas"),
    ActionEntry("select_none", QT_TRANSLATE_NOOP("ActionRegistry", "Select &none"), ("Ctrl+Shift+A",), "", "editor"),
    ActionEntry(
        "select_after",
        QT_TRANSLATE_NOOP("ActionRegistry", "Select everything a&fter the playhead"),
        ("Ctrl+Shift+E",),
        "select-after",
    ),
    ActionEntry("group", QT_TRANSLATE_NOOP("ActionRegistry", "Gr&oup"), ("Ctrl+G",), "group"),
    ActionEntry("ungroup", QT_TRANSLATE_NOOP("ActionRegistry", "Ungrou&p"), ("Ctrl+Shift+G",), "ungroup"),
    ActionEntry("numbers", QT_TRANSLATE_NOOP("ActionRegistry", "Start, &in-point and length…"), ("F2",), "numbers"),
    # -- Timeline
    ActionEntry(
        "mode_normal",
        QT_TRANSLATE_NOOP("ActionRegistry", "&Normal"),
        ("F6",),
        "mode-normal",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Segments cannot overlap; the nearest free position is offered"),
    ),
    ActionEntry(
        "mode_insert",
        QT_TRANSLATE_NOOP("ActionRegistry", "&Insert"),
        ("F7",),
        "mode-insert",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Later segments move to make room"),
    ),
    ActionEntry(
        "mode_overwrite",
        QT_TRANSLATE_NOOP("ActionRegistry", "&Overwrite"),
        ("F8",),
        "mode-overwrite",
        checkable=True,
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "Segments in the way are trimmed"),
    ),
    ActionEntry("snap", QT_TRANSLATE_NOOP("ActionRegistry", "&Snap"), ("N",), "snap", checkable=True),
    ActionEntry("add_cta", QT_TRANSLATE_NOOP("ActionRegistry", "Add a &call to action"), ("C",), "kind-cta"),
    ActionEntry("add_survey", QT_TRANSLATE_NOOP("ActionRegistry", "Add a s&urvey"), ("U",), "kind-survey"),
    ActionEntry("add_marker", QT_TRANSLATE_NOOP("ActionRegistry", "Add a &marker"), ("M",), "marker"),
    ActionEntry(
        "split",
        QT_TRANSLATE_NOOP("ActionRegistry", "S&plit at the playhead"),
        ("S",),
        "split",
        tip=QT_TRANSLATE_NOOP("ActionRegistry", "The selected segments, or else the one at the playhead"),
    ),
    ActionEntry("start_here", QT_TRANSLATE_NOOP("ActionRegistry", "Start at the pla&yhead"), ("I", "["), "in-point"),
    ActionEntry("end_here", QT_TRANSLATE_NOOP("ActionRegistry", "&End at the playhead"), ("O", "]"), "out-point"),
    ActionEntry(
        "ripple_start", QT_TRANSLATE_NOOP("ActionRegistry", "Cut away &before the playhead"), ("Q",), "trim-start"
    ),
    ActionEntry("ripple_end", QT_TRANSLATE_NOOP("ActionRegistry", "Cut away &after the playhead"), ("W",), "trim-end"),
    ActionEntry("close_gap", QT_TRANSLATE_NOOP("ActionRegistry", "Close this &gap"), ("G",), "close-gap"),
    ActionEntry("close_gaps", QT_TRANSLATE_NOOP("ActionRegistry", "C&lose all gaps"), ("Shift+G",), "close-gap"),
    ActionEntry(
        "lock_programme", QT_TRANSLATE_NOOP("ActionRegistry", "Loc&k the programme"), (), "lock", checkable=True
    ),
    ActionEntry(
        "lock_interactions", QT_TRANSLATE_NOOP("ActionRegistry", "Lock the in&teractions"), (), "lock", checkable=True
    ),
    # -- Playback
    ActionEntry("play", QT_TRANSLATE_NOOP("ActionRegistry", "&Play or pause"), ("Space",), "play"),
    ActionEntry(
        "shuttle_back", QT_TRANSLATE_NOOP("ActionRegistry", "Play &backwards, faster each time"), ("J",), "previous-cut"
    ),
    ActionEntry("shuttle_stop", QT_TRANSLATE_NOOP("ActionRegistry", "&Stop"), ("K",), "stop"),
    ActionEntry(
        "shuttle_on", QT_TRANSLATE_NOOP("ActionRegistry", "Play &forwards, faster each time"), ("L",), "next-cut"
    ),
    ActionEntry("to_start", QT_TRANSLATE_NOOP("ActionRegistry", "To the b&eginning"), ("Home",), "to-start", "canvas"),
    ActionEntry("to_end", QT_TRANSLATE_NOOP("ActionRegistry", "To the e&nd"), ("End",), "to-end", "canvas"),
    ActionEntry("previous_cut", QT_TRANSLATE_NOOP("ActionRegistry", "P&revious cut"), ("Up",), "up", "canvas"),
    ActionEntry("next_cut", QT_TRANSLATE_NOOP("ActionRegistry", "Ne&xt cut"), ("Down",), "down", "canvas"),
    ActionEntry(
        "full_screen", QT_TRANSLATE_NOOP("ActionRegistry", "Pre&view on the full screen"), ("F11",), "full-screen"
    ),
    # -- View
    ActionEntry("zoom_in", QT_TRANSLATE_NOOP("ActionRegistry", "Zoom &in"), ("+", "="), "zoom-in"),
    ActionEntry("zoom_out", QT_TRANSLATE_NOOP("ActionRegistry", "Zoom &out"), ("-",), "zoom-out"),
    ActionEntry("fit", QT_TRANSLATE_NOOP("ActionRegistry", "&Fit the whole webinar"), ("F", "\\"), "fit"),
    ActionEntry("ruler_position", QT_TRANSLATE_NOOP("ActionRegistry", "Ruler: from &start"), (), "", checkable=True),
    ActionEntry(
        "ruler_clock",
        QT_TRANSLATE_NOOP("ActionRegistry", "Ruler: time of &day"),
        (),
        "clock",
        checkable=True,
    ),
    ActionEntry("table", QT_TRANSLATE_NOOP("ActionRegistry", "As a &table"), ("Ctrl+T",), "table", checkable=True),
    ActionEntry("preflight", QT_TRANSLATE_NOOP("ActionRegistry", "Before you pu&blish"), ("F4",), "hint"),
    ActionEntry("reset_layout", QT_TRANSLATE_NOOP("ActionRegistry", "Reset panel la&yout"), (), ""),
    # -- Help
    ActionEntry("shortcuts", QT_TRANSLATE_NOOP("ActionRegistry", "&Keyboard shortcuts"), ("F1",), "keyboard", "window"),
    ActionEntry("tour", QT_TRANSLATE_NOOP("ActionRegistry", "A &tour in five steps"), (), "help", "editor"),
    ActionEntry("about", QT_TRANSLATE_NOOP("ActionRegistry", "&About Matinee"), (), "info", "window"),
)

SEPARATOR = "-"
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("ActionRegistry", "&File"),
        (
            *("new", "home", "load_bundle", "export_bundle", SEPARATOR),
            *("import_media", "import_recording", SEPARATOR),
            *("plan", "save", "save_note", "history", "publish", "sync_now", SEPARATOR),
            *("duplicate_webinar", "as_template", SEPARATOR),
            *("preferences", "close", "quit"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("ActionRegistry", "&Edit"),
        (
            *("undo", "redo", SEPARATOR),
            *("cut", "copy", "paste", "duplicate", "delete", "ripple_delete", SEPARATOR),
            *("select_all", "select_none", "select_after", SEPARATOR),
            *("group", "ungroup", "numbers"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("ActionRegistry", "&View"),
        (
            *("zoom_in", "zoom_out", "fit", SEPARATOR),
            *("ruler_position", "ruler_clock", SEPARATOR),
            *("table", "preflight", SEPARATOR, "reset_layout"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("ActionRegistry", "&Playback"),
        (
            *("play", "shuttle_back", "shuttle_stop", "shuttle_on", SEPARATOR),
            *("to_start", "to_end", "previous_cut", "next_cut", SEPARATOR),
            "full_screen",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("ActionRegistry", "&Timeline"),
        (
            *("mode_normal", "mode_insert", "mode_overwrite", "snap", SEPARATOR),
            *("add_cta", "add_survey", "add_marker", SEPARATOR),
            *("split", "start_here", "end_here", "ripple_start", "ripple_end", SEPARATOR),
            *("close_gap", "close_gaps", SEPARATOR),
            *("lock_programme", "lock_interactions"),
        ),
    ),
    (QT_TRANSLATE_NOOP("ActionRegistry", "&Help"), ("shortcuts", "tour", SEPARATOR, "about")),
)
"""The menu bar, in order."""

_ENTRIES = {entry.id: entry for entry in TABLE}
IDS = frozenset(_ENTRIES)
DEFAULT_KEYS = {entry.id: entry.keys for entry in TABLE}


def keys_of(action_id: str, rebound: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action in Qt's portable form: the user's own if set, else those of the table.

    Args:
        action_id: id of the action; an unknown one without own keys raises `KeyError`.
        rebound: the setting ``shortcuts``: action id → keys joined by spaces; an empty text means no key.
    """
    custom = rebound.get(action_id)
    return tuple(custom.split()) if isinstance(custom, str) else _ENTRIES[action_id].keys


def find_conflicts(rebound: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the keys that more than one action has, with the ids of these actions; scopes make no difference.

    Args:
        rebound: the setting ``shortcuts``: action id → keys joined by spaces.
    """
    ids_by_key: dict[str, list[str]] = {}
    for entry in TABLE:
        for key in keys_of(entry.id, rebound):
            ids_by_key.setdefault(key, []).append(entry.id)
    return {key: tuple(ids) for key, ids in ids_by_key.items() if len(ids) > 1}


class ActionRegistry(QObject):
    """The QActions of the table by id (`registry["save"]`), in the language of the window and with the user's keys.

    An action does nothing when it is triggered until `set_handlers` has given it a handler.
    """

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Callable[[], object]] = {}
        for entry in TABLE:
            action = QAction(self)
            action.triggered.connect(partial(self._run_handler, entry.id))
            action.setObjectName(entry.id)
            action.setCheckable(entry.checkable)
            # Auto-repeat would double the speed of J and L again and again, and toggle playing with Space.
            action.setAutoRepeat(not entry.id.startswith(("play", "shuttle_")))
            if entry.scope == "canvas":
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._actions[entry.id] = action
        self.retranslate()
        self.update_icons()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def set_handlers(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Set what actions do when they are triggered: action id → callable; the handlers of other actions stay."""
        self._handlers.update(handlers)

    def clear_handlers(self, ids: Iterable[str]) -> None:
        """Remove the handlers of actions, so that they do nothing, as when the webinar is closed."""
        for action_id in ids:
            self._handlers.pop(action_id, None)

    def _run_handler(self, action_id: str, _checked: bool = False) -> None:
        handler = self._handlers.get(action_id)
        if handler is not None:
            handler()

    def enable(self, ids: Iterable[str], enabled: bool) -> None:
        """Enable or disable actions by id; an unknown id raises `KeyError`."""
        for action_id in ids:
            self._actions[action_id].setEnabled(enabled)

    def enable_scopes(self, scopes: Iterable[Scope], *, enabled: bool) -> None:
        """Enable or disable all actions of some scopes, such as those of an open webinar."""
        for action in self.actions_in_scope(*scopes):
            action.setEnabled(enabled)

    def actions_in_scope(self, *scopes: Scope) -> list[QAction]:
        """Return all actions of some scopes ("editor", "canvas" …), in the order of the table."""
        return [self._actions[entry.id] for entry in TABLE if entry.scope in scopes]

    def retranslate(self) -> None:
        """Update texts and tooltips to the installed translator, and keys to the settings; undoes `set_text`."""
        for entry in TABLE:
            action = self._actions[entry.id]
            action.setText(translate_text(entry.id))
            action.setShortcuts([QKeySequence(key) for key in keys_of(entry.id, self._settings["shortcuts"])])
            self._update_tooltip(entry)

    def update_icons(self) -> None:
        """Draw the icons of all actions anew, in the colours of the theme in use."""
        for entry in TABLE:
            if entry.icon:
                self._actions[entry.id].setIcon(theme.icon(entry.icon))

    def rebind(self, rebound: dict[str, str]) -> None:
        """Set the user's keys (action id → keys in Qt's portable form, joined by spaces) and store them.

        Raises:
            OSError: the settings cannot be stored; the keys are in use until the application ends.
        """
        try:
            self._settings["shortcuts"] = rebound
        finally:
            self.retranslate()

    def set_text(self, action_id: str, text: str) -> None:
        """Change the translated text of an action until `retranslate`, such as "&Undo move of “Welcome”".

        An unknown id raises `KeyError`.
        """
        self._actions[action_id].setText(text)
        self._update_tooltip(_ENTRIES[action_id])

    def _update_tooltip(self, entry: ActionEntry) -> None:
        action = self._actions[entry.id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        heading = from_mnemonic_text(action.text()).removesuffix("…")
        heading = f"{heading} ({keys})" if keys else heading
        tip = QCoreApplication.translate("ActionRegistry", entry.tip) if entry.tip else ""
        action.setToolTip(to_tooltip(f"{heading}\n{tip}" if tip else heading))


def translate_text(action_id: str) -> str:
    """Return the translated text of an action by its id, with its mnemonic (`&`); an unknown id raises `KeyError`."""
    return QCoreApplication.translate("ActionRegistry", _ENTRIES[action_id].text)


def translate_menus() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the menus in order: each with its translated name, without mnemonic, and the ids of its actions."""
    return tuple(
        (
            QCoreApplication.translate("ActionRegistry", name).replace("&", ""),
            tuple(action_id for action_id in ids if action_id != SEPARATOR),
        )
        for name, ids in MENUS
    )


def translate_plain_text(action_id: str) -> str:
    """Return the translated text of an action by its id, without mnemonic and dots; an unknown id raises `KeyError`."""
    return translate_text(action_id).replace("&", "").removesuffix("…")


def add_actions(widget: QWidget, actions: Iterable[QAction]) -> None:
    """Add actions to a widget; the keys of those of the scope "canvas" then work while it or a child has the focus."""
    for action in actions:
        widget.addAction(action)
