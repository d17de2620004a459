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
def published(tmp_path_factory):
    with publish_talk(tmp_path_factory.mktemp("evening")) as published:
        yield published


@pytest.fixture
def workspace(published, tmp_path):
    """Return the library of Bo, who has pulled the webinar from Ada's hosting."""
    published.hosting.start()
    with Workspace(tmp_path / "bo") as workspace:
        workspace.library.create(Webinar(id=published.webinar))
        workspace.connections.save(Connection(address=published.hosting.url, email="bo@example.org"), published.token)
        sync = workspace.open_sync()
        workspace.restore_version(workspace.open(published.webinar), sync.pull(published.webinar).hash)
        sync.client.close()
        yield workspace


@pytest.fixture
def catalog(workspace):
    return workspace.catalog


@pytest.fixture
def opened(published, workspace, preview):
    """Show the webinar in the preview; missing media are not downloaded yet."""
    preview.show(workspace.library.load_draft(published.webinar).webinar)
    preview.proxies = preview.media_service.proxies
    preview.proxies.set_connection(workspace.open_sync, is_set_up=lambda: True)
    yield preview
    preview.proxies.unwatch()


@pytest.fixture
def fetched(published, opened):
    opened.proxies.watch(opened.controller)
    opened.wait_until(lambda: states(opened) == {"hosted"}, 30_000)
    return opened


def states(preview):
    return {preview.media_service.get_state(sha256) for sha256 in preview.controller.webinar.media}


def idle(preview):
    preview.wait_until(lambda: not preview.tasks.running)


def position_of(preview, name):
    """Return the start of the segment of a media, in ms."""
    sha256 = next(media.sha256 for media in preview.controller.webinar.media.values() if media.name == name)
    return next(segment.start_ms for segment in preview.controller.webinar.programme if segment.media == sha256)


def test_missing_media_are_downloaded_one_after_another_smallest_first(opened):
    started_downloads = []
    opened.tasks.started.connect(lambda task: started_downloads.append(task) if task.executor == "download" else None)
    opened.wait_until(lambda: states(opened) == {"missing"})
    opened.proxies.watch(opened.controller)
    opened.wait_until(lambda: states(opened) == {"hosted"}, 30_000)
    titles = [task.title for task in started_downloads]
    assert len(titles) == 4
    assert titles[-1] == "Downloading “talk.mp4” from the server"
    assert all(task.total and task.done == task.total for task in started_downloads)


def test_the_preview_shows_the_right_pictures_words_and_pages(published, fetched, number, colour_at):
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


def test_it_plays_and_the_original_takes_over_at_once_when_it_is_found(published, fetched, number, tmp_path):
    preview, talk = fetched, published.media["talk.mp4"]
    deck = preview.playback.transport
    preview.seek(500)
    preview.playback.play(True)
    preview.wait_until(lambda: isinstance(preview.playback.content.background, ShownImage) and playing(preview) > 20)
    assert deck._active_deck.path == preview.catalog.proxies.find_path(talk.sha256)
    shutil.copy(published.folder / "talk.mp4", tmp_path / "found.mp4")
    preview.media_service.relink([tmp_path], [talk.sha256])
    preview.wait_until(lambda: deck._active_deck.path == tmp_path / "found.mp4")
    preview.wait_until(lambda: playing(preview) > 60)
    preview.playback.play(False)
    assert preview.media_service.get_state(talk.sha256) == "ready"
    assert not preview.catalog.proxies.media_folder(talk.sha256).exists()


def playing(preview):
    """The number of the frame that a player shows; -1 where none does."""
    background = preview.playback.content.background
    live = isinstance(background, ShownImage) and background.source == "live"
    return frame_number_at(background.at) if live else -1


def test_without_the_server_it_is_missing_and_offers_relink_and_download(published, opened):
    published.hosting.kill()
    preview, messages, requests = opened, [], []
    preview.media_service._notifications.posted.connect(lambda message: messages.append(message.text))
    preview.panel.relink_requested.connect(requests.append)
    preview.proxies.watch(preview.controller)
    idle(preview)
    assert messages == []  # nobody asked
    preview.playhead.seek(100)
    preview.wait_until(lambda: preview.playback.content.relink is not None)
    surface = preview.panel.surface
    assert surface._relink_button.isVisible()
    assert surface._get_button.isVisible()
    assert not surface._relink_button.geometry().intersects(surface._get_button.geometry())
    QTest.mouseClick(surface._relink_button, Qt.MouseButton.LeftButton)
    assert len(requests) == 1
    QTest.mouseClick(surface._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: messages)
    assert "Can't connect" in messages[0]
    published.hosting.start()
    QTest.mouseClick(surface._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: states(preview) == {"hosted"}, 30_000)
    assert not surface._get_button.isVisible()


