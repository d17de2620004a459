from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from PySide6.QtCore import QDate, QLocale, QObject, Qt, QTime, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialogButtonBox, QTableWidgetItem

from editor.schedule.edits import apply
from editor.schedule.model import Media, Moderator, Price, Webinar
from ui.text.formatter import Formatter
from ui.webinar_settings.access_form import AccessForm, ChatForm
from ui.webinar_settings.dialog import WebinarSettingsDialog
from ui.webinar_settings.start_form import StartForm
from ui.webinar_settings.time_zones import TimeZoneBox, find_local_zone, format_offset, list_zones, to_current_name

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SHA = "0" * 64


# ----------------------------------------------------------------------------------------------------- zones


def test_zones_are_places_and_utc():
    zones = list_zones()
    assert zones[0] == "UTC"
    assert {"Europe/Paris", "America/New_York", "Asia/Kolkata"} <= set(zones)
    assert {"Europe/Stockholm", "America/Argentina/Buenos_Aires"} <= set(zones), "one at least for each country"
    assert set(zones) <= available_timezones()
    assert find_local_zone() in zones


def test_old_names_of_zones_are_not_offered():
    old_names = {"Asia/Calcutta", "Asia/Saigon", "Brazil/East", "Europe/Kiev", "US/Pacific", "Etc/GMT+5", "EST"}
    assert not old_names & set(list_zones())


@pytest.mark.parametrize(
    ("zone", "current"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Europe/Stockholm", "Europe/Stockholm"),
        ("Etc/UTC", "UTC"),
        ("", "UTC"),
    ],
)
def test_a_computer_with_an_old_name_of_its_zone_is_in_that_zone(zone, current):
    assert to_current_name(zone) == current


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Paris", "UTC+01:00"),
        ("America/St_Johns", "UTC−03:30"),
        ("UTC", "UTC+00:00"),
        ("Asia/Kolkata", "UTC+05:30"),
    ],
)
def test_offsets(zone, text):
    assert format_offset(zone, NOW) == text


def test_a_zone_is_found_by_any_part_of_its_name(qtbot):
    box = TimeZoneBox("Europe/Paris")
    qtbot.addWidget(box)
    box.show()
    box.lineEdit().selectAll()
    with qtbot.waitSignal(box.zone_changed) as changed:
        qtbot.keyClicks(box.lineEdit(), "new york")
        assert [box._filtered.index(row, 0).data() for row in range(box._filtered.rowCount())] == ["America/New_York"]
        qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert changed.args == ["America/New_York"]
    assert box.zone == "America/New_York"


def test_what_names_no_zone_goes_back_to_the_last(qtbot):
    box = TimeZoneBox("Europe/Paris")
    qtbot.addWidget(box)
    box.setCurrentText("Atlantis")
    box._commit()
    assert (box.zone, box.currentText()) == ("Europe/Paris", "Europe/Paris")


def test_an_unlisted_zone_does_not_choose_the_match_of_an_earlier_search(qtbot):
    box = TimeZoneBox("Europe/Paris")
    qtbot.addWidget(box)
    box.show()
    box.lineEdit().selectAll()
    qtbot.keyClicks(box.lineEdit(), "new york")
    with qtbot.assertNotEmitted(box.zone_changed):
        box.set_zone("US/Pacific")
    assert (box.zone, box.currentText()) == ("Europe/Paris", "Europe/Paris")


def test_a_zone_unknown_to_the_list_is_kept(qtbot):
    box = TimeZoneBox("Asia/Calcutta")
    qtbot.addWidget(box)
    assert box.zone == box.currentText() == "Asia/Calcutta"
    box.set_zone("Asia/Kolkata")
    box.set_zone("Asia/Calcutta")
    assert box.zone == "Asia/Calcutta"


# ------------------------------------------------------------------------------------------------------ when


@pytest.fixture
def make_start_form(qtbot, formatter):
    def make(start, zone="Europe/Paris"):
        form = StartForm(start, zone, formatter, lambda: NOW)
        qtbot.addWidget(form)
        form.show()
        form._viewer.set_zone("America/New_York")
        return form

    return make


def test_a_start_is_told_for_a_viewer_elsewhere(make_start_form):
    form = make_start_form("2026-12-01T18:00:00")
    assert form.local_start == "2026-12-01T18:00:00"
    assert form._offset.text() == "UTC+01:00"
    assert form._viewer_time.text() == "that is Tue 1 Dec 2026, 12:00."
    assert not form._note.isVisible()


