"""Formats everything the user reads: codes become sentences, numbers become times, sizes and dates.

A QObject, since only `QObject.tr` handles plurals. The sentences of errors come from `editor.errors.messages`; here
they are translated and filled with their facts. Nothing else in the window formats times or words errors.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime, Signal

from editor import time_format

if TYPE_CHECKING:
    from datetime import date, datetime

    from editor.schedule.kinds import KindTable
    from editor.schedule.model import AnySegment, Kind

SECOND, MINUTE = 1_000, 60_000


class HasMessage(Protocol):
    """The parts that a sentence is made of: a code and facts, as an error, a problem and a difference have them."""

    @property
    def code(self) -> str:
        """The code that selects the sentence, such as "library.stale"."""

    @property
    def facts(self) -> Mapping[str, object]:
        """The values that are filled into the sentence, by name."""


class NamedStep(Protocol):
    """The parts of an undo step that its translated name is made of; `editor.document.UndoStep` has them."""

    @property
    def op_tag(self) -> str:
        """The tag of the step's operation, such as "move"."""

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the name: `title` of the first segment, and `count` of segments."""


class Formatter(QObject):
    """The formatter of numbers, times and errors in the language of the window; one for the application.

    `language_changed` is emitted once the formatter uses the new language; labels that show its texts then ask again.
    """

    language_changed = Signal()

    def __init__(self, parent: QObject | None = None, *, locale: QLocale | None = None) -> None:
        super().__init__(parent)
        self.locale = locale or QLocale()
        self._kinds: Mapping[str, str] = {}
        self._seconds = ""
        self.retranslate()

    def retranslate(self, locale: QLocale | None = None) -> None:
        """Use the translator that is installed now, and emit `language_changed`.

        Args:
            locale: the locale of numbers and dates from now on; None keeps the one in use.
        """
        if locale is not None:
            self.locale = locale
        self._seconds = self.tr("{seconds} s")
        kinds: KindTable[str] = {
            "video": self.tr("video"),
            "audio": self.tr("audio"),
            "image": self.tr("image"),
            "presentation": self.tr("presentation"),
            "recording": self.tr("recording"),
            "cta": self.tr("call to action"),
            "survey": self.tr("survey"),
        }
        self._kinds = cast("Mapping[str, str]", kinds)
        self.language_changed.emit()

    # ------------------------------------------------------------------------------------------ sentences

    def format_message(self, source: HasMessage | str, /, **facts: object) -> str:
        """Return the translated sentence for an error, a problem or a difference, or for a code.

        Args:
            source: what has a code and facts, or the code alone. An unknown code gives a sentence that quotes it.
            facts: values to fill in by name, in place of those of `source`. Names that end with ``_ms`` are times in
                milliseconds.
        """
        from editor.errors.messages import ERRORS, FactTexts

        code = source if isinstance(source, str) else source.code
        facts_by_name = facts if isinstance(source, str) else {**source.facts, **facts}
        spec = ERRORS.get(code)
        if spec is None:
            return self.tr("An unknown error occurred: {code}").format(code=code)
        translated = QCoreApplication.translate("sentences", spec.sentence)
        return translated.format_map(
            FactTexts({name: self._format_fact(name, value) for name, value in facts_by_name.items()})
        )

    def _format_fact(self, name: str, value: object) -> str:
        from editor.errors.messages import FEATURE_NAMES

        if isinstance(value, int) and not isinstance(value, bool):
            return self.format_position(value) if name.endswith("_ms") else self.format_number(value)
        if isinstance(value, (tuple, list)):
            return ", ".join(self._format_fact(name, part) for part in value)
        text = "" if value is None else str(value)
        if name == "kind" and text in self._kinds:
            return self._kinds[text]
        if name == "feature" and text in FEATURE_NAMES:
            return QCoreApplication.translate("sentences", FEATURE_NAMES[text])
        if name == "lane":
            return self.format_lane(text)
        return text

    # ------------------------------------------------------------------------------------- times and sizes

    def format_position(self, ms: int, *, thousandths: bool = True) -> str:
        """Return a position in the webinar, such as "0:08:46.200" or "0:08:46"; the same in every language.

        Args:
            ms: the position in milliseconds; a negative one has a minus sign.
            thousandths: whether milliseconds are shown; without them, they are cut off, not rounded.
        """
        return time_format.format_time(ms, exact=thousandths)

    def format_difference(self, ms: int) -> str:
        """Return a signed difference of milliseconds: "+0:00:02.500", "−0:00:02.500"."""
        return ("" if ms < 0 else "+") + time_format.format_time(ms)

    def format_duration(self, ms: int) -> str:
        """Return a duration (milliseconds, 0 or more) for reading at a glance: "5 s", "2.5 s", "12:10", "1:02:03".

        It is rounded to tenths of a second below a minute, else to seconds.
        """
        if ms < MINUTE:
            tenths = (ms + 50) // 100
            if tenths < 600:
                whole, tenth = divmod(tenths, 10)
                seconds = f"{whole}{self.locale.decimalPoint()}{tenth}" if tenth else str(whole)
                return self._seconds.format(seconds=seconds)
        return time_format.format_whole_seconds(ms)

    def format_size(self, size: int) -> str:
        """Return a number of bytes for people, in powers of 1000 with one decimal: "12.4 MB"; below 1000 in bytes."""
        return self.locale.formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def format_number(self, value: int) -> str:
        """Return a whole number with the separators of thousands that the language uses: "12,345"."""
        return self.locale.toString(value)

    def format_date(self, when: "date") -> str:
        """Return a date as day of the week, day, month and year in the language of the window: "Tue 1 Dec 2026"."""
        day = QDate(when.year, when.month, when.day)
        return self.locale.toString(day, self.tr("ddd d MMM yyyy", "a date, in Qt's letters"))

    def format_time(self, when: "datetime", *, seconds: bool = False) -> str:
        """Return the time of day as the language writes it: "18:00" or "6:00 PM".

        Args:
            when: the time, written in its own zone; convert it first.
            seconds: whether to show seconds; the form is then "18:00:00" in every language.
        """
        clock = QTime(when.hour, when.minute, when.second)
        if seconds:
            return clock.toString("H:mm:ss")
        return self.locale.toString(clock, QLocale.FormatType.ShortFormat)

    def format_datetime(self, when: "datetime", *, zone: str | None = None) -> str:
        """Return date and time, with the place of the time zone if one is given: "Tue 1 Dec 2026, 18:00 Paris".

        Args:
            when: the time, written in its own zone; convert it first.
            zone: IANA name of that zone, shown but not converted to; None shows no place.
        """
        text = self.tr("{date}, {time}").format(date=self.format_date(when), time=self.format_time(when))
        return f"{text} {self.format_zone(zone)}" if zone else text

    def format_zone(self, zone: str) -> str:
        """Return the place of an IANA time zone: "New York" of America/New_York, "UTC" of UTC; any text is taken."""
        return zone.rpartition("/")[2].replace("_", " ")

    # ----------------------------------------------------------------------------------------------- names

    def format_kind(self, kind: "Kind | str") -> str:
        """Return the translated name of a kind of segment, in lower case: "call to action".

        An unknown kind raises `KeyError`.
        """
        return self._kinds[kind]

    def format_kinds(self, segments: "Iterable[AnySegment]") -> str:
        """Return how many segments there are of each kind, in the order of their first: "2 × video, 1 × survey".

        The text contains no-break spaces, so that lines break between kinds alone. It is empty without segments.
        """
        from editor.schedule.kinds import kind_of

        counted = Counter(kind_of(segment) for segment in segments)
        each = (f"{self.format_number(count)} × {self.format_kind(kind)}" for kind, count in counted.items())
        return ", ".join(text.replace(" ", "\N{NO-BREAK SPACE}") for text in each)

    def format_lane(self, lane: str) -> str:
        """Return the name of a lane in lower case; any other text than "programme" counts as "interactions"."""
        return self.tr("programme") if lane == "programme" else self.tr("interactions")

    def format_step(self, step: NamedStep) -> str:
        """Return the name of an undo step, as in "Undo …": "move of “Welcome”", or "move of 3 segments".

        An operation without a name of its own is an "edit".
        """
        count = step.facts.get("count", 1)
        several = count if isinstance(count, int) else 1
        title = str(step.facts.get("title") or "")
        name = self._step_verb(step.op_tag)
        if several > 1:
            return self.tr("{step} of %n segments", "", several).format(step=name)
        return self.tr("{step} of “{title}”").format(step=name, title=title) if title else name

    def _step_verb(self, tag: str) -> str:
        names = {
            "add": self.tr("adding"),
            "move": self.tr("move"),
            "resize": self.tr("change of length"),
            "set_lengths": self.tr("change of length"),
            "split": self.tr("split"),
            "delete": self.tr("deletion"),
            "ripple_delete": self.tr("ripple deletion"),
            "ripple_trim": self.tr("ripple trim"),
            "close_gaps": self.tr("closing all gaps"),
            "close_gap": self.tr("closing the gap"),
            "paste": self.tr("paste"),
            "duplicate": self.tr("duplication"),
            "group": self.tr("grouping"),
            "ungroup": self.tr("ungrouping"),
            "lock": self.tr("locking"),
            "put": self.tr("change"),
            "replace_media": self.tr("replacing the media"),
            "know_media": self.tr("importing media"),
            "forget_media": self.tr("removing media"),
            "spread_evenly": self.tr("spreading pages evenly"),
            "add_marker": self.tr("adding a marker"),
            "change_marker": self.tr("changing a marker"),
            "remove_marker": self.tr("removing a marker"),
            "plan": self.tr("change of settings"),
            "restore": self.tr("restoring a version"),
        }
        return names.get(tag, self.tr("edit"))
