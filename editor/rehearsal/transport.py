"""Who plays what: the machine that turns a schedule and a clock into orders to two players.

It asks `stage_at` what should be seen and heard at its position, and sees to it that a player is doing that. It draws
nothing, has no thread and no timer: time is a clock that is passed in, players are passed in, and whoever owns it
calls `tick` when it asks to be called. So it runs in tests without a screen, a sound or a second of waiting.

**The clock leads.** While it plays, the position is a monotonic clock's time since the start, as it is in the room on
the evening itself; media follow it. A player that is a little off runs 5 % faster or slower until it is right, one
that is far off is sent there. There are two exceptions. The clock stands while the player that is needed is on its way
(in the room, media are there before they are due); and in the first second after that the position follows the
player, whose own idea of where it began is not exact until it has run for a while.

**Two decks.** One is on stage; the other stands by, on the first picture of what comes next, silent. At the border
they change places: the waiting picture is there at once and moves some 40 ms later. Where the next segment goes on in
the same media where the last one stopped (a split), the deck on stage just goes on.

**Shuttle.** At up to twice the pace players run. Faster than that libvlc leaves out what it should have decoded and
shows the ruins, and no player runs backwards: there the position runs, and whoever draws shows exact single pictures.
"""

from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

from editor.errors import Known
from editor.rehearsal.deck import Deck, Hearer, Player, Source
from editor.schedule.model import TIMED, Webinar
from editor.schedule.stage import FULL, Stage, stage_at

TICK_MS = 33
FASTEST = 8
PLAYED_UP_TO = 2
"""The fastest pace at which players play."""
LEAD_MS = 5_000
"""How long before it is due the next media is made ready."""
SAME_PLACE_MS = 60
WAIT_MS = 3_000
"""How long the clock stands for a player; longer, and it goes on without."""
SETTLING_MS = 1_000
SMALL_MS, BIG_MS = 80, 1_000
"""Drifts: below the one nothing is done, above the other the player is sent where it should be."""
GOOD_MS = 20
NUDGE = 50
"""Permille of the rate by which a drift is made good."""
NORMAL = 1_000

_start = attrgetter("start_ms")


