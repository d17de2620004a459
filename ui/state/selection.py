"""Which segments are selected: one set that the timeline, the inspector and the actions share."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import Webinar


class Selection(QObject):
    """The selected segments by id. `primary` is the one whose fields the inspector shows, always one of `ids`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[str] = frozenset()
        self._primary: str | None = None

    @property
    def ids(self) -> frozenset[str]:
        """Every selected segment."""
        return self._ids

    @property
    def primary(self) -> str | None:
        """The segment that was selected last; None where nothing is selected or no one of many was singled out."""
        return self._primary

    def set(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select exactly these; a single one is primary by itself."""
        selected = frozenset(ids)
        if primary not in selected:
            primary = next(iter(selected)) if len(selected) == 1 else None
        if (selected, primary) != (self._ids, self._primary):
            self._ids, self._primary = selected, primary
            self.changed.emit()

    def toggle(self, segment_id: str) -> None:
        """Take one segment in (and make it primary), or out."""
        if segment_id in self._ids:
            self.set(self._ids - {segment_id}, self._primary)
        else:
            self.set(self._ids | {segment_id}, segment_id)

    def clear(self) -> None:
        """Select nothing."""
        self.set(())

    def prune(self, webinar: Webinar) -> None:
        """Let go of what is no longer in the webinar."""
        if self._ids:
            self.set(self._ids & {segment.id for segment in webinar.segments}, self._primary)
