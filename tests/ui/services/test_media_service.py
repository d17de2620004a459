"""The media service over a real catalog and real files."""

import shutil
import threading
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from editor.schedule.model import Media
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.services.media_service import MediaService


def test_files_become_known_in_their_order_and_are_drawn_as_they_come(room: PanelEnvironment, files: SampleFiles):
    known: list[Media] = []
    room.media_service.identified.connect(known.append)
    media = room.import_files(files.video, files.image, files.slides, files.sound)
    assert [each.name for each in media] == ["welcome talk.mp4", "agenda.png", "product tour.pdf", "interlude.mp3"]
    assert known == list(media)
    room.wait_idle()
    video, image, slides, sound = media
    room.wait_until(lambda: room.media_service.get_thumbnail(video.sha256, 3_000))
    room.wait_until(lambda: room.media_service.get_image(image.sha256, 300))
    room.wait_until(lambda: room.media_service.get_page(slides.sha256, 2, 100))
    room.wait_until(lambda: room.media_service.get_peaks(sound.sha256))
    assert room.media_service.get_image(image.sha256, 300).width() == 320
    assert room.media_service.get_page(slides.sha256, 2, 100).width() == 160
    assert max(room.media_service.get_peaks(sound.sha256).values) > 100
    assert not room.posted


def test_a_request_never_blocks_and_previews_changed_reports_the_answer(
    room: PanelEnvironment, files: SampleFiles, qtbot
):
    (video,) = room.import_files(files.video)
    room.wait_idle()
    assert room.media_service.get_thumbnail(video.sha256, 2_000) is None
    with qtbot.waitSignal(room.media_service.previews_changed, check_params_cb=lambda sha256: sha256 == video.sha256):
        pass
    room.wait_until(lambda: room.media_service.get_thumbnail(video.sha256, 2_000))


def test_thumbnails_of_different_times_differ_and_those_of_one_picture_are_kept_once(
    room: PanelEnvironment, files: SampleFiles
):
    (video,) = room.import_files(files.video)
    room.wait_idle()
    for at_ms in range(0, 6_000, 1_000):
        room.wait_until(lambda at_ms=at_ms: room.media_service.get_thumbnail(video.sha256, at_ms))
    pictures = {room.media_service.get_thumbnail(video.sha256, at_ms).cacheKey() for at_ms in range(0, 6_000, 1_000)}
    assert len(pictures) == len(room.media_service._images) == 6
    assert (
        room.media_service.get_thumbnail(video.sha256, 2_400).cacheKey()
        == room.media_service.get_thumbnail(video.sha256, 2_000).cacheKey()
    )


def test_equal_requests_are_made_once(room: PanelEnvironment, files: SampleFiles):
    (image,) = room.import_files(files.image)
    room.wait_idle()
    for _ in range(50):
        room.media_service.get_image(image.sha256, 200)
    assert room.media_service._requests.pending_count <= 2
    room.wait_until(lambda: room.media_service.get_image(image.sha256, 200))


def test_failed_files_are_posted_in_one_notification_and_the_others_are_imported(
    room: PanelEnvironment, files: SampleFiles, tmp_path
):
    empty = tmp_path / "empty.mp4"
    empty.touch()
    media = room.import_files(files.broken, files.video, empty)
    assert [each.name for each in media] == ["welcome talk.mp4"]
    room.wait_idle()
    (message,) = room.posted
    assert message.kind == "warning"
    assert len(message.text.split("\n")) == 2
    assert "broken.mp4" in message.text
    assert "empty.mp4" in message.text


def test_the_callback_is_not_called_where_nothing_was_imported(room: PanelEnvironment, files: SampleFiles):
    called = []
    room.media_service.import_files((files.broken,), called.append)
    room.wait_until(lambda: room.posted)
    room.wait_idle()
    assert not called
    assert not room.media_service.imports


def test_a_folder_means_the_files_in_it(room: PanelEnvironment, files: SampleFiles, tmp_path):
    shutil.copy(files.image, tmp_path / "b.png")
    shutil.copy(files.sound, tmp_path / "a.mp3")
    media = room.import_files(tmp_path)
    assert [each.name for each in media] == ["a.mp3", "b.png"]


def test_importing_files_are_listed_until_they_are_read(room: PanelEnvironment, files: SampleFiles):
    counts = []
    room.media_service.imports_changed.connect(lambda: counts.append(len(room.media_service.imports)))
    room.import_files(files.video, files.image)
    assert counts[0] == 2
    assert counts[-1] == 0


