"""Two organizers of one account: what a colleague did is here, and what does not go together is asked about."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.hosting import hosting
from tests.ui.publish.organizers import organizer
from ui.publish.apart import ApartDialog
from ui.publish.newer import NewerBar

__all__ = ["hosting", "organizer"]


@pytest.fixture
def two(organizer):
    """Ada and Grace have one webinar open, both at its first version."""
    ada, grace = organizer("ada", begin=False), organizer("grace", begin=False)
    webinar = ada.make()
    ada.begin()
    grace.begin()
    grace.syncing.fetch(webinar, grace.open)
    grace.idle()
    ada.open(webinar)
    return ada, grace


def titles(organizer):
    return sorted(card.title for card in organizer.workspace.library.cards())


def asked(organizer):
    """The dialog that asks what shall hold."""
    organizer.wait(dialogs)
    return dialogs()[0]


def dialogs():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, ApartDialog) and each.isVisible()]


def choose(organizer, choice):
    asked(organizer)._choose(choice)
    organizer.idle()
    organizer.sync()


def test_a_newer_version_waits_in_a_bar_and_is_one_step(two, qtbot, words, shot):
    ada, grace = two
    bar = NewerBar(ada.page.newer, words)
    qtbot.addWidget(bar)
    grace.save(title="By Grace")
    ada.sync()
    assert ada.bridge.webinar.title == "The night sky", "a pull never touches the draft"
    assert not bar.isHidden()
    assert bar._text.text() == "Version 2 by a colleague is here."
    assert not ada.bridge.unsaved
    bar.resize(900, 44)
    shot(bar, "newer-bar")
    bar.show_what()
    ada.idle()
    dialog = bar.children()[-1]
    assert "“By Grace” instead of “The night sky”" in dialog.told
    dialog.reject()
    bar.update_button.click()
    ada.idle()
    assert ada.bridge.webinar.title == "By Grace"
    assert not ada.bridge.unsaved
    assert bar.isHidden()
    ada.bridge.undo()
    ada.idle()
    assert ada.bridge.webinar.title == "The night sky"


def test_unsaved_edits_stay_where_a_newer_version_is_taken_in(two):
    ada, grace = two
    grace.save(title="By Grace")
    ada.edit(description="Ada's words")
    ada.sync()
    ada.page.newer.update()
    ada.idle()
    webinar = ada.bridge.webinar
    assert (webinar.title, webinar.description) == ("By Grace", "Ada's words")
    assert ada.bridge.unsaved
    ada.save()
    assert ada.status.text() == "on the hosting: version 3 · synced"
    grace.sync()
    assert grace.page.newer.version is not None


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_unsaved_edits_that_clash_are_asked_about_before_anything_changes(two, choice):
    ada, grace = two
    grace.save(title="By Grace")
    ada.edit(title="By Ada")
    ada.sync()
    ada.page.newer.update()
    ada.idle()
    assert ada.bridge.webinar.title == "By Ada"
    choose(ada, choice)
    assert ada.bridge.webinar.title == ("By Ada" if choice == "mine" else "By Grace")
    assert (
        titles(ada)
        == {
            "mine": ["By Ada"],
            "theirs": ["By Grace"],
            "both": ["By Ada (mine)", "By Grace"],
        }[choice]
    )
    assert ada.page.newer.version is None
    assert not ada.bridge.unsaved
    assert ada.status.text().endswith("· synced")


def test_both_edited_without_a_clash_and_both_get_home(two):
    ada, grace = two
    grace.save(title="By Grace")
    ada.save(description="Ada's words")
    assert ada.page.newer.version.parents[1:], "it holds both sides' changes"
    ada.page.newer.update()
    grace.sync()
    grace.page.newer.update()
    ada.idle()
    grace.idle()
    assert ada.bridge.webinar == grace.bridge.webinar
    assert (ada.bridge.webinar.title, ada.bridge.webinar.description) == ("By Grace", "Ada's words")


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_changed_on_both_sides_is_said_at_the_foot_and_asked_from_there(two, choice, shot):
    ada, grace = two
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    assert ada.status.text() == "changed on both sides: choose …"
    entries = {action.text(): action for action in ada.status.fill().actions()}
    entries["Show what differs…"].trigger()
    dialog = asked(ada)
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert "title: “By Ada” (yours) · “By Grace” (theirs)" in said
    shot(dialog, "apart")
    dialog.reject()
    assert ada.status.text() == "changed on both sides: choose …", "to decide later forgets nothing"
    ada.liaison.show_what_differs()
    choose(ada, choice)
    assert ada.status.text().endswith("· synced")
    assert ada.bridge.webinar.title == ("By Ada" if choice == "mine" else "By Grace")
    assert ("By Ada (mine)" in titles(ada)) is (choice == "both")
    grace.sync()
    assert ("By Ada (mine)" in [card.title for card in grace.syncing.elsewhere]) is (choice == "both")


def test_what_is_to_be_chosen_is_still_there_after_a_restart(two, organizer):
    ada, grace = two
    grace.save(title="By Grace")
    ada.save(title="By Ada")
    webinar = ada.bridge.webinar.id
    ada.close()
    again = organizer("ada")
    again.open(webinar)
    assert again.status.text() == "changed on both sides: choose …"
    again.liaison.show_what_differs()
    choose(again, "theirs")
    assert again.bridge.webinar.title == "By Grace"


def test_notes_of_a_colleague_come_by_themselves(two):
    ada, grace = two
    grace.page.notes.write("segment", "Smile!")
    grace.idle()
    grace.pass_s(3)
    ada.pass_s(60)
    ada.idle()
    assert ada.page.notes.of("segment") == "Smile!"