class Transport:
    """Plays a webinar. Belongs to one thread; players must tell their news on it.

    Args:
        webinar: what is played; `set_webinar` gives a newer one.
        players: makes a player; called twice.
        find: the file of a media by its hash; None where there is none at hand.
        clock: milliseconds that never go back.
        news: called when a player told something: time for a `tick`.
    """

    def __init__(
        self,
        webinar: Webinar,
        players: Callable[[Hearer], Player],
        find: Callable[[str], Path | None],
        clock: Callable[[], int],
        news: Callable[[], None],
    ) -> None:
        self._webinar = webinar
        self._find = find
        self._now = clock
        self._on = Deck(players, news)
        self._next = Deck(players, news)
        self._volume = FULL
        self._rate = 0
        self._position_ms = 0
        self._origin = (0, 0)
        """A position, and what the clock said there."""
        self._waits_since: int | None = None
        self._settles_until = 0
        self._sought_ms = 0

    # ------------------------------------------------------------------------------------------- what is so

    @property
    def position_ms(self) -> int:
        """Where it is, as of the last tick."""
        return self._position_ms

    @property
    def rate(self) -> int:
        """1, 2, 4, 8, the same backwards, or 0 when it stands."""
        return self._rate

    @property
    def _played(self) -> bool:
        """Whether players play, rather than single pictures following each other."""
        return 0 < self._rate <= PLAYED_UP_TO

    @property
    def waiting(self) -> bool:
        """Whether the clock stands because a player is on its way."""
        return self._waits_since is not None

    @property
    def stage(self) -> Stage:
        """What is on stage where it is."""
        return stage_at(self._webinar, self._position_ms)

    @property
    def live(self) -> object | None:
        """The player's picture that is to be seen now; None where something else is: a single picture, a card."""
        source = self._source(self.stage) if self._played else None
        if source is None or not source.picture or self.waiting or not self._plays(source):
            return None
        return self._on.frame

    @property
    def trouble(self) -> Known | None:
        """Why what should play here does not; nothing while it stands."""
        source = self._source(self.stage) if self._played else None
        if source is None or self._on.source is None or self._on.source.segment != source.segment:
            return None
        if self._on.state == "ended":
            segment = self._webinar.find(source.segment)
            ended_ms = self._on.time_ms
            if isinstance(segment, TIMED) and segment.out_ms - ended_ms > BIG_MS:
                media = self._webinar.media.get(source.sha256)
                return Known("playback.short", name="" if media is None else media.name, at_ms=ended_ms)
        return self._on.trouble

    # ----------------------------------------------------------------------------------------- what is asked

    def set_webinar(self, webinar: Webinar) -> None:
        """Play on in a newer webinar."""
        self._webinar = webinar

    def set_volume(self, volume: int) -> None:
        """How loud the whole is, in permille; segments' own volumes and fades come on top."""
        self._volume = volume
        self._apply_gain(self.stage)

    def play(self, rate: int = 1) -> None:
        """Play from where it is, or at another pace; from the end, from the beginning."""
        if rate > 0 and self._position_ms >= self._webinar.length_ms:
            self._position_ms = 0
        if self._rate:
            self._position_ms = self._position_now()
        self._rate = rate
        self._anchor()
        if self._played:
            self._next.set_rate(rate * NORMAL)
            self._bring_on(self._source(self.stage))
        else:
            self._on.halt()
            self._waits_since = None

    def pause(self) -> None:
        """Stand still exactly here."""
        if self._rate:
            self._position_ms = self._position_now()
            self._rate = 0
        self._waits_since = None
        self._on.halt()

    def shuttle(self, direction: int) -> None:
        """J (-1), K (0) or L (+1): in the same direction twice as fast each time, up to 8 times."""
        if direction == 0:
            self.pause()
        elif self._rate * direction > 0:
            self.play(max(-FASTEST, min(FASTEST, self._rate * 2)))
        else:
            self.play(direction)

    def seek(self, position_ms: int) -> None:
        """Go to a position and, if it plays, play on from there."""
        self._position_ms = position_ms
        self._anchor()
        if self._played:
            self._bring_on(self._source(self.stage))

    def find_again(self, sha256: str) -> None:
        """The file of a media may be another now: what has the old one in hand takes the new one, and goes on."""
        path = self._find(sha256)
        for deck in (self._on, self._next):
            holds = deck.source is not None and deck.source.sha256 == sha256
            if holds and path not in {None, deck.path}:
                deck.unload()
                if deck is self._on:
                    self.seek(self.position_ms)

    def stand_by(self) -> None:
        """Have a player wait where it stands, so that playing begins at once."""
        source = self._source(self.stage)
        if self._rate or source is None or self._on.awaits(source) or self._on.is_at(source, SAME_PLACE_MS):
            return
        path = self._find(source.sha256)
        if path is not None:
            self._on.load(source, path, run=False)

    def rest(self) -> None:
        """Let go of the media in hand; standing players take machine time too."""
        self.pause()
        self._on.unload()
        self._next.unload()

    def close(self) -> None:
        """End both players."""
        self._rate = 0
        self._on.close()
        self._next.close()

    def tick(self) -> int | None:
        """See to everything that is due now.

        Returns:
            In how many milliseconds to tick again; None when it stands and nothing is due until something is asked.
        """
        if not self._rate:
            return None
        if self._waits_since is not None:
            left_ms = self._waits_since + WAIT_MS - self._now()
            if self._on.coming and left_ms > 0:
                return left_ms
            self._end_wait()
        position_ms = self._position_now()
        length_ms = self._webinar.length_ms
        if position_ms >= length_ms or position_ms < 0:
            self.pause()
            self._position_ms = max(0, min(position_ms, length_ms))
            return None
        self._position_ms = position_ms
        if not self._played:
            return TICK_MS
        stage = self.stage
        source = self._source(stage)
        if source is None:
            self._on.halt()
        elif self._plays(source):
            self._follow(source)
        else:
            self._bring_on(source)
            if self.waiting:
                self._prepare()
                return WAIT_MS
        self._apply_gain(stage)
        self._prepare()
        if stage.next_change_ms is None:
            return TICK_MS
        return max(1, min(TICK_MS, -(-(stage.next_change_ms - self._position_ms) // self._rate)))

    # -------------------------------------------------------------------------------------------- the clock

    def _position_now(self) -> int:
        if self._waits_since is not None:
            return self._position_ms
        position_ms, then_ms = self._origin
        return position_ms + (self._now() - then_ms) * self._rate

    def _anchor(self) -> None:
        self._origin = (self._position_ms, self._now())

    def _wait(self) -> None:
        self._waits_since = self._now()

    def _end_wait(self) -> None:
        """The player is there (or will not be): the clock goes on from where the player is."""
        source = self._source(self.stage)
        if source is not None and self._on.state == "running":
            self._position_ms += max(-SMALL_MS, min(SMALL_MS * self._rate, self._on.time_ms - source.at_ms))
            self._position_ms = max(0, self._position_ms)
            self._settles_until = self._now() + SETTLING_MS
        self._waits_since = None
        self._anchor()

    # -------------------------------------------------------------------------------------------- the decks

    def _source(self, stage: Stage) -> Source | None:
        """What has to be played on a stage; None for what stands still and is silent."""
        if stage.segment is None or stage.holding:
            return None
        if stage.audio is not None and stage.audio_ms is not None:
            return Source(stage.segment, stage.audio, stage.audio_ms, picture=False, size=(0, 0))
        if stage.kind not in {"video", "recording", "audio"} or stage.media is None or stage.media_ms is None:
            return None
        media = self._webinar.media.get(stage.media)
        seen = stage.kind != "audio" and (media is None or media.kind != "audio")
        size = (media.width, media.height) if media is not None and seen else (0, 0)
        return Source(stage.segment, stage.media, stage.media_ms, picture=seen, size=size)

    def _plays(self, source: Source) -> bool:
        """Whether the deck on stage is about this source, or can simply go on into it."""
        on = self._on
        if on.source is None or on.state == "empty" or not on.holds(source):
            return False
        if on.source.segment == source.segment:
            return on.state != "ready"
        if on.state == "running" and on.is_at(source, SMALL_MS * self._rate):
            on.adopt(source)
            return True
        return False

    def _bring_on(self, source: Source | None) -> None:
        """Have the deck on stage play this, by the shortest way; the clock stands while that takes time."""
        self._waits_since = None
        if source is None:
            self._on.halt()
            return
        for deck in (self._on, self._next):
            if deck.is_at(source, SAME_PLACE_MS) or (deck.coming and deck.awaits(source)):
                self._put_on(deck)
                self._on.adopt(source)
                self._on.go()
                break
        else:
            self._send(source)
        self._set_pace(0)
        if self._on.coming:
            self._wait()
        self._apply_gain(self.stage)

    def _send(self, source: Source) -> None:
        """Send a deck to a source that none of them is at."""
        path = self._find(source.sha256)
        if path is None:
            self._on.unload()
            return
        for deck in (self._on, self._next):
            if deck.holds(source):
                self._put_on(deck)
                self._on.seek(source)
                return
        self._on.load(source, path, run=True)

    def _put_on(self, deck: Deck) -> None:
        if deck is self._next:
            self._on.halt()
            self._on, self._next = self._next, self._on

    def _prepare(self) -> None:
        """Have the other deck wait on the first picture of what comes next."""
        source = self._upcoming()
        if source is None:
            self._next.unload()
        elif not self._next.awaits(source):
            path = self._find(source.sha256)
            if path is None:
                self._next.unload()
            else:
                self._next.load(source, path, run=False)

    def _upcoming(self) -> Source | None:
        """The first source that begins within the lead and is not just the present one going on."""
        programme = self._webinar.programme
        index = bisect_right(programme, self._position_ms, key=_start)
        before = self._source(self.stage)
        while index < len(programme):
            segment = programme[index]
            ahead_ms = segment.start_ms - self._position_ms
            if ahead_ms > LEAD_MS * self._rate:
                return None
            source = self._source(stage_at(self._webinar, segment.start_ms))
            goes_on = (
                source is not None
                and before is not None
                and (source.sha256, source.picture, source.at_ms)
                == (before.sha256, before.picture, before.at_ms + ahead_ms)
            )
            if source is not None and not goes_on:
                return source
            index += 1
        return None

    def _follow(self, source: Source) -> None:
        """Keep the deck on stage where the clock is."""
        if self._on.state != "running":
            return
        late_ms = source.at_ms - self._on.time_ms
        if self._now() < self._settles_until:
            if GOOD_MS < abs(late_ms) <= 3 * SMALL_MS * self._rate:
                self._position_ms = max(0, self._position_ms - late_ms)
                self._anchor()
            return
        if abs(late_ms) > BIG_MS * self._rate:
            if self._now() - self._sought_ms > 2 * BIG_MS:
                self._sought_ms = self._now()
                self._set_pace(0)
                self._on.seek(source)
                self._wait()
        elif abs(late_ms) > SMALL_MS * self._rate:
            self._set_pace(1 if late_ms > 0 else -1)
        elif abs(late_ms) < GOOD_MS * self._rate:
            self._set_pace(0)

    def _set_pace(self, nudge: int) -> None:
        """Let the deck on stage run at the rate, or (1, -1) a little faster or slower."""
        self._on.set_rate(self._rate * (NORMAL + nudge * NUDGE))

    def _apply_gain(self, stage: Stage) -> None:
        self._on.set_gain(stage.gain * self._volume // FULL)
