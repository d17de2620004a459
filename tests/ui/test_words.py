from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from editor.errors import Known
from editor.schedule import build
from editor.schedule.model import HOUR, KINDS, MINUTE
from editor.sentences import SENTENCES
from ui.words import Words


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
def test_a_duration_reads_at_a_glance(words, ms, text):
    assert words.duration(ms) == text


def test_a_position_is_exact_and_the_same_in_every_language(words):
    assert words.position(526_200) == "0:08:46.200"
    assert words.position(526_200, thousandths=False) == "0:08:46"
    assert Words(locale=QLocale("fr")).position(526_200) == "0:08:46.200"


def test_a_difference_has_a_sign(words):
    assert words.difference(2_500) == "+0:00:02.500"
    assert words.difference(-2_500) == "−0:00:02.500"


def test_numbers_and_dates_follow_the_locale(qapp):
    french = Words(locale=QLocale("fr_FR"))
    assert french.duration(2_500) == "2,5 s"
    when = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    assert "déc" in french.date(when)
    assert french.moment(when, zone="Europe/Paris").endswith("18:00 Paris")


def test_the_time_has_seconds_where_they_matter(words):
    assert words.time(datetime(2026, 12, 1, 9, 12, 30, tzinfo=UTC), seconds=True) == "9:12:30"


def test_every_kind_has_a_name(words):
    assert len({words.kind_name(kind) for kind in KINDS}) == len(KINDS)


def test_a_failure_becomes_its_sentence_with_times_and_lanes_in_words(words, monkeypatch):
    monkeypatch.setitem(SENTENCES, "test.one", "{lane}: {kind} {name} from {at_ms}, {count} of them ({all}).")
    told = words.sentence(
        Known("test.one", lane="programme", kind="cta", name="A", at_ms=61_000, count=1200, all=("a", "b"))
    )
    assert told == "programme: call to action A from 0:01:01.000, 1,200 of them (a, b)."
    assert words.sentence("test.one", lane="interactions", kind="x", name=None, at_ms=0, count=1, all=()).startswith(
        "interactions: x  from"
    )


def test_a_code_without_a_sentence_is_named(words):
    assert "no.such" in words.sentence(Known("no.such"))


def test_a_step_is_named_by_what_it_is_about(words):
    class Step:
        def __init__(self, tag, **facts):
            self.op_tag = tag
            self.facts = facts

    assert words.step_name(Step("move", title="Welcome", count=1)) == "move of “Welcome”"
    assert words.step_name(Step("plan", count=0)) == "change of plan"
    assert "3" in words.step_name(Step("delete", title="Welcome", count=3))
    assert words.step_name(Step("never heard of")) == "edit"


def test_every_operation_has_a_name(words):
    from typing import get_args

    from editor.schedule.operations import AnyOperation

    tags = {op.__struct_config__.tag for op in get_args(AnyOperation)}
    unnamed = {tag for tag in tags if words._step(tag) == words._step("no such operation")}
    assert not unnamed


def test_sizes_are_for_people(words):
    assert words.size(12_400_000) == "12.4 MB"


def test_what_there_is_of_each_kind_breaks_between_kinds_alone(words):
    defaults = build.Defaults()
    told = words.kinds(
        (build.cta(0, defaults, title=""), build.survey(0, defaults, title=""), build.cta(0, defaults, title=""))
    )
    assert told == "2_×_call_to_action, 1_×_survey".replace("_", "\N{NO-BREAK SPACE}")
