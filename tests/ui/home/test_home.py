from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from editor.library.records import WebinarSummary
from editor.schedule.model import Image, Media, Moderator, Webinar
from editor.workspace import Workspace
from ui.home.card_text import CardTextFormatter, filter_and_sort
from ui.home.library_commands import LibraryCommands
from ui.home.panel import HomePanel
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SHA = "0" * 64


def make_summary(name, start=None, *, hours=0, **more):
    facts = {
        "zone": "Europe/Paris",
        "room": "automated",
        "length_ms": 90_000,
        "rev": 1,
        "versions": 0,
        "unsaved": True,
        "archived": False,
        "deleted": False,
        "template": False,
    }
    edited = NOW - timedelta(hours=hours)
    return WebinarSummary(id=name, title=name, start=start, edited_at=edited, **{**facts, **more})


# ----------------------------------------------------------------------------------------------------- lines


def test_a_card_tells_start_state_and_length(formatter):
    writer = CardTextFormatter(formatter)
    lines = writer.format_card(make_summary("Onboarding", "2026-12-01T18:00:00", versions=7), NOW)
    assert lines.start == "Tue 1 Dec 2026, 18:00 Paris"
    assert "9" in lines.time_until
    assert lines.version_state == "version 7, edited since"
    assert lines.length == "1:30"
    assert lines.has_unsaved_edits
    assert not lines.starts_soon
    assert lines.accessible_text.startswith("Onboarding, Tue 1 Dec 2026")


def test_a_card_without_date_title_or_content_says_so(formatter):
    lines = CardTextFormatter(formatter).format_card(make_summary("", length_ms=0), NOW)
    assert (lines.title, lines.start, lines.time_until, lines.length) == (
        "Untitled webinar",
        "No date yet",
        "",
        "empty",
    )
    assert lines.version_state == "Not saved yet"


@pytest.mark.parametrize(
    ("start", "soon", "away"),
    [
        ("2026-11-22T09:30:00", True, "30"),
        ("2026-11-22T19:30:00", True, "10"),
        ("2026-11-24T18:00:00", False, "2"),
        ("2026-11-22T08:59:00", False, "in the past"),
    ],
)
def test_a_card_tells_how_far_away_it_is(formatter, start, soon, away):
    lines = CardTextFormatter(formatter).format_card(make_summary("x", start), NOW)
    assert lines.starts_soon is soon
    assert away in lines.time_until


def test_a_zone_that_is_not_known_here_is_no_date(formatter):
    assert (
        CardTextFormatter(formatter)
        .format_card(make_summary("x", "2026-12-01T18:00:00", zone="Mars/Olympus"), NOW)
        .start
        == "No date yet"
    )


def test_shelves_have_their_order_and_the_search_finds_words_of_the_title():
    cards = (
        make_summary("Old talk", "2026-01-01T10:00:00", hours=1),
        make_summary("Late talk", "2026-12-24T10:00:00", hours=3),
        make_summary("Early one", "2026-12-01T10:00:00", hours=2),
        make_summary("Pattern", template=True),
    )
    ids = lambda *args: [each.id for each in filter_and_sort(cards, *args, NOW)]  # noqa: E731
    assert ids("recent", "") == ["Old talk", "Early one", "Late talk"]
    assert ids("coming", "") == ["Early one", "Late talk"]
    assert ids("templates", "") == ["Pattern"]
    assert ids("recent", "TALK late") == ["Late talk"]
    assert ids("archive", "") == ["Pattern", "Old talk", "Early one", "Late talk"]


# ----------------------------------------------------------------------------------------------------- panel


