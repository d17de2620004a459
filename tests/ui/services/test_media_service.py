"""The media service over a real catalog and real files."""

import shutil
import threading
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from editor.schedule.model import Media
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.services.media_service import MediaService


def test_files_become_known_in_their_order_and_are_drawn_as_they_come(
    environment: PanelEnvironment, files: SampleFiles
):
    known: list[Media] = []
    environment.media_service.identified.connect(known.append)
    media = environment.import_files(files.video, files.image, files.slides, files.sound)
    assert [each.name for each in media] == ["welcome talk.mp4", "agenda.png", "product tour.pdf", "interlude.mp3"]
    assert known == list(media)
    environment.wait_idle()
    video, image, slides, sound = media
    environment.wait_until(lambda: environment.media_service.get_thumbnail(video.sha256, 3_000))
    environment.wait_until(lambda: environment.media_service.get_image(image.sha256, 300))
    environment.wait_until(lambda: environment.media_service.get_page(slides.sha256, 2, 100))
    environment.wait_until(lambda: environment.media_service.get_peaks(sound.sha256))
    assert environment.media_service.get_image(image.sha256, 300).width() == 320
    assert environment.media_service.get_page(slides.sha256, 2, 100).width() == 160
    assert max(environment.media_service.get_peaks(sound.sha256).values) > 100
    assert not environment.posted


def test_a_request_never_blocks_and_previews_changed_reports_the_answer(
    environment: PanelEnvironment, files: SampleFiles, qtbot
):
    (video,) = environment.import_files(files.video)
    environment.wait_idle()
    assert environment.media_service.get_thumbnail(video.sha256, 2_000) is None
    with qtbot.waitSignal(
        environment.media_service.previews_changed, check_params_cb=lambda sha256: sha256 == video.sha256
    ):
        pass
    environment.wait_until(lambda: environment.media_service.get_thumbnail(video.sha256, 2_000))


def test_thumbnails_of_different_times_differ_and_those_of_one_picture_are_kept_once(
    environment: PanelEnvironment, files: SampleFiles
):
    (video,) = environment.import_files(files.video)
    environment.wait_idle()
    for at_ms in range(0, 6_000, 1_000):
        environment.wait_until(lambda at_ms=at_ms: environment.media_service.get_thumbnail(video.sha256, at_ms))
    pictures = {
        environment.media_service.get_thumbnail(video.sha256, at_ms).cacheKey() for at_ms in range(0, 6_000, 1_000)
    }
    assert len(pictures) == len(environment.media_service._images) == 6
    assert (
        environment.media_service.get_thumbnail(video.sha256, 2_400).cacheKey()
        == environment.media_service.get_thumbnail(video.sha256, 2_000).cacheKey()
    )


def test_equal_requests_are_made_once(environment: PanelEnvironment, files: SampleFiles):
    (image,) = environment.import_files(files.image)
    environment.wait_idle()
    for _ in range(50):
        environment.media_service.get_image(image.sha256, 200)
    assert environment.media_service._requests.pending_count <= 2
    environment.wait_until(lambda: environment.media_service.get_image(image.sha256, 200))


def test_failed_files_are_posted_in_one_notification_and_the_others_are_imported(
    environment: PanelEnvironment, files: SampleFiles, tmp_path
):
    empty = tmp_path / "empty.mp4"
    empty.touch()
    media = environment.import_files(files.broken, files.video, empty)
    assert [each.name for each in media] == ["welcome talk.mp4"]
    environment.wait_idle()
    (message,) = environment.posted
    assert message.kind == "warning"
    assert len(message.text.split("\n")) == 2
    assert "broken.mp4" in message.text
    assert "empty.mp4" in message.text


def test_the_callback_is_not_called_where_nothing_was_imported(environment: PanelEnvironment, files: SampleFiles):
    calls = []
    environment.media_service.import_files((files.broken,), calls.append)
    environment.wait_until(lambda: environment.posted)
    environment.wait_idle()
    assert not calls
    assert not environment.media_service.imports


def test_a_folder_means_the_files_in_it(environment: PanelEnvironment, files: SampleFiles, tmp_path):
    shutil.copy(files.image, tmp_path / "b.png")
    shutil.copy(files.sound, tmp_path / "a.mp3")
    media = environment.import_files(tmp_path)
    assert [each.name for each in media] == ["a.mp3", "b.png"]


def test_importing_files_are_listed_until_they_are_read(environment: PanelEnvironment, files: SampleFiles):
    counts = []
    environment.media_service.imports_changed.connect(lambda: counts.append(len(environment.media_service.imports)))
    environment.import_files(files.video, files.image)
    assert counts[0] == 2
    assert counts[-1] == 0