def test_the_hour_that_does_not_exist_is_refused_and_the_next_is_offered(make_start_form, qtbot):
    form = make_start_form("2027-03-28T02:30:00")
    assert form.is_invalid
    assert "does not exist" in form._note.text()
    qtbot.mouseClick(form._use_shifted, Qt.MouseButton.LeftButton)
    assert form.local_start == "2027-03-28T03:30:00"
    assert not form.is_invalid
    assert not form._use_shifted.isVisible()


def test_the_hour_that_exists_twice_is_warned_of(make_start_form):
    form = make_start_form("2026-10-25T02:30:00")
    assert not form.is_invalid
    assert "occurs twice" in form._note.text()


def test_a_start_in_the_past_is_warned_of(make_start_form):
    assert "past" in make_start_form("2026-01-01T10:00:00")._note.text()


def test_without_a_date_there_is_none_and_setting_one_sets_it(make_start_form):
    form = make_start_form(None)
    assert form.local_start is None
    assert "Set a date" in form._note.text()
    form._date.setDate(QDate(2026, 12, 24))
    form._time.setTime(QTime(20, 15))
    assert form.local_start == "2026-12-24T20:15:00"


def test_seconds_that_another_program_set_are_kept(make_start_form):
    assert make_start_form("2026-12-01T18:00:30").local_start == "2026-12-01T18:00:30"


# -------------------------------------------------------------------------------------------------- audience


def test_the_three_chat_modes_say_what_they_mean(qtbot):
    form = ChatForm("none", ())
    qtbot.addWidget(form)
    form.show()
    descriptions = [label.text() for label in form._modes._descriptions]
    assert "cannot write" in descriptions[0]
    assert "approves" in descriptions[1]
    assert "e-mail" in descriptions[2]
    assert not form._moderation.isVisible()
    form._modes.select("moderated")
    assert form._moderation.isVisible()
    assert "at least one moderator" in form._warning.text()


def test_moderators_are_named_and_removed(qtbot):
    form = ChatForm("moderated", (Moderator(name="Ada", email="ada@example.org", role="presenter"),))
    qtbot.addWidget(form)
    form.show()
    form._add_row()
    form._table.setItem(1, 0, QTableWidgetItem("Grace"))
    form._table.setItem(1, 1, QTableWidgetItem("grace@example.org"))
    assert form.moderators == (
        Moderator(name="Ada", email="ada@example.org", role="presenter"),
        Moderator(name="Grace", email="grace@example.org", role="moderator"),
    )
    assert form.find_invalid_email() is None
    form._table.setCurrentCell(0, 0)
    form._remove_row()
    assert [each.name for each in form.moderators] == ["Grace"]


@pytest.mark.parametrize("email", ["", "grace", "grace@", "@example.org", "grace@example", "gr ace@example.org"])
def test_an_address_that_cannot_be_one_is_found(qtbot, email):
    form = ChatForm("moderated", (Moderator(name="Grace", email=email),))
    qtbot.addWidget(form)
    assert form.find_invalid_email() == (email or "Grace")


def test_a_price_is_read_by_the_language(qtbot):
    form = AccessForm("paid", None, Formatter(locale=QLocale("fr_FR")))
    qtbot.addWidget(form)
    form.show()
    form._amount.setText("12,5")
    assert form.price == Price(amount=1250, currency="EUR")
    assert "12,50" in form._price_note.text()
    form._amount.setText("twelve")
    assert form.price is None
    assert form.has_invalid_price
    form._access.select("free")
    assert not form.has_invalid_price
    assert not form._amount.isVisible()


def test_another_currency_can_be_typed(qtbot, formatter):
    form = AccessForm("paid", Price(amount=1500, currency="JPY"), formatter)
    qtbot.addWidget(form)
    assert form._amount.text() == "1,500"
    form._currency.setCurrentText("zar")
    assert form.price == Price(amount=150_000, currency="ZAR")
    form._currency.setCurrentText("rand")
    assert form.price is None


# ---------------------------------------------------------------------------------------------------- dialog


class FakePictureImporter(QObject):
    """Has pictures at once and imports files at once."""

    previews_changed = Signal(str)

    def __init__(self):
        super().__init__()
        self.images = {}

    def import_files(self, paths, on_imported):
        on_imported((Media(sha256=SHA, kind="image", name=paths[0].name),))

    def get_image(self, sha256, _width):
        return self.images.get(sha256)


@pytest.fixture
def open_dialog(qtbot, formatter):
    def make(webinar, **more):
        dialog = WebinarSettingsDialog(webinar, formatter, FakePictureImporter(), now=lambda: NOW, **more)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


