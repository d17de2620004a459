"""The preview of a colleague who has none of the files: proxies are downloaded automatically and shown."""

import shutil
import threading

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from editor.schedule.model import Webinar
from editor.sync import proxy_download
from editor.sync.connections import Connection
from editor.workspace import Workspace
from tests.editor.sync.published_fixtures import IN_MS, SECOND_TALK_MS, publish_talk
from tests.numbered_video import frame_number_at
from ui.app.application import Application
from ui.inspector.media_row import MediaRow
from ui.media_bin.panel import MediaBin
from ui.media_bin.source_marks import SourceMarks
from ui.preview.paint.frame_content import ShownImage, Waveform
from ui.services import proxy_fetcher
from ui.state.selection import Selection
from ui.widgets.file_dialogs import FileDialogs


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    with publish_talk(tmp_path_factory.mktemp("evening")) as evening:
        yield evening


@pytest.fixture
def workspace(evening, tmp_path):
    """Bo's library, which goes to Ada's hosting and has the webinar from there."""
    evening.hosting.start()
    with Workspace(tmp_path / "bo") as workspace:
        workspace.library.create(Webinar(id=evening.webinar))
        workspace.connections.save(Connection(address=evening.hosting.url, email="bo@example.org"), evening.token)
        sync = workspace.open_sync()
        workspace.restore_version(workspace.open(evening.webinar), sync.pull(evening.webinar).hash)
        sync.client.close()
        yield workspace


@pytest.fixture
def catalog(workspace):
    return workspace.catalog


@pytest.fixture
def opened(evening, workspace, preview):
    """The webinar in the preview, not looked after yet."""
    preview.show(workspace.library.load_draft(evening.webinar).webinar)
    preview.proxies = preview.media_service.proxies
    preview.proxies.set_connection(workspace.open_sync, is_set_up=lambda: True)
    yield preview
    preview.proxies.unwatch()


@pytest.fixture
def fetched(evening, opened):
    opened.proxies.watch(opened.controller)
    opened.wait_until(lambda: states(opened) == {"hosted"}, 30_000)
    return opened


def states(preview):
    return {preview.media_service.get_state(sha256) for sha256 in preview.controller.webinar.media}


def idle(preview):
    preview.wait_until(lambda: not preview.tasks.running)


def position_of(preview, name):
    """Where the segment of a media begins."""
    sha256 = next(media.sha256 for media in preview.controller.webinar.media.values() if media.name == name)
    return next(segment.start_ms for segment in preview.controller.webinar.programme if segment.media == sha256)


def test_missing_media_are_downloaded_one_after_another_smallest_first(opened):
    begun = []
    opened.tasks.started.connect(lambda task: begun.append(task) if task.executor == "download" else None)
    opened.wait_until(lambda: states(opened) == {"missing"})
    opened.proxies.watch(opened.controller)
    opened.wait_until(lambda: states(opened) == {"hosted"}, 30_000)
    titles = [task.title for task in begun]
    assert len(titles) == 4
    assert titles[-1] == "Downloading “talk.mp4” from the server"
    assert all(task.total and task.done == task.total for task in begun)


def test_the_preview_shows_the_right_pictures_words_and_pages(evening, fetched, number, colour_at):
    preview = fetched
    for begins, media_ms in ((0, 0), (0, 1_234), (0, 3_999), (0, 4_001), (0, 5_999), (SECOND_TALK_MS, IN_MS)):
        preview.seek(begins + media_ms - (IN_MS if begins else 0))
        assert preview.playback.stage.media_ms == media_ms
        assert number(preview.playback.content.background.image) == frame_number_at(media_ms)
        assert preview.playback.content.error_text == ""
    preview.seek(3_500)
    preview.wait_until(lambda: preview.playback.content.captions == ("Two\nlines",))
    tour = position_of(preview, "tour.pdf")
    for page, colour in enumerate(((204, 121, 167), (86, 180, 233))):
        preview.seek(tour + page * 30_000 + 100)
        shown = preview.playback.content.background.image.pixelColor(20, 20).toTuple()[:3]
        assert all(abs(one - other) < 8 for one, other in zip(shown, colour, strict=True))
    preview.seek(position_of(preview, "agenda.png") + 10)
    assert preview.playback.content.background.source == "image"
    preview.playhead.seek(position_of(preview, "interlude.mp3") + 500)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, Waveform))
    assert max(preview.playback.content.background.values) > 0


def test_it_plays_and_the_original_takes_over_at_once_when_it_is_found(evening, fetched, number, tmp_path):
    preview, talk = fetched, evening.media["talk.mp4"]
    deck = preview.playback.transport
    preview.seek(500)
    preview.playback.play(True)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, ShownImage) and playing(preview) > 20)
    assert deck._active_deck.path == preview.catalog.proxies.find_path(talk.sha256)
    shutil.copy(evening.folder / "talk.mp4", tmp_path / "found.mp4")
    preview.media_service.relink([tmp_path], [talk.sha256])
    preview.wait_until(lambda: deck._active_deck.path == tmp_path / "found.mp4")
    preview.wait_until(lambda: playing(preview) > 60)
    preview.playback.play(False)
    assert preview.media_service.get_state(talk.sha256) == "ready"
    assert not preview.catalog.proxies.media_folder(talk.sha256).exists()


def playing(preview):
    """The number of the frame that a player shows; -1 where none does."""
    ground = preview.playback.content.background
    live = isinstance(ground, ShownImage) and ground.source == "live"
    return frame_number_at(ground.at) if live else -1


