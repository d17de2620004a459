"""The dialog that shows the conflicts between two people's changes of one webinar, and asks which to keep."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.segment_titles import get_segment_title
from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.schedule.merge import Conflict
    from editor.schedule.model import Webinar
    from editor.sync.webinar_sync import MergeConflictError

MAX_LISTED = 8
MAX_TEXT_LENGTH = 60
"""Characters of a text that are shown."""
POSITION_FIELDS = frozenset({"start_ms", "in_ms", "out_ms"})
LENGTH_FIELDS = frozenset({"length_ms", "hold_ms"})


class ConflictDialog(QDialog):
    """The dialog that lists the conflicts of two versions and asks: mine, theirs, or both as two webinars.

    It resolves nothing itself: `chosen` carries the answer, and is not emitted if the user decides later.
    """

    chosen = Signal(str)
    """Carries "mine", "theirs" or "both"."""

    def __init__(self, conflict: "MergeConflictError", formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Conflicting changes"))
        self._formatter = formatter
        mine = conflict.merged.webinar
        clashes = conflict.merged.conflicts
        heading = self.tr("You and a colleague made conflicting changes to “{title}”.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(make_label("strong", heading.format(title=mine.title), wrap=True))
        for clash in clashes[:MAX_LISTED]:
            column.addWidget(make_label("", "•  " + self._conflict_text(clash, mine, conflict.theirs), wrap=True))
            for line in self._field_values(clash, conflict.mine, conflict.theirs):
                values = make_label("quiet", line, wrap=True)
                values.setContentsMargins(16, 0, 0, 0)
                column.addWidget(values)
        if len(clashes) > MAX_LISTED:
            column.addWidget(make_label("quiet", self.tr("and %n more", "", len(clashes) - MAX_LISTED)))
        column.addSpacing(8)
        explanation = self.tr("Both versions stay in the version history, and you can undo the change to your webinar.")
        column.addWidget(make_label("quiet", explanation, wrap=True))
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        later = make_button()
        later.setText(self.tr("Decide later"))
        later.clicked.connect(self.reject)
        row.addWidget(later)
        row.addStretch(1)
        texts = {
            "both": self.tr("Keep both as two webinars"),
            "theirs": self.tr("Take theirs"),
            "mine": self.tr("Keep mine"),
        }
        for choice, text in texts.items():
            each = make_button("primary" if choice == "mine" else "")
            each.setText(text)
            each.clicked.connect(lambda _checked=False, choice=choice: self._choose(choice))
            row.addWidget(each)
        column.addLayout(row)
        self.resize(600, 200)

    def _choose(self, choice: str) -> None:
        self.chosen.emit(choice)
        self.accept()

    def _conflict_text(self, clash: "Conflict", mine: "Webinar", theirs: "Webinar") -> str:
        names = [self._segment_name(each, mine, theirs) for each in clash.segments]
        fields = ", ".join(self._field_name(name) for name in clash.fields)
        if clash.code == "clash.field":
            return self.tr("Both of you changed the webinar's {fields}.").format(fields=fields)
        if clash.code == "clash.segment":
            return self.tr("Both of you changed the {fields} of {name}.").format(fields=fields, name=names[0])
        if clash.code == "clash.kind":
            return self.tr("{name} was changed to different kinds of segment.").format(name=names[0])
        if clash.code == "clash.overlap":
            return self.tr("{one} and {other} would overlap.").format(one=names[0], other=names[1])
        return self._formatter.format_message(clash.fields[0])

    def _field_values(self, clash: "Conflict", mine: "Webinar", theirs: "Webinar") -> list[str]:
        """Return both values of the fields that can be shown in a line."""
        if clash.code == "clash.field":
            sides: tuple[object, object] = (mine, theirs)
        elif clash.code == "clash.segment":
            sides = (mine.find_segment(clash.segments[0]), theirs.find_segment(clash.segments[0]))
        else:
            return []
        lines = []
        for field in clash.fields:
            mine_text, theirs_text = (self._format_value(field, getattr(side, field, None)) for side in sides)
            if mine_text and theirs_text:
                template = self.tr("{field}: {mine} (yours) · {theirs} (theirs)")
                lines.append(template.format(field=self._field_name(field), mine=mine_text, theirs=theirs_text))
        return lines

    def _format_value(self, field: str, value: object) -> str:
        if field in POSITION_FIELDS and isinstance(value, int):
            return self._formatter.format_position(value)
        if field in LENGTH_FIELDS and isinstance(value, int):
            return self._formatter.format_duration(value)
        if not isinstance(value, str) or not value.strip():
            return ""
        if field == "start":
            return value.replace("T", " ").removesuffix(":00")
        line = " ".join(value.split())
        return f"“{line}”" if len(line) <= MAX_TEXT_LENGTH else f"“{line[:MAX_TEXT_LENGTH]}…”"

    def _segment_name(self, segment_id: str, mine: "Webinar", theirs: "Webinar") -> str:
        segment = mine.find_segment(segment_id) or theirs.find_segment(segment_id)
        if segment is None:
            return "?"
        name = get_segment_title(segment, {**theirs.media, **mine.media})
        return self.tr("“{name}” at {position}").format(
            name=name, position=self._formatter.format_position(segment.start_ms, thousandths=False)
        )

    def _field_name(self, field: str) -> str:
        names = {
            "title": self.tr("title"),
            "description": self.tr("description"),
            "start": self.tr("start"),
            "zone": self.tr("time zone"),
            "chat": self.tr("chat mode"),
            "price": self.tr("price"),
            "start_ms": self.tr("start"),
            "length_ms": self.tr("length"),
            "hold_ms": self.tr("freeze frame"),
            "in_ms": self.tr("in-point"),
            "out_ms": self.tr("out-point"),
            "volume": self.tr("volume"),
            "text": self.tr("text"),
            "link": self.tr("link"),
            "label": self.tr("button"),
            "questions": self.tr("questions"),
        }
        return names.get(field, field.replace("_", " "))
