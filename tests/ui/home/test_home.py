from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from editor.library.values import Card
from editor.schedule.model import Image, Media, Moderator, Webinar
from editor.workspace import Workspace
from ui.home.deeds import LibraryDeeds
from ui.home.lines import CardWriter, arranged
from ui.home.panel import Home
from ui.messages import Messages
from ui.tasks import Tasks

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SHA = "0" * 64


def card(name, start=None, *, hours=0, **more):
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
    return Card(id=name, title=name, start=start, edited_at=edited, **{**facts, **more})


# ----------------------------------------------------------------------------------------------------- lines


def test_a_card_tells_start_state_and_length(words):
    writer = CardWriter(words)
    lines = writer.lines(card("Onboarding", "2026-12-01T18:00:00", versions=7), NOW)
    assert lines.start == "Tue 1 Dec 2026, 18:00 Paris"
    assert "9" in lines.away
    assert lines.state == "version 7, edited since"
    assert lines.length == "1:30"
    assert lines.unsaved
    assert not lines.soon
    assert lines.spoken.startswith("Onboarding, Tue 1 Dec 2026")


def test_a_card_without_date_title_or_content_says_so(words):
    lines = CardWriter(words).lines(card("", length_ms=0), NOW)
    assert (lines.title, lines.start, lines.away, lines.length) == ("Untitled webinar", "No date yet", "", "empty")
    assert lines.state == "draft, no version yet"


@pytest.mark.parametrize(
    ("start", "soon", "away"),
    [
        ("2026-11-22T09:30:00", True, "30"),
        ("2026-11-22T19:30:00", True, "10"),
        ("2026-11-24T18:00:00", False, "2"),
        ("2026-11-22T08:59:00", False, "in the past"),
    ],
)
def test_a_card_tells_how_far_away_it_is(words, start, soon, away):
    lines = CardWriter(words).lines(card("x", start), NOW)
    assert lines.soon is soon
    assert away in lines.away


def test_a_zone_that_is_not_known_here_is_no_date(words):
    assert CardWriter(words).lines(card("x", "2026-12-01T18:00:00", zone="Mars/Olympus"), NOW).start == "No date yet"


def test_shelves_have_their_order_and_the_search_finds_words_of_the_title():
    cards = (
        card("Old talk", "2026-01-01T10:00:00", hours=1),
        card("Late talk", "2026-12-24T10:00:00", hours=3),
        card("Early one", "2026-12-01T10:00:00", hours=2),
        card("Pattern", template=True),
    )
    ids = lambda *args: [each.id for each in arranged(cards, *args, NOW)]  # noqa: E731
    assert ids("recent", "") == ["Old talk", "Early one", "Late talk"]
    assert ids("coming", "") == ["Early one", "Late talk"]
    assert ids("templates", "") == ["Pattern"]
    assert ids("recent", "TALK late") == ["Late talk"]
    assert ids("archive", "") == ["Pattern", "Old talk", "Early one", "Late talk"]


# ----------------------------------------------------------------------------------------------------- panel


@pytest.fixture
def room(qtbot, words, tmp_path):
    class Room:
        messages = Messages(words)

    room = Room()
    room.heard = []
    room.messages.told.connect(room.heard.append)
    room.tasks = Tasks(room.messages)
    room.workspace = Workspace(tmp_path, now=lambda: NOW)
    room.deeds = LibraryDeeds(lambda: room.workspace, room.tasks, room.messages)
    room.home = Home(room.deeds, words, now=lambda: NOW)
    qtbot.addWidget(room.home)
    room.home.resize(1200, 700)
    room.home.show()

    def settle():
        qtbot.waitUntil(lambda: not room.tasks.running)

    def titles():
        model = room.home._model
        return [model.index(row).data() for row in range(model.rowCount())]

    room.settle, room.titles = settle, titles
    yield room
    room.tasks.shutdown()
    room.workspace.close()


def make(room, *titles):
    made = [room.workspace.new(title, zone="Europe/Paris") for title in titles]
    room.home.refresh()
    room.settle()
    return made


def test_a_new_user_is_told_what_to_do_first(qtbot, room, shot):
    room.home.refresh()
    room.settle()
    empty = room.home._empty
    assert empty.isVisible()
    assert not room.home._search.isVisible()
    shot(room.home, "home-empty")
    with qtbot.waitSignal(room.home.new_asked) as asked:
        qtbot.mouseClick(empty.findChild(QPushButton, "primary"), Qt.MouseButton.LeftButton)
    assert asked.args == [""]


