import pytest

from editor.document import Document
from editor.errors import KnownError
from editor.schedule import operations as ops
from editor.schedule.model import Image, Media, Webinar
from ui.actions.edit_errors import EditErrors
from ui.services.notifications import Notifications
from ui.state.document_controller import DocumentController

SHA = "0" * 64
WEBINAR = Webinar(
    id="w",
    programme=tuple(Image(id=name, start_ms=at, length_ms=10_000, media=SHA) for name, at in (("a", 0), ("b", 20_000))),
    media={SHA: Media(sha256=SHA, kind="image", name="a.png")},
)


@pytest.fixture
def notifications(qtbot, formatter):
    notifications = Notifications(formatter)
    messages = []
    notifications.posted.connect(messages.append)
    return notifications, messages


def attach_edit_errors(controller, notifications, formatter, elsewhere=lambda: False):
    controller.edit_errors = EditErrors(controller, notifications[0], formatter, elsewhere, controller)
    return notifications[1]


def test_a_locked_lane_offers_to_unlock_and_do_it(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Lock(lane="programme"))
    controller.edit(ops.Delete(segments=("b",)))
    (message,) = messages
    assert message.kind == "error"
    assert message.action[0] == "Unlock and continue"
    message.action[1]()
    assert controller.webinar.find_segment("b") is None
    assert not controller.webinar.programme_locked


def test_the_button_of_the_first_of_two_refusals_carries_out_the_first(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Lock(lane="programme"))
    deleted, moved = [], []
    controller.edit(ops.Delete(segments=("b",)), deleted.append)
    controller.edit(ops.Move(segments=("a",), delta_ms=2_000), moved.append)
    messages[0].action[1]()
    assert controller.webinar.find_segment("b") is None
    assert controller.webinar.find_segment("a").start_ms == 0
    assert (len(deleted), len(moved)) == (1, 0)


def test_what_is_pasted_where_there_is_no_room_lands_nearby_and_that_is_said(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Paste(segments=(WEBINAR.programme[0],), at_ms=22_000))
    assert len(controller.webinar.programme) == 3
    (message,) = messages
    assert message.kind == "info"
    assert "0:00:30.000" in message.text


def test_what_goes_only_part_of_the_way_offers_that(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Resize(segment="a", edge="end", delta_ms=15_000, exact=True))
    assert controller.webinar is WEBINAR
    messages[0].action[1]()
    assert controller.webinar.find_segment("a").end_ms == 20_000


def test_what_cannot_be_is_said(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Split(at_ms=0))
    assert len(messages) == 1
    assert messages[0].action is None


def test_a_field_that_shows_its_refusals_itself_is_left_to_it(notifications, formatter):
    controller = DocumentController.in_memory(WEBINAR)
    messages = attach_edit_errors(controller, notifications, formatter, elsewhere=lambda: True)
    controller.edit(ops.Split(at_ms=0))
    assert messages == []


def test_another_program_s_work_is_offered(notifications, formatter):
    theirs = Webinar(id="w", title="Theirs")

    def stale(_webinar):
        raise KnownError("library.stale", id="w", title="Mine")

    document = Document(WEBINAR, stale, load=lambda: (theirs, ()))

    def at_once(work, done, failed):
        try:
            done(work())
        except KnownError as known:
            failed(known)

    controller = DocumentController(document, at_once, lambda note, _seen: note)
    messages = attach_edit_errors(controller, notifications, formatter)
    controller.edit(ops.Delete(segments=("b",)))
    assert messages[0].kind == "error"
    messages[0].action[1]()
    assert controller.webinar is theirs
