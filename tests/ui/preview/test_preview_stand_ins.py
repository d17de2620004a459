"""A colleague's preview without any of the files: what the hosting prepared comes by itself and is what is shown."""

import shutil
import threading

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from editor.schedule.model import Webinar
from editor.sync import stand_in
from editor.sync.account import Account
from editor.workspace import Workspace
from tests.editor.sync.published import AGAIN_MS, IN_MS, published
from tests.numbered import frame_at
from ui import stand_ins
from ui.inspector.media_line import MediaLine
from ui.media_bin.choosing import Choosing
from ui.media_bin.marks import Marks
from ui.media_bin.panel import MediaBin
from ui.preview.scene import Shown, Wave
from ui.program import Program
from ui.selection import Selection


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    with published(tmp_path_factory.mktemp("evening")) as evening:
        yield evening


@pytest.fixture
def workspace(evening, tmp_path):
    """Bo's library, which goes to Ada's hosting and has the webinar from there."""
    evening.hosting.start()
    with Workspace(tmp_path / "bo") as workspace:
        workspace.library.create(Webinar(id=evening.webinar))
        workspace.accounts.keep(Account(address=evening.hosting.url, email="bo@example.org"), evening.token)
        sync = workspace.hosting()
        workspace.restore(workspace.open(evening.webinar), sync.pull(evening.webinar).hash)
        sync.client.close()
        yield workspace


@pytest.fixture
def shelf(workspace):
    return workspace.shelf


@pytest.fixture
def opened(evening, workspace, theatre):
    """The webinar in the preview, not looked after yet."""
    theatre.show(workspace.library.draft(evening.webinar).webinar)
    theatre.stand_ins = theatre.desk.stand_ins
    theatre.stand_ins.serve(workspace.hosting, set_up=lambda: True)
    yield theatre
    theatre.stand_ins.leave()


@pytest.fixture
def fetched(evening, opened):
    opened.stand_ins.follow(opened.bridge)
    opened.until(lambda: states(opened) == {"hosted"}, 30_000)
    return opened


def states(theatre):
    return {theatre.desk.state(sha256) for sha256 in theatre.bridge.webinar.media}


def idle(theatre):
    theatre.until(lambda: not theatre.tasks.running)


def position_of(theatre, name):
    """Where the segment of a media begins."""
    sha256 = next(media.sha256 for media in theatre.bridge.webinar.media.values() if media.name == name)
    return next(segment.start_ms for segment in theatre.bridge.webinar.programme if segment.media == sha256)


def test_what_is_missing_comes_by_itself_one_after_another_the_smallest_first(opened):
    begun = []
    opened.tasks.started.connect(lambda task: begun.append(task) if task.executor == "download" else None)
    opened.until(lambda: states(opened) == {"missing"})
    opened.stand_ins.follow(opened.bridge)
    opened.until(lambda: states(opened) == {"hosted"}, 30_000)
    titles = [task.title for task in begun]
    assert len(titles) == 4
    assert titles[-1] == "Getting “talk.mp4” from the hosting"
    assert all(task.total and task.done == task.total for task in begun)


def test_the_preview_shows_the_right_pictures_words_and_pages(evening, fetched, number, colour_at):
    theatre = fetched
    for begins, media_ms in ((0, 0), (0, 1_234), (0, 3_999), (0, 4_001), (0, 5_999), (AGAIN_MS, IN_MS)):
        theatre.seek(begins + media_ms - (IN_MS if begins else 0))
        assert theatre.conductor.stage.media_ms == media_ms
        assert number(theatre.conductor.scene.ground.image) == frame_at(media_ms)
        assert theatre.conductor.scene.trouble == ""
    theatre.seek(3_500)
    theatre.until(lambda: theatre.conductor.scene.captions == ("Two\nlines",))
    tour = position_of(theatre, "tour.pdf")
    for page, colour in enumerate(((204, 121, 167), (86, 180, 233))):
        theatre.seek(tour + page * 30_000 + 100)
        shown = theatre.conductor.scene.ground.image.pixelColor(20, 20).toTuple()[:3]
        assert all(abs(one - other) < 8 for one, other in zip(shown, colour, strict=True))
    theatre.seek(position_of(theatre, "agenda.png") + 10)
    assert theatre.conductor.scene.ground.source == "image"
    theatre.playhead.seek(position_of(theatre, "interlude.mp3") + 500)
    theatre.until(lambda: isinstance(theatre.conductor.scene.ground, Wave))
    assert max(theatre.conductor.scene.ground.values) > 0


