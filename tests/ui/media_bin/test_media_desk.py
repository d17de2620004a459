"""The shelf as the window sees it, over a real shelf and real files."""

import shutil
import threading
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from editor.schedule.model import Media
from tests.ui.room import Files, Room
from ui.media_desk import MediaDesk


def test_files_become_known_in_their_order_and_are_drawn_as_they_come(room: Room, files: Files):
    known: list[Media] = []
    room.desk.known.connect(known.append)
    media = room.take(files.video, files.image, files.slides, files.sound)
    assert [each.name for each in media] == ["welcome talk.mp4", "agenda.png", "product tour.pdf", "interlude.mp3"]
    assert known == list(media)
    room.wait_drawn()
    video, image, slides, sound = media
    room.wait(lambda: room.desk.thumbnail(video.sha256, 3_000))
    room.wait(lambda: room.desk.image(image.sha256, 300))
    room.wait(lambda: room.desk.page(slides.sha256, 2, 100))
    room.wait(lambda: room.desk.peaks(sound.sha256))
    assert room.desk.image(image.sha256, 300).width() == 320
    assert room.desk.page(slides.sha256, 2, 100).width() == 160
    assert max(room.desk.peaks(sound.sha256).values) > 100
    assert not room.told


def test_a_question_never_waits_and_pictured_tells_when_there_is_an_answer(room: Room, files: Files, qtbot):
    (video,) = room.take(files.video)
    room.wait_drawn()
    assert room.desk.thumbnail(video.sha256, 2_000) is None
    with qtbot.waitSignal(room.desk.pictured, check_params_cb=lambda sha256: sha256 == video.sha256):
        pass
    room.wait(lambda: room.desk.thumbnail(video.sha256, 2_000))


def test_thumbnails_of_different_times_differ_and_those_of_one_picture_are_kept_once(room: Room, files: Files):
    (video,) = room.take(files.video)
    room.wait_drawn()
    for at_ms in range(0, 6_000, 1_000):
        room.wait(lambda at_ms=at_ms: room.desk.thumbnail(video.sha256, at_ms))
    pictures = {room.desk.thumbnail(video.sha256, at_ms).cacheKey() for at_ms in range(0, 6_000, 1_000)}
    assert len(pictures) == len(room.desk._images) == 6
    assert room.desk.thumbnail(video.sha256, 2_400).cacheKey() == room.desk.thumbnail(video.sha256, 2_000).cacheKey()


def test_equal_questions_are_asked_once(room: Room, files: Files):
    (image,) = room.take(files.image)
    room.wait_drawn()
    for _ in range(50):
        room.desk.image(image.sha256, 200)
    assert room.desk._asking.waiting <= 2
    room.wait(lambda: room.desk.image(image.sha256, 200))


def test_files_that_fail_are_told_in_one_message_and_the_others_come_in(room: Room, files: Files, tmp_path):
    empty = tmp_path / "empty.mp4"
    empty.touch()
    media = room.take(files.broken, files.video, empty)
    assert [each.name for each in media] == ["welcome talk.mp4"]
    room.wait_drawn()
    (message,) = room.told
    assert message.kind == "warning"
    assert len(message.text.split("\n")) == 2
    assert "broken.mp4" in message.text
    assert "empty.mp4" in message.text


def test_where_nothing_comes_in_nobody_is_called(room: Room, files: Files):
    called = []
    room.desk.take((files.broken,), called.append)
    room.wait(lambda: room.told)
    room.wait_drawn()
    assert not called
    assert not room.desk.arrivals


def test_a_folder_means_the_files_in_it(room: Room, files: Files, tmp_path):
    shutil.copy(files.image, tmp_path / "b.png")
    shutil.copy(files.sound, tmp_path / "a.mp3")
    media = room.take(tmp_path)
    assert [each.name for each in media] == ["a.mp3", "b.png"]


def test_arrivals_show_while_files_are_read_and_no_longer(room: Room, files: Files):
    counts = []
    room.desk.arrivals_changed.connect(lambda: counts.append(len(room.desk.arrivals)))
    room.take(files.video, files.image)
    assert counts[0] == 2
    assert counts[-1] == 0


