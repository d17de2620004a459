"""The choice of a time zone among all, searched by any part of its name."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

ZONE_TABLES = ("zone.tab", "zone1970.tab")
"""The tables of the tz database that name the zones in use, the first by country; they leave out its old names."""


@cache
def list_zones() -> tuple[str, ...]:
    """Return the IANA names of the time zones to choose from: "UTC", then those "Area/Place" that are in use, sorted.

    They are the rows of two tables in the `tzdata` package, read once and then cached. Names that only stand for
    another ("US/Pacific", "Asia/Calcutta", "EST") are not among these rows, but for those which a country has in
    zone.tab ("Europe/Stockholm"); `ZoneInfo` knows them all.
    """
    rows = [row.split("\t") for table in ZONE_TABLES for row in _read_lines(table) if not row.startswith("#")]
    return ("UTC", *sorted({row[2] for row in rows}))


@cache
def _find_zone_by_old_name() -> dict[str, str]:
    """Return the zones that old names stand for: "Asia/Kolkata" for "Asia/Calcutta"."""
    links = [line.split() for line in _read_lines("tzdata.zi") if line.startswith("L ")]
    return {old_name: zone for _, zone, old_name in links}


def _read_lines(name: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()


def find_local_zone() -> str:
    """Return this computer's time zone by its name in `list_zones`; "UTC" if it is unknown or has no name there."""
    return to_current_name(bytes(QTimeZone.systemTimeZoneId().data()).decode())


def to_current_name(zone: str) -> str:
    """Return the name in `list_zones` of a zone that may have an old name; "UTC" if there is none."""
    if zone not in list_zones():
        zone = _find_zone_by_old_name().get(zone, "UTC")
    return zone if zone in list_zones() else "UTC"


def format_offset(zone: str, at: datetime) -> str:
    """Return the UTC offset of a zone at an instant, with summer time where it is in force: "UTC+01:00".

    Args:
        zone: IANA name of the zone; an unknown one raises `ZoneInfoNotFoundError`.
        at: the instant, an aware datetime of any zone.
    """
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    minutes = (offset.days * 86_400 + offset.seconds) // 60
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours:02}:{rest:02}"


class _ZoneFilter(QSortFilterProxyModel):
    """Finds "new york" in America/New_York."""

    def filterAcceptsRow(self, row: int, _parent: object) -> bool:
        """Return whether every typed word occurs in the name."""
        model = self.sourceModel()
        name = str(model.index(row, 0).data()).replace("_", " ").casefold()
        return all(word in name for word in self.filterRegularExpression().pattern().split())


class TimeZoneBox(QComboBox):
    """A combo box of the time zones, found by typing any part of their names.

    The signal `zone_changed` carries the IANA name of another zone, chosen by the user or by `set_zone`. A zone given
    to the constructor that is not in `list_zones` comes first in the list; it may be one that `ZoneInfo` does not know.
    """

    zone_changed = Signal(str)

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        names = list(list_zones())
        if zone not in names:
            names.insert(0, zone)
        self.addItems(names)
        self.setMaxVisibleItems(14)
        self._filtered = _ZoneFilter(self)
        self._filtered.setSourceModel(QStringListModel(names, self))
        completer = QCompleter(self._filtered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._completer = completer
        self._zone = zone
        self.setCurrentText(zone)
        line = self.lineEdit()
        assert line is not None
        line.textEdited.connect(self._search)
        line.editingFinished.connect(self._commit)
        self.activated.connect(lambda _index: self._commit())
        completer.activated.connect(self.set_zone)

    @property
    def zone(self) -> str:
        """The IANA name of the chosen zone; while the user types, the last valid one."""
        return self._zone

    def set_zone(self, zone: str) -> None:
        """Choose a zone of the list by its IANA name, whatever its case; with any other, the zone stays as it is.

        `zone_changed` is emitted if that is another zone than before.
        """
        self._filtered.setFilterRegularExpression("")
        self.setCurrentText(zone)
        self._commit()

    def _search(self, text: str) -> None:
        self._filtered.setFilterRegularExpression(text.replace("_", " ").casefold().strip())
        self._completer.complete()

    def _commit(self) -> None:
        """Choose the zone that was typed or is the only match; else restore the last one."""
        text = self.currentText().strip()
        if self.findText(text, Qt.MatchFlag.MatchFixedString) < 0 and self._filtered.rowCount() == 1:
            text = str(self._filtered.index(0, 0).data())
        index = self.findText(text, Qt.MatchFlag.MatchFixedString)
        name = self.itemText(index) if index >= 0 else self._zone
        self.setCurrentText(name)
        if name != self._zone:
            self._zone = name
            self.zone_changed.emit(name)
