"""``kill -9`` of the editor while somebody works: what the screen had acknowledged is there, and nothing asks."""

from editor.library.store import Library
from editor.schedule import wire
from tests.journeys.desk import Desk
from tests.journeys.outside import between, move, press, release, until


def test_killed_right_after_edits_it_finds_them_and_asks_nothing(start, library, prepared, sample):
    webinar = prepared()
    for round_number in range(3):
        program = start("--webinar", webinar.id)
        desk = Desk(program, library, sample.media)
        before = desk.webinar().interactions[0]
        grip = desk.block("Book a seat").at(30, 30)
        shown = desk.block("Book a seat").name
        press(grip)
        move(*between(grip, (grip[0] + 40 + 10 * round_number, grip[1]), 5))
        release()
        acknowledged = until(
            lambda shown=shown, desk=desk: (now := desk.block("Book a seat").name) != shown and now, "it is moved"
        )
        program.kill()

        again = start("--webinar", webinar.id)
        assert Desk(again, library).block("Book a seat").name == acknowledged
        assert not [each for each in again.things() if each.role in {"Dialog", "AlertMessage"}]
        assert Desk(again, library).webinar().interactions[0].start_ms > before.start_ms
        again.keep("20-after-the-kill")
        again.close()


def test_killed_in_the_middle_of_a_drag_it_is_as_before_the_drag(start, library, prepared, sample):
    webinar = prepared()
    program = start("--webinar", webinar.id)
    desk = Desk(program, library, sample.media)
    before, lanes_name = desk.body(), desk.block("Book a seat").name
    grip = desk.block("The night sky").at(60, 30)
    press(grip)
    move(*between(grip, (grip[0] + 300, grip[1]), 10))
    program.keep("21-in-the-middle-of-a-drag")
    program.kill()
    release()

    again = start("--webinar", webinar.id)
    found = Desk(again, library, sample.media)
    assert found.block("Book a seat").name == lanes_name
    assert found.body() == before
    again.keys("ctrl+s")
    again.see("Saved as version 1.", "StaticText")
    again.kill()
    store = Library(library)
    try:
        (version,) = store.versions(webinar.id)
        assert wire.encode(store.version(version.hash)) == before
    finally:
        store.close()


def test_killed_while_typing_a_title_the_committed_one_is_there(start, library, prepared, sample):
    webinar = prepared()
    program = start("--webinar", webinar.id)
    desk = Desk(program, library, sample.media)
    block = desk.block("Book a seat")
    press(block.middle)
    release()
    field = program.see("Heading", "EditableText")
    press(field.middle)
    release()
    program.keys("ctrl+a")
    program.write("Come along")
    program.keys("Tab")
    desk.block("Come along")
    program.write("half a wor")
    program.kill()

    again = start("--webinar", webinar.id)
    assert Desk(again, library).block("Come along")
    again.close()