def test_cancelling_an_import_leaves_nothing_under_way(room: Room, files: Files):
    held, go = threading.Event(), threading.Event()
    shelf = room.shelf

    class Slow:
        """A shelf that waits before it takes the second file."""

        def take(self, path, progress):
            if path == files.image:
                held.set()
                assert go.wait(10)
            return shelf.take(path, progress)

        def __getattr__(self, name):
            return getattr(shelf, name)

    desk = MediaDesk(Slow, room.tasks, room.messages, room.words, room.root)
    known: list[Media] = []
    desk.known.connect(known.append)
    task = desk.take((files.video, files.image, files.sound))
    room.wait(held.is_set)
    task.cancel()
    go.set()
    room.wait(lambda: task.state == "cancelled")
    assert desk.arrivals == ()
    assert [each.name for each in known] == ["welcome talk.mp4"]
    assert desk.percent(known[0].sha256) is None


def test_what_was_drawn_elsewhere_is_drawn_here_when_it_is_asked_for(room: Room, files: Files):
    media = room.shelf.take(files.video)
    assert room.desk.thumbnail(media.sha256, 0) is None
    room.wait(lambda: room.desk.thumbnail(media.sha256, 0))
    room.wait_drawn()
    assert room.desk.percent(media.sha256) is None


def test_a_file_that_is_gone_is_lost_and_found_again_by_its_content(room: Room, files: Files, tmp_path, qtbot):
    there = tmp_path / "here.mp4"
    shutil.copy(files.video, there)
    (media,) = room.take(there)
    room.wait(lambda: room.desk.path(media.sha256) == there)
    assert room.desk.state(media.sha256) == "ready"
    elsewhere = tmp_path / "deep" / "down"
    elsewhere.mkdir(parents=True)
    there.rename(elsewhere / "renamed.mp4")
    with qtbot.waitSignal(room.desk.lost) as lost:
        room.desk.recheck()
    assert lost.args == [media.sha256]
    assert room.desk.state(media.sha256) == "missing"
    found = []
    room.desk.relink((tmp_path,), (media.sha256,), found.append)
    room.wait(lambda: found)
    assert found[0] == {media.sha256: elsewhere / "renamed.mp4"}
    assert room.desk.state(media.sha256) == "ready"
    assert room.desk.path(media.sha256) == elsewhere / "renamed.mp4"


def test_what_is_not_found_is_said(room: Room, files: Files, tmp_path):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = room.take(there)
    there.unlink()
    room.desk.relink((tmp_path,), (media.sha256,))
    room.wait(lambda: room.told)
    assert "not found" in room.told[0].text


def test_coming_back_to_the_window_looks_for_the_files_again(room: Room, files: Files, tmp_path, qtbot):
    there = tmp_path / "here.png"
    shutil.copy(files.image, there)
    (media,) = room.take(there)
    room.wait(lambda: room.desk.path(media.sha256))
    there.unlink()
    with qtbot.waitSignal(room.desk.lost):
        app = QCoreApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_subtitles_attach_and_their_cues_are_at_hand(room: Room, files: Files):
    (media,) = room.take(files.video)
    better = []
    room.desk.attach_captions(media, files.subtitles, better.append)
    room.wait(lambda: better)
    (track,) = better[0].captions
    assert room.desk.cues(track.sha256) == ()
    room.wait(lambda: room.desk.cues(track.sha256))
    assert room.desk.cues(track.sha256)[0].text == "Good evening."


def test_bad_subtitles_are_refused_with_a_sentence(room: Room, files: Files):
    (media,) = room.take(files.video)
    room.desk.attach_captions(media, files.broken)
    room.wait(lambda: room.told)
    assert "broken.mp4" in room.told[0].text


def test_images_beyond_the_cap_go(room: Room, files: Files):
    desk = MediaDesk(lambda: room.shelf, room.tasks, room.messages, room.words, room.root, cap_bytes=320 * 180 * 4 + 1)
    (slides,) = room.take(files.slides)
    room.wait_drawn()
    for page in range(3):
        room.wait(lambda page=page: desk.page(slides.sha256, page, 300))
    assert desk._images.bytes_held <= 320 * 180 * 4 + 1


def test_a_shelf_that_hangs_does_not_hold_the_window(room: Room):
    go = threading.Event()

    def slow_shelf():
        assert go.wait(10)
        return room.shelf

    desk = MediaDesk(slow_shelf, room.tasks, room.messages, room.words, room.root)
    began = time.monotonic()
    for number in range(1_000):
        sha256 = f"{number:064x}"
        assert desk.thumbnail(sha256, 0) is None
        assert desk.image(sha256, 100) is None
        assert desk.peaks(sha256) is None
        assert desk.state(sha256) == "ready"
    assert time.monotonic() - began < 1.0
    go.set()
    room.wait_drawn()