def test_without_the_server_it_is_missing_and_offers_relink_and_download(evening, opened):
    evening.hosting.kill()
    preview, said, asked = opened, [], []
    preview.media_service._notifications.posted.connect(lambda message: said.append(message.text))
    preview.panel.relink_requested.connect(asked.append)
    preview.proxies.watch(preview.controller)
    idle(preview)
    assert said == []  # nobody asked
    preview.playhead.seek(100)
    preview.wait_until(lambda: preview.playback.content.relink is not None)
    surface = preview.panel.surface
    assert surface._relink_button.isVisible()
    assert surface._get_button.isVisible()
    assert not surface._relink_button.geometry().intersects(surface._get_button.geometry())
    QTest.mouseClick(surface._relink_button, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    QTest.mouseClick(surface._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: said)
    assert "Can't connect" in said[0]
    evening.hosting.start()
    QTest.mouseClick(surface._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: states(preview) == {"hosted"}, 30_000)
    assert not surface._get_button.isVisible()


def test_a_large_proxy_is_downloaded_on_request_and_the_bin_shows_its_size(
    evening, opened, monkeypatch, settings, formatter
):
    preview, talk = opened, evening.media["talk.mp4"]
    client = evening.make_client()
    sizes = [
        offer.size
        for offer in proxy_download.find_remote_media(
            client, preview.catalog, preview.controller.webinar.media.values()
        )
    ]
    client.close()
    monkeypatch.setattr(proxy_fetcher, "MAX_AUTOMATIC_BYTES", sizes[-2])
    selection, marks = Selection(), SourceMarks()
    panel = MediaBin(
        preview.controller,
        preview.media_service,
        preview.tasks,
        formatter,
        settings,
        selection=selection,
        marks=marks,
        file_dialogs=FileDialogs(settings),
    )
    line = MediaRow(preview.media_service, formatter)
    line.show_media(talk)
    panel.show()
    line.show()
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: states(preview) == {"hosted", "missing"} and not preview.tasks.running, 30_000)
    assert preview.media_service.get_state(talk.sha256) == "missing"
    assert preview.proxies.is_available(talk.sha256)
    preview.wait_until(lambda: panel._hosted_label.text().startswith("3 prepared"))
    rows = {row.name: row for row in (panel._rows.get_row(number) for number in range(4))}
    assert rows["talk.mp4"].state == "missing"
    assert (rows["tour.pdf"].state, rows["tour.pdf"].state_text) == ("hosted", "prepared copy from the server")
    assert panel._missing_label.text().startswith("1 file")
    assert (
        panel._get_button.text()
        == f"Get from the server ({formatter.format_size(preview.proxies.get_size(talk.sha256))})"
    )
    assert line._download_button.isVisible()
    QTest.mouseClick(panel._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)
    preview.wait_until(lambda: panel._get_button.isHidden() and panel._missing_label.isHidden())
    assert line._proxy_label.text() == "prepared copy from the server"
    panel.deleteLater()
    line.deleteLater()


def test_a_cancelled_download_does_not_start_again_automatically(evening, opened):
    preview, talk = opened, evening.media["talk.mp4"]
    let_go = threading.Event()
    hold = preview.tasks.run("", lambda _progress: let_go.wait(), executor="download", quiet=True)
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: preview.proxies.get_progress(talk.sha256) is not None)
    preview.proxies._downloads[talk.sha256].cancel()
    let_go.set()
    preview.wait_until(lambda: states(preview) == {"hosted", "missing"} and not preview.tasks.running, 30_000)
    assert hold.state == "done"
    preview.proxies.refresh(force=True)
    idle(preview)
    assert preview.media_service.get_state(talk.sha256) == "missing"
    assert preview.proxies.can_fetch(talk.sha256)
    preview.proxies.fetch([talk.sha256])
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)


def test_a_file_lost_while_the_webinar_is_open_is_replaced_by_its_proxy(evening, opened, tmp_path):
    preview, talk = opened, evening.media["talk.mp4"]
    mine = tmp_path / "mine.mp4"
    shutil.copy(evening.folder / "talk.mp4", mine)
    preview.media_service.import_files((mine,))
    preview.wait_until(lambda: preview.media_service.get_path(talk.sha256) == mine)
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: states(preview) == {"hosted", "ready"} and not preview.tasks.running, 30_000)
    mine.unlink()
    preview.media_service.recheck()
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)
    mine.write_bytes((evening.folder / "talk.mp4").read_bytes())
    preview.media_service.import_files((mine,))
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "ready" and not preview.tasks.running)


@pytest.fixture
def program(qapp, qtbot, workspace):
    """Open the window on Bo's library."""
    sheet, palette, locale = qapp.styleSheet(), qapp.palette(), QLocale()
    workspace.settings["toured"] = True
    program = Application(qapp, workspace.root, lambda: Workspace(workspace.root))
    yield program
    program.window.close()
    for installed in program._translator._installed:
        qapp.removeTranslator(installed)
    program.delete_window()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


def test_downloads_start_when_the_server_is_back(evening, program, qtbot):
    evening.hosting.kill()
    program.start(evening.webinar)
    qtbot.waitUntil(lambda: program.page is not None, timeout=20_000)
    desk, media = program.session._context.media_service, program.page.document_controller.webinar.media

    def stand(state):
        return {desk.get_state(sha256) for sha256 in media} == {state}

    qtbot.waitUntil(lambda: stand("missing") and not program.context.tasks.running, timeout=20_000)
    evening.hosting.start()

    def gets_there():
        program.sync_service.refresh()  # as its timer has it do
        return stand("hosted")

    qtbot.waitUntil(gets_there, timeout=40_000)
    preflight = program.page.preflight_panel
    qtbot.waitUntil(lambda: not any("media" in problem.code for problem in preflight.problems))
