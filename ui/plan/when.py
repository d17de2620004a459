"""When a webinar starts: date, time, zone, what that is for a viewer elsewhere, and the hours that clocks skip or
have twice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QSizePolicy, QTimeEdit, QWidget

from editor.errors import Known
from editor.schedule.start import Start, resolve
from ui.parts import button, label
from ui.plan.zones import ZoneBox, local_zone, offset_text
from ui.words import Words

ELSEWHERE = ("America/New_York", "Europe/London")
"""Where a viewer may be, as long as nobody says; the first that is not the webinar's own zone."""


class WhenForm(QWidget):
    """Date, time and zone of a start. `local` and `zone` are what is set; `trouble` tells why it cannot be kept."""

    changed = Signal()

    def __init__(
        self, start: str | None, zone: str, words: Words, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._now = now
        self._dated = QCheckBox()
        self._dated.setChecked(start is not None)
        self._date = QDateEdit()
        self._date.setCalendarPopup(True)
        self._time = QTimeEdit()
        self._zone = ZoneBox(zone)
        self._viewer = ZoneBox(self._elsewhere(zone))
        self._offset = label("quiet")
        self._there = label()
        self._for_viewer = label("quiet")
        self._remark = label("warning", wrap=True)
        self._shift = button("link")
        self._shift.clicked.connect(self._take_shifted)
        moment = QDateTime.fromString(start or self._suggested(zone), "yyyy-MM-ddTHH:mm:ss")
        self._date.setDate(moment.date())
        self._time.setTime(moment.time())
        self._seconds = moment.time().second()
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._dated.toggled.connect(self._on_change)
        self._date.dateChanged.connect(self._on_moment)
        self._time.timeChanged.connect(self._on_moment)
        self._zone.zone_changed.connect(self._on_change)
        self._viewer.zone_changed.connect(self._show)
        self.retranslate()

    # ---------------------------------------------------------------------------------------------- values

    @property
    def local(self) -> str | None:
        """The local start, or None while there is no date."""
        if not self._dated.isChecked():
            return None
        date, time = self._date.date(), self._time.time()
        return f"{date.toString('yyyy-MM-dd')}T{time.toString('HH:mm')}:{self._seconds:02}"

    @property
    def zone(self) -> str:
        """The IANA zone."""
        return self._zone.zone

    def start(self) -> Start | None:
        """The instant that is set, and what is the matter with it; None while there is no date."""
        local = self.local
        return None if local is None else resolve(local, self.zone)

    @property
    def refused(self) -> bool:
        """Whether the hour that is set does not exist."""
        try:
            start = self.start()
        except Known:
            return True
        return start is not None and start.trouble == "missing"

    def set_local(self, local: str) -> None:
        """Set date and time."""
        moment = QDateTime.fromString(local, "yyyy-MM-ddTHH:mm:ss")
        self._dated.setChecked(True)
        self._seconds = moment.time().second()
        self._date.setDate(moment.date())
        self._time.setTime(moment.time())

    # --------------------------------------------------------------------------------------------- showing

    def _lay_out(self) -> None:
        moment = QHBoxLayout()
        moment.setSpacing(8)
        moment.addWidget(self._date)
        moment.addWidget(self._time)
        moment.addWidget(self._zone, 1)
        moment.addWidget(self._offset)
        viewer = QHBoxLayout()
        viewer.setSpacing(8)
        viewer.addWidget(self._for_viewer)
        viewer.addWidget(self._viewer)
        viewer.addWidget(self._there, 1)
        remark = QHBoxLayout()
        remark.addWidget(self._remark, 1)
        remark.addWidget(self._shift)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._dated, 0, 0)
        grid.addLayout(moment, 1, 0)
        grid.addLayout(viewer, 2, 0)
        grid.addLayout(remark, 3, 0)

    def retranslate(self) -> None:
        """Take texts and the ways to write dates from the language in force."""
        locale = self._words.locale
        self._dated.setText(self.tr("The date is set"))
        self._date.setLocale(locale)
        shape = locale.dateFormat(QLocale.FormatType.ShortFormat)
        self._date.setDisplayFormat(shape if "yyyy" in shape else shape.replace("yy", "yyyy"))
        self._time.setLocale(locale)
        self._time.setDisplayFormat(locale.timeFormat(QLocale.FormatType.ShortFormat))
        self._for_viewer.setText(self.tr("For a viewer in"))
        names: tuple[tuple[QWidget, str], ...] = (
            (self._date, self.tr("Date")),
            (self._time, self.tr("Time")),
            (self._zone, self.tr("Time zone")),
            (self._viewer, self.tr("Time zone of a viewer elsewhere")),
        )
        for widget, name in names:
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self._show()

    def _on_moment(self) -> None:
        """Whoever sets a day or an hour means it."""
        if self._dated.isChecked():
            self._on_change()
        else:
            self._dated.setChecked(True)

    def _on_change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        dated = self._dated.isChecked()
        for widget in (self._viewer, self._for_viewer, self._there):
            widget.setVisible(dated)
        self._shift.hide()
        try:
            start = self.start()
        except Known as known:
            self._say("error", self._words.sentence(known))
            return
        if start is None:
            self._offset.clear()
            self._there.clear()
            self._say("quiet", self.tr("Without a date it can be designed and saved, and not yet be published."))
            return
        self._offset.setText(offset_text(self.zone, start.instant))
        self._there.setText(
            self.tr("that is {moment}.").format(
                moment=self._words.moment(start.instant.astimezone(ZoneInfo(self._viewer.zone)))
            )
        )
        self._remark_on(start)

    def _remark_on(self, start: Start) -> None:
        place = self._words.zone_name(self.zone)
        if start.trouble == "missing":
            there = start.instant.astimezone(ZoneInfo(self.zone))
            self._say(
                "error", self.tr("This hour does not exist in {place}: the clocks go forward.").format(place=place)
            )
            self._shift.setText(self.tr("Take {time}").format(time=self._words.time(there)))
            self._shift.show()
        elif start.trouble == "twice":
            text = self.tr("This hour exists twice in {place}, as the clocks go back: the first of the two is meant.")
            self._say("warning", text.format(place=place))
        elif start.instant < self._now():
            self._say("warning", self.tr("This start lies in the past."))
        else:
            self._say("quiet", "")

    def _say(self, role: str, text: str) -> None:
        self._remark.setObjectName(role)
        self._remark.style().polish(self._remark)
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    def _take_shifted(self) -> None:
        start = self.start()
        if start is not None:
            self.set_local(start.instant.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M:%S"))

    def _suggested(self, zone: str) -> str:
        """The full hour in a week: what is shown until somebody sets a date."""
        day = self._now().astimezone(ZoneInfo(zone)) + timedelta(days=7)
        return day.strftime("%Y-%m-%dT18:00:00")

    @staticmethod
    def _elsewhere(zone: str) -> str:
        here = local_zone()
        return here if here not in {zone, "UTC"} else next(place for place in ELSEWHERE if place != zone)
