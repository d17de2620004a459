"""What a new user does in the first ten minutes, with mouse and keyboard on a real screen.

Each step is checked on the screen: a control by its name, a segment by its colour at its position, a picture by the
file it comes from. ``test-output`` keeps a screenshot of each.
"""

import time

from editor.library.store import Library
from editor.schedule import serialization
from editor.schedule.kinds import kind_of
from editor.schedule.model import Cta, Presentation, Survey, Video
from tests.journeys import expected_picture
from tests.journeys.desktop_driver import brightness, click, grab_screen, interpolate, move, press, release, wait_for
from tests.journeys.editor_driver import EditorDriver

TITLE = "The night sky, for beginners"


def test_plan_lay_cut_save_play_close_and_find_everything(start_editor, library, sample):
    program = start_editor()

    # -- an empty library says what to do first
    program.wait_for_node("Create your first webinar")
    program.save_screenshot("01-home-empty")
    program.click_node("New webinar", "Button", nth=1)

    # -- planning
    program.wait_for_node("Title", "EditableText")
    program.type_text(TITLE)
    program.click_node("The date is set", "CheckBox")
    program.wait_for_node("For a viewer in", "StaticText")
    program.save_screenshot("02-plan")
    program.click_node("Chat", "PageTab")
    program.click_node("Answer later", "RadioButton")
    program.wait_for_node("Answer later", "RadioButton")
    program.save_screenshot("03-plan-chat")
    program.press_keys("Return")
    program.wait_for_node(TITLE, "StaticText")

    # -- the tour
    program.wait_for_node("1 of 5", "StaticText")
    program.save_screenshot("04-the-tour")
    for step in range(2, 6):
        program.click_node("Next", "Button")
        program.wait_for_node(f"{step} of 5", "StaticText")
    program.click_node("Start", "Button")
    program.wait_until_gone("5 of 5")
    program.save_screenshot("05-editor-empty")

    # -- four files from the file manager
    editor = EditorDriver(program, library, sample.media)
    left, top, _, _ = editor.timeline.rect
    editor.drop_files([sample.talk], (left + 138, top + 100), "06-carrying-a-video")
    program.save_screenshot("07-the-pop-up")
    editor.answer_length_popup("Return")
    talk = editor.load_draft().programme[0]
    assert isinstance(talk, Video)
    assert (talk.start_ms, talk.play_ms, talk.hold_ms) == (0, 40_000, 5_000)

    editor.drop_files([sample.agenda], editor.find_end_of_programme())
    program.type_text("0:06")
    editor.answer_length_popup("Return")
    editor.drop_files([sample.handout], editor.find_end_of_programme())
    program.save_screenshot("08-the-pop-up-of-pages")
    editor.answer_length_popup("Escape")
    editor.drop_files([sample.interlude], editor.find_end_of_programme())
    editor.answer_length_popup("Escape")
    draft = editor.load_draft()
    assert [kind_of(each) for each in draft.programme] == ["video", "image", "presentation", "audio"]
    assert [each.start_ms for each in draft.programme] == [0, 45_000, 51_000, 201_000], "each snaps to the one before"
    assert draft.length_ms == 221_000
    program.press_keys("f")

    # -- a call to action over the middle of the video, a survey after it
    editor.seek(20_000)
    program.press_keys("c")
    program.wait_for_node("Lengths")
    program.type_text("0:12")
    editor.answer_length_popup("Return")
    editor.seek(60_000)
    program.click_node(r"\+ Survey", "Button")
    program.wait_for_node("Lengths")
    program.save_screenshot("09-the-pop-up-of-a-survey")
    editor.answer_length_popup("Escape")
    call, survey = editor.load_draft().interactions
    assert isinstance(call, Cta)
    assert isinstance(survey, Survey)
    assert talk.start_ms < call.start_ms < call.end_ms < talk.end_ms <= survey.start_ms
    assert (call.length_ms, survey.length_ms) == (12_000, 60_000)
    program.save_screenshot("10-laid-out")
    editor.assert_clips_painted()

    # -- stretch the call to action by its right edge
    grip = editor.find_clip(call.title).point_at(-3, 40)
    press(grip)
    move(*interpolate(grip, (grip[0] + 48, grip[1]), 6))
    program.save_screenshot("11-stretching")
    release()
    stretched = editor.wait_for_draft(
        lambda now: now.interactions[0].length_ms > 12_000, "the edge is where it was let go"
    )
    by_pixels = editor.x_of(stretched.interactions[0].end_ms) - grip[0]
    assert abs(by_pixels - 48) <= 13, "the edge follows the hand, or snaps within ten pixels"
    editor.assert_clips_painted()

    # -- split the pages where the playhead is; undo, redo
    before = editor.load_draft_json()
    position = editor.seek(120_000)
    program.press_keys("ctrl+shift+a", "s")
    halves = editor.wait_for_draft(lambda now: len(now.programme) == 5, "it is split").programme[2:4]
    assert all(isinstance(each, Presentation) for each in halves)
    assert (halves[0].end_ms, halves[1].start_ms) == (position, position)
    after = editor.load_draft_json()
    program.save_screenshot("12-split")
    program.press_keys("ctrl+z")
    editor.wait_for_draft(lambda now: serialization.encode(now) == before, "undo gives back every byte")
    program.press_keys("ctrl+y")
    editor.wait_for_draft(lambda now: serialization.encode(now) == after, "and redo")

    # -- exact pictures at places of every kind that shows one
    for at_ms in (4_000, 19_000, 43_000, 48_000, 75_000, 150_000):
        shown = editor.seek(at_ms)
        editor.assert_stage_picture()
        if at_ms < talk.play_ms:
            assert expected_picture.read_clock_ms(editor.grab_stage(), sample.talk, shown, 200) == shown // 40 * 40
    editor.seek(26_000)
    editor.assert_stage_picture()
    program.save_screenshot("13-paused-under-the-call")

    # -- save
    program.press_keys("ctrl+s")
    program.wait_for_node("Saved as version 1.", "StaticText")
    program.save_screenshot("14-saved")
    saved = editor.load_draft_json()

    # -- play across every border of the programme
    for border in [each.end_ms for each in editor.load_draft().programme[:-1]]:
        play_across(editor, border)
    program.save_screenshot("15-played")

    # -- close, start again, find everything
    editor.seek(0)
    program.press_keys("ctrl+shift+a")
    program.wait_until_gone("Saved as version 1.")
    lanes = editor.grab_lanes()
    program.close()
    again = start_editor()
    card = again.wait_for_node(f"{TITLE}.*", "ListItem")
    again.save_screenshot("16-home-with-a-card")
    click(card.centre, times=2)
    again.wait_for_node(r"Saved \d.*", "StaticText")
    found = EditorDriver(again, library, sample.media)
    assert found.load_draft_json() == saved
    assert [each.title for each in found.load_draft().segments] == [
        item.name.split(",")[0] for item in again.list_nodes() if item.role == "ListItem" and ", starts " in item.name
    ]
    found.seek(0)
    again.press_keys("ctrl+shift+a")
    wait_for(lambda: expected_picture.difference(found.grab_lanes(), lanes) < 0.5, "the lanes look as they did")
    again.save_screenshot("17-found-again")
    again.close()
    store = Library(library)
    try:
        (summary,) = store.list_webinars()
        (version,) = store.list_versions(summary.id)
        assert (summary.title, summary.versions, summary.unsaved) == (TITLE, 1, False)
        assert serialization.encode(store.load_version(version.hash)) == saved
    finally:
        store.close()


