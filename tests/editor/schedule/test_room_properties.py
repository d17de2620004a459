"""Random sessions: cues carried out by the page's three rules show what the schedule says."""

import itertools

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.schedule import room
from editor.schedule.clock import Ended, Extended, Held, Resumed, Skipped, Started
from editor.schedule.cues import StageCue
from editor.schedule.invariants import find_violations
from editor.schedule.model import (
    Audio,
    Cta,
    Image,
    Marker,
    Media,
    Moderator,
    Page,
    Presentation,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.stage import compute_stage

SECOND = 1_000
START = 1_800_000_000_000
LEAD = 20 * SECOND
WAITING = 60 * SECOND
RESUMES = 30 * SECOND
unhurried = settings(deadline=None, max_examples=150)


def sha(number):
    return f"{number:064x}"


@st.composite
def webinars(draw):
    """Draw a webinar of some minutes in which every text is unique and says where it lies."""
    programme, interactions, media = [], [], {}

    def add_media(kind, **fields):
        one = Media(sha256=sha(len(media) + 1), kind=kind, name=f"secret file {len(media)}", **fields)
        media[one.sha256] = one
        return one.sha256

    end_ms = 0
    kinds = draw(st.permutations([Presentation, Video, Audio, Image, Presentation, Recording]))
    for number, kind in enumerate(kinds[: draw(st.integers(1, 5))]):
        start_ms = end_ms + draw(st.sampled_from([0, 0, 1, 7_000, 45_000]))
        own = {"id": f"secret segment {number}", "title": f"secret title {number}", "start_ms": start_ms}
        if kind is Image:
            new = Image(**own, media=add_media("image"), length_ms=draw(st.integers(1_000, 30_000)))
        elif kind is Presentation:
            pages = tuple(
                Page(page=draw(st.integers(0, 1)), length_ms=length)
                for length in draw(st.lists(st.integers(600, 15_000), min_size=2, max_size=5))
            )
            track_ms = sum(page.length_ms for page in pages)
            in_ms = draw(st.integers(0, track_ms - 1_000))
            out_ms = draw(st.integers(in_ms + 1_000, track_ms))
            sound = draw(st.sampled_from([None, 9_000, 90_000]))
            new = Presentation(
                **own,
                **_sounds(draw, out_ms - in_ms),
                media=add_media("presentation", pages=3),
                pages=pages,
                in_ms=in_ms,
                out_ms=out_ms,
                audio=None if sound is None else add_media("audio", duration_ms=sound),
            )
        else:
            in_ms = draw(st.integers(0, 9_000))
            play_ms = draw(st.sampled_from([0, 1_500, 12_345, 70_000]))
            hold_ms = draw(st.integers(1_000, 8_000))
            extra = {"captions": sha(900 + number)} if draw(st.booleans()) else {}
            if kind is Audio and draw(st.booleans()):
                extra["picture"] = add_media("image")
            of = "audio" if kind is Audio else "video"
            new = kind(
                **own,
                **_sounds(draw, play_ms),
                **extra,
                media=add_media(of, duration_ms=100_000),
                in_ms=in_ms,
                out_ms=in_ms + play_ms,
                hold_ms=hold_ms,
            )
        programme.append(new)
        end_ms = new.end_ms
    end_ms = 0
    for number in range(draw(st.integers(1, 5))):
        split = interactions and draw(st.booleans())
        start_ms = end_ms + (0 if split else draw(st.sampled_from([0, 1, 9_000, 50_000])))
        length_ms = draw(st.integers(1_000, 30_000))
        if split:
            before = interactions[-1]
            new = msgspec.structs.replace(before, id=f"secret half {number}", start_ms=start_ms, length_ms=length_ms)
        else:
            own = {"id": f"secret offer {number}", "offer": f"offer {number}", "title": f"title of {number}"}
            timing = {"start_ms": start_ms, "length_ms": length_ms}
            question = Question(id=f"question of {number}", text=f"text of {number}", choices=(f"choice of {number}",))
            new = (
                Cta(**own, **timing, text=f"text of {number}", label=f"label of {number}", link=f"link of {number}")
                if draw(st.booleans())
                else Survey(**own, **timing, questions=(question,))
            )
        interactions.append(new)
        end_ms = new.end_ms
    new = Webinar(
        id="secret webinar",
        title="An evening",
        moderators=(Moderator(name="secret moderator", email="secret@example.org"),),
        markers=(Marker(id="secret marker", at_ms=0, title="secret marker title"),),
        programme=tuple(programme),
        interactions=tuple(interactions),
        media=media,
    )
    assert find_violations(new) == ()
    return new


def _sounds(draw, play_ms):
    fade_in = draw(st.sampled_from([0, play_ms // 3]))
    fade_out = draw(st.sampled_from([0, play_ms // 2]))
    volume = draw(st.sampled_from([0, 33, 100]))
    return {
        "fade_in_ms": fade_in,
        "fade_out_ms": fade_out,
        "volume": volume,
        "muted": draw(st.sampled_from([False] * 4 + [True])),
    }


event_kinds = ["hold", "hold", "hold", "skip", "skip", "resume", "extend", "shorten", "away", "restart", "end"]
events = st.tuples(st.sampled_from(event_kinds), st.integers(0, 120 * SECOND))
moves = st.tuples(st.just("on"), st.integers(0, LEAD))
scenarios = st.lists(st.tuples(moves, events, moves), min_size=4, max_size=8).map(
    lambda scenario: [*(step for chapter in scenario for step in chapter), *[("on", LEAD)] * 8]
)


class SimulatedSession:
    """A server that keeps nothing but its log, and a page that carries out the cues it receives."""

    def __init__(self, webinar, begins_ms):
        self.webinar = webinar
        self.now = begins_ms
        self.events = [Started(at_ms=START)]
        self.log = []
        self.issued_keys = frozenset()
        self.sent_keys = set()

    @property
    def clock(self):
        return room.make_clock(self.webinar, self.events, resume_after_ms=RESUMES)

    def tick(self, now):
        assert now >= self.now
        self.now = now
        row = room.make_cue_row(
            self.webinar, self.clock, now, lead_ms=LEAD, waiting_ms=WAITING, issued=self.issued_keys
        )
        if row is not None:
            self.log.append((now, row))
            keys = [room.make_cue_key(cue) for cue in row.cues]
            assert len(set(keys)) == len(keys)
            assert self.sent_keys.isdisjoint(keys), "nothing is told twice"
            self.sent_keys |= set(keys)
            self.issued_keys = room.collect_issued_keys([row], self.issued_keys)
        again = room.find_due_cues(
            self.webinar, self.clock, now, lead_ms=LEAD, waiting_ms=WAITING, issued=self.issued_keys
        )
        assert again == (), "what was told is told"

    def apply_event(self, event):
        try:
            self.clock.apply_event(event)
        except KnownError:
            return
        self.events.append(event)
        self.tick(self.now)

    def find_next_wake(self):
        return room.find_next_wake_ms(self.webinar, self.clock, self.now, lead_ms=LEAD, waiting_ms=WAITING)

    def advance_by_wakes(self, until_ms):
        """Sleep until the next wake time, and check the page in between."""
        while (wakes_ms := self.find_next_wake()) is not None and wakes_ms <= until_ms:
            assert wakes_ms > self.now
            self.check_page(self.now, wakes_ms)
            before = len(self.log)
            self.tick(wakes_ms)
            assert len(self.log) == before + 1, "it woke for something"
        self.check_page(self.now, until_ms)
        self.tick(until_ms)

    def restart(self):
        self.issued_keys = room.collect_issued_keys(row for _, row in self.log)

    def check_page(self, from_ms, until_ms):
        """Check that the page shows what the schedule says at some instants of `[from, until)`."""
        moments = {from_ms, (from_ms + until_ms) // 2, until_ms - 1}
        moments |= {cue.at for row in self.rows for cue in row.cues}
        for moment in sorted(moments):
            if from_ms <= moment < until_ms and moment >= START - WAITING:
                self.check_moment(moment)

    @property
    def rows(self):
        return [row for _, row in self.log]

    def make_page(self, moment):
        """Apply the page's three rules (see `editor.schedule.cues`)."""
        cues = [cue for row in self.rows for cue in row.cues]
        newest = max(cue.generation for cue in cues)
        cues = [cue for cue in cues if cue.generation == newest]
        shown, open_now = None, {}
        for cue in cues:
            if isinstance(cue, StageCue):
                if cue.at <= moment and (shown is None or cue.at >= shown.at):
                    shown = cue
            elif cue.at <= moment:
                open_now[cue.offer] = cue
        return shown, [cue for cue in open_now.values() if cue.until is None or moment < cue.until]

    def check_moment(self, moment):
        reading = self.clock.read(moment)
        shown, offers = self.make_page(moment)
        assert shown.generation == reading.generation
        assert (shown.phase, shown.note) == (reading.phase, reading.note)
        assert shown.resumes == reading.resumes_ms
        assert shown.until is None or shown.at <= moment < shown.until
        stage = compute_stage(self.webinar, reading.position_ms)
        if reading.phase in ("running", "held"):
            assert_shows(shown, stage, moment, held=reading.phase == "held")
        else:
            assert shown.show == "card"
        if reading.phase == "over":
            assert offers == []
            return
        assert [one.offer for one in offers] == [one.offer for one in stage.offers]
        for cue, offer in zip(offers, stage.offers, strict=True):
            assert cue.until == (None if reading.phase == "held" else moment + offer.left_ms)


def assert_shows(cue, stage, moment, *, held):
    elapsed_ms = 0 if held else moment - cue.at
    assert cue.position_ms + elapsed_ms == stage.position_ms
    still = held or stage.holding
    if stage.kind in ("video", "recording"):
        assert (cue.show, cue.media) == ("frame" if still else "video", stage.media)
        assert cue.media_ms + (0 if still else elapsed_ms) == stage.media_ms
    elif stage.kind == "audio" and not still:
        assert (cue.show, cue.media, cue.picture) == ("audio", stage.media, stage.picture)
        assert cue.media_ms + elapsed_ms == stage.media_ms
    elif stage.kind == "audio":
        assert (cue.show, cue.media) == ("image" if stage.picture else "card", stage.picture)
    elif stage.kind == "image":
        assert (cue.show, cue.media) == ("image", stage.media)
    elif stage.kind == "presentation":
        assert (cue.show, cue.media, cue.page) == ("page", stage.media, stage.page)
        assert cue.audio == (None if held else stage.audio)
        assert cue.audio is None or cue.audio_ms + elapsed_ms == stage.audio_ms
    else:
        assert (cue.show, cue.media) == ("card", None)
    assert cue.captions == (None if held else stage.captions)
    assert abs(compute_gain(cue, moment) - (0 if held else stage.gain)) <= 1


def compute_gain(cue, moment):
    """Return the gain at a server time, on straight lines between the points."""
    if not cue.gains:
        return 0
    if moment <= cue.gains[0][0]:
        return cue.gains[0][1]
    for (at, gain), (then, later) in itertools.pairwise(cue.gains):
        if at <= moment <= then:
            return (gain * (then - moment) + later * (moment - at)) // (then - at)
    return cue.gains[-1][1]


def play(webinar, scenario, begins_ms, advance):
    session = SimulatedSession(webinar, begins_ms)
    session.tick(begins_ms)
    for what, figure in scenario:
        step(session, what, figure, advance)
    return session


def step(session, what, figure, advance):
    now = session.now
    match what:
        case "on":
            advance(session, now + figure)
        case "away":
            session.tick(now + figure)
        case "restart":
            before = session.issued_keys
            session.restart()
            assert session.issued_keys == before
        case "hold":
            session.apply_event(Held(at_ms=now, note=f"held at {now}"))
        case "resume":
            session.apply_event(Resumed(at_ms=now))
        case "end":
            session.apply_event(Ended(at_ms=now))
        case "skip":
            session.apply_event(Skipped(at_ms=now, to_ms=figure))
        case "extend":
            session.apply_event(Extended(at_ms=now, by_ms=figure))
        case "shorten":
            session.apply_event(Extended(at_ms=now, by_ms=-figure))


begins = st.sampled_from([START, START - LEAD, START + 40 * SECOND + 1, START - 2 * WAITING])


@given(webinars(), scenarios, begins)
@unhurried
def test_a_page_that_carries_out_the_cues_shows_the_schedule(webinar, scenario, begins_ms):
    play(webinar, scenario, begins_ms, SimulatedSession.advance_by_wakes)


@given(webinars(), scenarios, begins)
@unhurried
def test_every_cue_is_issued_once_in_order_and_without_a_gap(webinar, scenario, begins_ms):
    session = play(webinar, scenario, begins_ms, SimulatedSession.tick)
    generations = {}
    for now, row in session.log:
        assert [cue.at for cue in row.cues] == sorted(cue.at for cue in row.cues)
        for cue in row.cues:
            assert cue.until is None or cue.until > now
            assert cue.at <= now + (LEAD if isinstance(cue, StageCue) else 0)
            generations.setdefault(cue.generation, []).append((now, cue))
    assert list(generations) == sorted(generations)
    for issued in generations.values():
        first, *_ = issued
        rows = {id(row): row for _, row in session.log if row.cues[0].generation == first[1].generation}
        replaces = [row.replaces for row in rows.values()]
        assert replaces == [first[1].generation != session.log[0][1].cues[0].generation] + [False] * (len(rows) - 1)
        stage = [(now, cue) for now, cue in issued if isinstance(cue, StageCue)]
        for (_, one), (now, other) in itertools.pairwise(stage):
            assert one.until is not None
            assert one.until == other.at or (one.until < other.at and other.at <= now), "a hole, and nobody was away"
        offers = [cue.offer for _, cue in issued if not isinstance(cue, StageCue)]
        assert len(offers) == len(set(offers))


@given(webinars(), scenarios, begins)
@unhurried
def test_a_person_who_joins_gets_the_cues_in_force(webinar, scenario, begins_ms):
    session = play(webinar, scenario, begins_ms, SimulatedSession.tick)
    now = session.now
    joiner = room.find_current_cues(webinar, session.clock, now, lead_ms=LEAD, waiting_ms=WAITING)
    assert {room.make_cue_key(cue) for cue in joiner} <= session.sent_keys
    assert (session.make_page(now)[0] in joiner) or not joiner


@given(webinars(), st.lists(st.integers(0, 300 * SECOND), max_size=8))
@unhurried
def test_on_demand_the_same_rules_hold_with_positions_for_times(webinar, positions):
    cues = room.make_on_demand_cues(webinar)
    stage = [cue for cue in cues if isinstance(cue, StageCue)]
    assert [cue.until for cue in stage[:-1]] == [cue.at for cue in stage[1:]]
    assert (stage[0].at, stage[-1].phase, stage[-1].at) == (0, "over", webinar.length_ms)
    for position in {*positions, *(cue.at for cue in cues)}:
        cue = room.find_stage_cue(webinar, position)
        assert cue == [one for one in stage if one.at <= position][-1]
        if position < webinar.length_ms:
            assert_shows(cue, compute_stage(webinar, position), position, held=False)
            standing = [one.offer for one in cues if not isinstance(one, StageCue) and one.at <= position < one.until]
            assert standing == [one.offer for one in compute_stage(webinar, position).offers]


def strings(value):
    """Yield every string in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from strings(key)
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


@given(webinars(), scenarios, begins)
@unhurried
def test_attendees_never_receive_notes_or_what_is_to_come(webinar, scenario, begins_ms):
    session = SimulatedSession(webinar, begins_ms)
    reached_ms = -1
    for what in [*scenario, ("on", 0)]:
        view = room.make_public_view(
            webinar, tuple(session.events), session.clock, session.now, chat="none", lead_ms=LEAD, waiting_ms=WAITING
        )
        session.tick(session.now)
        reached_ms = max(reached_ms, session.clock.read(session.now).position_ms)
        assert reached_ms >= room.find_furthest_ms(session.events, session.clock, session.now) or reached_ms < 0
        sent_text = " | ".join(strings(msgspec.to_builtins((view, session.rows))))
        assert "secret" not in sent_text
        for segment in webinar.interactions:
            if segment.start_ms > reached_ms and not any(
                one.start_ms <= reached_ms for one in webinar.interactions if one.offer == segment.offer
            ):
                number = segment.offer.removeprefix("offer ")
                assert f"of {number}" not in sent_text
        early = {one.media for one in webinar.programme if one.start_ms <= reached_ms + LEAD}
        early |= {getattr(one, "picture", None) or "-" for one in webinar.programme if one.media in early}
        early |= {getattr(one, "audio", None) or "-" for one in webinar.programme if one.media in early}
        for media in webinar.media.keys() - early:
            assert media not in sent_text
        step(session, *what, SimulatedSession.tick)
