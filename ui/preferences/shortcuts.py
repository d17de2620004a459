"""The table of keyboard shortcuts, in which keys can be rebound and conflicts are shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.services import action_registry
from ui.text.plain_text import to_tooltip
from ui.widgets.basics import make_button, make_label

ACTION_ID_ROLE = Qt.ItemDataRole.UserRole
NATIVE = QKeySequence.SequenceFormat.NativeText
PORTABLE = QKeySequence.SequenceFormat.PortableText


def format_keys(keys: tuple[str, ...]) -> str:
    """Return keys, given in Qt's portable form, as this system's menus write them, joined by commas."""
    return ", ".join(QKeySequence(key).toString(NATIVE) for key in keys)


class ShortcutTable(QWidget):
    """The table in which the user rebinds the keys of actions; `custom_keys` are those that differ from the defaults.

    Nothing is stored: `changed` is emitted after each change. Keys of unknown actions are dropped.
    """

    changed = Signal()

    def __init__(self, custom_keys: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._custom_keys = {
            action_id: keys for action_id, keys in custom_keys.items() if action_id in action_registry.IDS
        }
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._tree = QTreeWidget()
        self._tree.setColumnCount(2)
        self._tree.setRootIsDecorated(True)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        self._tree.currentItemChanged.connect(lambda _now, _before: self._show_current())
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._edit.setClearButtonEnabled(True)
        self._edit.editingFinished.connect(self._apply_edited)
        self._reset = make_button()
        self._reset.clicked.connect(self._apply_default)
        self._reset_all = make_button("link")
        self._reset_all.clicked.connect(self._apply_all_defaults)
        self._conflict_label = make_label("error", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._edit, 1)
        row.addWidget(self._reset)
        row.addWidget(self._reset_all)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        layout.addLayout(row)
        layout.addWidget(self._conflict_label)
        self.retranslate()

    @property
    def custom_keys(self) -> dict[str, str]:
        """The rebound actions: action id → its keys in Qt's portable form, joined by spaces.

        It is empty where all keys are the defaults.
        """
        return dict(self._custom_keys)

    @property
    def conflict_text(self) -> str:
        """A translated sentence about the first key that two actions share; empty while there is none."""
        for key, ids in action_registry.find_conflicts(self._custom_keys).items():
            names = " · ".join(action_registry.translate_plain_text(action_id) for action_id in ids)
            return self.tr("{key} is used twice: {names}. Choose other keys for one of them.").format(
                key=format_keys((key,)), names=names
            )
        return ""

    def bind(self, action_id: str, keys: str) -> None:
        """Give an action keys and emit `changed`; nothing is stored. Its default keys end the rebinding.

        Args:
            action_id: id of the action; an unknown one raises `KeyError`.
            keys: keys in Qt's portable form, joined by a space; empty for none.
        """
        if tuple(keys.split()) == action_registry.DEFAULT_KEYS[action_id]:
            self._custom_keys.pop(action_id, None)
        else:
            self._custom_keys[action_id] = keys
        self._fill_keys()
        self._show_current()
        self.changed.emit()

    # -------------------------------------------------------------------------------------------- the parts

    def _current_id(self) -> str | None:
        item = self._tree.currentItem()
        found = item.data(0, ACTION_ID_ROLE) if item is not None else None
        return found if isinstance(found, str) else None

    def _apply_edited(self) -> None:
        action_id = self._current_id()
        keys = self._edit.keySequence().toString(PORTABLE)
        if action_id is not None and keys != " ".join(action_registry.keys_of(action_id, self._custom_keys)[:1]):
            self.bind(action_id, keys)

    def _apply_default(self) -> None:
        action_id = self._current_id()
        if action_id is not None:
            self.bind(action_id, " ".join(action_registry.DEFAULT_KEYS[action_id]))

    def _apply_all_defaults(self) -> None:
        self._custom_keys.clear()
        self._fill_keys()
        self._show_current()
        self.changed.emit()

    def _show_current(self) -> None:
        action_id = self._current_id()
        self._edit.setEnabled(action_id is not None)
        self._reset.setEnabled(action_id in self._custom_keys)
        primary_keys = action_registry.keys_of(action_id, self._custom_keys)[:1] if action_id is not None else ()
        self._edit.setKeySequence(QKeySequence(primary_keys[0]) if primary_keys else QKeySequence())

    def _action_items(self) -> list[QTreeWidgetItem]:
        """Return the items that are actions, not menus."""
        lines: list[QTreeWidgetItem] = []
        for number in range(self._tree.topLevelItemCount()):
            top = self._tree.topLevelItem(number)
            children = (top.child(line) for line in range(top.childCount())) if top is not None else ()
            lines += [child for child in children if child is not None]
        return lines

    def _fill_keys(self) -> None:
        conflicting = {
            action_id for ids in action_registry.find_conflicts(self._custom_keys).values() for action_id in ids
        }
        for item in self._action_items():
            action_id = item.data(0, ACTION_ID_ROLE)
            item.setText(1, format_keys(action_registry.keys_of(action_id, self._custom_keys)))
            font = item.font(1)
            font.setBold(action_id in self._custom_keys)
            item.setFont(1, font)
            mark = self.tr("used twice") if action_id in conflicting else ""
            item.setToolTip(1, to_tooltip(mark))
            item.setText(
                0,
                f"⚠ {action_registry.translate_plain_text(action_id)}"
                if mark
                else action_registry.translate_plain_text(action_id),
            )
        self._conflict_label.setText(self.conflict_text)
        self._reset_all.setEnabled(bool(self._custom_keys))

    def _filter(self, text: str) -> None:
        search_words = text.casefold().split()
        for item in self._action_items():
            line = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in line for word in search_words))

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._search.setPlaceholderText(self.tr("Search actions or keys"))
        self._edit.setAccessibleName(self.tr("Press the new keys"))
        self._reset.setText(self.tr("Reset"))
        self._reset_all.setText(self.tr("Reset all"))
        self._tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self._tree.setAccessibleName(self.tr("Shortcuts"))
        self._tree.clear()
        for name, ids in action_registry.translate_menus():
            top = QTreeWidgetItem([name])
            self._tree.addTopLevelItem(top)
            for action_id in ids:
                item = QTreeWidgetItem(top)
                item.setData(0, ACTION_ID_ROLE, action_id)
            top.setExpanded(True)
        self._fill_keys()
        self._show_current()
