"""The transport: playback control that turns a schedule and a clock into commands to two players.

It computes with `compute_stage` what should be seen and heard at its position, and makes a player play that. It has no
screen, thread or timer: the clock and the players are passed in, and its owner calls `tick` when `tick` asks for it. So
tests need no screen, no sound and no waiting.

**The clock leads.** While it plays, the position is the time of a monotonic clock since the start, as in the session
itself; players follow. A player that has drifted a little runs 5 % faster or slower until it is right; one that is far
off seeks. There are two exceptions. The clock stops while the needed player is opening or seeking (in a session, media
are loaded before they are due); and in the first second after that the position follows the player, whose time is not
exact until it has run for a while.

**Two decks.** One is active; the other stands by, silent, on the first frame of the next source. At the cut they
change places: the waiting frame is shown at once and moves about 40 ms later. Where the next segment continues the same
media (after a split), the active deck just plays on.

**Shuttle.** Players play at up to twice the normal rate. Faster than that libVLC skips packets and shows damaged
frames, and no player plays backwards: there the position runs alone, and the preview shows exact single frames.
"""

from collections.abc import Callable
from pathlib import Path

from editor.errors import KnownError
from editor.playback.deck import Deck, Player, PlayerListener, PlayerSource
from editor.schedule.fades import FULL_GAIN
from editor.schedule.kinds import TRAITS
from editor.schedule.lane_search import find_index_after
from editor.schedule.model import Timed, Webinar
from editor.schedule.stage import Stage, compute_stage

TICK_MS = 33
MAX_RATE = 8
MAX_PLAYER_RATE = 2
"""The fastest rate at which players play; beyond it the position runs without them."""
PRELOAD_MS = 5_000
"""Milliseconds before its start at which the next media is loaded."""
SAME_POSITION_MS = 60
MAX_WAIT_MS = 3_000
"""Milliseconds for which the clock waits for a player at most; then it runs on without it."""
SETTLE_MS = 1_000
SMALL_DRIFT_MS, LARGE_DRIFT_MS = 80, 1_000
"""Drifts in milliseconds: up to the small one nothing is done, above the large one the player seeks."""
NEGLIGIBLE_DRIFT_MS = 20
RATE_NUDGE = 50
"""Permille of the rate by which a drift is corrected."""
NORMAL_RATE = 1_000


