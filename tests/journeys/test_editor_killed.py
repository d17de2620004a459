"""``kill -9`` of the editor during edits: at the next start every edit that was shown is there, without a question."""

from editor.library.store import Library
from editor.schedule import serialization
from tests.journeys.desktop_driver import interpolate, move, press, release, wait_for
from tests.journeys.editor_driver import EditorDriver


def test_killed_right_after_edits_it_finds_them_and_asks_nothing(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    for round_number in range(3):
        program = start_editor("--webinar", webinar.id)
        editor = EditorDriver(program, library, sample.media)
        before = editor.load_draft().interactions[0]
        grip = editor.find_clip("Book a seat").point_at(30, 30)
        shown = editor.find_clip("Book a seat").name
        press(grip)
        move(*interpolate(grip, (grip[0] + 40 + 10 * round_number, grip[1]), 5))
        release()
        acknowledged = wait_for(
            lambda shown=shown, driver=editor: (now := driver.find_clip("Book a seat").name) != shown and now,
            "it is moved",
        )
        program.kill()

        again = start_editor("--webinar", webinar.id)
        assert EditorDriver(again, library).find_clip("Book a seat").name == acknowledged
        assert not [each for each in again.list_nodes() if each.role in {"Dialog", "AlertMessage"}]
        assert EditorDriver(again, library).load_draft().interactions[0].start_ms > before.start_ms
        again.save_screenshot("20-after-the-kill")
        again.close()


def test_killed_in_the_middle_of_a_drag_it_is_as_before_the_drag(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    program = start_editor("--webinar", webinar.id)
    editor = EditorDriver(program, library, sample.media)
    before, lanes_name = editor.load_draft_json(), editor.find_clip("Book a seat").name
    grip = editor.find_clip("The night sky").point_at(60, 30)
    press(grip)
    move(*interpolate(grip, (grip[0] + 300, grip[1]), 10))
    program.save_screenshot("21-in-the-middle-of-a-drag")
    program.kill()
    release()

    again = start_editor("--webinar", webinar.id)
    found = EditorDriver(again, library, sample.media)
    assert found.find_clip("Book a seat").name == lanes_name
    assert found.load_draft_json() == before
    again.press_keys("ctrl+s")
    again.wait_for_node("Saved as version 1.", "StaticText")
    again.kill()
    store = Library(library)
    try:
        (version,) = store.list_versions(webinar.id)
        assert serialization.encode(store.load_version(version.hash)) == before
    finally:
        store.close()


def test_killed_while_typing_a_title_the_committed_one_is_there(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    program = start_editor("--webinar", webinar.id)
    editor = EditorDriver(program, library, sample.media)
    block = editor.find_clip("Book a seat")
    press(block.centre)
    release()
    field = program.wait_for_node("Heading", "EditableText")
    press(field.centre)
    release()
    program.press_keys("ctrl+a")
    program.type_text("Come along")
    program.press_keys("Tab")
    editor.find_clip("Come along")
    program.type_text("half a wor")
    program.kill()

    again = start_editor("--webinar", webinar.id)
    assert EditorDriver(again, library).find_clip("Come along")
    again.close()
