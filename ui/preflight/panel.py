"""The panel that lists the problems of the webinar while it is being edited, with buttons to show and fix them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.schedule.operations import AnyOperation, CloseGap
from editor.schedule.preflight import Problem, find_problems
from editor.schedule.preflight_inputs import MediaState, PreflightInputs, gather_preflight_inputs
from editor.settings import Settings
from ui.services.media_service import MediaService
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController, RefusedEdit
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip
from ui.widgets import basics
from ui.widgets.error_line import ErrorLine

DEBOUNCE_MS = 150
"""Pause after the last edit after which the webinar is checked."""
RECHECK_MS = 60_000
"""Interval of checks without an edit: a start in the future passes."""
BACKGROUND_THRESHOLD = 300
"""Number of segments from which on the check runs in the background."""
MAX_LISTED = 50
"""The number of problems that are listed."""
SEVERITY_ORDER = {"error": 0, "warning": 1, "hint": 2}
SEVERITY_ICONS = {"error": "error", "warning": "warning", "hint": "hint"}


class PreflightPanel(QWidget):
    """The panel that checks the webinar for problems, and lists them, the most severe first.

    It checks by itself, in the beginning, after changes, and every `RECHECK_MS` milliseconds.

    Args:
        controller: the open webinar.
        selection: gets the segment of "Show".
        playhead: moved by "Show".
        media_service: the library's media.
        tasks: runs background tasks.
        formatter: words times and errors in the language of the window.
        settings: the plan and default lengths, which some checks need.
        now: the clock, which returns an aware datetime.
        parent: Qt's owner.
    """

    problems_changed = Signal(int, int)
    """Emitted with the numbers of errors and warnings."""
    settings_requested = Signal()
    """Emitted when the user wants to see a problem of the webinar settings."""
    relink_requested = Signal()
    """Emitted when the user wants to search for missing files."""
    _is_built = False
    """Qt reports theme changes to a widget whose `__init__` is still running."""

    def __init__(
        self,
        controller: DocumentController,
        selection: Selection,
        playhead: Playhead,
        media_service: MediaService,
        tasks: TaskRunner,
        formatter: Formatter,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._selection = selection
        self._playhead = playhead
        self._media_service = media_service
        self._tasks = tasks
        self._formatter = formatter
        self._settings = settings
        self._now = now
        self._problems: tuple[Problem, ...] = ()
        self._media_states: dict[str, tuple[MediaState, bool | None]] = {}
        self._is_checking = False
        self._pending_fix: AnyOperation | None = None
        self._debounce_timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce_timer.timeout.connect(self._check)
        self._recheck_timer = QTimer(self, interval=RECHECK_MS)
        self._recheck_timer.timeout.connect(self._check)
        self._recheck_timer.start()
        self._rows: list[ProblemRow] = []
        self._all_clear_label = basics.make_label("quiet", wrap=True)
        self._all_clear_icon = basics.make_label()
        self._more_label = basics.make_label("quiet", wrap=True)
        self._error_line = ErrorLine(formatter)
        self._column = QVBoxLayout()
        self._list = QVBoxLayout()
        self._lay_out()
        controller.changed.connect(self._schedule_check)
        controller.refused.connect(self._on_refused)
        media_service.previews_changed.connect(self._on_media)
        media_service.lost.connect(self._on_media)
        self._unsubscribe = settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self._error_line.alternative_requested.connect(self._edit)
        formatter.language_changed.connect(self.retranslate)
        self._check()
        self.retranslate()
        self._is_built = True

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems that the last check found, listed or not, the most severe first; empty before the first."""
        return self._problems

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._column)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        all_clear_row = QHBoxLayout()
        all_clear_row.setSpacing(8)
        all_clear_row.addWidget(self._all_clear_icon, 0, Qt.AlignmentFlag.AlignTop)
        all_clear_row.addWidget(self._all_clear_label, 1)
        self._list.setSpacing(8)
        self._column.addWidget(self._error_line)
        self._column.addLayout(all_clear_row)
        self._column.addLayout(self._list)
        self._column.addWidget(self._more_label)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def sizeHint(self) -> QSize:
        """Return the size in pixels that has room for a few problems."""
        return QSize(320, 160)

    # -------------------------------------------------------------------------------------------- checking

    def _schedule_check(self, *_: object) -> None:
        self._error_line.clear()
        self._debounce_timer.start()

    def _on_media(self, sha256: str) -> None:
        if (
            self._media_states.get(sha256) != self._find_media_state(sha256)
            and sha256 in self._controller.webinar.media
        ):
            self._debounce_timer.start()

    def _find_media_state(self, sha256: str) -> tuple[MediaState, bool | None]:
        """Return the state of a file on this computer, and whether the server has it; None if it was not asked."""
        hosting = self._media_service.proxies.get_hosting_facts()
        return self._media_service.get_state(sha256), hosting.has_media.get(sha256)

    def _on_setting(self, name: str) -> None:
        if name in {"plan", "video_hold_ms"}:
            self._debounce_timer.start()

    def _check(self) -> None:
        """Check the webinar in its current state; while a check is running, check again later."""
        if self._is_checking:
            self._debounce_timer.start()
            return
        webinar = self._controller.webinar
        inputs = gather_preflight_inputs(
            webinar,
            self._settings,
            now=self._now(),
            get_media_state=self._media_service.get_state,
            hosting=self._media_service.proxies.get_hosting_facts(),
        )
        self._media_states = {sha256: self._find_media_state(sha256) for sha256 in inputs.media}
        check = partial(_list_problems, inputs)
        if len(webinar.programme) + len(webinar.interactions) < BACKGROUND_THRESHOLD:
            self._show_problems(check())
            return
        with suppress(RuntimeError):  # the program is closing
            self._tasks.run(self.tr("Checking the webinar"), lambda _: check(), done=self._on_checked, quiet=True)
            self._is_checking = True

    def _on_checked(self, problems: tuple[Problem, ...]) -> None:
        self._is_checking = False
        self._show_problems(problems)

    # -------------------------------------------------------------------------------------------- showing

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._problems and self._rows:
            return
        self._problems = problems
        listed = problems[:MAX_LISTED]
        while len(self._rows) > len(listed):
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(listed):
            row = ProblemRow(self._formatter)
            row.show_requested.connect(self._on_show)
            row.fix_requested.connect(self._on_fix)
            self._rows.append(row)
            self._list.addWidget(row)
        for row, problem in zip(self._rows, listed, strict=True):
            row.show_problem(problem)
        self._set_texts()
        severities = [problem.severity for problem in problems]
        self.problems_changed.emit(severities.count("error"), severities.count("warning"))

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        for row in self._rows:
            row.retranslate()
        self._error_line.retranslate()
        self._set_texts()

    def _set_texts(self) -> None:
        is_all_clear = not self._problems
        self._all_clear_label.setVisible(is_all_clear)
        self._all_clear_icon.setVisible(is_all_clear)
        self._all_clear_label.setText(self.tr("No problems found."))
        look = theme.look_of(self)
        self._all_clear_icon.setPixmap(theme.pixmap("check", 18, look.good, self.devicePixelRatioF()))
        unlisted = len(self._problems) - MAX_LISTED
        self._more_label.setVisible(unlisted > 0)
        self._more_label.setText(self.tr("and %n more", "", max(unlisted, 0)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons and texts anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_built:
            self.retranslate()

    # -------------------------------------------------------------------------------------------- fixing

    def _on_show(self, problem: Problem) -> None:
        if problem.code == "problem.media_missing":
            self.relink_requested.emit()
            return
        if problem.segment is None and problem.at_ms is None:
            self.settings_requested.emit()
            return
        if problem.segment is not None:
            self._selection.set((problem.segment,))
        if problem.at_ms is not None:
            self._playhead.seek(problem.at_ms)

    def _on_fix(self, problem: Problem) -> None:
        if problem.fix is not None:
            self._edit(problem.fix)

    def _edit(self, operation: AnyOperation) -> None:
        self._pending_fix = operation
        self._controller.edit(operation)

    def _on_refused(self, refused: RefusedEdit) -> None:
        if refused.operation is self._pending_fix:
            self._error_line.show_error(refused.error, refused.alternative)


class ProblemRow(QWidget):
    """The widget of one problem: severity, message, and the buttons to show and fix it.

    It does nothing itself: `show_requested` and `fix_requested` carry the `Problem`.
    """

    show_requested = Signal(object)
    fix_requested = Signal(object)

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._problem: Problem | None = None
        self._icon = basics.make_label()
        self._message_label = basics.make_label(wrap=True)
        self._show_button = basics.make_button("link")
        self._fix_button = basics.make_button("link")
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addWidget(self._show_button)
        links.addWidget(self._fix_button)
        links.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._message_label)
        texts.addLayout(links)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._show_button.clicked.connect(lambda: self.show_requested.emit(self._problem))
        self._fix_button.clicked.connect(lambda: self.fix_requested.emit(self._problem))

    def show_problem(self, problem: Problem) -> None:
        """Show a problem in place of the one before; the button Fix is hidden where the problem has no fix."""
        self._problem = problem
        self.retranslate()

    def retranslate(self) -> None:
        """Set message, buttons and icon of the shown problem in the language and the theme in use.

        Before `show_problem` nothing happens.
        """
        problem = self._problem
        if problem is None:
            return
        look = theme.look_of(self)
        severity = {
            "error": (look.error, self.tr("Must be fixed before publishing")),
            "warning": (look.warning, self.tr("Attendees would notice")),
            "hint": (look.quiet, self.tr("Suggestion")),
        }
        colour, meaning = severity[problem.severity]
        self._icon.setPixmap(theme.pixmap(SEVERITY_ICONS[problem.severity], 18, colour, self.devicePixelRatioF()))
        self._icon.setToolTip(to_tooltip(meaning))
        self._icon.setAccessibleName(meaning)
        message = self._formatter.format_message(problem)
        self._message_label.setText(message)
        if problem.code == "problem.media_missing":
            self._show_button.setText(self.tr("Relink…"))
        elif problem.segment is None and problem.at_ms is None:
            self._show_button.setText(self.tr("Webinar settings…"))
        else:
            self._show_button.setText(self.tr("Show"))
        self._fix_button.setText(self.tr("Close gap") if isinstance(problem.fix, CloseGap) else self.tr("Fix"))
        self._fix_button.setVisible(problem.fix is not None)
        for link in (self._show_button, self._fix_button):
            link.setAccessibleName(f"{link.text()}: {message}")


def _list_problems(inputs: PreflightInputs) -> tuple[Problem, ...]:
    return tuple(sorted(find_problems(inputs), key=lambda problem: SEVERITY_ORDER[problem.severity]))