class Transport:
    """The player of a whole webinar: a position, a rate, and two media players that follow them.

    Belongs to one thread, on which players must report their events. Call `tick` after each command and `on_change`,
    and again after the time that it returns: it has no timer.

    Args:
        webinar: The webinar to play; `set_webinar` replaces it.
        player_factory: Creates a player; called twice.
        find_file: Returns the file of a media by its hash, or None where it is not here; then nothing plays.
        clock: Returns monotonic milliseconds.
        on_change: Called after a player's event, when a `tick` is due.
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
        """A position and the clock's time at it, both in milliseconds."""
        self._waiting_since: int | None = None
        self._settles_until = 0
        self._last_seek_ms = 0

    # ------------------------------------------------------------------------------------------------ state

    @property
    def position_ms(self) -> int:
        """The position in the webinar at the last tick or command, in milliseconds; between them it does not move."""
        return self._position_ms

    @property
    def rate(self) -> int:
        """The rate: 1, 2, 4 or 8, negative when playing backwards, 0 when paused."""
        return self._rate

    @property
    def _uses_players(self) -> bool:
        """Whether players play at this rate, rather than single frames being shown."""
        return 0 < self._rate <= MAX_PLAYER_RATE

    @property
    def is_waiting(self) -> bool:
        """Whether the position stands still although it plays, as a player is loading; at most for `MAX_WAIT_MS`."""
        return self._waiting_since is not None

    @property
    def stage(self) -> Stage:
        """What an attendee sees and hears at `position_ms`, computed from the schedule, whatever the players do."""
        return compute_stage(self._webinar, self._position_ms)

    @property
    def live_frame(self) -> object | None:
        """The player's frame that is to be shown now; None where a single frame or a placeholder is shown.

        So it is None while paused, waiting, backwards or above `MAX_PLAYER_RATE`, and where no video or no file is.
        """
        source = self._find_source(self.stage) if self._uses_players else None
        if source is None or not source.with_video or self.is_waiting or not self._is_playing(source):
            return None
        return self._active_deck.frame

    @property
    def error(self) -> KnownError | None:
        """The reason why the media at the position does not play, or ends too early (``playback.short``).

        None where it plays, while paused, backwards or above `MAX_PLAYER_RATE`, and where the media's file is missing.
        """
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

    # --------------------------------------------------------------------------------------------- commands

    def set_webinar(self, webinar: Webinar) -> None:
        """Replace the webinar by a changed one; the position and rate stay, and the next `tick` follows the change."""
        self._webinar = webinar

    def set_volume(self, volume: int) -> None:
        """Set the overall volume in permille of the amplitude; it multiplies the segments' own volumes and fades."""
        self._volume = volume
        self._apply_gain(self.stage)

    def play(self, rate: int = 1) -> None:
        """Play from the position; forwards from the end of the webinar, start again at its beginning.

        The position stands until the player is ready (`is_waiting`); where the media's file is missing, it moves alone.

        Args:
            rate: 1, 2, 4 or 8 times normal, negative for backwards. Above `MAX_PLAYER_RATE` and backwards the position
                moves without players, hence without sound.
        """
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
        """Pause at the current position: the rate becomes 0, and the active player is paused, also one still loading.

        The media stays open, so that `play` goes on at once. `on_change` is not called; while paused already, nothing
        changes.
        """
        if self._rate:
            self._position_ms = self._compute_position()
            self._rate = 0
        self._waiting_since = None
        self._active_deck.pause()

    def shuttle(self, direction: int) -> None:
        """Shuttle as the keys J (-1), K (0) and L (+1) do.

        Args:
            direction: 0 pauses. -1 and +1 play at rate 1 that way; each further call that way doubles the rate,
                up to `MAX_RATE`.
        """
        if direction == 0:
            self.pause()
        elif self._rate * direction > 0:
            self.play(max(-MAX_RATE, min(MAX_RATE, self._rate * 2)))
        else:
            self.play(direction)

    def seek(self, position_ms: int) -> None:
        """Go to a position and, if playing, play on from there; while paused no player is moved (see `stand_by`).

        Args:
            position_ms: Milliseconds in the webinar; not clamped.
        """
        self._position_ms = position_ms
        self._anchor()
        if self._uses_players:
            self._start_source(self._find_source(self.stage))

    def reload_file(self, sha256: str) -> None:
        """Have a media played from its new file (`find_file`) where a player had opened an old one.

        Nothing happens where there is no file now, or the same one. A player that does not play opens it when it is
        next used.

        Args:
            sha256: The media's hash.
        """
        path = self._find_file(sha256)
        for deck in (self._active_deck, self._standby_deck):
            holds = deck.source is not None and deck.source.sha256 == sha256
            if holds and path not in {None, deck.path}:
                deck.unload()
                if deck is self._active_deck:
                    self.seek(self.position_ms)

    def stand_by(self) -> None:
        """Load the media at the position into a paused player, so that playback can start at once.

        Nothing happens while playing, where nothing needs a player or it is there, or where the media's file is
        missing.
        """
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
        """Pause and close the open media, since paused players take processor time too; `play` opens them again."""
        self.pause()
        self._active_deck.unload()
        self._standby_deck.unload()

    def close(self) -> None:
        """End both players for good; the transport cannot be used again."""
        self._rate = 0
        self._active_deck.close()
        self._standby_deck.close()

    def tick(self) -> int | None:
        """Move the position and do everything that is due now: start, correct, preload and mute players.

        At either end of the webinar it pauses there.

        Returns:
            Milliseconds until the next tick at the latest; None while paused, until the next command.
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
        """Start the clock again where the player is, after it has arrived or has taken too long."""
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
        """Return what a player must play for a stage; None where nothing moves and nothing sounds."""
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
        """Return whether the active deck plays this source, or can simply play on into it."""
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
        """Make the active deck play a source in the quickest way; the clock stops while that takes time."""
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
        """Make a deck open or seek to a source that neither deck is at."""
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
        """Make the other deck wait on the first frame of the next source."""
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
        """Return the first source that begins within `PRELOAD_MS` and does not just continue the present one."""
        programme = self._webinar.programme
        index = find_index_after(programme, self._position_ms)
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
        """Keep the active deck in sync with the clock."""
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
        """Set the active deck's rate; with a direction of 1 or -1, a little faster or slower."""
        self._active_deck.set_rate(self._rate * (NORMAL_RATE + direction * RATE_NUDGE))

    def _apply_gain(self, stage: Stage) -> None:
        self._active_deck.set_gain(stage.gain * self._volume // FULL_GAIN)
