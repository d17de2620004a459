"""What stands between the webinar and its evening, told as one goes: a sentence each, with Show and maybe Fix."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.schedule.edits import Refused
from editor.schedule.model import Webinar
from editor.schedule.operations import AnyOperation, CloseGap
from editor.schedule.plans import TERMS, Terms
from editor.schedule.rules import MediaState, Problem, media_of, preflight
from editor.settings import Settings
from ui import parts, theme
from ui.bridge import Bridge
from ui.inspector.refusal import RefusalLine
from ui.media_desk import MediaDesk
from ui.playhead import Playhead
from ui.selection import Selection
from ui.tasks import Tasks
from ui.words import Words

PAUSE_MS = 150
"""How long after the last edit the webinar is looked at again."""
AGAIN_MS = 60_000
"""A start comes to lie in the past without any edit."""
LARGE = 300
"""From so many segments on it is looked at in the background."""
SHOWN = 50
"""So many problems are listed; who has more mends these first."""
ORDER = {"error": 0, "warning": 1, "hint": 2}
ICONS = {"error": "error", "warning": "warning", "hint": "hint"}


class PreflightPanel(QWidget):
    """Lists the problems of the webinar, the gravest first."""

    problems_changed = Signal(int, int)
    """How many errors and warnings there are."""
    plan_asked = Signal()
    """A problem of the plan is to be shown."""
    relink_asked = Signal()

    def __init__(
        self,
        bridge: Bridge,
        selection: Selection,
        playhead: Playhead,
        desk: MediaDesk,
        tasks: Tasks,
        words: Words,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._selection = selection
        self._playhead = playhead
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._settings = settings
        self._now = now
        self._problems: tuple[Problem, ...] = ()
        self._states: dict[str, MediaState] = {}
        self._looking = False
        self._fixing: AnyOperation | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._again.start()
        self._rows: list[ProblemRow] = []
        self._fine = parts.label("quiet", wrap=True)
        self._fine_icon = parts.label()
        self._more = parts.label("quiet", wrap=True)
        self._refusal = RefusalLine(words)
        self._lay_out()
        bridge.changed.connect(self._soon)
        bridge.refused.connect(self._on_refused)
        desk.pictured.connect(self._on_media)
        desk.lost.connect(self._on_media)
        self._unsubscribe = settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self._refusal.instead_asked.connect(self._edit)
        words.language_changed.connect(self.retranslate)
        self._look()
        self.retranslate()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found when last looked, the gravest first."""
        return self._problems

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        fine = QHBoxLayout()
        fine.setSpacing(8)
        fine.addWidget(self._fine_icon, 0, Qt.AlignmentFlag.AlignTop)
        fine.addWidget(self._fine, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._column.addWidget(self._refusal)
        self._column.addLayout(fine)
        self._column.addLayout(self._list)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def sizeHint(self) -> QSize:
        """A few problems."""
        return QSize(320, 160)

    # -------------------------------------------------------------------------------------------- looking

    def _soon(self, *_: object) -> None:
        self._refusal.clear()
        self._pause.start()

    def _on_media(self, sha256: str) -> None:
        if self._states.get(sha256) != self._state(sha256) and sha256 in self._bridge.webinar.media:
            self._pause.start()

    def _state(self, sha256: str) -> MediaState:
        """How a media stands; what the hosting has can be published, fetched from there or not."""
        return "hosted" if self._desk.stand_ins.is_there(sha256) else self._desk.state(sha256)

    def _on_setting(self, name: str) -> None:
        if name in {"plan", "video_hold_ms"}:
            self._pause.start()

    def _look(self) -> None:
        """Look at the webinar as it is now; what was asked for meanwhile is looked at afterwards."""
        if self._looking:
            self._pause.start()
            return
        webinar = self._bridge.webinar
        self._states = {sha256: self._state(sha256) for sha256 in media_of(webinar)}
        look = partial(
            _problems_of,
            webinar,
            TERMS[self._settings["plan"]],
            self._now(),
            self._states,
            self._settings["video_hold_ms"],
        )
        if len(webinar.programme) + len(webinar.interactions) < LARGE:
            self._show(look())
            return
        with suppress(RuntimeError):  # the program is closing
            self._tasks.run(self.tr("Checking the webinar"), lambda _: look(), done=self._on_looked, quiet=True)
            self._looking = True

    def _on_looked(self, problems: tuple[Problem, ...]) -> None:
        self._looking = False
        self._show(problems)

    # -------------------------------------------------------------------------------------------- showing

    def _show(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._problems and self._rows:
            return
        self._problems = problems
        listed = problems[:SHOWN]
        while len(self._rows) > len(listed):
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(listed):
            row = ProblemRow(self._words)
            row.show_asked.connect(self._on_show)
            row.fix_asked.connect(self._on_fix)
            self._rows.append(row)
            self._list.addWidget(row)
        for row, problem in zip(self._rows, listed, strict=True):
            row.show_problem(problem)
        self._say()
        severities = [problem.severity for problem in problems]
        self.problems_changed.emit(severities.count("error"), severities.count("warning"))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for row in self._rows:
            row.retranslate()
        self._refusal.retranslate()
        self._say()

    def _say(self) -> None:
        fine = not self._problems
        self._fine.setVisible(fine)
        self._fine_icon.setVisible(fine)
        self._fine.setText(self.tr("Nothing stands in the way of publishing."))
        look = theme.look_of(self)
        self._fine_icon.setPixmap(theme.pixmap("check", 18, look.good, self.devicePixelRatioF()))
        more = len(self._problems) - SHOWN
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("and %n more", "", max(more, 0)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_refusal"):
            self.retranslate()

    # -------------------------------------------------------------------------------------------- mending

    def _on_show(self, problem: Problem) -> None:
        if problem.code == "problem.media_missing":
            self.relink_asked.emit()
            return
        if problem.segment is None and problem.at_ms is None:
            self.plan_asked.emit()
            return
        if problem.segment is not None:
            self._selection.set((problem.segment,))
        if problem.at_ms is not None:
            self._playhead.seek(problem.at_ms)

    def _on_fix(self, problem: Problem) -> None:
        if problem.fix is not None:
            self._edit(problem.fix)

    def _edit(self, operation: AnyOperation) -> None:
        self._fixing = operation
        self._bridge.edit(operation)

    def _on_refused(self, refused: Refused, operation: AnyOperation) -> None:
        if operation is self._fixing:
            self._refusal.show_refusal(refused, operation)


class ProblemRow(QWidget):
    """One problem: how grave, what, and what can be done."""

    show_asked = Signal(object)
    fix_asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._problem: Problem | None = None
        self._icon = parts.label()
        self._sentence = parts.label(wrap=True)
        self._show = parts.button("link")
        self._fix = parts.button("link")
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addWidget(self._show)
        links.addWidget(self._fix)
        links.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._sentence)
        texts.addLayout(links)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._show.clicked.connect(lambda: self.show_asked.emit(self._problem))
        self._fix.clicked.connect(lambda: self.fix_asked.emit(self._problem))

    def show_problem(self, problem: Problem) -> None:
        """Show a problem."""
        self._problem = problem
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        problem = self._problem
        if problem is None:
            return
        look = theme.look_of(self)
        severity = {
            "error": (look.error, self.tr("Must be mended")),
            "warning": (look.warning, self.tr("Attendees would notice")),
            "hint": (look.quiet, self.tr("Could be better")),
        }
        colour, meaning = severity[problem.severity]
        self._icon.setPixmap(theme.pixmap(ICONS[problem.severity], 18, colour, self.devicePixelRatioF()))
        self._icon.setToolTip(meaning)
        self._icon.setAccessibleName(meaning)
        sentence = self._words.sentence(problem)
        self._sentence.setText(sentence)
        if problem.code == "problem.media_missing":
            self._show.setText(self.tr("Relink…"))
        elif problem.segment is None and problem.at_ms is None:
            self._show.setText(self.tr("Plan…"))
        else:
            self._show.setText(self.tr("Show"))
        self._fix.setText(self.tr("Close gap") if isinstance(problem.fix, CloseGap) else self.tr("Fix"))
        self._fix.setVisible(problem.fix is not None)
        for link in (self._show, self._fix):
            link.setAccessibleName(f"{link.text()}: {sentence}")


def _problems_of(
    webinar: Webinar, terms: Terms, now: datetime, states: Mapping[str, MediaState], hold_ms: int
) -> tuple[Problem, ...]:
    found = preflight(webinar, terms=terms, now=now, media=states, hold_ms=hold_ms)
    return tuple(sorted(found, key=lambda problem: ORDER[problem.severity]))