def test_cancelling_an_import_leaves_nothing_under_way(room: PanelEnvironment, files: SampleFiles):
    held, go = threading.Event(), threading.Event()
    shelf = room.media_catalog

    class Slow:
        """A catalog that waits before it adds the second file."""

        def add_file(self, path, progress):
            if path == files.image:
                held.set()
                assert go.wait(10)
            return shelf.add_file(path, progress)

        def __getattr__(self, name):
            return getattr(shelf, name)

    desk = MediaService(Slow, room.tasks, room.notifications, room.formatter, room.root)
    known: list[Media] = []
    desk.identified.connect(known.append)
    task = desk.import_files((files.video, files.image, files.sound))
    room.wait_until(held.is_set)
    task.cancel()
    go.set()
    room.wait_until(lambda: task.state == "cancelled")
    assert desk.imports == ()
    assert [each.name for each in known] == ["welcome talk.mp4"]
    assert desk.get_progress(known[0].sha256) is None


def test_missing_previews_are_made_on_request(room: PanelEnvironment, files: SampleFiles):
    media = room.media_catalog.add_file(files.video)
    assert room.media_service.get_thumbnail(media.sha256, 0) is None
    room.wait_until(lambda: room.media_service.get_thumbnail(media.sha256, 0))
    room.wait_idle()
    assert room.media_service.get_progress(media.sha256) is None


def test_a_file_that_is_gone_is_lost_and_found_again_by_its_content(
    room: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    there = tmp_path / "here.mp4"
    shutil.copy(files.video, there)
    (media,) = room.import_files(there)
    room.wait_until(lambda: room.media_service.get_path(media.sha256) == there)
    assert room.media_service.get_state(media.sha256) == "ready"
    elsewhere = tmp_path / "deep" / "down"
    elsewhere.mkdir(parents=True)
    there.rename(elsewhere / "renamed.mp4")
    with qtbot.waitSignal(room.media_service.lost) as lost:
        room.media_service.recheck()
    assert lost.args == [media.sha256]
    assert room.media_service.get_state(media.sha256) == "missing"
    found = []
    room.media_service.relink((tmp_path,), (media.sha256,), found.append)
    room.wait_until(lambda: found)
    assert found[0] == {media.sha256: elsewhere / "renamed.mp4"}
    assert room.media_service.get_state(media.sha256) == "ready"
    assert room.media_service.get_path(media.sha256) == elsewhere / "renamed.mp4"


def test_files_not_found_are_reported(room: PanelEnvironment, files: SampleFiles, tmp_path):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = room.import_files(there)
    there.unlink()
    room.media_service.relink((tmp_path,), (media.sha256,))
    room.wait_until(lambda: room.posted)
    assert "not found" in room.posted[0].text


def test_coming_back_to_the_window_looks_for_the_files_again(
    room: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = room.import_files(there)
    room.wait_until(lambda: room.media_service.get_path(media.sha256))
    there.unlink()
    with qtbot.waitSignal(room.media_service.lost):
        app = QCoreApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_subtitles_attach_and_their_cues_are_at_hand(room: PanelEnvironment, files: SampleFiles):
    (media,) = room.import_files(files.video)
    better = []
    room.media_service.attach_captions(media, files.subtitles, better.append)
    room.wait_until(lambda: better)
    (track,) = better[0].captions
    assert room.media_service.get_cues(track.sha256) == ()
    room.wait_until(lambda: room.media_service.get_cues(track.sha256))
    assert room.media_service.get_cues(track.sha256)[0].text == "Good evening."


def test_bad_subtitles_are_refused_with_a_sentence(room: PanelEnvironment, files: SampleFiles):
    (media,) = room.import_files(files.video)
    room.media_service.attach_captions(media, files.broken)
    room.wait_until(lambda: room.posted)
    assert "broken.mp4" in room.posted[0].text


def test_images_beyond_the_limit_are_dropped(room: PanelEnvironment, files: SampleFiles):
    desk = MediaService(
        lambda: room.media_catalog,
        room.tasks,
        room.notifications,
        room.formatter,
        room.root,
        max_image_bytes=320 * 180 * 4 + 1,
    )
    (slides,) = room.import_files(files.slides)
    room.wait_idle()
    for page in range(3):
        room.wait_until(lambda page=page: desk.get_page(slides.sha256, page, 300))
    assert desk._images.bytes_held <= 320 * 180 * 4 + 1


def test_a_slow_catalog_does_not_block_the_window(room: PanelEnvironment):
    go = threading.Event()

    def slow_shelf():
        assert go.wait(10)
        return room.media_catalog

    desk = MediaService(slow_shelf, room.tasks, room.notifications, room.formatter, room.root)
    began = time.monotonic()
    for number in range(1_000):
        sha256 = f"{number:064x}"
        assert desk.get_thumbnail(sha256, 0) is None
        assert desk.get_image(sha256, 100) is None
        assert desk.get_peaks(sha256) is None
        assert desk.get_state(sha256) == "ready"
    assert time.monotonic() - began < 1.0
    go.set()
    room.wait_idle()
