"""The start of a webinar: date, time and time zone, with hours that are skipped or repeated by clock changes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QSizePolicy, QTimeEdit, QWidget

from editor.errors import KnownError
from editor.schedule.start_time import ResolvedStart, resolve_start
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip
from ui.webinar_settings.time_zones import TimeZoneBox, find_local_zone, format_offset
from ui.widgets.basics import make_button, make_label

EXAMPLE_VIEWER_ZONES = ("America/New_York", "Europe/London")
"""Zones of an example attendee; the first that is not the webinar's own is shown."""


class StartForm(QWidget):
    """The form for date, time and zone of a webinar's start; `local_start` and `zone` are what is set.

    A start of None shows no date, and suggests one in a week once the user wants a date. `changed` is emitted after
    each edit.

    Args:
        start: the local start to show at first, ``YYYY-MM-DDTHH:MM:SS``; None for no date.
        zone: IANA name of its time zone.
        formatter: formats dates and times.
        now: the clock, which returns an aware datetime.
        parent: Qt's owner.
    """

    changed = Signal()

    def __init__(
        self,
        start: str | None,
        zone: str,
        formatter: Formatter,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._now = now
        self._has_date = QCheckBox()
        self._has_date.setChecked(start is not None)
        self._date = QDateEdit()
        self._date.setCalendarPopup(True)
        self._time = QTimeEdit()
        self._zone = TimeZoneBox(zone)
        self._viewer = TimeZoneBox(self._pick_viewer_zone(zone))
        self._offset = make_label("quiet")
        self._viewer_time = make_label()
        self._for_viewer = make_label("quiet")
        self._note = make_label("warning", wrap=True)
        self._use_shifted = make_button("link")
        self._use_shifted.clicked.connect(self._apply_shifted)
        moment = QDateTime.fromString(start or self._suggest_start(zone), "yyyy-MM-ddTHH:mm:ss")
        self._date.setDate(moment.date())
        self._time.setTime(moment.time())
        self._seconds = moment.time().second()
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._has_date.toggled.connect(self._on_change)
        self._date.dateChanged.connect(self._on_datetime_edited)
        self._time.timeChanged.connect(self._on_datetime_edited)
        self._zone.zone_changed.connect(self._on_change)
        self._viewer.zone_changed.connect(self._update)
        self.retranslate()

    # ---------------------------------------------------------------------------------------------- values

    @property
    def local_start(self) -> str | None:
        """The local start, ``YYYY-MM-DDTHH:MM:SS`` without offset; None while there is no date."""
        if not self._has_date.isChecked():
            return None
        date, time = self._date.date(), self._time.time()
        return f"{date.toString('yyyy-MM-dd')}T{time.toString('HH:mm')}:{self._seconds:02}"

    @property
    def zone(self) -> str:
        """The IANA name of the chosen time zone."""
        return self._zone.zone

    def resolve_start(self) -> ResolvedStart | None:
        """Return the instant of the start and what is wrong with it; None while there is no date.

        Raises:
            KnownError: ``start.zone``: the time zone is unknown here. ``start.invalid``: there is no such day or time.
        """
        local = self.local_start
        return None if local is None else resolve_start(local, self.zone)

    @property
    def is_invalid(self) -> bool:
        """Whether the local time does not exist, because clocks skip it, or cannot be resolved.

        It is False while there is no date.
        """
        try:
            start = self.resolve_start()
        except KnownError:
            return True
        return start is not None and start.dst_problem == "missing"

    def set_local_start(self, local: str) -> None:
        """Set date and time, and that there is a date; the zone stays. `changed` is emitted for each part that differs.

        Args:
            local: local date and time, ``YYYY-MM-DDTHH:MM:SS`` without offset.
        """
        moment = QDateTime.fromString(local, "yyyy-MM-ddTHH:mm:ss")
        self._has_date.setChecked(True)
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
        viewer.addWidget(self._viewer_time, 1)
        remark = QHBoxLayout()
        remark.addWidget(self._note, 1)
        remark.addWidget(self._use_shifted)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._has_date, 0, 0)
        grid.addLayout(moment, 1, 0)
        grid.addLayout(viewer, 2, 0)
        grid.addLayout(remark, 3, 0)

    def retranslate(self) -> None:
        """Set texts and the format of dates anew in the language in use.

        The dialog calls this after a change of language.
        """
        locale = self._formatter.locale
        self._has_date.setText(self.tr("The date is set"))
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
            widget.setToolTip(to_tooltip(name))
        self._update()

    def _on_datetime_edited(self) -> None:
        """Set the date, since the user has edited date or time."""
        if self._has_date.isChecked():
            self._on_change()
        else:
            self._has_date.setChecked(True)

    def _on_change(self) -> None:
        self._update()
        self.changed.emit()

    def _update(self) -> None:
        has_date = self._has_date.isChecked()
        for widget in (self._viewer, self._for_viewer, self._viewer_time):
            widget.setVisible(has_date)
        self._use_shifted.hide()
        try:
            start = self.resolve_start()
        except KnownError as error:
            self._set_note("error", self._formatter.format_message(error))
            return
        if start is None:
            self._offset.clear()
            self._viewer_time.clear()
            self._set_note("quiet", self.tr("Set a date before you publish. Until then you can edit and save."))
            return
        self._offset.setText(format_offset(self.zone, start.instant))
        self._viewer_time.setText(
            self.tr("that is {moment}.").format(
                moment=self._formatter.format_datetime(start.instant.astimezone(ZoneInfo(self._viewer.zone)))
            )
        )
        self._update_note(start)

    def _update_note(self, start: ResolvedStart) -> None:
        place = self._formatter.format_zone(self.zone)
        if start.dst_problem == "missing":
            shifted = start.instant.astimezone(ZoneInfo(self.zone))
            self._set_note(
                "error", self.tr("This time does not exist in {place}: the clocks go forward.").format(place=place)
            )
            self._use_shifted.setText(self.tr("Use {time}").format(time=self._formatter.format_time(shifted)))
            self._use_shifted.show()
        elif start.dst_problem == "twice":
            text = self.tr("This time occurs twice in {place}, since the clocks go back. The first one is used.")
            self._set_note("warning", text.format(place=place))
        elif start.instant < self._now():
            self._set_note("warning", self.tr("This start is in the past."))
        else:
            self._set_note("quiet", "")

    def _set_note(self, role: str, text: str) -> None:
        self._note.setObjectName(role)
        self._note.style().polish(self._note)
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _apply_shifted(self) -> None:
        start = self.resolve_start()
        if start is not None:
            self.set_local_start(start.instant.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M:%S"))

    def _suggest_start(self, zone: str) -> str:
        """Return the full hour in a week, shown until the user sets a date."""
        day = self._now().astimezone(ZoneInfo(zone)) + timedelta(days=7)
        return day.strftime("%Y-%m-%dT18:00:00")

    @staticmethod
    def _pick_viewer_zone(zone: str) -> str:
        local = find_local_zone()
        return local if local not in {zone, "UTC"} else next(place for place in EXAMPLE_VIEWER_ZONES if place != zone)