def test_it_plays_and_the_original_takes_over_at_once_when_it_is_found(evening, fetched, number, tmp_path):
    theatre, talk = fetched, evening.media["talk.mp4"]
    deck = theatre.conductor.transport
    theatre.seek(500)
    theatre.conductor.play(True)
    theatre.until(lambda: isinstance(theatre.conductor.scene.ground, Shown) and playing(theatre) > 20)
    assert deck._on.path == theatre.shelf.stand_ins.path(talk.sha256)
    shutil.copy(evening.place / "talk.mp4", tmp_path / "found.mp4")
    theatre.desk.relink([tmp_path], [talk.sha256])
    theatre.until(lambda: deck._on.path == tmp_path / "found.mp4")
    theatre.until(lambda: playing(theatre) > 60)
    theatre.conductor.play(False)
    assert theatre.desk.state(talk.sha256) == "ready"
    assert not theatre.shelf.stand_ins.folder(talk.sha256).exists()


def playing(theatre):
    """The number of the frame that a player shows; -1 where none does."""
    ground = theatre.conductor.scene.ground
    live = isinstance(ground, Shown) and ground.source == "live"
    return frame_at(ground.at) if live else -1


def test_without_the_hosting_it_is_missing_with_both_ways_out(evening, opened):
    evening.hosting.kill()
    theatre, said, asked = opened, [], []
    theatre.desk._messages.told.connect(lambda message: said.append(message.text))
    theatre.panel.relink_asked.connect(asked.append)
    theatre.stand_ins.follow(theatre.bridge)
    idle(theatre)
    assert said == []  # nobody asked
    theatre.playhead.seek(100)
    theatre.until(lambda: theatre.conductor.scene.relink is not None)
    surface = theatre.panel.surface
    assert surface._relink.isVisible()
    assert surface._get.isVisible()
    assert not surface._relink.geometry().intersects(surface._get.geometry())
    QTest.mouseClick(surface._relink, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    QTest.mouseClick(surface._get, Qt.MouseButton.LeftButton)
    theatre.until(lambda: said)
    assert "cannot be reached" in said[0]
    evening.hosting.start()
    QTest.mouseClick(surface._get, Qt.MouseButton.LeftButton)
    theatre.until(lambda: states(theatre) == {"hosted"}, 30_000)
    assert not surface._get.isVisible()


def test_what_is_large_waits_to_be_asked_for_and_the_bin_says_how_large(evening, opened, monkeypatch, settings, words):
    theatre, talk = opened, evening.media["talk.mp4"]
    client = evening.signed_in()
    sizes = [offer.size for offer in stand_in.offers(client, theatre.shelf, theatre.bridge.webinar.media.values())]
    client.close()
    monkeypatch.setattr(stand_ins, "MOST_BYTES", sizes[-2])
    selection, marks = Selection(), Marks()
    panel = MediaBin(
        theatre.bridge,
        theatre.desk,
        theatre.tasks,
        words,
        settings,
        selection=selection,
        marks=marks,
        choosing=Choosing(settings),
    )
    line = MediaLine(theatre.desk, words)
    line.show_media(talk)
    panel.show()
    line.show()
    theatre.stand_ins.follow(theatre.bridge)
    theatre.until(lambda: states(theatre) == {"hosted", "missing"} and not theatre.tasks.running, 30_000)
    assert theatre.desk.state(talk.sha256) == "missing"
    assert theatre.stand_ins.is_there(talk.sha256)
    theatre.until(lambda: panel._hosted.text().startswith("3 prepared"))
    rows = {row.name: row for row in (panel._rows.row(number) for number in range(4))}
    assert rows["talk.mp4"].state == "missing"
    assert (rows["tour.pdf"].state, rows["tour.pdf"].state_text) == ("hosted", "prepared copy from the hosting")
    assert panel._missing.text().startswith("1 file")
    assert panel._get.text() == f"Get from the hosting ({words.size(theatre.stand_ins.size(talk.sha256))})"
    assert line._get.isVisible()
    QTest.mouseClick(panel._get, Qt.MouseButton.LeftButton)
    theatre.until(lambda: theatre.desk.state(talk.sha256) == "hosted", 30_000)
    theatre.until(lambda: panel._get.isHidden() and panel._missing.isHidden())
    assert line._hosted.text() == "prepared copy from the hosting"
    panel.deleteLater()
    line.deleteLater()


def test_what_somebody_cancelled_does_not_come_again_by_itself(evening, opened):
    theatre, talk = opened, evening.media["talk.mp4"]
    let_go = threading.Event()
    hold = theatre.tasks.run("", lambda _progress: let_go.wait(), executor="download", quiet=True)
    theatre.stand_ins.follow(theatre.bridge)
    theatre.until(lambda: theatre.stand_ins.percent(talk.sha256) is not None)
    theatre.stand_ins._coming[talk.sha256].cancel()
    let_go.set()
    theatre.until(lambda: states(theatre) == {"hosted", "missing"} and not theatre.tasks.running, 30_000)
    assert hold.state == "done"
    theatre.stand_ins.look(anew=True)
    idle(theatre)
    assert theatre.desk.state(talk.sha256) == "missing"
    assert theatre.stand_ins.can_get(talk.sha256)
    theatre.stand_ins.get([talk.sha256])
    theatre.until(lambda: theatre.desk.state(talk.sha256) == "hosted", 30_000)


def test_a_file_that_is_lost_while_the_webinar_is_open_is_stood_in_for(evening, opened, tmp_path):
    theatre, talk = opened, evening.media["talk.mp4"]
    mine = tmp_path / "mine.mp4"
    shutil.copy(evening.place / "talk.mp4", mine)
    theatre.desk.take((mine,))
    theatre.until(lambda: theatre.desk.path(talk.sha256) == mine)
    theatre.stand_ins.follow(theatre.bridge)
    theatre.until(lambda: states(theatre) == {"hosted", "ready"} and not theatre.tasks.running, 30_000)
    mine.unlink()
    theatre.desk.recheck()
    theatre.until(lambda: theatre.desk.state(talk.sha256) == "hosted", 30_000)
    mine.write_bytes((evening.place / "talk.mp4").read_bytes())
    theatre.desk.take((mine,))
    theatre.until(lambda: theatre.desk.state(talk.sha256) == "ready" and not theatre.tasks.running)


@pytest.fixture
def program(qapp, qtbot, workspace):
    """The whole window over Bo's library."""
    sheet, palette, locale = qapp.styleSheet(), qapp.palette(), QLocale()
    workspace.settings["toured"] = True
    program = Program(qapp, workspace.root, lambda: Workspace(workspace.root))
    yield program
    program.window.close()
    for installed in program._language._installed:
        qapp.removeTranslator(installed)
    program.dispose()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


def test_the_window_gets_them_by_itself_when_the_hosting_is_back(evening, program, qtbot):
    evening.hosting.kill()
    program.start(evening.webinar)
    qtbot.waitUntil(lambda: program.page is not None, timeout=20_000)
    desk, media = program._opening.desk, program.page.bridge.webinar.media

    def stand(state):
        return {desk.state(sha256) for sha256 in media} == {state}

    qtbot.waitUntil(lambda: stand("missing") and not program.common.tasks.running, timeout=20_000)
    evening.hosting.start()

    def gets_there():
        program.hosting.look()  # as its timer has it do
        return stand("hosted")

    qtbot.waitUntil(gets_there, timeout=40_000)
    preflight = program.page.preflight
    qtbot.waitUntil(lambda: not any("media" in problem.code for problem in preflight.problems))
