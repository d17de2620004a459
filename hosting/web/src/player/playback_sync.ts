/**
 * How a player is kept at the room's clock.
 *
 * Small differences are worked off by playing up to 5 % faster or slower, which nobody hears; only beyond a second is
 * there a seek. A seek that did not help is not tried again at once: each waits twice as long as the one before, so a
 * line that is too slow never ends in seeking for ever.
 */

export const SEEK_THRESHOLD_MS = 1_000;
export const MAX_RATE_CHANGE = 0.05;
/** A correction under way goes on until it is this near, so that players do not all rest at the edge. */
const CORRECTION_END_MS = 5;
const CORRECTION_START_MS = 15;
/** What is left is worked off within about this time; looked at more rarely (a tab in the background), more slowly. */
const CORRECTION_TIME_MS = 600;
const INITIAL_SEEK_BACKOFF_MS = 2_500;
const MAX_SEEK_BACKOFF_MS = 20_000;

export type SyncAction = { kind: "none" } | { kind: "rate"; rate: number } | { kind: "seek" };

export class PlaybackSync {
  private isCorrecting = false;
  private seekBackoffMs = INITIAL_SEEK_BACKOFF_MS;
  private lastSeekAt = -Infinity;
  private lastStepAt = -Infinity;

  /** What to do at a local time, with the player `behind` by so many ms (negative: ahead). */
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

  /** Forget earlier seeks: another media, or all has been well for long. */
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