def play_across(editor: EditorDriver, border: int) -> None:
    """Play across a border between segments and check the picture all the while."""
    start_ms = editor.seek(border - 700)
    stage = editor.stage_rect()
    editor.program.press_keys("space")
    min_brightness = 255.0
    while (position := editor.read_position()) < border + 500:
        min_brightness = min(min_brightness, brightness(grab_screen(), stage))
        assert position >= start_ms
    editor.program.press_keys("space")
    assert min_brightness > 10, f"black at the border at {border} ms"


def test_a_short_webinar_plays_to_its_end_in_real_time(start_editor, library, make_webinar, sample):
    webinar = make_webinar(talk_ms=4_000, hold_ms=1_000, image_ms=2_000, page_ms=1_000, pages=2, audio_ms=2_000)
    program = start_editor("--webinar", webinar.id)
    editor = EditorDriver(program, library, sample.media)
    program.wait_for_node(webinar.title, "StaticText")
    assert editor.read_position() == 0
    editor.assert_stage_picture()
    stage = editor.stage_rect()
    borders = [(each.start_ms, kind_of(each)) for each in webinar.programme]
    program.press_keys("space")
    started_at = time.monotonic()
    seen: list[tuple[int, float]] = []
    clocks: list[tuple[int, int]] = []
    while (position := editor.read_position()) < webinar.length_ms:
        picture = grab_screen()
        seen.append((position, brightness(picture, stage)))
        if 500 < position < 3_800 and len(clocks) < 3:
            clocks.append((position, expected_picture.read_clock_ms(picture.copy(*stage), sample.talk, position, 600)))
        assert time.monotonic() - started_at < webinar.length_ms / 1000 + 5, "it does not come to its end"
    took = time.monotonic() - started_at
    program.save_screenshot("18-ended")
    assert took > webinar.length_ms / 1000 - 1.5, "it is not faster than the clock; on a busy machine it may be later"
    assert all(light > 10 for _, light in seen), "never black"
    assert all(abs(position - clock) < 400 for position, clock in clocks), clocks
    for begins, kind in borders:
        assert any(begins <= position < begins + 1_900 for position, _ in seen), f"{kind} was played"
    program.wait_for_node("Play", "Button")
    program.close()
