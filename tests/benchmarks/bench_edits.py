"""What an edit costs before it is stored: a drag of one segment, a ripple and a split, at 60, 500 and 10,000 segments.

The baseline replaces one field of as many segments as the edit changes, without any checks: `msgspec.structs.replace`,
and the tuple they are in. The fastest of thirty rounds counts, so other load on the machine does not.
"""

import time

import pytest
from msgspec.structs import replace

from editor.schedule.edits import apply
from editor.schedule.model import Cta, Media, Video, Webinar
from editor.schedule.operations import Move, RippleDelete, Split

pytestmark = pytest.mark.benchmark_table
SHA = "a" * 64
ROUNDS = 30


def make_webinar(count):
    """Return a webinar with half of the segments on either lane and gaps between them."""
    media = Media(sha256=SHA, kind="video", name="talk.mp4", duration_ms=3_600_000)
    programme = tuple(
        Video(id=f"v{n}", start_ms=n * 4_000, media=SHA, out_ms=2_500, hold_ms=500) for n in range(count // 2)
    )
    interactions = tuple(Cta(id=f"c{n}", start_ms=n * 4_000, length_ms=2_000, offer=f"o{n}") for n in range(count // 2))
    return Webinar(id="w", programme=programme, interactions=interactions, media={SHA: media})


def measure_fastest_ms(work):
    samples = []
    for _ in range(ROUNDS):
        started_at = time.perf_counter()
        work()
        samples.append((time.perf_counter() - started_at) * 1_000)
    return min(samples)


def make_baseline(webinar, changed):
    """Return a function that replaces the starts of the last `changed` segments, half of them on either lane."""

    def work():
        lanes = {}
        for lane in ("programme", "interactions"):
            segments = webinar.get_lane(lane)
            stay = len(segments) - -(-changed // 2)
            later = [replace(segment, start_ms=segment.start_ms + 1) for segment in segments[stay:]]
            lanes[lane] = (*segments[:stay], *later)
        replace(webinar, **lanes)

    return work


@pytest.mark.parametrize("count", [60, 500, 10_000])
@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("drag one", lambda middle: Move(segments=(middle.id,), delta_ms=700)),
        ("ripple all", lambda _: RippleDelete(segments=("v0",))),
        ("split one", lambda middle: Split(at_ms=middle.start_ms + 1_200)),
    ],
)
def test_an_edit(count, name, operation):
    webinar = make_webinar(count)
    op = operation(webinar.programme[count // 4])
    edited = apply(webinar, op)
    changed = max(1, len(edited.moved) + len(edited.trimmed) + len(edited.created))
    mine, least = measure_fastest_ms(lambda: apply(webinar, op)), measure_fastest_ms(make_baseline(webinar, changed))
    print(
        f"\n{name}, {count} segments ({changed} change): {mine:.2f} ms; bare replace {least:.2f} ms; "
        f"ratio {mine / least:.1f}"
    )
    assert mine <= 8  # half of a frame at 60 a second: a drag previews with these on every move of the mouse
