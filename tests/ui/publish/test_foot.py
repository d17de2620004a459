"""What the foot of the publish dialog tells while media are prepared and uploaded, and how it stands still."""

import subprocess

import pytest

from editor.schedule import build, operations
from editor.sync.sending import Doing
from ui.publish.foot import Foot
from ui.task_bar import TaskBar


@pytest.fixture
def foot(qtbot, words):
    made = Foot(words)
    qtbot.addWidget(made)
    made.show()
    made.retranslate()
    made.begin()
    return made


def doing(**more):
    told = {"deed": "prepare", "name": "talk.mp4", "number": 2, "count": 5, "done": 10, "total": 100}
    return Doing(**{**told, **more})


def test_it_names_the_media_and_says_how_long_it_will_take(foot):
    foot.show_doing(doing(remaining_ms=170_000))
    assert foot.doing == "Preparing talk.mp4 · 2 of 5 · about 3 min left"
    foot.show_doing(doing(number=1, count=1))
    assert foot.doing == "Preparing talk.mp4"
    foot.show_doing(doing(deed="upload", done=12_400_000, total=80_000_000, remaining_ms=20_400))
    assert foot.doing == "Uploading talk.mp4 · 2 of 5 · 12.4 MB of 80.0 MB · about 21 s left"
    foot.show_doing(doing(name="a-very-long-name-" * 12 + ".mp4"))
    assert "…" in foot.doing
    assert foot.doing.endswith("mp4 · 2 of 5")


def test_pause_says_so_and_offers_to_go_on(foot):
    asked = []
    foot.pause_asked.connect(asked.append)
    foot.show_doing(doing())
    foot.pause.click()
    foot.progress(10, 100, paused=True)
    assert foot.doing == "Paused · Preparing talk.mp4 · 2 of 5"
    foot.pause.click()
    foot.progress(10, 100)
    assert foot.doing == "Preparing talk.mp4 · 2 of 5"
    assert asked == [True, False]
    foot.stop.click()
    assert not foot.pause.isEnabled()


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.mp4"
    pattern = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=8")
    tone = ("-f", "lavfi", "-i", "sine=duration=8")
    subprocess.run(["ffmpeg", "-v", "error", *pattern, *tone, "-c:v", "mpeg4", str(path)], check=True)
    return path


def test_a_publish_is_paused_goes_on_and_arrives(hosted, talk, shot):
    media = hosted.workspace.shelf.take(talk)
    segment = build.segment_for(media, 20_000, build.Defaults())
    hosted.bridge.edit(operations.Add(segments=(segment,), media=(media,)))
    hosted.idle()
    dialog = hosted.open()
    bar = TaskBar(hosted.common.tasks, hosted.common.words)
    hosted.qtbot.addWidget(bar)
    bar.show()
    seen = []
    hosted.hosting.deeds.doing.connect(lambda told: seen.append((told.deed, told.name)))
    hosted.wait(dialog.foot.publish.isEnabled)
    dialog.foot.publish.click()
    hosted.wait(lambda: ("prepare", "talk.mp4") in seen)
    hosted.wait(lambda: "Preparing talk.mp4" in dialog.foot.doing)
    dialog.foot.pause.click()
    hosted.wait(lambda: dialog.foot.doing.startswith("Paused · Preparing talk.mp4"))
    assert dialog.foot.pause.text() == "Go on"
    assert "paused" in bar._left.text()
    shot(dialog, "publish-paused")
    shot(bar, "task-bar-paused")
    bar._pause.click()
    hosted.wait(lambda: dialog.foot.pause.text() == "Pause")
    hosted.wait(lambda: dialog._rows)
    hosted.idle()
    assert ("upload", "talk.mp4") in seen
    assert dialog._rows[0].session.url in dialog.foot.said


def test_the_window_closed_while_it_is_paused_leaves_nothing_behind(hosted, talk):
    media = hosted.workspace.shelf.take(talk)
    segment = build.segment_for(media, 20_000, build.Defaults())
    hosted.bridge.edit(operations.Add(segments=(segment,), media=(media,)))
    hosted.idle()
    dialog = hosted.open()
    hosted.wait(dialog.foot.publish.isEnabled)
    dialog.foot.publish.click()
    hosted.wait(lambda: "Preparing talk.mp4" in dialog.foot.doing)
    dialog.foot.pause.click()
    hosted.wait(lambda: dialog.foot.doing.startswith("Paused"))
    hosted.common.tasks.shutdown()
    place = hosted.workspace.shelf.cache / "prepared" / media.sha256
    assert not list(place.glob(".making-*"))
