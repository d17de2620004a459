"""Two editors with the same webinar open: the second to write gets a message, and nothing is lost."""

from tests.journeys.editor_driver import EditorDriver

CHANGED_ELSEWHERE = "“A short evening” was changed by another program.*"


def test_the_second_is_told_and_goes_on_from_what_is_there(start_editor, library, make_webinar, sample):
    webinar = make_webinar()
    first, second = start_editor("--webinar", webinar.id), start_editor("--webinar", webinar.id)
    one, other = EditorDriver(first, library, sample.media), EditorDriver(second, library, sample.media)
    one.find_clip("Book a seat")
    other.find_clip("Book a seat")

    # -- the first edits
    first.to_front()
    one.seek(60_000)
    first.press_keys("c")
    one.answer_length_popup("Escape")
    first_draft = one.wait_for_draft(lambda now: len(now.interactions) == 3, "the first's call to action")

    # -- the second does not know of it, edits, and is told
    second.to_front()
    other.seek(95_000)
    second.press_keys("u")
    notice = second.wait_for_node(CHANGED_ELSEWHERE, "StaticText")
    second.save_screenshot("30-changed-by-another-program")
    assert one.load_draft() == first_draft, "nothing of the first's is lost"

    # -- it takes over what is there, and goes on
    second.click_node("Reload", "Button")
    second.wait_until_gone(notice.name)
    assert len([each for each in second.list_nodes() if ", call to action, " in each.name]) == 2
    second.press_keys("u")
    other.answer_length_popup("Escape")
    both = other.wait_for_draft(lambda now: len(now.interactions) == 4, "the second's survey")
    second.save_screenshot("31-both")
    assert set(first_draft.interactions) < set(both.interactions)

    # -- now the first is behind: the same for saving
    first.to_front()
    first.press_keys("ctrl+s")
    first.wait_for_node(CHANGED_ELSEWHERE, "StaticText")
    first.click_node("Reload", "Button")
    one.find_clip(both.interactions[-1].title)
    first.press_keys("ctrl+s")
    first.wait_for_node("Saved as version 1.", "StaticText")
    first.save_screenshot("32-saved-after-all")
    first.close()
    second.close()
    assert one.load_draft() == both
