"""Two editors on one library, both with the same webinar open: the second to write is told, and nothing is lost."""

from tests.journeys.desk import Desk

TOLD = "“A short evening” was changed by another program.*"


def test_the_second_is_told_and_goes_on_from_what_is_there(start, library, prepared, sample):
    webinar = prepared()
    first, second = start("--webinar", webinar.id), start("--webinar", webinar.id)
    one, other = Desk(first, library, sample.media), Desk(second, library, sample.media)
    one.block("Book a seat")
    other.block("Book a seat")

    # -- the first edits
    first.to_front()
    one.seek(60_000)
    first.keys("c")
    one.answer("Escape")
    after_the_first = one.stored(lambda now: len(now.interactions) == 3, "the first's call to action")

    # -- the second does not know of it, edits, and is told
    second.to_front()
    other.seek(95_000)
    second.keys("u")
    told = second.see(TOLD, "StaticText")
    second.keep("30-changed-by-another-program")
    assert one.webinar() == after_the_first, "nothing of the first's is lost"

    # -- it takes over what is there, and goes on
    second.press("Show what is there now", "Button")
    second.gone(told.name)
    assert len([each for each in second.things() if ", call to action, " in each.name]) == 2
    second.keys("u")
    other.answer("Escape")
    both = other.stored(lambda now: len(now.interactions) == 4, "the second's survey")
    second.keep("31-both")
    assert set(after_the_first.interactions) < set(both.interactions)

    # -- now the first is behind: the same for saving
    first.to_front()
    first.keys("ctrl+s")
    first.see(TOLD, "StaticText")
    first.press("Show what is there now", "Button")
    one.block(both.interactions[-1].title)
    first.keys("ctrl+s")
    first.see("Saved as version 1.", "StaticText")
    first.keep("32-saved-after-all")
    first.close()
    second.close()
    assert one.webinar() == both
