"""The list of webinars that are on the server alone, and how each card compares to it."""

import pytest

from tests.ui.hosting_fixtures import hosting
from tests.ui.sync.organizer_fixtures import organizer
from ui.home.library_commands import LibraryCommands
from ui.home.panel import HomePanel
from ui.home.remote_webinars import RemoteWebinarList

__all__ = ["hosting", "organizer"]


@pytest.fixture
def open_home(qtbot, formatter):
    """Return a function that shows Home of an organizer."""

    def show(one):
        home = HomePanel(
            LibraryCommands(lambda: one.workspace, one.context.tasks, one.context.notifications, one.owner), formatter
        )
        webinar_list = RemoteWebinarList(one.sync_service, formatter)
        home.set_hosting(webinar_list, one.sync_controller.find_sync_badge)
        one.sync_service.report_received.connect(home.refresh)
        qtbot.addWidget(home)
        home.resize(900, 600)
        home.show()
        home.refresh()
        one.wait_idle()
        return home, webinar_list

    return show


def cards_by_title(home):
    model = home._model
    return {lines.title: lines for lines in (model.card_at(model.index(row)) for row in range(model.rowCount()))}


def test_what_a_colleague_has_is_listed_and_got(organizer, open_home, qtbot, screenshot):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    first, _second = ada.create_webinar("The night sky"), ada.create_webinar("Comets")
    home, webinar_list = open_home(grace)
    home.show_section("hosted")
    assert webinar_list.titles == []
    assert "are on this computer, too" in webinar_list._reason.text()
    ada.start()
    grace.sync()
    assert sorted(webinar_list.titles) == ["Comets", "The night sky"]
    screenshot(home, "home-hosted")
    home._search.setText("sky")
    assert webinar_list.titles == ["The night sky"]
    with qtbot.waitSignal(home.open_requested, timeout=40_000) as opened:
        webinar_list.find_row(first).download_button.click()
        assert not webinar_list.find_row(first).download_button.isEnabled()
    assert opened.args == [first]
    grace.wait_idle()
    home._search.clear()
    assert webinar_list.titles == ["Comets"]
    home.show_section("recent")
    grace.wait_idle()
    assert cards_by_title(home)["The night sky"].sync_text == "Up to date"


def test_cards_say_how_they_stand(organizer, open_home, screenshot):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    webinar = ada.create_webinar()
    ada.create_webinar("Not shared")
    ada.start()
    grace.sync()
    grace.sync_service.download(webinar, grace.open)
    grace.wait_idle()
    home, _webinar_list = open_home(ada)
    ada.open(webinar)
    assert cards_by_title(home)["The night sky"].sync_text == "Up to date"
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    assert cards_by_title(home)["By Ada"].sync_text == "Conflict"
    assert cards_by_title(home)["By Ada"].accessible_text.endswith("Conflict")
    ada.workspace.save_version(ada.create_webinar("Newer"), "again")
    home.refresh()
    ada.wait_idle()
    assert cards_by_title(home)["Newer"].sync_text == ""
    home.set_shape("rows")
    screenshot(home, "home-synced-rows")


def test_offline_and_signed_out_say_why_and_offer_the_way_out(organizer, hosting, open_home, qtbot):
    ada = organizer()
    home, webinar_list = open_home(ada)
    home.show_section("hosted")
    hosting.kill()
    try:
        ada.sync()
        assert hosting.url in webinar_list._reason.text()
        assert webinar_list._action_button.text() == "Try now"
    finally:
        hosting.start()
    webinar_list._action_button.click()
    ada.wait_idle()
    assert webinar_list._action_button.isHidden()
    ada.sync_service.sign_out()
    ada.wait_idle()
    with qtbot.waitSignal(webinar_list.sign_in_requested):
        webinar_list._action_button.click()


def test_what_is_deleted_here_can_be_deleted_there_too(organizer, open_home):
    ada, grace = organizer("ada", begin=False), organizer("grace")
    webinar = ada.create_webinar()
    ada.start()
    home, _webinar_list = open_home(ada)
    home.remote_deletion_requested.connect(ada.sync_service.delete_remote)
    ada.workspace.library.set_deleted(webinar, deleted=True)
    home.show_section("deleted")
    ada.wait_idle()
    grace.sync()
    listed = [card.id for card in grace.sync_service.state.remote_only]
    assert listed == [webinar], "deleting here takes nothing from colleagues"
    menu = home.build_menu(home._model.card_at(home._model.index(0)))
    next(each for each in menu.actions() if each.text() == "Delete on the server, too").trigger()
    ada.wait_idle()
    assert ada.posted[-1].text == "“The night sky” was deleted on the server, too."
    grace.sync()
    assert grace.sync_service.state.remote_only == ()
