/**
 * How a player is kept at the room's clock.
 *
 * Small differences are worked off by playing up to 5 % faster or slower, which nobody hears; only beyond a second is
 * there a seek. A seek that did not help is not tried again at once: each waits twice as long as the one before, so a
 * line that is too slow never ends in seeking for ever.
 */

export const SEEK_MS = 1_000;
export const MOST_RATE = 0.05;
/** A correction under way goes on until it is this near, so that players do not all rest at the edge. */
const DONE_MS = 5;
const BEGIN_MS = 15;
/** What is left is worked off within about this time; looked at more rarely (a tab in the background), more slowly. */
const WITHIN_MS = 600;
const FIRST_PAUSE_MS = 2_500;
const LONGEST_PAUSE_MS = 20_000;

export type Step = { do: "rest" } | { do: "rate"; rate: number } | { do: "seek" };

export class Drift {
  private correcting = false;
  private pause = FIRST_PAUSE_MS;
  private soughtAt = -Infinity;
  private lookedAt = -Infinity;

  /** What to do at a local time, with the player `behind` by so many ms (negative: ahead). */
  step(behind: number, local: number): Step {
    const size = Math.abs(behind);
    const between = this.lookedAt === -Infinity ? 0 : local - this.lookedAt;
    this.lookedAt = local;
    if (size > SEEK_MS) {
      if (local - this.soughtAt < this.pause) return this.rate(behind, between);
      if (this.soughtAt > -Infinity) this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
      this.soughtAt = local;
      this.correcting = true;
      return { do: "seek" };
    }
    if (size <= BEGIN_MS && local - this.soughtAt > LONGEST_PAUSE_MS) this.forget();
    if (size > BEGIN_MS) this.correcting = true;
    if (size < DONE_MS) this.correcting = false;
    return this.correcting ? this.rate(behind, between) : { do: "rest" };
  }

  /** Forget earlier seeks: another media, or all has been well for long. */
  forget(): void {
    this.pause = FIRST_PAUSE_MS;
    this.soughtAt = -Infinity;
  }

  private rate(behind: number, between: number): Step {
    const wanted = Math.max(-MOST_RATE, Math.min(MOST_RATE, behind / Math.max(WITHIN_MS, between)));
    return { do: "rate", rate: 1 + wanted };
  }
}
