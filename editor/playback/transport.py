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

from editor.errors import KnownError
from editor.playback.deck import Deck, Player, PlayerListener, PlayerSource
from editor.schedule.kinds import TRAITS
from editor.schedule.model import Timed, Webinar
from editor.schedule.stage import FULL_GAIN, Stage, compute_stage

TICK_MS = 33
MAX_RATE = 8
MAX_PLAYER_RATE = 2
"""The fastest pace at which players play."""
PRELOAD_MS = 5_000
"""How long before it is due the next media is made ready."""
SAME_POSITION_MS = 60
MAX_WAIT_MS = 3_000
"""How long the clock stands for a player; longer, and it goes on without."""
SETTLE_MS = 1_000
SMALL_DRIFT_MS, LARGE_DRIFT_MS = 80, 1_000
"""Drifts: below the one nothing is done, above the other the player is sent where it should be."""
NEGLIGIBLE_DRIFT_MS = 20
RATE_NUDGE = 50
"""Permille of the rate by which a drift is made good."""
NORMAL_RATE = 1_000

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
        player_factory: Callable[[PlayerListener], Player],
        find_file: Callable[[str], Path | None],
        clock: Callable[[], int],
        on_change: Callable[[], None],
    ) -> None:
        self._webinar = webinar
        self._find_file = find_file
        self._now = clock
        self._active_deck = Deck(player_factory, on_change)
        self._standby_deck = Deck(player_factory, on_change)
        self._volume = FULL_GAIN
        self._rate = 0
        self._position_ms = 0
        self._origin = (0, 0)
        """A position, and what the clock said there."""
        self._waiting_since: int | None = None
        self._settles_until = 0
        self._last_seek_ms = 0

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
    def _uses_players(self) -> bool:
        """Whether players play, rather than single pictures following each other."""
        return 0 < self._rate <= MAX_PLAYER_RATE

    @property
    def is_waiting(self) -> bool:
        """Whether the clock stands because a player is on its way."""
        return self._waiting_since is not None

    @property
    def stage(self) -> Stage:
        """What is on stage where it is."""
        return compute_stage(self._webinar, self._position_ms)

    @property
    def live_frame(self) -> object | None:
        """The player's picture that is to be seen now; None where something else is: a single picture, a card."""
        source = self._find_source(self.stage) if self._uses_players else None
        if source is None or not source.with_video or self.is_waiting or not self._is_playing(source):
            return None
        return self._active_deck.frame

    @property
    def error(self) -> KnownError | None:
        """Why what should play here does not; nothing while it stands."""
        source = self._find_source(self.stage) if self._uses_players else None
        if source is None or self._active_deck.source is None or self._active_deck.source.segment != source.segment:
            return None
        if self._active_deck.state == "ended":
            segment = self._webinar.find_segment(source.segment)
            ended_ms = self._active_deck.time_ms
            if isinstance(segment, Timed) and segment.out_ms - ended_ms > LARGE_DRIFT_MS:
                media = self._webinar.media.get(source.sha256)
                return KnownError("playback.short", name="" if media is None else media.name, at_ms=ended_ms)
        return self._active_deck.error

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
            self._position_ms = self._compute_position()
        self._rate = rate
        self._anchor()
        if self._uses_players:
            self._standby_deck.set_rate(rate * NORMAL_RATE)
            self._start_source(self._find_source(self.stage))
        else:
            self._active_deck.pause()
            self._waiting_since = None

    def pause(self) -> None:
        """Stand still exactly here."""
        if self._rate:
            self._position_ms = self._compute_position()
            self._rate = 0
        self._waiting_since = None
        self._active_deck.pause()

    def shuttle(self, direction: int) -> None:
        """J (-1), K (0) or L (+1): in the same direction twice as fast each time, up to 8 times."""
        if direction == 0:
            self.pause()
        elif self._rate * direction > 0:
            self.play(max(-MAX_RATE, min(MAX_RATE, self._rate * 2)))
        else:
            self.play(direction)

    def seek(self, position_ms: int) -> None:
        """Go to a position and, if it plays, play on from there."""
        self._position_ms = position_ms
        self._anchor()
        if self._uses_players:
            self._start_source(self._find_source(self.stage))

    def reload_file(self, sha256: str) -> None:
        """The file of a media may be another now: what has the old one in hand takes the new one, and goes on."""
        path = self._find_file(sha256)
        for deck in (self._active_deck, self._standby_deck):
            holds = deck.source is not None and deck.source.sha256 == sha256
            if holds and path not in {None, deck.path}:
                deck.unload()
                if deck is self._active_deck:
                    self.seek(self.position_ms)

    def stand_by(self) -> None:
        """Have a player wait where it stands, so that playing begins at once."""
        source = self._find_source(self.stage)
        if (
            self._rate
            or source is None
            or self._active_deck.was_sent_to(source)
            or self._active_deck.is_at(source, SAME_POSITION_MS)
        ):
            return
        path = self._find_file(source.sha256)
        if path is not None:
            self._active_deck.load(source, path, autoplay=False)

    def release_players(self) -> None:
        """Let go of the media in hand; standing players take machine time too."""
        self.pause()
        self._active_deck.unload()
        self._standby_deck.unload()

    def close(self) -> None:
        """End both players."""
        self._rate = 0
        self._active_deck.close()
        self._standby_deck.close()

    def tick(self) -> int | None:
        """See to everything that is due now.

        Returns:
            In how many milliseconds to tick again; None when it stands and nothing is due until something is asked.
        """
        if not self._rate:
            return None
        if self._waiting_since is not None:
            left_ms = self._waiting_since + MAX_WAIT_MS - self._now()
            if self._active_deck.is_loading and left_ms > 0:
                return left_ms
            self._stop_waiting()
        position_ms = self._compute_position()
        length_ms = self._webinar.length_ms
        if position_ms >= length_ms or position_ms < 0:
            self.pause()
            self._position_ms = max(0, min(position_ms, length_ms))
            return None
        self._position_ms = position_ms
        if not self._uses_players:
            return TICK_MS
        stage = self.stage
        source = self._find_source(stage)
        if source is None:
            self._active_deck.pause()
        elif self._is_playing(source):
            self._correct_drift(source)
        else:
            self._start_source(source)
            if self.is_waiting:
                self._preload_next()
                return MAX_WAIT_MS
        self._apply_gain(stage)
        self._preload_next()
        if stage.next_change_ms is None:
            return TICK_MS
        return max(1, min(TICK_MS, -(-(stage.next_change_ms - self._position_ms) // self._rate)))

    # -------------------------------------------------------------------------------------------- the clock

    def _compute_position(self) -> int:
        if self._waiting_since is not None:
            return self._position_ms
        position_ms, then_ms = self._origin
        return position_ms + (self._now() - then_ms) * self._rate

    def _anchor(self) -> None:
        self._origin = (self._position_ms, self._now())

    def _start_waiting(self) -> None:
        self._waiting_since = self._now()

    def _stop_waiting(self) -> None:
        """The player is there (or will not be): the clock goes on from where the player is."""
        source = self._find_source(self.stage)
        if source is not None and self._active_deck.state == "running":
            self._position_ms += max(
                -SMALL_DRIFT_MS, min(SMALL_DRIFT_MS * self._rate, self._active_deck.time_ms - source.media_ms)
            )
            self._position_ms = max(0, self._position_ms)
            self._settles_until = self._now() + SETTLE_MS
        self._waiting_since = None
        self._anchor()

    # -------------------------------------------------------------------------------------------- the decks

    def _find_source(self, stage: Stage) -> PlayerSource | None:
        """What has to be played on a stage; None for what stands still and is silent."""
        if stage.segment is None or stage.holding:
            return None
        if stage.audio is not None and stage.audio_ms is not None:
            return PlayerSource(stage.segment, stage.audio, stage.audio_ms, with_video=False, size=(0, 0))
        if stage.kind is None or not TRAITS[stage.kind].is_timed or stage.media is None or stage.media_ms is None:
            return None
        media = self._webinar.media.get(stage.media)
        with_video = TRAITS[stage.kind].is_video and (media is None or media.kind != "audio")
        size = (media.width, media.height) if media is not None and with_video else (0, 0)
        return PlayerSource(stage.segment, stage.media, stage.media_ms, with_video=with_video, size=size)

    def _is_playing(self, source: PlayerSource) -> bool:
        """Whether the deck on stage is about this source, or can simply go on into it."""
        active = self._active_deck
        if active.source is None or active.state == "empty" or not active.has_loaded(source):
            return False
        if active.source.segment == source.segment:
            return active.state != "ready"
        if active.state == "running" and active.is_at(source, SMALL_DRIFT_MS * self._rate):
            active.adopt(source)
            return True
        return False

    def _start_source(self, source: PlayerSource | None) -> None:
        """Have the deck on stage play this, by the shortest way; the clock stands while that takes time."""
        self._waiting_since = None
        if source is None:
            self._active_deck.pause()
            return
        for deck in (self._active_deck, self._standby_deck):
            if deck.is_at(source, SAME_POSITION_MS) or (deck.is_loading and deck.was_sent_to(source)):
                self._activate(deck)
                self._active_deck.adopt(source)
                self._active_deck.play()
                break
        else:
            self._load_source(source)
        self._set_player_rate(0)
        if self._active_deck.is_loading:
            self._start_waiting()
        self._apply_gain(self.stage)

    def _load_source(self, source: PlayerSource) -> None:
        """Send a deck to a source that none of them is at."""
        path = self._find_file(source.sha256)
        if path is None:
            self._active_deck.unload()
            return
        for deck in (self._active_deck, self._standby_deck):
            if deck.has_loaded(source):
                self._activate(deck)
                self._active_deck.seek(source)
                return
        self._active_deck.load(source, path, autoplay=True)

    def _activate(self, deck: Deck) -> None:
        if deck is self._standby_deck:
            self._active_deck.pause()
            self._active_deck, self._standby_deck = self._standby_deck, self._active_deck

    def _preload_next(self) -> None:
        """Have the other deck wait on the first picture of what comes next."""
        source = self._find_next_source()
        if source is None:
            self._standby_deck.unload()
        elif not self._standby_deck.was_sent_to(source):
            path = self._find_file(source.sha256)
            if path is None:
                self._standby_deck.unload()
            else:
                self._standby_deck.load(source, path, autoplay=False)

    def _find_next_source(self) -> PlayerSource | None:
        """The first source that begins within the lead and is not just the present one going on."""
        programme = self._webinar.programme
        index = bisect_right(programme, self._position_ms, key=_start)
        current = self._find_source(self.stage)
        while index < len(programme):
            segment = programme[index]
            ahead_ms = segment.start_ms - self._position_ms
            if ahead_ms > PRELOAD_MS * self._rate:
                return None
            source = self._find_source(compute_stage(self._webinar, segment.start_ms))
            is_continuation = (
                source is not None
                and current is not None
                and (source.sha256, source.with_video, source.media_ms)
                == (current.sha256, current.with_video, current.media_ms + ahead_ms)
            )
            if source is not None and not is_continuation:
                return source
            index += 1
        return None

    def _correct_drift(self, source: PlayerSource) -> None:
        """Keep the deck on stage where the clock is."""
        if self._active_deck.state != "running":
            return
        late_ms = source.media_ms - self._active_deck.time_ms
        if self._now() < self._settles_until:
            if NEGLIGIBLE_DRIFT_MS < abs(late_ms) <= 3 * SMALL_DRIFT_MS * self._rate:
                self._position_ms = max(0, self._position_ms - late_ms)
                self._anchor()
            return
        if abs(late_ms) > LARGE_DRIFT_MS * self._rate:
            if self._now() - self._last_seek_ms > 2 * LARGE_DRIFT_MS:
                self._last_seek_ms = self._now()
                self._set_player_rate(0)
                self._active_deck.seek(source)
                self._start_waiting()
        elif abs(late_ms) > SMALL_DRIFT_MS * self._rate:
            self._set_player_rate(1 if late_ms > 0 else -1)
        elif abs(late_ms) < NEGLIGIBLE_DRIFT_MS * self._rate:
            self._set_player_rate(0)

    def _set_player_rate(self, direction: int) -> None:
        """Let the deck on stage run at the rate, or (1, -1) a little faster or slower."""
        self._active_deck.set_rate(self._rate * (NORMAL_RATE + direction * RATE_NUDGE))

    def _apply_gain(self, stage: Stage) -> None:
        self._active_deck.set_gain(stage.gain * self._volume // FULL_GAIN)
