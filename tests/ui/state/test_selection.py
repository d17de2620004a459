from editor.schedule.model import Image, Webinar
from ui.state.selection import Selection

A = Image(id="a", start_ms=0, length_ms=1000, media="0" * 64)


def test_one_alone_is_primary_and_changes_are_told_once(qtbot):
    selection = Selection()
    changes = []
    selection.changed.connect(lambda: changes.append(selection.ids))
    selection.set(["a"])
    selection.set(["a"])
    assert selection.primary == "a"
    assert changes == [{"a"}]


def test_toggling_makes_the_new_one_primary_and_keeps_the_rest(qtbot):
    selection = Selection()
    selection.set(["a"])
    selection.toggle("b")
    assert (selection.ids, selection.primary) == ({"a", "b"}, "b")
    selection.toggle("b")
    assert (selection.ids, selection.primary) == ({"a"}, "a")
    selection.clear()
    assert selection.primary is None


def test_a_primary_that_is_not_selected_is_none(qtbot):
    selection = Selection()
    selection.set(["a", "b"], "c")
    assert selection.primary is None


def test_what_is_gone_is_let_go_of(qtbot):
    selection = Selection()
    selection.set(["a", "gone"], "gone")
    selection.prune(Webinar(id="w", programme=(A,)))
    assert (selection.ids, selection.primary) == ({"a"}, "a")