def test_a_large_proxy_is_downloaded_on_request_and_the_bin_shows_its_size(
    published, opened, monkeypatch, settings, formatter
):
    preview, talk = opened, published.media["talk.mp4"]
    client = published.make_client()
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
    row = MediaRow(preview.media_service, formatter)
    row.show_media(talk)
    panel.show()
    row.show()
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: states(preview) == {"hosted", "missing"} and not preview.tasks.running, 30_000)
    assert preview.media_service.get_state(talk.sha256) == "missing"
    assert preview.proxies.is_available(talk.sha256)
    preview.wait_until(lambda: panel._hosted_label.text().startswith("3 prepared"))
    rows = {each.name: each for each in (panel._rows.get_row(number) for number in range(4))}
    assert rows["talk.mp4"].state == "missing"
    assert (rows["tour.pdf"].state, rows["tour.pdf"].state_text) == ("hosted", "prepared copy from the server")
    assert panel._missing_label.text().startswith("1 file")
    assert (
        panel._get_button.text()
        == f"Get from the server ({formatter.format_size(preview.proxies.get_size(talk.sha256))})"
    )
    assert row._download_button.isVisible()
    QTest.mouseClick(panel._get_button, Qt.MouseButton.LeftButton)
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)
    preview.wait_until(lambda: panel._get_button.isHidden() and panel._missing_label.isHidden())
    assert row._proxy_label.text() == "prepared copy from the server"
    panel.deleteLater()
    row.deleteLater()


def test_a_cancelled_download_does_not_start_again_automatically(published, opened):
    preview, talk = opened, published.media["talk.mp4"]
    is_released = threading.Event()
    hold = preview.tasks.run("", lambda _progress: is_released.wait(), executor="download", quiet=True)
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: preview.proxies.get_progress(talk.sha256) is not None)
    preview.proxies._downloads[talk.sha256].cancel()
    is_released.set()
    preview.wait_until(lambda: states(preview) == {"hosted", "missing"} and not preview.tasks.running, 30_000)
    assert hold.state == "done"
    preview.proxies.refresh(force=True)
    idle(preview)
    assert preview.media_service.get_state(talk.sha256) == "missing"
    assert preview.proxies.can_fetch(talk.sha256)
    preview.proxies.fetch([talk.sha256])
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)


def test_a_file_lost_while_the_webinar_is_open_is_replaced_by_its_proxy(published, opened, tmp_path):
    preview, talk = opened, published.media["talk.mp4"]
    mine = tmp_path / "mine.mp4"
    shutil.copy(published.folder / "talk.mp4", mine)
    preview.media_service.import_files((mine,))
    preview.wait_until(lambda: preview.media_service.get_path(talk.sha256) == mine)
    preview.proxies.watch(preview.controller)
    preview.wait_until(lambda: states(preview) == {"hosted", "ready"} and not preview.tasks.running, 30_000)
    mine.unlink()
    preview.media_service.recheck()
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "hosted", 30_000)
    mine.write_bytes((published.folder / "talk.mp4").read_bytes())
    preview.media_service.import_files((mine,))
    preview.wait_until(lambda: preview.media_service.get_state(talk.sha256) == "ready" and not preview.tasks.running)


@pytest.fixture
def program(qapp, qtbot, workspace):
    """Open the window on Bo's library."""
    style_sheet, palette, locale = qapp.styleSheet(), qapp.palette(), QLocale()
    workspace.settings["toured"] = True
    program = Application(qapp, workspace.root, lambda: Workspace(workspace.root))
    yield program
    program.window.close()
    for installed in program._translator._installed:
        qapp.removeTranslator(installed)
    program.delete_window()
    qapp.setStyleSheet(style_sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


def test_downloads_start_when_the_server_is_back(published, program, qtbot):
    published.hosting.kill()
    program.start(published.webinar)
    qtbot.waitUntil(lambda: program.page is not None, timeout=20_000)
    media_service, media = program.session._context.media_service, program.page.document_controller.webinar.media

    def stand(state):
        return {media_service.get_state(sha256) for sha256 in media} == {state}

    qtbot.waitUntil(lambda: stand("missing") and not program.context.tasks.running, timeout=20_000)
    published.hosting.start()

    def gets_there():
        # Refreshing at every poll would keep the library's thread from all else.
        if not program.context.tasks.running:
            program.sync_service.refresh()  # as its timer has it do
        return stand("hosted")

    qtbot.waitUntil(gets_there, timeout=40_000)
    preflight = program.page.preflight_panel
    qtbot.waitUntil(lambda: not any("media" in problem.code for problem in preflight.problems))