@pytest.fixture
def environment(qtbot, formatter, tmp_path):
    class HomeEnvironment:
        messages = Notifications(formatter)

    environment = HomeEnvironment()
    environment.events = []
    environment.messages.posted.connect(environment.events.append)
    environment.tasks = TaskRunner(environment.messages)
    environment.workspace = Workspace(tmp_path, now=lambda: NOW)
    environment.library_commands = LibraryCommands(
        lambda: environment.workspace, environment.tasks, environment.messages
    )
    environment.home = HomePanel(environment.library_commands, formatter, now=lambda: NOW)
    qtbot.addWidget(environment.home)
    environment.home.resize(1200, 700)
    environment.home.show()

    def wait_idle():
        qtbot.waitUntil(lambda: not environment.tasks.running)

    def titles():
        model = environment.home._model
        return [model.index(row).data() for row in range(model.rowCount())]

    environment.wait_idle, environment.titles = wait_idle, titles
    yield environment
    environment.tasks.shutdown()
    environment.workspace.close()


def create_webinars(environment, *titles):
    ids = [environment.workspace.create_webinar(title, zone="Europe/Paris") for title in titles]
    environment.home.refresh()
    environment.wait_idle()
    return ids


def test_a_new_user_is_told_what_to_do_first(qtbot, environment, screenshot):
    environment.home.refresh()
    environment.wait_idle()
    empty = environment.home._welcome
    assert empty.isVisible()
    assert not environment.home._search.isVisible()
    screenshot(environment.home, "home-empty")
    with qtbot.waitSignal(environment.home.new_requested) as signal:
        qtbot.mouseClick(empty.findChild(QPushButton, "primary"), Qt.MouseButton.LeftButton)
    assert signal.args == [""]


