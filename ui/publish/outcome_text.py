"""How publishing ended, as a sentence for the user."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from ui.publish import publish_state as states
from ui.publish.publish_state import PublishOutcome
from ui.text.formatter import Formatter


def format_outcome(outcome: PublishOutcome, formatter: Formatter) -> tuple[str, str]:
    """Return how an outcome is shown: the name of its text in the style sheet, and the translated sentence.

    Args:
        outcome: the outcome.
        formatter: words errors.

    Returns:
        The name ("strong", "quiet", "warning" or "error"; that of a message is its own), and the sentence.
    """
    match outcome:
        case states.PublishedOutcome(session):
            if session.test:
                text = QCoreApplication.translate("PublishDialog", "The private test starts now. Its link: {url}")
            else:
                text = QCoreApplication.translate(
                    "PublishDialog", "Published. The link for attendees, which does not change: {url}"
                )
            return "strong", text.format(url=session.url)
        case states.UpdatedOutcome(session):
            text = QCoreApplication.translate("PublishDialog", "Attendees now get version {number}.")
            return "strong", text.format(number=session.number)
        case states.ConflictOutcome():
            return "warning", QCoreApplication.translate(
                "PublishDialog", "A colleague changed this webinar, too. Resolve the conflict, then publish."
            )
        case states.FailureOutcome(error):
            return "error", formatter.format_message(error)
        case states.CancelOutcome():
            return "quiet", QCoreApplication.translate(
                "PublishDialog", "Cancelled. Files that were uploaded stay on the server and are not sent again."
            )
        case states.MessageOutcome(role, text):
            return role, text
        case _:
            assert_never(outcome)
