"""The media that a webinar needs."""

from editor.schedule.media_use import find_media_users, find_required_media, list_segment_media
from editor.schedule.model import Audio, Cta, Image, Page, Presentation, Survey, Video, Webinar

A, B, C = "a" * 64, "b" * 64, "c" * 64


def test_media_of_each_kind_of_segment() -> None:
    video = Video(id="v", start_ms=0, media=A, out_ms=5_000, captions=C)
    audio = Audio(id="a", start_ms=0, media=A, out_ms=5_000)
    slides = Presentation(id="p", start_ms=0, media=A, pages=(Page(page=0, length_ms=5_000),), out_ms=5_000, audio=B)
    assert list_segment_media(video) == (A,)
    assert list_segment_media(audio) == (A,)
    assert list_segment_media(Audio(id="a", start_ms=0, media=A, out_ms=5_000, picture=B)) == (A, B)
    assert list_segment_media(Image(id="i", start_ms=0, media=A, length_ms=5_000)) == (A,)
    assert list_segment_media(slides) == (A, B)
    assert list_segment_media(Cta(id="c", start_ms=0, offer="o", length_ms=5_000)) == ()
    assert list_segment_media(Survey(id="s", start_ms=0, offer="o", length_ms=5_000)) == ()


def test_users_of_a_media_stand_in_order_and_the_waiting_room_last() -> None:
    first = Image(id="1", start_ms=0, media=A, length_ms=5_000)
    second = Audio(id="2", start_ms=5_000, media=B, out_ms=5_000, picture=A)
    webinar = Webinar(id="w", programme=(first, second), waiting_picture=A)
    assert find_media_users(webinar) == {A: [first, second, None], B: [second]}
    assert find_required_media(webinar) == {A, B}
    assert find_required_media(Webinar(id="w", waiting_picture=C)) == {C}
    assert find_required_media(Webinar(id="w")) == frozenset()