def test_webinars_show_and_open_by_keyboard_and_double_click(qtbot, environment, screenshot):
    first, second = create_webinars(environment, "First", "Second")
    assert sorted(environment.titles()) == ["First", "Second"]
    view = environment.home._list
    screenshot(environment.home, "home-cards")
    index = environment.home._model.index(environment.titles().index("Second"))
    view.setFocus()
    view.setCurrentIndex(index)
    with qtbot.waitSignal(environment.home.open_requested) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert signal.args == [second]
    place = view.visualRect(environment.home._model.index(environment.titles().index("First"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(environment.home.open_requested) as signal:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [first]


def test_who_comes_by_keyboard_begins_at_the_cards(qtbot, environment):
    environment.home.activateWindow()
    _first, second = create_webinars(environment, "First", "Second")
    qtbot.waitUntil(environment.home._list.hasFocus)
    assert environment.titles()[0] == "Second", "what was made last lies first"
    with qtbot.waitSignal(environment.home.open_requested) as signal:
        qtbot.keyClick(environment.home._list, Qt.Key.Key_Return)
    assert signal.args == [second]


def test_what_is_searched_for_is_opened_with_enter(qtbot, environment):
    first, _second = create_webinars(environment, "First", "Second")
    qtbot.keyClicks(environment.home._search, "fir")
    with qtbot.waitSignal(environment.home.open_requested) as signal:
        qtbot.keyClick(environment.home._search, Qt.Key.Key_Return)
    assert signal.args == [first]


def test_rows_are_the_same_in_another_shape(environment, screenshot):
    create_webinars(environment, "First", "Second")
    cards_wide = environment.home._list.visualRect(environment.home._model.index(0)).width()
    environment.home.set_shape("rows")
    environment.home._list.doItemsLayout()
    assert environment.home._list.visualRect(environment.home._model.index(0)).width() > cards_wide
    assert environment.home.shape == "rows"
    screenshot(environment.home, "home-rows")


def test_searching_narrows_and_says_when_nothing_is_found(qtbot, environment):
    create_webinars(environment, "First", "Second")
    qtbot.keyClicks(environment.home._search, "sec")
    assert environment.titles() == ["Second"]
    environment.home._search.setText("nowhere")
    assert environment.titles() == []
    assert "nowhere" in environment.home._empty_label.text()
    environment.home._search.clear()
    assert len(environment.titles()) == 2


def test_deleting_offers_undo_and_the_deleted_section_brings_back(qtbot, environment):
    create_webinars(environment, "First", "Second")
    view = environment.home._list
    view.setFocus()
    view.setCurrentIndex(environment.home._model.index(environment.titles().index("First")))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: environment.titles() == ["Second"])
    assert environment.events[-1].action[0] == "Undo"
    environment.events[-1].action[1]()
    qtbot.waitUntil(lambda: len(environment.titles()) == 2)
    environment.library_commands.delete(
        environment.home._model.index(0).data(Qt.ItemDataRole.UserRole).id, "x", deleted=True
    )
    qtbot.waitUntil(lambda: len(environment.titles()) == 1)
    environment.home.show_section("deleted")
    qtbot.waitUntil(lambda: len(environment.titles()) == 1 and not environment.tasks.running)
    view.activated.emit(environment.home._model.index(0))
    qtbot.waitUntil(lambda: environment.titles() == [] and not environment.tasks.running)
    environment.home.show_section("recent")
    qtbot.waitUntil(lambda: len(environment.titles()) == 2)


def test_archiving_and_taking_out_again(qtbot, environment):
    (only,) = create_webinars(environment, "First")
    environment.library_commands.archive(only, "First", archived=True)
    qtbot.waitUntil(lambda: environment.titles() == [])
    environment.home.show_section("archive")
    qtbot.waitUntil(lambda: environment.titles() == ["First"])
    menu = environment.home.build_menu(environment.home._model.card_at(environment.home._model.index(0)))
    out = next(each for each in menu.actions() if each.text() == "Move out of the archive")
    out.trigger()
    qtbot.waitUntil(lambda: environment.titles() == [])


def test_a_template_is_what_new_webinars_are_made_from(qtbot, environment):
    (only,) = create_webinars(environment, "Pattern")
    menu = environment.home.build_menu(environment.home._model.card_at(environment.home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Use as a template").trigger()
    qtbot.waitUntil(lambda: environment.titles() == [])
    environment.home.show_section("templates")
    qtbot.waitUntil(lambda: environment.titles() == ["Pattern"])
    with qtbot.waitSignal(environment.home.new_requested) as signal:
        environment.home._list.activated.emit(environment.home._model.index(0))
    assert signal.args == [only]


def test_duplicating_from_the_menu(qtbot, environment):
    create_webinars(environment, "First")
    menu = environment.home.build_menu(environment.home._model.card_at(environment.home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Duplicate").trigger()
    qtbot.waitUntil(lambda: sorted(environment.titles()) == ["First", "First (copy)"])


def test_the_current_card_stays_current_when_the_cards_are_read_again(environment):
    create_webinars(environment, "First", "Second")
    row = environment.titles().index("First")
    environment.home._list.setCurrentIndex(environment.home._model.index(row))
    environment.home.refresh()
    environment.wait_idle()
    assert environment.home._list.currentIndex().data() == "First"


# ----------------------------------------------------------------------------------------------------- commands


def test_a_webinar_is_made_as_it_was_planned(qtbot, environment):
    created_ids = []
    environment.library_commands.create(
        Webinar(id="w", title="Planned", zone="Europe/Paris", chat="moderated"), created_ids.append
    )
    environment.wait_idle()
    assert created_ids == ["w"]
    assert environment.workspace.library.load_draft("w").webinar.chat == "moderated"


def test_a_webinar_from_a_template_has_its_lanes_and_its_own_plan(qtbot, environment):
    pattern = Webinar(
        id="pattern",
        title="Pattern",
        start="2026-01-01T10:00:00",
        programme=(Image(id="a", start_ms=0, length_ms=10_000, media=SHA),),
        media={SHA: Media(sha256=SHA, kind="image", name="a.png")},
    )
    environment.workspace.library.create(pattern)
    planned = Webinar(id="unused", title="New", zone="Europe/Paris", moderators=(Moderator(name="A", email="a@b.c"),))
    created_ids = []
    environment.library_commands.create(planned, created_ids.append, template="pattern")
    environment.wait_idle()
    webinar = environment.workspace.library.load_draft(created_ids[0]).webinar
    assert (webinar.title, webinar.zone, webinar.start) == ("New", "Europe/Paris", None)
    assert webinar.moderators == planned.moderators
    assert webinar.programme == pattern.programme
    assert webinar.id not in {"unused", "pattern"}
