"""The footer of the publish dialog while media are prepared and uploaded, and while that is paused."""

import subprocess
from dataclasses import replace

import pytest

from editor.schedule import operations, segment_factory
from editor.sync.media_upload import TransferStatus
from tests.segment_defaults import SEGMENT_DEFAULTS
from ui.app.status_bar import TaskStatusBar
from ui.publish.progress_footer import ProgressFooter
from ui.publish.publish_state import MessageOutcome, PublishState


@pytest.fixture
def footer(qtbot, formatter):
    progress_footer = ProgressFooter(formatter)
    qtbot.addWidget(progress_footer)
    progress_footer.show()
    progress_footer.retranslate()
    return progress_footer


def make_running(**more):
    """Return the state while the second of five media is being prepared, with the fields of its transfer in `more`."""
    fields = {"stage": "prepare", "name": "talk.mp4", "number": 2, "count": 5, "done": 10, "total": 100}
    transfer = TransferStatus(**{**fields, **more})
    return PublishState(phase="running", step="media", transfer=transfer, done=10, total=100)


def test_it_names_the_media_and_says_how_long_it_will_take(footer):
    footer.show_state(make_running(remaining_ms=170_000))
    assert footer.stage_text == "Preparing talk.mp4 · 2 of 5 · about 3 min left"
    footer.show_state(make_running(number=1, count=1))
    assert footer.stage_text == "Preparing talk.mp4"
    footer.show_state(make_running(stage="upload", done=12_400_000, total=80_000_000, remaining_ms=20_400))
    assert footer.stage_text == "Uploading talk.mp4 · 2 of 5 · 12.4 MB of 80.0 MB · about 21 s left"
    footer.show_state(make_running(name="a-very-long-name-" * 12 + ".mp4"))
    assert "…" in footer.stage_text
    assert footer.stage_text.endswith("mp4 · 2 of 5")


def test_it_names_the_steps_without_a_file(footer):
    texts = []
    for step in (None, "document", "media", "session"):
        footer.show_state(PublishState(phase="running", step=step))
        texts.append(footer.stage_text)
    assert texts == ["", "Sending the version…", "Preparing and uploading media…", "Scheduling the session…"]


def test_pause_says_so_and_offers_to_go_on(footer):
    requests = []
    footer.pause_requested.connect(requests.append)
    footer.show_state(make_running())
    footer.pause_button.click()
    footer.show_state(replace(make_running(), is_paused=True))
    assert footer.stage_text == "Paused · Preparing talk.mp4 · 2 of 5"
    footer.pause_button.click()
    footer.show_state(make_running())
    assert footer.stage_text == "Preparing talk.mp4 · 2 of 5"
    assert requests == [True, False]
    footer.show_state(replace(make_running(), is_cancelling=True))
    assert not footer.pause_button.isEnabled()
    assert not footer.cancel_button.isEnabled()


def test_an_outcome_is_shown_once_nothing_runs(footer):
    outcome = MessageOutcome("warning", "The disk is nearly full.")
    footer.show_state(replace(make_running(), outcome=outcome))
    assert not footer._result_label.isVisible()
    footer.show_state(PublishState(outcome=outcome))
    assert (footer._result_label.isVisible(), footer.result_text) == (True, "The disk is nearly full.")
    assert footer._result_label.objectName() == "warning"
    assert not footer.cancel_button.isVisible()


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.mp4"
    pattern = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=8")
    tone = ("-f", "lavfi", "-i", "sine=duration=8")
    subprocess.run(["ffmpeg", "-v", "error", *pattern, *tone, "-c:v", "mpeg4", str(path)], check=True)
    return path


def test_a_publish_is_paused_goes_on_and_arrives(hosted_environment, talk, screenshot):
    media = hosted_environment.workspace.catalog.add_file(talk)
    segment = segment_factory.make_segment(media, 20_000, SEGMENT_DEFAULTS)
    hosted_environment.controller.edit(operations.Add(segments=(segment,), media=(media,)))
    hosted_environment.wait_idle()
    dialog = hosted_environment.open_dialog()
    bar = TaskStatusBar(hosted_environment.context.tasks, hosted_environment.context.formatter)
    hosted_environment.qtbot.addWidget(bar)
    bar.show()
    stages = []

    def note_transfer():
        transfer = dialog.publication.state.transfer
        if transfer is not None:
            stages.append((transfer.stage, transfer.name))

    dialog.publication.changed.connect(note_transfer)
    hosted_environment.wait_until(dialog.footer.publish_button.isEnabled)
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: ("prepare", "talk.mp4") in stages)
    hosted_environment.wait_until(lambda: "Preparing talk.mp4" in dialog.footer.stage_text)
    dialog.footer.pause_button.click()
    hosted_environment.wait_until(lambda: dialog.footer.stage_text.startswith("Paused · Preparing talk.mp4"))
    assert dialog.footer.pause_button.text() == "Resume"
    assert "paused" in bar._progress_label.text()
    screenshot(dialog, "publish-paused")
    screenshot(bar, "task-bar-paused")
    bar._pause.click()
    hosted_environment.wait_until(lambda: dialog.footer.pause_button.text() == "Pause")
    hosted_environment.wait_until(lambda: dialog._rows)
    hosted_environment.wait_idle()
    assert ("upload", "talk.mp4") in stages
    assert dialog._rows[0].session.url in dialog.footer.result_text


def test_the_window_closed_while_it_is_paused_leaves_nothing_behind(hosted_environment, talk):
    media = hosted_environment.workspace.catalog.add_file(talk)
    segment = segment_factory.make_segment(media, 20_000, SEGMENT_DEFAULTS)
    hosted_environment.controller.edit(operations.Add(segments=(segment,), media=(media,)))
    hosted_environment.wait_idle()
    dialog = hosted_environment.open_dialog()
    hosted_environment.wait_until(dialog.footer.publish_button.isEnabled)
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: "Preparing talk.mp4" in dialog.footer.stage_text)
    dialog.footer.pause_button.click()
    hosted_environment.wait_until(lambda: dialog.footer.stage_text.startswith("Paused"))
    hosted_environment.context.tasks.shutdown()
    place = hosted_environment.workspace.catalog.cache / "prepared" / media.sha256
    assert not list(place.glob(".making-*"))
