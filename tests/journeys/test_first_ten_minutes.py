"""What a new user does in the first ten minutes, with mouse and keyboard on a real screen.

Each step is looked at on the screen: a thing is there by its name, a block by its colour at its place, a picture by the
file it comes from. ``test-output`` keeps a screenshot of each.
"""

import time

from editor.library.store import Library
from editor.schedule import wire
from editor.schedule.model import Cta, Presentation, Survey, Video, kind_of
from tests.journeys import attendee
from tests.journeys.desk import Desk
from tests.journeys.outside import between, brightness, click, move, press, release, screen, until

TITLE = "The night sky, for beginners"


def test_plan_lay_cut_save_play_close_and_find_everything(start, library, sample):
    program = start()

    # -- an empty library says what to do first
    program.see("Plan your first webinar")
    program.keep("01-home-empty")
    program.press("New webinar", "Button", nth=1)

    # -- planning
    program.see("Title", "EditableText")
    program.write(TITLE)
    program.press("The date is set", "CheckBox")
    program.see("For a viewer in", "StaticText")
    program.keep("02-plan")
    program.press("Chat", "PageTab")
    program.press("Answer later", "RadioButton")
    program.see("Answer later", "RadioButton")
    program.keep("03-plan-chat")
    program.keys("Return")
    program.see(TITLE, "StaticText")

    # -- the tour
    program.see("1 of 5", "StaticText")
    program.keep("04-the-tour")
    for step in range(2, 6):
        program.press("Next", "Button")
        program.see(f"{step} of 5", "StaticText")
    program.press("Begin", "Button")
    program.gone("5 of 5")
    program.keep("05-editor-empty")

    # -- four files from the file manager
    desk = Desk(program, library, sample.media)
    left, top, _, _ = desk.timeline.rect
    desk.drop([sample.talk], (left + 138, top + 100), "06-carrying-a-video")
    program.keep("07-the-pop-up")
    desk.answer("Return")
    talk = desk.webinar().programme[0]
    assert isinstance(talk, Video)
    assert (talk.start_ms, talk.play_ms, talk.hold_ms) == (0, 40_000, 5_000)

    desk.drop([sample.agenda], desk.after_the_last())
    program.write("0:06")
    desk.answer("Return")
    desk.drop([sample.handout], desk.after_the_last())
    program.keep("08-the-pop-up-of-pages")
    desk.answer("Escape")
    desk.drop([sample.interlude], desk.after_the_last())
    desk.answer("Escape")
    laid = desk.webinar()
    assert [kind_of(each) for each in laid.programme] == ["video", "image", "presentation", "audio"]
    assert [each.start_ms for each in laid.programme] == [0, 45_000, 51_000, 201_000], "each snaps to the one before"
    assert laid.length_ms == 221_000
    program.keys("f")

    # -- a call to action over the middle of the video, a survey after it
    desk.seek(20_000)
    program.keys("c")
    program.see("Lengths")
    program.write("0:12")
    desk.answer("Return")
    desk.seek(60_000)
    program.press(r"\+ Survey", "Button")
    program.see("Lengths")
    program.keep("09-the-pop-up-of-a-survey")
    desk.answer("Escape")
    call, survey = desk.webinar().interactions
    assert isinstance(call, Cta)
    assert isinstance(survey, Survey)
    assert talk.start_ms < call.start_ms < call.end_ms < talk.end_ms <= survey.start_ms
    assert (call.length_ms, survey.length_ms) == (12_000, 60_000)
    program.keep("10-laid-out")
    desk.check_blocks()

    # -- stretch the call to action by its right edge
    grip = desk.block(call.title).at(-3, 40)
    press(grip)
    move(*between(grip, (grip[0] + 48, grip[1]), 6))
    program.keep("11-stretching")
    release()
    stretched = desk.stored(lambda now: now.interactions[0].length_ms > 12_000, "the edge is where it was let go")
    by_pixels = desk.x_of(stretched.interactions[0].end_ms) - grip[0]
    assert abs(by_pixels - 48) <= 13, "the edge follows the hand, or snaps within ten pixels"
    desk.check_blocks()

    # -- split the pages where the playhead is; undo, redo
    before = desk.body()
    position = desk.seek(120_000)
    program.keys("ctrl+shift+a", "s")
    halves = desk.stored(lambda now: len(now.programme) == 5, "it is split").programme[2:4]
    assert all(isinstance(each, Presentation) for each in halves)
    assert (halves[0].end_ms, halves[1].start_ms) == (position, position)
    after = desk.body()
    program.keep("12-split")
    program.keys("ctrl+z")
    desk.stored(lambda now: wire.encode(now) == before, "undo gives back every byte")
    program.keys("ctrl+y")
    desk.stored(lambda now: wire.encode(now) == after, "and redo")

    # -- exact pictures at places of every kind that shows one
    for at_ms in (4_000, 19_000, 43_000, 48_000, 75_000, 150_000):
        shown = desk.seek(at_ms)
        desk.check_picture()
        if at_ms < talk.play_ms:
            assert attendee.clock_ms(desk.picture(), sample.talk, shown, 200) == shown // 40 * 40
    desk.seek(26_000)
    desk.check_picture()
    program.keep("13-paused-under-the-call")

    # -- save
    program.keys("ctrl+s")
    program.see("Saved as version 1.", "StaticText")
    program.keep("14-saved")
    saved = desk.body()

    # -- play across every border of the programme
    for border in [each.end_ms for each in desk.webinar().programme[:-1]]:
        play_across(desk, border)
    program.keep("15-played")

    # -- close, start again, find everything
    desk.seek(0)
    program.keys("ctrl+shift+a")
    program.gone("Saved as version 1.")
    lanes = desk.lanes()
    program.close()
    again = start()
    card = again.see(f"{TITLE}.*", "ListItem")
    again.keep("16-home-with-a-card")
    click(card.middle, times=2)
    again.see("version 1", "StaticText")
    found = Desk(again, library, sample.media)
    assert found.body() == saved
    assert [each.title for each in found.webinar().segments] == [
        item.name.split(",")[0] for item in again.things() if item.role == "ListItem" and ", starts " in item.name
    ]
    found.seek(0)
    again.keys("ctrl+shift+a")
    until(lambda: attendee.difference(found.lanes(), lanes) < 0.5, "the lanes look as they did")
    again.keep("17-found-again")
    again.close()
    store = Library(library)
    try:
        (kept,) = store.cards()
        (version,) = store.versions(kept.id)
        assert (kept.title, kept.versions, kept.unsaved) == (TITLE, 1, False)
        assert wire.encode(store.version(version.hash)) == saved
    finally:
        store.close()