FULL = Webinar(
    id="w",
    title="Onboarding",
    description="What one needs.",
    start="2026-12-01T18:00:00",
    zone="Europe/Paris",
    chat="moderated",
    moderators=(Moderator(name="Ada", email="ada@example.org"),),
    access="paid",
    price=Price(amount=1250),
    waiting_text="Soon.",
    language="fr",
)


def test_a_plan_that_is_only_looked_at_changes_nothing(open_dialog, screenshot):
    dialog = open_dialog(FULL)
    for number in range(4):
        dialog._tabs.setCurrentIndex(number)
        screenshot(dialog, f"plan-{number}")
    assert dialog.operation() is None
    on_demand = Webinar(id="w", room="on_demand", available_until="2027-03-01T00:00:00", start="2026-12-01T18:00:00")
    assert open_dialog(on_demand).operation() is None


def test_what_is_changed_is_one_operation_with_those_fields_alone(open_dialog, qtbot):
    dialog = open_dialog(FULL)
    dialog._title.setText("  Welcome ")
    dialog._start._time.setTime(QTime(19, 30))
    dialog._chat._modes.select("answer_later")
    dialog._room.select("on_demand")
    dialog._language.setCurrentIndex(dialog._language.findData("de"))
    op = dialog.operation()
    after = apply(FULL, op).webinar
    assert (after.title, after.start, after.chat) == ("Welcome", "2026-12-01T19:30:00", "answer_later")
    assert (after.room, after.language) == ("on_demand", "de")
    assert (after.description, after.price, after.moderators) == (FULL.description, FULL.price, FULL.moderators)


def test_a_new_webinar_is_planned_from_nothing(open_dialog):
    dialog = open_dialog(Webinar(id="w", zone="Europe/Paris"), new=True)
    assert dialog._ok.text() == "Create"
    assert dialog.operation() is None
    dialog._title.setText("First")
    assert apply(dialog._webinar, dialog.operation()).webinar.title == "First"


def test_what_cannot_be_is_refused_with_the_reason(open_dialog):
    dialog = open_dialog(FULL)
    assert dialog._ok.isEnabled()
    dialog._start.set_local_start("2027-03-28T02:30:00")
    assert not dialog._ok.isEnabled()
    assert "does not exist" in dialog._error_label.text()
    dialog._start.set_local_start("2027-03-28T03:30:00")
    dialog._chat._table.setItem(0, 1, QTableWidgetItem("ada"))
    assert "ada" in dialog._error_label.text()
    dialog._chat._table.setItem(0, 1, QTableWidgetItem("ada@example.org"))
    dialog._access._amount.setText("x")
    assert "price" in dialog._error_label.text()
    dialog._access._amount.setText("5")
    assert dialog._ok.isEnabled()
    assert dialog._buttons.button(QDialogButtonBox.StandardButton.Ok) is dialog._ok


def test_the_end_of_access_is_for_on_demand_alone(open_dialog):
    dialog = open_dialog(FULL)
    assert not dialog._has_end.isVisible()
    dialog._tabs.setCurrentIndex(1)
    dialog._room.select("on_demand")
    dialog._has_end.setChecked(True)
    assert dialog._until.isEnabled()
    assert dialog.operation().available_until is not None


def test_a_waiting_picture_is_taken_in_shown_and_removed(open_dialog, tmp_path):
    dialog = open_dialog(FULL)
    dialog._picture_importer.import_files([tmp_path / "hall.png"], dialog._on_picture_imported)
    op = dialog.operation()
    assert (op.waiting_picture, op.media[0].name) == (SHA, "hall.png")
    assert "Loading" in dialog._picture_label.text()
    picture = QImage(480, 270, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    dialog._picture_importer.images[SHA] = picture
    dialog._picture_importer.previews_changed.emit(SHA)
    assert dialog._picture_label.pixmap().width() == 240
    dialog._set_picture(None)
    assert dialog.operation() is None


def test_a_file_that_is_no_picture_is_said_to_be_none(open_dialog):
    dialog = open_dialog(FULL)
    dialog._on_picture_imported((Media(sha256=SHA, kind="audio", name="a.mp3"),))
    assert "not a picture" in dialog._picture_label.text()
    assert dialog.operation() is None


def test_enter_creates_wherever_the_focus_is(open_dialog, qtbot):
    dialog = open_dialog(FULL)
    qtbot.waitUntil(dialog._title.hasFocus)
    tabs = dialog._tabs.tabBar()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert dialog.focusWidget() is not dialog._title
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
