import threading

import pytest

from editor.document import Document
from editor.errors import KnownError
from editor.schedule import operations as ops
from editor.schedule.model import Image, Media, Webinar
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController

SHA = "0" * 64
PICTURE = Media(sha256=SHA, kind="image", name="a.png")


def image(name, start_ms):
    return Image(id=name, start_ms=start_ms, length_ms=10_000, title=name, media=SHA)


@pytest.fixture
def webinar():
    return Webinar(id="w", programme=(image("a", 0), image("b", 20_000)), media={SHA: PICTURE})


def test_an_edit_in_memory_is_done_before_it_returns(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    changes, edited = [], []
    controller.changed.connect(changes.append)
    controller.edit(ops.Move(segments=("b",), delta_ms=5_000), edited.append)
    assert controller.webinar.programme[1].start_ms == 25_000
    assert changes[0].before is webinar
    assert changes[0].after is controller.webinar
    assert edited[0].moved == ("b",)


def test_undo_and_redo_name_their_step_and_do_nothing_where_there_is_none(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    controller.undo()
    controller.redo()
    controller.edit(ops.Move(segments=("b",), delta_ms=5_000))
    assert controller.undo_step.op_tag == "move"
    controller.undo()
    assert controller.webinar is webinar
    assert controller.undo_step is None
    assert controller.redo_step.op_tag == "move"
    controller.redo()
    assert controller.webinar.programme[1].start_ms == 25_000


def test_what_is_amended_is_one_step(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    controller.edit(ops.Add(segments=(image("c", 40_000),)))
    controller.edit(ops.SetLengths(lengths=(ops.Lengths(segment="c", play_ms=4_000),)), amend=True)
    assert controller.webinar.find_segment("c").length_ms == 4_000
    controller.undo()
    assert controller.webinar is webinar


def test_a_refusal_changes_nothing_and_comes_back_with_its_operation(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    refusals = []
    controller.refused.connect(lambda refusal: refusals.append((refusal.error.code, refusal.operation)))
    op = ops.Move(segments=("b",), delta_ms=-15_000)
    controller.edit(op)
    assert refusals == [("refused.taken", op)]
    assert controller.webinar is webinar


def test_unlocking_and_doing_it_is_one_step_and_still_calls_back(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    controller.edit(ops.Lock(lane="programme"))
    refusals, done = [], []
    controller.refused.connect(refusals.append)
    controller.edit(ops.Move(segments=("b",), delta_ms=1_000), done.append)
    assert done == []
    controller.apply_alternative(refusals[0])
    assert len(done) == 1
    assert not controller.webinar.programme_locked
    controller.undo()
    assert controller.webinar.programme_locked
    assert controller.webinar.find_segment("b").start_ms == 20_000


def test_each_of_two_refused_edits_continues_with_its_own_operation_and_callback(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    controller.edit(ops.Lock(lane="programme"))
    refusals, first_done, second_done = [], [], []
    controller.refused.connect(refusals.append)
    controller.edit(ops.Move(segments=("b",), delta_ms=1_000), first_done.append)
    controller.edit(ops.Duplicate(segments=("a",)), second_done.append)
    first, second = refusals
    controller.apply_alternative(first)
    assert controller.webinar.find_segment("b").start_ms == 21_000
    assert len(controller.webinar.programme) == 2
    assert (len(first_done), len(second_done)) == (1, 0)
    controller.edit(ops.Lock(lane="programme"))
    controller.apply_alternative(second)
    assert len(controller.webinar.programme) == 3
    assert (len(first_done), len(second_done)) == (1, 1)
    assert second_done[0].created


def test_unsaved_means_another_content_not_another_step(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    assert controller.has_unsaved_edits
    controller.save("first")
    assert not controller.has_unsaved_edits
    controller.edit(ops.Move(segments=("b",), delta_ms=1_000))
    assert controller.has_unsaved_edits
    controller.edit(ops.Move(segments=("b",), delta_ms=-1_000))
    assert not controller.has_unsaved_edits


def test_what_cannot_be_stored_is_told_and_not_shown(qtbot, webinar):
    def full(_webinar):
        raise KnownError("library.full", path="x")

    tasks = TaskRunner(Notifications(formatter=None))
    controller = DocumentController.for_document(Document(webinar, full), tasks, lambda note, _seen: note)
    changes = []
    controller.changed.connect(changes.append)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.edit(ops.Move(segments=("b",), delta_ms=5_000))
    assert failed.args[0].code == "library.full"
    assert (changes, controller.webinar) == ([], webinar)
    tasks.shutdown()


def test_over_tasks_edits_are_stored_in_order_off_the_gui_thread_before_they_show(qtbot, webinar):
    here = threading.get_ident()
    stored = []

    def store(after):
        assert threading.get_ident() != here
        stored.append(after)

    tasks = TaskRunner(Notifications(formatter=None))
    controller = DocumentController.for_document(Document(webinar, store), tasks, lambda note, seen: (note, seen))
    shown = []
    controller.changed.connect(lambda change: (shown.append(change.after), stored.index(change.after)))
    for _ in range(3):
        controller.edit(ops.Move(segments=("b",), delta_ms=1_000))
    with qtbot.waitSignal(controller.saved) as saved:
        controller.save("after three")
    assert saved.args[0] == ("after three", stored[2])
    assert shown == stored
    assert not controller.has_unsaved_edits
    tasks.shutdown()


def test_what_another_program_wrote_is_taken_over(qtbot, webinar):
    theirs = Webinar(id="w", title="Theirs")
    document = Document(webinar, lambda _w: None, load=lambda: (theirs, ()))
    controller = DocumentController(document, _run_at_once, lambda note, _seen: note)
    controller.edit(ops.Move(segments=("b",), delta_ms=1_000))
    controller.reload()
    assert controller.webinar is theirs
    assert controller.undo_step is None


def test_taking_over_what_a_newer_program_wrote_makes_it_read_only(qtbot, webinar):
    document = Document(webinar, lambda _w: None, load=lambda: (webinar, ("hologram",)))
    controller = DocumentController(document, _run_at_once, lambda note, _seen: note)
    with qtbot.waitSignal(controller.read_only_changed):
        controller.reload()
    assert controller.read_only


def test_restoring_is_one_step(qtbot, webinar):
    controller = DocumentController.in_memory(webinar)
    old = Webinar(id="w", title="Old")
    controller.run_step(lambda document: document.replace(old, "restore"))
    assert controller.webinar is old
    assert controller.undo_step.op_tag == "restore"
    controller.undo()
    assert controller.webinar is webinar


def _run_at_once(work, done, failed):
    try:
        result = work()
    except KnownError as known:
        failed(known)
    else:
        done(result)