def play_across(desk: Desk, border: int) -> None:
    """Play from shortly before a border until after it, and look at the picture all the while."""
    begun = desk.seek(border - 700)
    stage = desk.stage()
    desk.program.keys("space")
    darkest = 255.0
    while (position := desk.position()) < border + 500:
        darkest = min(darkest, brightness(screen(), stage))
        assert position >= begun
    desk.program.keys("space")
    assert darkest > 10, f"black at the border at {border} ms"


def test_a_short_webinar_plays_to_its_end_in_real_time(start, library, prepared, sample):
    short = prepared(talk_ms=4_000, hold_ms=1_000, image_ms=2_000, page_ms=1_000, pages=2, audio_ms=2_000)
    program = start("--webinar", short.id)
    desk = Desk(program, library, sample.media)
    program.see(short.title, "StaticText")
    assert desk.position() == 0
    desk.check_picture()
    stage = desk.stage()
    borders = [(each.start_ms, kind_of(each)) for each in short.programme]
    program.keys("space")
    begun = time.monotonic()
    seen: list[tuple[int, float]] = []
    clocks: list[tuple[int, int]] = []
    while (position := desk.position()) < short.length_ms:
        picture = screen()
        seen.append((position, brightness(picture, stage)))
        if 500 < position < 3_800 and len(clocks) < 3:
            clocks.append((position, attendee.clock_ms(picture.copy(*stage), sample.talk, position, 600)))
        assert time.monotonic() - begun < short.length_ms / 1000 + 5, "it does not come to its end"
    took = time.monotonic() - begun
    program.keep("18-ended")
    assert abs(took - short.length_ms / 1000) < 1.5, f"{took:.1f} s for {short.length_ms} ms"
    assert all(light > 10 for _, light in seen), "never black"
    assert all(abs(position - clock) < 400 for position, clock in clocks), clocks
    for begins, kind in borders:
        assert any(begins <= position < begins + 1_900 for position, _ in seen), f"{kind} was played"
    program.see("Play", "Button")
    program.close()
