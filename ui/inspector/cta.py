"""The fields of a call to action, with what attendees will see of it drawn as one writes."""

import msgspec
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QToolButton, QWidget

from editor.schedule.model import AnySegment, Cta
from editor.schedule.rules import leads_somewhere
from ui import parts, theme
from ui.inspector.fields import Labelled, LineField, mark, small_button
from ui.inspector.form import Form, Means
from ui.inspector.offer_preview import OfferPreview
from ui.inspector.timing import TimingFields

COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#FFFFFF")
LOOKS = ("banner", "card", "corner")


class CtaForm(Form):
    """One call to action."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(means, parent)
        self._preview = OfferPreview()
        self._text = LineField()
        self._text_row = Labelled(self._text)
        self._label = LineField(longest=60)
        self._label_row = Labelled(self._label)
        self._link = LineField(longest=2000)
        self._link.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._link_row = Labelled(self._link)
        self._look = parts.Choice(LOOKS)
        self._look_row = Labelled(self._look)
        self._colour = ColourRow()
        self._colour_row = Labelled(self._colour)
        self._title = LineField()
        self._title_row = Labelled(self._title)
        self._timing = TimingFields(means.words, timed=False)
        for part in (
            self._preview,
            self._title_row,
            self._text_row,
            self._label_row,
            self._link_row,
            self._look_row,
            self._colour_row,
            self._timing,
        ):
            self.column.addWidget(part)
        self._title.edited.connect(lambda title: self.put(title=title))
        self._text.edited.connect(lambda text: self.put(text=text))
        self._label.edited.connect(lambda label: self.put(label=label))
        self._link.edited.connect(lambda link: self.put(link=mended(link)))
        self._look.chosen.connect(lambda look: self.put(look=look))
        self._colour.edited.connect(lambda colour: self.put(colour=colour))
        for field in (self._title, self._text, self._label, self._link):
            field.textChanged.connect(self._on_written)
        self._timing.lengths_asked.connect(lambda numbers: self.lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._preview.setAccessibleName(self.tr("What attendees will see"))
        self._preview.setToolTip(self.tr("What attendees will see. Click to see it large."))
        self._title_row.say(self.tr("Heading"))
        self._title.setPlaceholderText(self.tr("Ready for the next step?"))
        self._text_row.say(self.tr("Text"))
        self._text.setPlaceholderText(self.tr("Twenty minutes, and you are set up."))
        self._label_row.say(self.tr("Button"))
        self._label.setPlaceholderText(self.tr("Book your setup call"))
        self._link_row.say(self.tr("Leads to"))
        self._link.setPlaceholderText("https://")
        self._look_row.say(self.tr("Look"))
        self._look.say([self.tr("Banner"), self.tr("Card"), self.tr("Corner")])
        self._colour_row.say(self.tr("Colour"))
        self._colour.retranslate()
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Show a call to action."""
        assert isinstance(segment, Cta)
        self._text.set_value(segment.text)
        self._label.set_value(segment.label)
        self._link.set_value(segment.link)
        self._look.set(segment.look)
        self._colour.set_value(segment.colour)
        self._title.set_value(segment.title)
        self._timing.show_segment(segment, self.webinar)
        self._on_written()

    def _on_written(self) -> None:
        """Draw what is being written, and say where a link leads nowhere."""
        segment = self.webinar.find(self.segment_id)
        if not isinstance(segment, Cta):
            return
        self._preview.show_offer(
            msgspec.structs.replace(
                segment,
                title=self._title.text(),
                text=self._text.text(),
                label=self._label.text(),
                link=self._link.text().strip(),
            )
        )
        link = self._link.text().strip()
        wrong = bool(link) and not leads_somewhere(mended(link))
        self._link_row.set_problem(
            self.tr("No browser can follow this. Write an address like https://example.org.") if wrong else ""
        )
        mark(self._link, wrong=wrong)


def mended(link: str) -> str:
    """The link with what people leave out: example.org is https://example.org."""
    link = link.strip()
    secure = f"https://{link}"
    return secure if link and not leads_somewhere(link) and "://" not in link and leads_somewhere(secure) else link


class ColourRow(QWidget):
    """A few colours that go well with the others, and any other."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = COLOURS[0]
        self._swatches = [Swatch(colour) for colour in COLOURS]
        self._other = small_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for swatch in self._swatches:
            row.addWidget(swatch)
            swatch.clicked.connect(lambda _checked=False, colour=swatch.colour: self._choose(colour))
        row.addWidget(self._other)
        row.addStretch(1)
        self._other.clicked.connect(self._ask)

    def retranslate(self) -> None:
        """Name the colours."""
        names = (
            self.tr("vermilion"),
            self.tr("blue"),
            self.tr("green"),
            self.tr("purple"),
            self.tr("orange"),
            self.tr("sky blue"),
            self.tr("yellow"),
            self.tr("white"),
        )
        for swatch, name in zip(self._swatches, names, strict=True):
            swatch.setToolTip(name)
            swatch.setAccessibleName(name)
        self._other.setToolTip(self.tr("Another colour…"))
        self._other.setAccessibleName(self.tr("Another colour…"))
        self._dress()

    def set_value(self, colour: str) -> None:
        """Show which colour it is."""
        self._value = colour
        for swatch in self._swatches:
            swatch.setChecked(swatch.colour.lower() == colour.lower())
        self._dress()

    def _dress(self) -> None:
        own = self._value.lower() not in {colour.lower() for colour in COLOURS}
        self._other.setIcon(theme.icon("add", QColor(self._value) if own else theme.look_of(self).text))

    def _choose(self, colour: str) -> None:
        self.set_value(colour)
        self.edited.emit(colour)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._value), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._choose(colour.name().upper()))
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


class Swatch(QToolButton):
    """A button that is a colour; a ring tells which is chosen."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(QSize(26, 26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dot, ringed where it is chosen or has the focus."""
        del event
        look = theme.look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        painter.setPen(QPen(look.line, 1))
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(dot)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(look.text if self.isChecked() else look.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot.adjusted(-3, -3, 3, 3))
