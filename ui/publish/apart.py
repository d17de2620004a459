"""Two people changed one webinar and it does not go together: what clashes, in words, and three ways out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from editor.schedule.names import name_of
from ui.parts import button, label
from ui.words import Words

if TYPE_CHECKING:
    from editor.schedule.merge import Clash
    from editor.schedule.model import Webinar
    from editor.sync.sync import Apart

LISTED = 8
LONGEST = 60
"""Letters of a text that are told."""
POSITIONS = frozenset({"start_ms", "in_ms", "out_ms"})
LENGTHS = frozenset({"length_ms", "hold_ms"})


class ApartDialog(QDialog):
    """Names what clashes and asks: mine, theirs, or both as two webinars. Nothing is sent before somebody chose."""

    chosen = Signal(str)
    """"mine", "theirs" or "both"."""

    def __init__(self, both: "Apart", words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changed on both sides"))
        self._words = words
        mine = both.merged.webinar
        clashes = both.merged.clashes
        head = self.tr("You and a colleague changed “{title}” in ways that do not go together.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label("strong", head.format(title=mine.title), wrap=True))
        for clash in clashes[:LISTED]:
            column.addWidget(label("", "•  " + self._sentence(clash, mine, both.theirs), wrap=True))
            for line in self._values(clash, both.mine, both.theirs):
                values = label("quiet", line, wrap=True)
                values.setContentsMargins(16, 0, 0, 0)
                column.addWidget(values)
        if len(clashes) > LISTED:
            column.addWidget(label("quiet", self.tr("and %n more", "", len(clashes) - LISTED)))
        column.addSpacing(8)
        means = self.tr(
            "Whatever you choose, both versions stay in the list of versions, and what changes in your draft can be "
            "undone."
        )
        column.addWidget(label("quiet", means, wrap=True))
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        later = button()
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
            each = button("primary" if choice == "mine" else "")
            each.setText(text)
            each.clicked.connect(lambda _checked=False, choice=choice: self._choose(choice))
            row.addWidget(each)
        column.addLayout(row)
        self.resize(600, 200)

    def _choose(self, choice: str) -> None:
        self.chosen.emit(choice)
        self.accept()

    def _sentence(self, clash: "Clash", mine: "Webinar", theirs: "Webinar") -> str:
        names = [self._name(each, mine, theirs) for each in clash.segments]
        fields = ", ".join(self._field(name) for name in clash.fields)
        if clash.code == "clash.field":
            return self.tr("Both of you changed the webinar's {fields}.").format(fields=fields)
        if clash.code == "clash.segment":
            return self.tr("Both of you changed the {fields} of {name}.").format(fields=fields, name=names[0])
        if clash.code == "clash.kind":
            return self.tr("{name} is another thing on either side.").format(name=names[0])
        if clash.code == "clash.overlap":
            return self.tr("{one} and {other} would lie over each other.").format(one=names[0], other=names[1])
        return self._words.sentence(clash.fields[0])

    def _values(self, clash: "Clash", mine: "Webinar", theirs: "Webinar") -> list[str]:
        """What either side made of the fields that can be told in a line."""
        if clash.code == "clash.field":
            sides: tuple[object, object] = (mine, theirs)
        elif clash.code == "clash.segment":
            sides = (mine.find(clash.segments[0]), theirs.find(clash.segments[0]))
        else:
            return []
        lines = []
        for field in clash.fields:
            here, there = (self._value(field, getattr(side, field, None)) for side in sides)
            if here and there:
                told = self.tr("{field}: {mine} (yours) · {theirs} (theirs)")
                lines.append(told.format(field=self._field(field), mine=here, theirs=there))
        return lines

    def _value(self, field: str, value: object) -> str:
        if field in POSITIONS and isinstance(value, int):
            return self._words.position(value)
        if field in LENGTHS and isinstance(value, int):
            return self._words.duration(value)
        if not isinstance(value, str) or not value.strip():
            return ""
        if field == "start":
            return value.replace("T", " ").removesuffix(":00")
        line = " ".join(value.split())
        return f"“{line}”" if len(line) <= LONGEST else f"“{line[:LONGEST]}…”"

    def _name(self, segment_id: str, mine: "Webinar", theirs: "Webinar") -> str:
        segment = mine.find(segment_id) or theirs.find(segment_id)
        if segment is None:
            return "?"
        name = name_of(segment, {**theirs.media, **mine.media})
        return self.tr("“{name}” at {position}").format(
            name=name, position=self._words.position(segment.start_ms, thousandths=False)
        )

    def _field(self, field: str) -> str:
        names = {
            "title": self.tr("title"),
            "description": self.tr("description"),
            "start": self.tr("start"),
            "zone": self.tr("time zone"),
            "chat": self.tr("chat mode"),
            "price": self.tr("price"),
            "start_ms": self.tr("start"),
            "length_ms": self.tr("length"),
            "hold_ms": self.tr("buffer"),
            "in_ms": self.tr("in-point"),
            "out_ms": self.tr("out-point"),
            "volume": self.tr("volume"),
            "text": self.tr("text"),
            "link": self.tr("link"),
            "label": self.tr("button"),
            "questions": self.tr("questions"),
        }
        return names.get(field, field.replace("_", " "))