def test_cancelling_an_import_leaves_nothing_under_way(environment: PanelEnvironment, files: SampleFiles):
    is_waiting, go = threading.Event(), threading.Event()
    catalog = environment.media_catalog

    class SlowCatalog:
        """A catalog that waits before it adds the second file."""

        def add_file(self, path, progress):
            if path == files.image:
                is_waiting.set()
                assert go.wait(10)
            return catalog.add_file(path, progress)

        def __getattr__(self, name):
            return getattr(catalog, name)

    media_service = MediaService(
        SlowCatalog, environment.tasks, environment.notifications, environment.formatter, environment.root
    )
    known: list[Media] = []
    media_service.identified.connect(known.append)
    task = media_service.import_files((files.video, files.image, files.sound))
    environment.wait_until(is_waiting.is_set)
    task.cancel()
    go.set()
    environment.wait_until(lambda: task.state == "cancelled")
    assert media_service.imports == ()
    assert [each.name for each in known] == ["welcome talk.mp4"]
    assert media_service.get_progress(known[0].sha256) is None


def test_missing_previews_are_made_on_request(environment: PanelEnvironment, files: SampleFiles):
    media = environment.media_catalog.add_file(files.video)
    assert environment.media_service.get_thumbnail(media.sha256, 0) is None
    environment.wait_until(lambda: environment.media_service.get_thumbnail(media.sha256, 0))
    environment.wait_idle()
    assert environment.media_service.get_progress(media.sha256) is None


def test_a_file_that_is_gone_is_lost_and_found_again_by_its_content(
    environment: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    there = tmp_path / "here.mp4"
    shutil.copy(files.video, there)
    (media,) = environment.import_files(there)
    environment.wait_until(lambda: environment.media_service.get_path(media.sha256) == there)
    assert environment.media_service.get_state(media.sha256) == "ready"
    elsewhere = tmp_path / "deep" / "down"
    elsewhere.mkdir(parents=True)
    there.rename(elsewhere / "renamed.mp4")
    with qtbot.waitSignal(environment.media_service.lost) as signal:
        environment.media_service.recheck()
    assert signal.args == [media.sha256]
    assert environment.media_service.get_state(media.sha256) == "missing"
    found = []
    environment.media_service.relink((tmp_path,), (media.sha256,), found.append)
    environment.wait_until(lambda: found)
    assert found[0] == {media.sha256: elsewhere / "renamed.mp4"}
    assert environment.media_service.get_state(media.sha256) == "ready"
    assert environment.media_service.get_path(media.sha256) == elsewhere / "renamed.mp4"


def test_files_not_found_are_reported(environment: PanelEnvironment, files: SampleFiles, tmp_path):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = environment.import_files(there)
    there.unlink()
    environment.media_service.relink((tmp_path,), (media.sha256,))
    environment.wait_until(lambda: environment.posted)
    assert "not found" in environment.posted[0].text


def test_coming_back_to_the_window_looks_for_the_files_again(
    environment: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = environment.import_files(there)
    environment.wait_until(lambda: environment.media_service.get_path(media.sha256))
    there.unlink()
    with qtbot.waitSignal(environment.media_service.lost):
        app = QCoreApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_subtitles_attach_and_their_cues_are_at_hand(environment: PanelEnvironment, files: SampleFiles):
    (media,) = environment.import_files(files.video)
    better = []
    environment.media_service.attach_captions(media, files.subtitles, better.append)
    environment.wait_until(lambda: better)
    (track,) = better[0].captions
    assert environment.media_service.get_cues(track.sha256) == ()
    environment.wait_until(lambda: environment.media_service.get_cues(track.sha256))
    assert environment.media_service.get_cues(track.sha256)[0].text == "Good evening."


def test_bad_subtitles_are_refused_with_a_sentence(environment: PanelEnvironment, files: SampleFiles):
    (media,) = environment.import_files(files.video)
    environment.media_service.attach_captions(media, files.broken)
    environment.wait_until(lambda: environment.posted)
    assert "broken.mp4" in environment.posted[0].text


def test_images_beyond_the_limit_are_dropped(environment: PanelEnvironment, files: SampleFiles):
    media_service = MediaService(
        lambda: environment.media_catalog,
        environment.tasks,
        environment.notifications,
        environment.formatter,
        environment.root,
        max_image_bytes=320 * 180 * 4 + 1,
    )
    (slides,) = environment.import_files(files.slides)
    environment.wait_idle()
    for page in range(3):
        environment.wait_until(lambda page=page: media_service.get_page(slides.sha256, page, 300))
    assert media_service._images.bytes_held <= 320 * 180 * 4 + 1


def test_a_slow_catalog_does_not_block_the_window(environment: PanelEnvironment):
    go = threading.Event()

    def wait_for_catalog():
        assert go.wait(10)
        return environment.media_catalog

    media_service = MediaService(
        wait_for_catalog, environment.tasks, environment.notifications, environment.formatter, environment.root
    )
    started_at = time.monotonic()
    for number in range(1_000):
        sha256 = f"{number:064x}"
        assert media_service.get_thumbnail(sha256, 0) is None
        assert media_service.get_image(sha256, 100) is None
        assert media_service.get_peaks(sha256) is None
        assert media_service.get_state(sha256) == "ready"
    assert time.monotonic() - started_at < 1.0
    go.set()
    environment.wait_idle()