def test_webinars_show_and_open_by_keyboard_and_double_click(qtbot, room, shot):
    first, second = make(room, "First", "Second")
    assert sorted(room.titles()) == ["First", "Second"]
    view = room.home._list
    shot(room.home, "home-cards")
    index = room.home._model.index(room.titles().index("Second"))
    view.setFocus()
    view.setCurrentIndex(index)
    with qtbot.waitSignal(room.home.open_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [second]
    place = view.visualRect(room.home._model.index(room.titles().index("First"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(room.home.open_asked) as asked:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [first]


def test_who_comes_by_keyboard_begins_at_the_cards(qtbot, room):
    room.home.activateWindow()
    _first, second = make(room, "First", "Second")
    qtbot.waitUntil(room.home._list.hasFocus)
    assert room.titles()[0] == "Second", "what was made last lies first"
    with qtbot.waitSignal(room.home.open_asked) as asked:
        qtbot.keyClick(room.home._list, Qt.Key.Key_Return)
    assert asked.args == [second]


def test_what_is_searched_for_is_opened_with_enter(qtbot, room):
    first, _second = make(room, "First", "Second")
    qtbot.keyClicks(room.home._search, "fir")
    with qtbot.waitSignal(room.home.open_asked) as asked:
        qtbot.keyClick(room.home._search, Qt.Key.Key_Return)
    assert asked.args == [first]


def test_rows_are_the_same_in_another_shape(room, shot):
    make(room, "First", "Second")
    cards_wide = room.home._list.visualRect(room.home._model.index(0)).width()
    room.home.set_shape("rows")
    room.home._list.doItemsLayout()
    assert room.home._list.visualRect(room.home._model.index(0)).width() > cards_wide
    assert room.home.shape == "rows"
    shot(room.home, "home-rows")


def test_searching_narrows_and_says_when_nothing_is_found(qtbot, room):
    make(room, "First", "Second")
    qtbot.keyClicks(room.home._search, "sec")
    assert room.titles() == ["Second"]
    room.home._search.setText("nowhere")
    assert room.titles() == []
    assert "nowhere" in room.home._nothing.text()
    room.home._search.clear()
    assert len(room.titles()) == 2


def test_deleting_offers_undo_and_the_shelf_of_deleted_brings_back(qtbot, room):
    make(room, "First", "Second")
    view = room.home._list
    view.setFocus()
    view.setCurrentIndex(room.home._model.index(room.titles().index("First")))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: room.titles() == ["Second"])
    assert room.heard[-1].action[0] == "Undo"
    room.heard[-1].action[1]()
    qtbot.waitUntil(lambda: len(room.titles()) == 2)
    room.deeds.delete(room.home._model.index(0).data(Qt.ItemDataRole.UserRole).id, "x", deleted=True)
    qtbot.waitUntil(lambda: len(room.titles()) == 1)
    room.home.show_shelf("deleted")
    qtbot.waitUntil(lambda: len(room.titles()) == 1 and not room.tasks.running)
    view.activated.emit(room.home._model.index(0))
    qtbot.waitUntil(lambda: room.titles() == [] and not room.tasks.running)
    room.home.show_shelf("recent")
    qtbot.waitUntil(lambda: len(room.titles()) == 2)


def test_archiving_and_taking_out_again(qtbot, room):
    (only,) = make(room, "First")
    room.deeds.archive(only, "First", archived=True)
    qtbot.waitUntil(lambda: room.titles() == [])
    room.home.show_shelf("archive")
    qtbot.waitUntil(lambda: room.titles() == ["First"])
    menu = room.home.menu_for(room.home._model.at(room.home._model.index(0)))
    out = next(each for each in menu.actions() if each.text() == "Take out of the archive")
    out.trigger()
    qtbot.waitUntil(lambda: room.titles() == [])


def test_a_template_is_what_new_webinars_are_made_from(qtbot, room):
    (only,) = make(room, "Pattern")
    menu = room.home.menu_for(room.home._model.at(room.home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Use as a template").trigger()
    qtbot.waitUntil(lambda: room.titles() == [])
    room.home.show_shelf("templates")
    qtbot.waitUntil(lambda: room.titles() == ["Pattern"])
    with qtbot.waitSignal(room.home.new_asked) as asked:
        room.home._list.activated.emit(room.home._model.index(0))
    assert asked.args == [only]


def test_duplicating_from_the_menu(qtbot, room):
    make(room, "First")
    menu = room.home.menu_for(room.home._model.at(room.home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Duplicate").trigger()
    qtbot.waitUntil(lambda: sorted(room.titles()) == ["First", "First (copy)"])


def test_the_current_card_stays_current_when_the_cards_are_read_again(room):
    make(room, "First", "Second")
    row = room.titles().index("First")
    room.home._list.setCurrentIndex(room.home._model.index(row))
    room.home.refresh()
    room.settle()
    assert room.home._list.currentIndex().data() == "First"


# ----------------------------------------------------------------------------------------------------- deeds


def test_a_webinar_is_made_as_it_was_planned(qtbot, room):
    made = []
    room.deeds.create(Webinar(id="w", title="Planned", zone="Europe/Paris", chat="moderated"), made.append)
    room.settle()
    assert made == ["w"]
    assert room.workspace.library.draft("w").webinar.chat == "moderated"


def test_a_webinar_from_a_template_has_its_lanes_and_its_own_plan(qtbot, room):
    pattern = Webinar(
        id="pattern",
        title="Pattern",
        start="2026-01-01T10:00:00",
        programme=(Image(id="a", start_ms=0, length_ms=10_000, media=SHA),),
        media={SHA: Media(sha256=SHA, kind="image", name="a.png")},
    )
    room.workspace.library.create(pattern)
    planned = Webinar(id="unused", title="New", zone="Europe/Paris", moderators=(Moderator(name="A", email="a@b.c"),))
    made = []
    room.deeds.create(planned, made.append, template="pattern")
    room.settle()
    webinar = room.workspace.library.draft(made[0]).webinar
    assert (webinar.title, webinar.zone, webinar.start) == ("New", "Europe/Paris", None)
    assert webinar.moderators == planned.moderators
    assert webinar.programme == pattern.programme
    assert webinar.id not in {"unused", "pattern"}
