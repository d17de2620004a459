"""The shelf of what is on the hosting alone, and how each card stands to it."""

import pytest

from tests.ui.hosting import hosting
from tests.ui.publish.organizers import organizer
from ui.home.deeds import LibraryDeeds
from ui.home.hosted import HostedShelf
from ui.home.panel import Home

__all__ = ["hosting", "organizer"]


@pytest.fixture
def at_home(qtbot, words):
    """Home as an organizer sees it."""

    def show(one):
        home = Home(LibraryDeeds(lambda: one.workspace, one.common.tasks, one.common.messages, one.owner), words)
        shelf = HostedShelf(one.syncing, words)
        home.set_hosting(shelf, one.liaison.synced)
        one.syncing.arrived.connect(home.refresh)
        qtbot.addWidget(home)
        home.resize(900, 600)
        home.show()
        home.refresh()
        one.idle()
        return home, shelf

    return show


def cards(home):
    model = home._model
    return {lines.title: lines for lines in (model.at(model.index(row)) for row in range(model.rowCount()))}


def test_what_a_colleague_has_is_listed_and_got(organizer, at_home, qtbot, shot):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    first, _second = ada.make("The night sky"), ada.make("Comets")
    home, shelf = at_home(grace)
    home.show_shelf("hosted")
    assert shelf.titles == []
    assert "is on this computer, too" in shelf._why.text()
    ada.begin()
    grace.sync()
    assert sorted(shelf.titles) == ["Comets", "The night sky"]
    shot(home, "home-hosted")
    home._search.setText("sky")
    assert shelf.titles == ["The night sky"]
    with qtbot.waitSignal(home.open_asked, timeout=40_000) as opened:
        shelf.row(first).get.click()
        assert not shelf.row(first).get.isEnabled()
    assert opened.args == [first]
    grace.idle()
    home._search.clear()
    assert shelf.titles == ["Comets"]
    home.show_shelf("recent")
    grace.idle()
    assert cards(home)["The night sky"].synced == "synced"


def test_cards_say_how_they_stand(organizer, at_home, shot):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    webinar = ada.make()
    ada.make("Not shared")
    ada.begin()
    grace.sync()
    grace.syncing.fetch(webinar, grace.open)
    grace.idle()
    home, _shelf = at_home(ada)
    ada.open(webinar)
    assert cards(home)["The night sky"].synced == "synced"
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    assert cards(home)["By Ada"].synced == "choose …"
    assert cards(home)["By Ada"].spoken.endswith("choose …")
    ada.workspace.save(ada.make("Newer"), "again")
    home.refresh()
    ada.idle()
    assert cards(home)["Newer"].synced == ""
    home.set_shape("rows")
    shot(home, "home-synced-rows")


def test_offline_and_signed_out_say_why_and_offer_the_way_out(organizer, hosting, at_home, qtbot):
    ada = organizer()
    home, shelf = at_home(ada)
    home.show_shelf("hosted")
    hosting.kill()
    try:
        ada.sync()
        assert hosting.url in shelf._why.text()
        assert shelf._way_out.text() == "Try now"
    finally:
        hosting.start()
    shelf._way_out.click()
    ada.idle()
    assert shelf._way_out.isHidden()
    ada.liaison.desk.sign_out()
    ada.idle()
    with qtbot.waitSignal(shelf.sign_in_asked):
        shelf._way_out.click()


def test_what_is_deleted_here_can_be_deleted_there_too(organizer, at_home):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    webinar = ada.make()
    ada.begin()
    home, _shelf = at_home(ada)
    home.retire_asked.connect(ada.syncing.retire)
    ada.workspace.library.delete(webinar, deleted=True)
    home.show_shelf("deleted")
    ada.idle()
    grace.sync()
    assert [card.id for card in grace.syncing.elsewhere] == [webinar], "deleting here takes nothing from colleagues"
    menu = home.menu_for(home._model.at(home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Delete on the hosting, too").trigger()
    ada.idle()
    assert ada.told[-1].text == "“The night sky” is deleted on the hosting, too."
    grace.sync()
    assert grace.syncing.elsewhere == ()
