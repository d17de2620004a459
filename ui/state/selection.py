"""The selected segments, shared by timeline, inspector and actions."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import Webinar


class Selection(QObject):
    """The ids of the selected segments of one open webinar, shared by the panels and actions on the GUI thread.

    `primary` is the one that commands on a single segment use: one of the selected, or None. `changed` is emitted after
    each change.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[str] = frozenset()
        self._primary: str | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all selected segments; empty if none is selected. They are not checked against the webinar."""
        return self._ids

    @property
    def primary(self) -> str | None:
        """Id of the primary segment, one of `ids`, such as the one clicked last.

        None if nothing is selected, or several without one in front.
        """
        return self._primary

    def set(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select exactly these segments; `changed` is emitted if the selection or the primary segment differs.

        Args:
            ids: ids of the segments; not checked against the webinar.
            primary: id of the primary segment. If None or not in `ids`, a single segment becomes primary, of several
                none.
        """
        selected = frozenset(ids)
        if primary not in selected:
            primary = next(iter(selected)) if len(selected) == 1 else None
        if (selected, primary) != (self._ids, self._primary):
            self._ids, self._primary = selected, primary
            self.changed.emit()

    def toggle(self, segment_id: str) -> None:
        """Add the segment with this id to the selection and make it primary, or remove it if it is selected.

        Without the removed segment, the primary one stays; if it was the primary, a single remaining one becomes
        primary.
        """
        if segment_id in self._ids:
            self.set(self._ids - {segment_id}, self._primary)
        else:
            self.set(self._ids | {segment_id}, segment_id)

    def clear(self) -> None:
        """Select nothing; `changed` is emitted if something was selected."""
        self.set(())

    def prune(self, webinar: Webinar) -> None:
        """Deselect segments that are not in this webinar any more; `changed` is emitted if there are any."""
        if self._ids:
            self.set(self._ids & {segment.id for segment in webinar.segments}, self._primary)
