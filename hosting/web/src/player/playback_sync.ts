/**
 * Keeping a player in sync with the clock of the room.
 *
 * Small differences are corrected by playing up to 5 % faster or slower, which nobody hears; the player seeks only
 * when it is off by more than a second. Each further seek waits twice as long as the one before, because on a slow
 * connection a seek does not help, and seeking again and again would never let the player catch up.
 */

/** The player seeks when it is off by more than this. */
export const SEEK_THRESHOLD_MS = 1_000;
/** The playback rate differs from 1 by at most this. */
export const MAX_RATE_CHANGE = 0.05;
/** A correction goes on until this difference; ending where it starts would leave every player just that far off. */
const CORRECTION_END_MS = 5;
/** A correction starts at this difference. */
const CORRECTION_START_MS = 15;
/** A difference is corrected within about this time; more slowly in a background tab, which is called less often. */
const CORRECTION_TIME_MS = 600;
const INITIAL_SEEK_BACKOFF_MS = 2_500;
const MAX_SEEK_BACKOFF_MS = 20_000;

/** What the player has to do: nothing, play at another rate, or seek. */
export type SyncAction = { kind: "none" } | { kind: "rate"; rate: number } | { kind: "seek" };

/** Decides how one player is brought back in sync. */
export class PlaybackSync {
  private isCorrecting = false;
  private seekBackoffMs = INITIAL_SEEK_BACKOFF_MS;
  private lastSeekAt = -Infinity;
  private lastStepAt = -Infinity;

  /** Choose what to do at a local time, with the player `behindMs` behind (negative: ahead). */
  chooseAction(behindMs: number, localMs: number): SyncAction {
    const distance = Math.abs(behindMs);
    const elapsed = this.lastStepAt === -Infinity ? 0 : localMs - this.lastStepAt;
    this.lastStepAt = localMs;
    if (distance > SEEK_THRESHOLD_MS) {
      if (localMs - this.lastSeekAt < this.seekBackoffMs) return this.changeRate(behindMs, elapsed);
      if (this.lastSeekAt > -Infinity) this.seekBackoffMs = Math.min(this.seekBackoffMs * 2, MAX_SEEK_BACKOFF_MS);
      this.lastSeekAt = localMs;
      this.isCorrecting = true;
      return { kind: "seek" };
    }
    if (distance <= CORRECTION_START_MS && localMs - this.lastSeekAt > MAX_SEEK_BACKOFF_MS) this.reset();
    if (distance > CORRECTION_START_MS) this.isCorrecting = true;
    if (distance < CORRECTION_END_MS) this.isCorrecting = false;
    return this.isCorrecting ? this.changeRate(behindMs, elapsed) : { kind: "none" };
  }

  /** Forget earlier seeks, because another media is loaded or the player has been in sync for long. */
  reset(): void {
    this.seekBackoffMs = INITIAL_SEEK_BACKOFF_MS;
    this.lastSeekAt = -Infinity;
  }

  private changeRate(behindMs: number, elapsed: number): SyncAction {
    const change = Math.max(
      -MAX_RATE_CHANGE,
      Math.min(MAX_RATE_CHANGE, behindMs / Math.max(CORRECTION_TIME_MS, elapsed)),
    );
    return { kind: "rate", rate: 1 + change };
  }
}
