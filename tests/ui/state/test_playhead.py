from editor.schedule.model import MAX_WEBINAR_MS
from ui.state.playhead import Playhead


def test_seeking_moves_and_tells_who_asked(qtbot):
    playhead = Playhead()
    seeks = []
    playhead.moved.connect(lambda ms: seeks.append(("moved", ms)))
    playhead.seek_requested.connect(lambda ms: seeks.append(("sought", ms)))
    playhead.seek(500)
    playhead.seek(500)
    playhead.follow(700)
    assert seeks == [("moved", 500), ("sought", 500), ("sought", 500), ("moved", 700)]


def test_it_stays_within_the_day(qtbot):
    playhead = Playhead()
    playhead.seek(-5)
    assert playhead.position_ms == 0
    playhead.seek(MAX_WEBINAR_MS + 1)
    assert playhead.position_ms == MAX_WEBINAR_MS


def test_only_the_transport_says_that_it_plays(qtbot):
    playhead = Playhead()
    with qtbot.waitSignal(playhead.play_requested) as signal:
        playhead.request_play(True)
    assert signal.args == [True]
    assert not playhead.playing
    with qtbot.waitSignal(playhead.playing_changed):
        playhead.set_playing(True)
    assert playhead.playing


def test_shuttle_keys_are_handed_on(qtbot):
    playhead = Playhead()
    with qtbot.waitSignal(playhead.shuttle_requested) as signal:
        playhead.request_shuttle(-1)
    assert signal.args == [-1]
