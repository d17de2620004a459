"""The form of a call to action, with a preview that follows while the user types."""

import msgspec
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QToolButton, QWidget

from editor.schedule.limits import MAX_BUTTON_CHARS, MAX_LINK_CHARS
from editor.schedule.links import is_usable_link
from editor.schedule.model import AnySegment, Cta
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.forms.offer_preview import OfferPreview
from ui.inspector.forms.timing_fields import TimingFields
from ui.inspector.input_widgets import LabelledField, LineField, make_small_button, mark_invalid
from ui.style import theme
from ui.text.plain_text import to_tooltip
from ui.widgets import basics

COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#FFFFFF")
LOOKS = ("banner", "card", "corner")


class CtaForm(SegmentForm):
    """The inspector's form with the fields of a call to action and its preview.

    Made once and filled for each segment.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._preview = OfferPreview()
        self._text = LineField()
        self._text_row = LabelledField(self._text)
        self._label = LineField(max_length=MAX_BUTTON_CHARS)
        self._label_row = LabelledField(self._label)
        self._link = LineField(max_length=MAX_LINK_CHARS)
        self._link.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._link_row = LabelledField(self._link)
        self._look = basics.ToggleGroup(LOOKS)
        self._look_row = LabelledField(self._look)
        self._colour = ColourPicker()
        self._colour_row = LabelledField(self._colour)
        self._title = LineField()
        self._title_row = LabelledField(self._title)
        self._timing = TimingFields(context.formatter, timed=False)
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
        self._title.edited.connect(lambda title: self.set_fields(title=title))
        self._text.edited.connect(lambda text: self.set_fields(text=text))
        self._label.edited.connect(lambda label: self.set_fields(label=label))
        self._link.edited.connect(lambda link: self.set_fields(link=complete_link(link)))
        self._look.chosen.connect(lambda look: self.set_fields(look=look))
        self._colour.edited.connect(lambda colour: self.set_fields(colour=colour))
        for field in (self._title, self._text, self._label, self._link):
            field.textChanged.connect(self._on_text_changed)
        self._timing.lengths_requested.connect(lambda numbers: self.set_lengths(**numbers))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._preview.setAccessibleName(self.tr("What attendees will see"))
        self._preview.setToolTip(self.tr("What attendees will see. Click to see it large."))
        self._title_row.set_name(self.tr("Heading"))
        self._title.setPlaceholderText(self.tr("Ready for the next step?"))
        self._text_row.set_name(self.tr("Text"))
        self._text.setPlaceholderText(self.tr("Twenty minutes, and you are set up."))
        self._label_row.set_name(self.tr("Button"))
        self._label.setPlaceholderText(self.tr("Book your setup call"))
        self._link_row.set_name(self.tr("Link"))
        self._link.setPlaceholderText("https://")
        self._look_row.set_name(self.tr("Style"))
        self._look.set_texts([self.tr("Banner"), self.tr("Card"), self.tr("Corner")])
        self._colour_row.set_name(self.tr("Colour"))
        self._colour.retranslate()
        self._timing.retranslate()

    def fill(self, segment: AnySegment) -> None:
        """Put title, texts, link, look, colour and times of a call to action into the fields, and show its preview."""
        assert isinstance(segment, Cta)
        self._text.set_value(segment.text)
        self._label.set_value(segment.label)
        self._link.set_value(segment.link)
        self._look.select(segment.look)
        self._colour.set_value(segment.colour)
        self._title.set_value(segment.title)
        self._timing.show_segment(segment, self.webinar)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        """Update the preview, and show an error if the link is no web address."""
        segment = self.webinar.find_segment(self.segment_id)
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
        is_invalid = bool(link) and not is_usable_link(complete_link(link))
        self._link_row.set_problem(
            self.tr("This is not a web address. Enter one like https://example.org.") if is_invalid else ""
        )
        mark_invalid(self._link, invalid=is_invalid)


def complete_link(link: str) -> str:
    """Return a link without spaces at its ends, and with `https://` in front if only that makes it a web address.

    Any other text only loses the spaces.
    """
    link = link.strip()
    https_link = f"https://{link}"
    return (
        https_link if link and not is_usable_link(link) and "://" not in link and is_usable_link(https_link) else link
    )


class ColourPicker(QWidget):
    """A row of buttons to choose one of a few fixed colours, or any other in a dialog.

    `edited` is emitted with the colour that the user chooses, as `#RRGGBB`.
    """

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = COLOURS[0]
        self._swatches = [ColourSwatch(colour) for colour in COLOURS]
        self._other_button = make_small_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for swatch in self._swatches:
            row.addWidget(swatch)
            swatch.clicked.connect(lambda _checked=False, colour=swatch.colour: self._choose(colour))
        row.addWidget(self._other_button)
        row.addStretch(1)
        self._other_button.clicked.connect(self._open_dialog)

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
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
            swatch.setToolTip(to_tooltip(name))
            swatch.setAccessibleName(name)
        self._other_button.setToolTip(self.tr("Another colour…"))
        self._other_button.setAccessibleName(self.tr("Another colour…"))
        self._update_icons()

    def set_value(self, colour: str) -> None:
        """Show a colour, `#RRGGBB` in upper or lower case, as chosen, without emitting `edited`."""
        self._value = colour
        for swatch in self._swatches:
            swatch.setChecked(swatch.colour.lower() == colour.lower())
        self._update_icons()

    def _update_icons(self) -> None:
        is_custom = self._value.lower() not in {colour.lower() for colour in COLOURS}
        self._other_button.setIcon(theme.icon("add", QColor(self._value) if is_custom else theme.look_of(self).text))

    def _choose(self, colour: str) -> None:
        self.set_value(colour)
        self.edited.emit(colour)

    def _open_dialog(self) -> None:
        dialog = QColorDialog(QColor(self._value), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._choose(colour.name().upper()))
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icons()


class ColourSwatch(QToolButton):
    """A button that shows one colour as a dot, with a ring if it is checked."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(QSize(26, 26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dot, with a ring if it is chosen or has the focus."""
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
