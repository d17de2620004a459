"""Two organizers of one account: versions of a colleague arrive, and conflicts are asked about."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.hosting_fixtures import hosting
from tests.ui.sync.organizer_fixtures import organizer
from ui.sync.conflict_dialog import ConflictDialog
from ui.sync.incoming_version import IncomingVersionBar

__all__ = ["hosting", "organizer"]


@pytest.fixture
def ada_and_grace(organizer):
    """Return Ada and Grace, who have one webinar open, both at its first version."""
    ada, grace = organizer("ada", begin=False), organizer("grace", begin=False)
    webinar = ada.create_webinar()
    ada.start()
    grace.start()
    grace.sync_service.download(webinar, grace.open)
    grace.wait_idle()
    ada.open(webinar)
    return ada, grace


def list_titles(organizer):
    return sorted(card.title for card in organizer.workspace.library.list_webinars())


def wait_for_dialog(organizer):
    """Return the dialog that asks how to resolve a conflict."""
    organizer.wait_until(open_dialogs)
    return open_dialogs()[0]


def open_dialogs():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, ConflictDialog) and each.isVisible()]


def choose_and_sync(organizer, choice):
    wait_for_dialog(organizer)._choose(choice)
    organizer.wait_idle()
    organizer.sync()


def test_a_newer_version_waits_in_a_bar_and_is_one_step(ada_and_grace, qtbot, formatter, screenshot):
    ada, grace = ada_and_grace
    bar = IncomingVersionBar(ada.page.incoming_version, formatter)
    qtbot.addWidget(bar)
    grace.save(title="By Grace")
    ada.sync()
    assert ada.controller.webinar.title == "The night sky", "a pull never touches the draft"
    assert not bar.isHidden()
    assert bar._text.text() == "A colleague saved version 2."
    assert not ada.controller.has_unsaved_edits
    bar.resize(900, 44)
    screenshot(bar, "newer-bar")
    bar.show_changes()
    ada.wait_idle()
    dialog = bar.children()[-1]
    assert "renamed from “The night sky” to “By Grace”" in dialog.text
    dialog.reject()
    bar.update_button.click()
    ada.wait_idle()
    assert ada.controller.webinar.title == "By Grace"
    assert not ada.controller.has_unsaved_edits
    assert bar.isHidden()
    ada.controller.undo()
    ada.wait_idle()
    assert ada.controller.webinar.title == "The night sky"


def test_unsaved_edits_stay_where_a_newer_version_is_taken_in(ada_and_grace):
    ada, grace = ada_and_grace
    grace.save(title="By Grace")
    ada.edit_settings(description="Ada's words")
    ada.sync()
    ada.page.incoming_version.update_draft()
    ada.wait_idle()
    webinar = ada.controller.webinar
    assert (webinar.title, webinar.description) == ("By Grace", "Ada's words")
    assert ada.controller.has_unsaved_edits
    ada.save()
    assert ada.status_button.text() == "Up to date · version 3 on the server"
    grace.sync()
    assert grace.page.incoming_version.version is not None


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_unsaved_edits_that_clash_are_asked_about_before_anything_changes(ada_and_grace, choice):
    ada, grace = ada_and_grace
    grace.save(title="By Grace")
    ada.edit_settings(title="By Ada")
    ada.sync()
    ada.page.incoming_version.update_draft()
    ada.wait_idle()
    assert ada.controller.webinar.title == "By Ada"
    choose_and_sync(ada, choice)
    assert ada.controller.webinar.title == ("By Ada" if choice == "mine" else "By Grace")
    assert (
        list_titles(ada)
        == {
            "mine": ["By Ada"],
            "theirs": ["By Grace"],
            "both": ["By Ada (mine)", "By Grace"],
        }[choice]
    )
    assert ada.page.incoming_version.version is None
    assert not ada.controller.has_unsaved_edits
    assert ada.status_button.text().startswith("Up to date")


def test_both_edited_without_a_clash_and_both_get_home(ada_and_grace):
    ada, grace = ada_and_grace
    grace.save(title="By Grace")
    ada.save(description="Ada's words")
    assert ada.page.incoming_version.version.parents[1:], "it holds both sides' changes"
    ada.page.incoming_version.update_draft()
    grace.sync()
    grace.page.incoming_version.update_draft()
    ada.wait_idle()
    grace.wait_idle()
    assert ada.controller.webinar == grace.controller.webinar
    assert (ada.controller.webinar.title, ada.controller.webinar.description) == ("By Grace", "Ada's words")


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_changed_on_both_sides_is_said_at_the_foot_and_asked_from_there(ada_and_grace, choice, screenshot):
    ada, grace = ada_and_grace
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    assert ada.status_button.text() == "Conflict: choose a version…"
    entries = {action.text(): action for action in ada.status_button.fill_menu().actions()}
    entries["Show the conflict…"].trigger()
    dialog = wait_for_dialog(ada)
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert "title: “By Ada” (yours) · “By Grace” (theirs)" in texts
    screenshot(dialog, "apart")
    dialog.reject()
    assert ada.status_button.text() == "Conflict: choose a version…", "to decide later forgets nothing"
    ada.sync_controller.show_conflict()
    choose_and_sync(ada, choice)
    assert ada.status_button.text().startswith("Up to date")
    assert ada.controller.webinar.title == ("By Ada" if choice == "mine" else "By Grace")
    assert ("By Ada (mine)" in list_titles(ada)) is (choice == "both")
    grace.sync()
    assert ("By Ada (mine)" in [card.title for card in grace.sync_service.state.remote_only]) is (choice == "both")


def test_what_is_to_be_chosen_is_still_there_after_a_restart(ada_and_grace, organizer):
    ada, grace = ada_and_grace
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    webinar = ada.controller.webinar.id
    ada.close()
    again = organizer("ada")
    again.open(webinar)
    assert again.status_button.text() == "Conflict: choose a version…"
    again.sync_controller.show_conflict()
    choose_and_sync(again, "theirs")
    assert again.controller.webinar.title == "By Grace"


def test_notes_of_a_colleague_come_by_themselves(ada_and_grace):
    ada, grace = ada_and_grace
    grace.page.notes.write("segment", "Smile!")
    grace.wait_idle()
    grace.advance_s(3)
    ada.advance_s(60)
    ada.wait_idle()
    assert ada.page.notes.get("segment") == "Smile!"
