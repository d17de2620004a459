"""The traits table agrees with the classes of the model and is complete."""

from typing import get_args

import pytest

from editor.schedule.kinds import (
    KIND_BY_TYPE,
    TRAITS,
    KindTable,
    LengthSegment,
    SoundSegment,
    TimedSegment,
    VideoSegment,
    kind_of,
    lane_of,
    traits_of,
)
from editor.schedule.model import (
    KINDS,
    MEDIA_KINDS,
    AnySegment,
    Cta,
    InteractionSegment,
    Kind,
    Offer,
    Presentation,
    ProgrammeSegment,
    Recording,
    Survey,
    Timed,
    Video,
)


def test_every_table_of_kinds_has_the_kinds_of_the_model() -> None:
    assert KindTable.__required_keys__ == frozenset(KINDS)
    assert set(TRAITS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_traits_agree_with_the_class_of_the_kind(kind: Kind) -> None:
    traits = TRAITS[kind]
    fields = traits.type.__struct_fields__
    assert traits.type.__struct_config__.tag == kind
    assert KIND_BY_TYPE[traits.type] == kind
    assert traits.is_timed == issubclass(traits.type, Timed) == (traits.type in get_args(TimedSegment))
    assert traits.is_offer == issubclass(traits.type, Offer) == (traits.type in get_args(InteractionSegment))
    assert traits.is_video == (traits.type in get_args(VideoSegment))
    assert traits.has_sound == (traits.type in get_args(SoundSegment)) == ("volume" in fields)
    assert traits.has_media == ("media" in fields)
    assert traits.media_kinds <= set(MEDIA_KINDS)
    assert (traits.type in get_args(LengthSegment)) == ("length_ms" in fields)
    assert traits.lane == ("interactions" if traits.type in get_args(InteractionSegment) else "programme")


def test_every_class_of_segment_has_exactly_one_kind() -> None:
    assert (
        set(KIND_BY_TYPE) == set(get_args(AnySegment)) == {*get_args(ProgrammeSegment), *get_args(InteractionSegment)}
    )


def test_kind_lane_and_traits_of_a_segment() -> None:
    video = Video(id="a", start_ms=0, media="a" * 64, out_ms=5_000)
    recording = Recording(id="b", start_ms=0, media="a" * 64, out_ms=5_000)
    survey = Survey(id="c", start_ms=0, offer="o", length_ms=5_000)
    assert [kind_of(each) for each in (video, recording, survey)] == ["video", "recording", "survey"]
    assert [lane_of(each) for each in (video, recording, survey)] == ["programme", "programme", "interactions"]
    assert traits_of(recording) is TRAITS["recording"]
    assert traits_of(Cta(id="d", start_ms=0, offer="o", length_ms=5_000)) is TRAITS["cta"]
    assert TRAITS["audio"].media_kinds == {"audio", "video"}
    assert TRAITS["presentation"].type is Presentation
