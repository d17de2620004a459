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
        self.resize(600, 320)

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
