import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from editor.errors import KnownError
from editor.errors.messages import ERRORS
from editor.errors.spec import ErrorSpec
from editor.schedule import segment_factory
from editor.schedule.kinds import TRAITS
from editor.schedule.model import HOUR, KINDS, MINUTE
from tests.segment_defaults import SEGMENT_DEFAULTS
from ui.text.formatter import Formatter


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 s"),
        (5_000, "5 s"),
        (2_500, "2.5 s"),
        (59_940, "59.9 s"),
        (59_960, "1:00"),
        (MINUTE, "1:00"),
        (12 * MINUTE + 10_000, "12:10"),
        (HOUR - 1, "1:00:00"),
        (HOUR + 2 * MINUTE + 3_000, "1:02:03"),
        (24 * HOUR, "24:00:00"),
    ],
)
def test_a_duration_reads_at_a_glance(formatter, ms, text):
    assert formatter.format_duration(ms) == text


def test_a_position_is_exact_and_the_same_in_every_language(formatter):
    assert formatter.format_position(526_200) == "0:08:46.200"
    assert formatter.format_position(526_200, thousandths=False) == "0:08:46"
    assert Formatter(locale=QLocale("fr")).format_position(526_200) == "0:08:46.200"


def test_a_difference_has_a_sign(formatter):
    assert formatter.format_difference(2_500) == "+0:00:02.500"
    assert formatter.format_difference(-2_500) == "−0:00:02.500"


def test_numbers_and_dates_follow_the_locale(qapp):
    french = Formatter(locale=QLocale("fr_FR"))
    assert french.format_duration(2_500) == "2,5 s"
    when = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    assert "déc" in french.format_date(when)
    assert french.format_datetime(when, zone="Europe/Paris").endswith("18:00 Paris")


def test_the_time_has_seconds_where_they_matter(formatter):
    assert formatter.format_time(datetime(2026, 12, 1, 9, 12, 30, tzinfo=UTC), seconds=True) == "9:12:30"


def test_every_kind_has_a_name(formatter):
    assert len({formatter.format_kind(kind) for kind in KINDS}) == len(KINDS)


def test_the_table_in_the_docs_has_every_kind_with_its_lane(formatter):
    text = (Path(__file__).resolve().parents[3] / "docs" / "rules.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z, ]+) \| (programme|interactions) \|", text, re.MULTILINE)
    lane_by_name = {name: lane for names, lane in rows for name in names.split(", ")}
    assert lane_by_name == {formatter.format_kind(kind): TRAITS[kind].lane for kind in KINDS}


def test_a_failure_becomes_its_sentence_with_times_and_lanes_in_words(formatter, monkeypatch):
    sentence = "{lane}: {kind} {name} from {at_ms}, {count} of them ({all})."
    monkeypatch.setitem(ERRORS, "test.one", ErrorSpec(sentence))
    message = formatter.format_message(
        KnownError("test.one", lane="programme", kind="cta", name="A", at_ms=61_000, count=1200, all=("a", "b"))
    )
    assert message == "programme: call to action A from 0:01:01.000, 1,200 of them (a, b)."
    assert formatter.format_message(
        "test.one", lane="interactions", kind="x", name=None, at_ms=0, count=1, all=()
    ).startswith("interactions: x  from")


def test_a_feature_that_cannot_be_published_is_named_in_words(formatter):
    assert "paid access" in formatter.format_message(KnownError("publish.not_yet", feature="paid"))
    assert "later" in formatter.format_message(KnownError("publish.not_yet", feature="later"))


def test_a_code_without_a_sentence_is_named(formatter):
    assert "no.such" in formatter.format_message(KnownError("no.such"))


def test_a_step_is_named_by_what_it_is_about(formatter):
    class Step:
        def __init__(self, tag, **facts):
            self.op_tag = tag
            self.facts = facts

    assert formatter.format_step(Step("move", title="Welcome", count=1)) == "move of “Welcome”"
    assert formatter.format_step(Step("plan", count=0)) == "change of settings"
    assert "3" in formatter.format_step(Step("delete", title="Welcome", count=3))
    assert formatter.format_step(Step("never heard of")) == "edit"


def test_every_operation_has_a_name(formatter):
    from typing import get_args

    from editor.schedule.operations import AnyOperation

    tags = {op.__struct_config__.tag for op in get_args(AnyOperation)}
    unnamed = {tag for tag in tags if formatter._step_verb(tag) == formatter._step_verb("no such operation")}
    assert not unnamed


def test_sizes_are_for_people(formatter):
    assert formatter.format_size(12_400_000) == "12.4 MB"


def test_what_there_is_of_each_kind_breaks_between_kinds_alone(formatter):
    message = formatter.format_kinds(
        (
            segment_factory.make_cta(0, SEGMENT_DEFAULTS, title=""),
            segment_factory.make_survey(0, SEGMENT_DEFAULTS, title=""),
            segment_factory.make_cta(0, SEGMENT_DEFAULTS, title=""),
        )
    )
    assert message == "2_×_call_to_action, 1_×_survey".replace("_", "\N{NO-BREAK SPACE}")
