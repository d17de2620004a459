/**
 * The server's clock, estimated from several samples.
 *
 * A sample is one `GET /api/now`: the server's time lies somewhere between asking and hearing, so half the delay is
 * the most it can be wrong by. Of all samples the one with the least delay therefore wins. Sampled again every minute,
 * as computers' clocks drift apart; an attendee's own clock may be minutes wrong and need not be right at all, for
 * only `performance.now` (which nobody sets) is read.
 */

export const SAMPLES = 8;
export const AGAIN_MS = 60_000;
/** Samples older than this no longer count, however quick they were. */
const KEPT_MS = 5 * AGAIN_MS;

interface Sample {
  offset: number;
  delay: number;
  taken: number;
}

export interface ClockMeans {
  /** Asks the server for its time; rejects when it cannot be reached. */
  ask: () => Promise<number>;
  /** A local clock that never jumps, in milliseconds. */
  local: () => number;
  every?: (ms: number, run: () => void) => () => void;
}

export class ServerClock {
  private samples: Sample[] = [];
  private offset = 0;
  private known = false;
  private stopper: (() => void) | null = null;

  constructor(private readonly means: ClockMeans) {}

  /** The server's time in milliseconds since the epoch. */
  now(): number {
    return this.means.local() + this.offset;
  }

  /** The most that `now` can be wrong by, in milliseconds. */
  uncertainty(): number {
    return this.known ? Math.min(...this.samples.map((sample) => sample.delay)) / 2 : Infinity;
  }

  /** A first guess from any answer that told the server's time, until samples know better. */
  hint(server: number): void {
    if (!this.known) this.offset = server - this.means.local();
  }

  /** Take some samples, one after another. Those that fail are left out; with none, what was known stays. */
  async sample(count = SAMPLES): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const asked = this.means.local();
      try {
        const server = await this.means.ask();
        const heard = this.means.local();
        const delay = heard - asked;
        this.samples.push({ offset: server + delay / 2 - heard, delay, taken: heard });
      } catch {
        continue;
      }
      this.choose();
    }
  }

  /** Sample again every minute until `stop`. */
  start(): void {
    const every = this.means.every ?? defaultEvery;
    this.stopper ??= every(AGAIN_MS, () => void this.sample());
  }

  stop(): void {
    this.stopper?.();
    this.stopper = null;
  }

  private choose(): void {
    const newest = this.means.local();
    this.samples = this.samples.filter((sample) => newest - sample.taken <= KEPT_MS);
    const best = this.samples.reduce((one, other) => (other.delay < one.delay ? other : one));
    this.offset = best.offset;
    this.known = true;
  }
}

function defaultEvery(ms: number, run: () => void): () => void {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}
