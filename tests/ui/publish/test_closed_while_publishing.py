"""The publish dialog is closed while it publishes: the work goes on, and the window says how it ended."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from editor.errors import KnownError


@pytest.fixture
def posted(hosted_environment):
    """Return the texts that the window posts, in a list that grows."""
    texts = []
    hosted_environment.context.notifications.posted.connect(lambda each: texts.append((each.kind, each.text)))
    return texts


def close_for_good(dialog):
    """Close a dialog as the window does, which deletes it."""
    dialog.reject()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_the_link_is_posted_in_the_window(hosted_environment, posted):
    dialog = hosted_environment.open_dialog()
    dialog.footer.publish_button.click()
    close_for_good(dialog)
    hosted_environment.wait_idle()
    hosted_environment.refresh()
    (session,) = hosted_environment.sync_service.state.remote.sessions
    assert posted == [("info", f"Published. The link for attendees, which does not change: {session.url}")]


def test_a_failure_is_posted_in_the_window(hosted_environment, posted, monkeypatch):
    refusal = KnownError("sync.offline", address="webinars.example.org")

    def refuse(*_arguments, **_more):
        raise refusal

    monkeypatch.setattr("editor.sync.publisher.upload_version", refuse)
    dialog = hosted_environment.open_dialog()
    dialog.footer.publish_button.click()
    close_for_good(dialog)
    hosted_environment.wait_idle()
    assert posted == [("error", hosted_environment.context.formatter.format_message(refusal))]
